import {outsideView} from "../../regime/secrecy.ts";
import {stampMarks, stampOf} from "../../release/stamp.ts";
import type {UnitAssessment} from "../../score/assessment.ts";
import {groupBy} from "../../score/group.ts";
import {points} from "../../score/score.ts";
import type {Kind, Milli} from "../../score/types.ts";
import {type Leaving, leavingTables} from "../../site/leaving.ts";
import {assessScored, type SchemeAssessment} from "../../warehouse/assessed.ts";
import type {Scored} from "../../warehouse/scored.ts";
import {ledgerFacts, opinions} from "./facts.ts";
import type {AssessedIndicator, AssessedRow, AssessmentExport, AssessmentScheme, DeductionRow} from "./types.ts";

/** A row of the mart `unit`. */
interface ToldUnit {
  readonly scheme: string;
  readonly unit_code: string;
  readonly unit_name: string;
  readonly unit_kind: string;
  readonly peer_group: string | null;
  readonly sort_order: number | null;
  readonly covered: string;
  readonly covered_because: string | null;
  readonly milli: Milli | null;
  readonly grade: string | null;
  readonly rank: number | null;
  readonly provisional: boolean;
  readonly provisional_because: string;
  readonly vetoes: string;
}

interface ToldEntry {
  readonly scheme: string;
  readonly unit_code: string;
  readonly seq: number;
  readonly kind: Kind;
  readonly item: string | null;
  readonly rule_id: string | null;
  readonly subject: string | null;
  readonly milli: Milli;
  readonly because: string | null;
  readonly breach: string | null;
  readonly basis: string | null;
}

/**
 * What the assessment office gets of a result: as leadership may see it, without clues, cases and what is not fed back.
 * Shape: units by kind and 考核分组, within them by rank; each with its indicators and the rows that add up to its score.
 * Errors: those of assessScored (3 without power, 2 without `assessment`); RangeError when rows do not add up.
 * @example (await assessmentExport(scored)).schemes[0].units[0].indicators[0].points // "8.94"
 */
export async function assessmentExport(scored: Scored): Promise<AssessmentExport> {
  const {schemes, silent} = await assessScored(scored);
  const leaving = await leavingTables(scored, "leadership");
  const {clause, what} = outsideView(scored.regime, scored.when.as_of);
  const stamp = stampOf(scored);
  const rows = await toldRows(scored, leaving);
  return {
    ...{format: 1, kind: "assessment", stamp, marks: stampMarks(stamp)},
    kept_back: clause === null ? null : {clause, what},
    schemes: schemes.map((scheme) => schemeOf(scored, scheme, rows, clause)),
    silent
  };
}

interface ToldRows {
  /** By scheme. */
  readonly units: ReadonlyMap<string, readonly ToldUnit[]>;
  /** By scheme and unit. */
  readonly ledger: ReadonlyMap<string, readonly DeductionRow[]>;
}

async function toldRows(scored: Scored, leaving: Leaving): Promise<ToldRows> {
  const {db} = scored;
  const units = await db.rows<ToldUnit>(await leaving.select("unit", null));
  const entries = await db.rows<ToldEntry>(`from (${await leaving.select("ledger", null)}) order by scheme, unit_code, seq`);
  const factOf = await ledgerFacts(scored, leaving);
  const opinionOf = await opinions(scored, leaving);
  const rules = new Map(scored.schemes.flatMap(({scheme}) => scheme.rules.map((rule) => [`${scheme.id} ${rule.id}`, rule])));
  const lines = entries.map((entry): ToldEntry & {line: DeductionRow} => {
    const {unit_code, seq, kind, item, rule_id, subject, because, milli, basis} = entry;
    const rule = rules.get(`${entry.scheme} ${rule_id}`);
    const fact = factOf(rule?.over ?? null, subject, unit_code, rule_id);
    const breach = [entry.breach, fact?.law ?? null].filter((text) => text !== null).join("；") || null;
    const line = {
      ...{seq, kind, item, rule_id, rule: rule?.name ?? null, subject, fact: fact?.fact ?? null, on: fact?.on ?? null},
      ...{because, breach, basis, milli, points: points(milli), evidence: fact?.evidence ?? null},
      opinion: OWN.has(kind) ? null : opinionOf(unit_code, rule_id, subject)
    };
    return {...entry, line};
  });
  const byUnit = groupBy(lines, (entry) => `${entry.scheme} ${entry.unit_code}`);
  return {
    units: groupBy(units, (unit) => unit.scheme),
    ledger: new Map([...byUnit].map(([key, list]) => [key, list.map((entry) => entry.line)]))
  };
}

/** Rows that arithmetic makes: nobody answers to them. */
const OWN: ReadonlySet<Kind> = new Set(["基础", "择高返还", "封顶返还", "折算", "取整"]);

function schemeOf(
  {schemes}: Scored,
  {scheme, name, uninspected, assessment: {indicator, uses}, units, warnings}: SchemeAssessment,
  told: ToldRows,
  clause: string | null
): AssessmentScheme {
  const assessed = new Map(units.map((unit) => [unit.unit_code, unit]));
  // What no clause gives to the assessment does not go there.
  const reached = new Set(uses.flatMap((use) => use.unit_kinds));
  return {
    ...{scheme, name, uninspected, warnings},
    document_no: schemes.find((s) => s.scheme.id === scheme)?.scheme.document_no ?? null,
    indicator: {...indicator, full: points(indicator.full_milli)},
    uses: uses.map(({what, force, clause, unit_kinds}, i) => ({no: i + 1, what, force, clause, unit_kinds})),
    not_reached: [
      ...groupBy(told.units.get(scheme)?.filter((unit) => !reached.has(unit.unit_kind)) ?? [], (unit) => unit.unit_kind)
    ]
      .map(([unit_kind, list]) => ({unit_kind, units: list.length}))
      .toSorted((a, b) => (a.unit_kind < b.unit_kind ? -1 : 1)),
    units: (told.units.get(scheme) ?? [])
      .filter((unit) => reached.has(unit.unit_kind))
      .toSorted(inTable)
      .map((unit) => rowOf(unit, assessed.get(unit.unit_code), told.ledger.get(`${scheme} ${unit.unit_code}`) ?? [], clause))
  };
}

/** Order of 汇总表: kind, 考核分组, rank (none last), the office's own order, code. */
function inTable(a: ToldUnit, b: ToldUnit): number {
  const last = (n: number | null) => n ?? Number.MAX_SAFE_INTEGER;
  const text = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0);
  return (
    text(a.unit_kind, b.unit_kind) ||
    text(a.peer_group ?? "\uffff", b.peer_group ?? "\uffff") ||
    last(a.rank) - last(b.rank) ||
    last(a.sort_order) - last(b.sort_order) ||
    text(a.unit_code, b.unit_code)
  );
}

function rowOf(
  unit: ToldUnit,
  assessed: UnitAssessment | undefined,
  ledger: readonly DeductionRow[],
  clause: string | null
): AssessedRow {
  const {unit_code, unit_name, unit_kind, peer_group, covered, covered_because, milli, grade, rank, provisional} = unit;
  const sum = ledger.reduce((total, row) => total + row.milli, 0);
  if (sum !== (milli ?? 0)) throw new RangeError(`ledger rows of ${unit_code} add up to ${sum}, not to ${milli}`);
  const isTold = covered !== UNTOLD;
  const {total = null} = assessed ?? {};
  return {
    ...{unit_code, unit_name, unit_kind, peer_group, covered, covered_because},
    score: milli === null ? null : points(milli),
    ...{milli, grade, rank, provisional, provisional_because: unit.provisional_because},
    vetoes: JSON.parse(unit.vetoes),
    indicators: (assessed?.indicators ?? []).map((i) => {
      const {source = null, source_year = null} = assessed ?? {};
      return isTold ? {...indicatorOf(i), source, source_year} : untold(indicatorOf(i), clause);
    }),
    total: total && isTold ? {full: total.full, without: total.without, with: total.with, awaiting: total.awaiting} : null,
    ledger
  };
}

/** How the filter says that nothing of a unit may be told yet (src/models/outside/result.sql). */
const UNTOLD = "未反馈";

function indicatorOf(indicator: UnitAssessment["indicators"][number]): Omit<AssessedIndicator, "source" | "source_year"> {
  const {use, what, force, clause, code, name, full, full_milli, points: own_points, points_milli, own, own_milli} = indicator;
  const {inspected, inspected_milli, counts, awaits_acceptance, rule_id, item, provisional, because} = indicator;
  return {
    ...{use, what, force, clause, code, name, full, full_milli, points: own_points, points_milli, own, own_milli},
    ...{inspected, inspected_milli, counts, awaits_acceptance, rule_id, item, provisional, because}
  };
}

/** An indicator of a unit of which nothing may be told yet: what the assessment itself gave stays. */
function untold(indicator: Omit<AssessedIndicator, "source" | "source_year">, clause: string | null): AssessedIndicator {
  const {name, own, own_milli, full, full_milli} = indicator;
  return {
    ...indicator,
    ...{name, own, own_milli, full, full_milli, points: null, points_milli: null, inspected: null, inspected_milli: null},
    ...{counts: false, awaits_acceptance: false, source: null, source_year: null, provisional: false},
    because: `尚未反馈${clause === null ? "" : `，按${clause}`}不对外提供；反馈后请重新导出`
  };
}
