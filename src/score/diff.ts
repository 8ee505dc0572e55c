import {groupBy} from "./group.ts";
import {storyOf} from "./story.ts";
import type {Covered, Kind, LedgerEntry, Milli, Plan, ScoreResult, UnitScore} from "./types.ts";

/** A 变更 or 撤销 of 异议复核 that counts in a result. */
export interface Ruling {
  readonly appeal_id: string;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly unit_code: string;
  readonly decision: string;
  /** Whether it names another responsible unit. */
  readonly moves: boolean;
}

/** One of two results to compare. */
export interface DiffSide {
  /** What a story calls it, as in “比…少”: `2025-11-30`, `办法甲`. */
  readonly label: string;
  readonly result: ScoreResult;
  readonly plans: readonly Plan[];
  /** Rows that are the same on both sides may be left out. */
  readonly ledger: readonly LedgerEntry[];
  readonly rulings: readonly Ruling[];
}

/** A ledger row on two sides; null where it is not. */
export interface DiffEntry {
  readonly kind: Kind;
  readonly item: string | null;
  readonly rule_id: string | null;
  readonly subject: string | null;
  readonly from_milli: Milli | null;
  readonly to_milli: Milli | null;
  readonly delta_milli: Milli;
  /** The sentence of `to`, or of `from` where the row is gone. */
  readonly because: string | null;
  readonly breach: string | null;
  readonly basis: string | null;
  readonly batch: string | null;
  readonly file: string | null;
  readonly row: number | null;
}

/** Where a unit stands on one side. */
export interface Standing {
  readonly covered: Covered;
  readonly score: string | null;
  readonly milli: Milli | null;
  readonly grade: string | null;
  readonly rank: number | null;
  readonly provisional: boolean;
}

/**
 * What became of a unit. `added`, `removed` and `changed` hold every row but those of `caps` (封顶返还, 折算, 取整); the four
 * together add up to `delta_milli`, item by item too. delta_milli is null when the unit has no score on one of the sides.
 */
export interface UnitDiff {
  readonly unit_code: string;
  readonly unit_name: string;
  /** null: the unit is not in that side's list. */
  readonly from: Standing | null;
  readonly to: Standing | null;
  readonly delta_milli: Milli | null;
  /** One sentence: how much, and the greatest causes, which add up to it. */
  readonly story: string;
  readonly items: readonly {readonly item: string; readonly delta_milli: Milli}[];
  readonly added: readonly DiffEntry[];
  readonly removed: readonly DiffEntry[];
  readonly changed: readonly DiffEntry[];
  readonly caps: readonly DiffEntry[];
}

/** A number of rows and what they add up to. */
export interface Sum {
  readonly n: number;
  readonly milli: Milli;
}

/** The JSON of `xunheng diff`. `sums` go over units with a score on both sides: the four kinds of rows add up to delta_milli. */
export interface Diff {
  readonly from: SideHead;
  readonly to: SideHead;
  readonly units: readonly UnitDiff[];
  readonly sums: {
    readonly units: number;
    readonly higher: number;
    readonly lower: number;
    readonly same: number;
    /** Units without a score on one side, or both: the sum of the two that follow. */
    readonly unscored: number;
    readonly one_sided: number;
    readonly neither: number;
    readonly delta_milli: Milli;
    readonly added: Sum;
    readonly removed: Sum;
    readonly changed: Sum;
    readonly caps: Sum;
  };
}

/** A side without its rows. */
export type SideHead = Pick<
  ScoreResult,
  "run" | "digest" | "regime" | "as_of" | "decisions_until" | "known_at" | "period" | "provisional"
> & {
  readonly label: string;
  readonly schemes: readonly string[];
};

const CAPS: ReadonlySet<Kind> = new Set(["封顶返还", "折算", "取整"]);

/**
 * Compares two results by ledger key (unit_code, kind, item, rule_id, subject).
 * Shape: every unit of either side once, those of `to` first, in its order. Units: milli-points, exact.
 * Source: 4-scheme, What people do with it.
 * @example diffResults(november, december).units[0].story // "比2025-11-30少1.50分：2条问题逾期（−1.00）…"
 */
export function diffResults(from: DiffSide, to: DiffSide): Diff {
  const [before, after] = [unitsOf(from), unitsOf(to)];
  const rows = groupBy(entriesOf(from.ledger, to.ledger), (e) => e.unit_code);
  const codes = [...new Set([...after.keys(), ...before.keys()])];
  const units = codes.map((code) =>
    unitDiff(code, {from, to, before: before.get(code), after: after.get(code)}, rows.get(code) ?? [])
  );
  return {from: headOf(from), to: headOf(to), units, sums: sumsOf(units)};
}

/** The same comparison for some of its units. */
export function onlyUnits(diff: Diff, codes: readonly string[]): Diff {
  const units = diff.units.filter((u) => codes.includes(u.unit_code));
  return {...diff, units, sums: sumsOf(units)};
}

function sumsOf(units: readonly UnitDiff[]): Diff["sums"] {
  const scored = units.filter((u) => u.delta_milli !== null);
  const neither = units.filter((u) => u.from?.milli == null && u.to?.milli == null).length;
  const total = (part: "added" | "removed" | "changed" | "caps") => sumOf(scored.flatMap((u) => u[part]));
  return {
    units: units.length,
    higher: scored.filter((u) => (u.delta_milli ?? 0) > 0).length,
    lower: scored.filter((u) => (u.delta_milli ?? 0) < 0).length,
    same: scored.filter((u) => u.delta_milli === 0).length,
    unscored: units.length - scored.length,
    one_sided: units.length - scored.length - neither,
    neither,
    delta_milli: scored.reduce((sum, u) => sum + (u.delta_milli ?? 0), 0),
    added: total("added"),
    removed: total("removed"),
    changed: total("changed"),
    caps: total("caps")
  };
}

/** Whether anything about the unit differs: rows, score, standing. */
export function isChanged({from, to, added, removed, changed, caps}: UnitDiff): boolean {
  return added.length + removed.length + changed.length + caps.length > 0 || JSON.stringify(from) !== JSON.stringify(to);
}

interface Sides {
  readonly from: DiffSide;
  readonly to: DiffSide;
  readonly before: UnitScore | undefined;
  readonly after: UnitScore | undefined;
}

function unitDiff(unit_code: string, sides: Sides, rows: readonly DiffEntry[]): UnitDiff {
  const {from, to, before, after} = sides;
  const others = rows.filter((e) => !CAPS.has(e.kind));
  const unit = {
    unit_code,
    unit_name: after?.unit_name ?? before?.unit_name ?? "",
    from: standing(before),
    to: standing(after),
    delta_milli: before?.milli == null || after?.milli == null ? null : after.milli - before.milli
  };
  return {
    ...unit,
    story: storyOf({unit, from, to, rows, ruleName: (id) => ruleName(to, unit_code, id) ?? ruleName(from, unit_code, id) ?? id}),
    items: itemDeltas(rows),
    added: others.filter((e) => e.from_milli === null),
    removed: others.filter((e) => e.to_milli === null),
    changed: others.filter((e) => e.from_milli !== null && e.to_milli !== null),
    caps: rows.filter((e) => CAPS.has(e.kind))
  };
}

/** The rows that differ, in ledger order: those of `to`, then those that are gone. */
function entriesOf(from: readonly LedgerEntry[], to: readonly LedgerEntry[]): (DiffEntry & {unit_code: string})[] {
  const key = ({unit_code, kind, item, rule_id, subject}: LedgerEntry) => JSON.stringify([unit_code, kind, item, rule_id, subject]);
  const before = new Map(from.map((e) => [key(e), e]));
  const rows = to.flatMap((after) => {
    const was = before.get(key(after));
    before.delete(key(after));
    return was?.milli === after.milli ? [] : [entry(after, was?.milli ?? null, after.milli)];
  });
  return [...rows, ...[...before.values()].map((was) => entry(was, was.milli, null))];
}

function entry(shown: LedgerEntry, from_milli: Milli | null, to_milli: Milli | null): DiffEntry & {unit_code: string} {
  const {unit_code, kind, item, rule_id, subject, because, breach, basis, batch, file, row} = shown;
  const delta_milli = (to_milli ?? 0) - (from_milli ?? 0);
  return {unit_code, kind, item, rule_id, subject, from_milli, to_milli, delta_milli, because, breach, basis, batch, file, row};
}

function itemDeltas(rows: readonly DiffEntry[]): UnitDiff["items"] {
  const items = groupBy(
    rows.filter((e) => e.item !== null),
    (e) => e.item ?? ""
  );
  return [...items]
    .map(([item, list]) => ({item, delta_milli: sumOf(list).milli}))
    .filter((i) => i.delta_milli !== 0)
    .toSorted((a, b) => a.item.localeCompare(b.item, "en", {numeric: true}));
}

function unitsOf({result}: DiffSide): Map<string, UnitScore> {
  return new Map(result.schemes.flatMap((s) => s.units).map((u) => [u.unit_code, u]));
}

function standing(unit: UnitScore | undefined): Standing | null {
  if (!unit) return null;
  const {covered, score, milli, grade, rank, provisional} = unit;
  return {covered, score, milli, grade, rank, provisional};
}

function ruleName({result, plans}: DiffSide, unit: string, id: string): string | undefined {
  const scheme = result.schemes.find((s) => s.units.some((u) => u.unit_code === unit))?.scheme;
  return plans.find((p) => p.scheme === scheme)?.rules.find((r) => r.id === id)?.name;
}

function headOf({label, result}: DiffSide): SideHead {
  const {run, digest, regime, as_of, decisions_until, known_at, period, provisional, schemes} = result;
  return {label, run, digest, regime, as_of, decisions_until, known_at, period, provisional, schemes: schemes.map((s) => s.scheme)};
}

function sumOf(entries: readonly DiffEntry[]): Sum {
  return {n: entries.length, milli: entries.reduce((sum, e) => sum + e.delta_milli, 0)};
}
