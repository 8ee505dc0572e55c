import {type ReferenceInput, type ReferenceResult, reference} from "../reference/reference.ts";
import type {Case} from "./case.ts";
import type {Looked} from "./look.ts";

/** What a case is for the second implementation. */
export function referred({scheme, rows, land, as_of, decisions_until, year, round}: Case): ReferenceResult {
  return reference({
    rows,
    scheme: scheme as unknown as ReferenceInput["scheme"],
    regime: land.rules,
    as_of,
    decisions_until,
    year,
    round
  });
}

/** One thing that program and reference say differently. */
export interface Difference {
  /** What kind of thing: `milli`, `ledger 扣分`, `digest` … */
  readonly what: string;
  readonly where: string;
  readonly program: unknown;
  readonly reference: unknown;
}

/**
 * Where program and reference do not agree about a case: units field by field, ledger row by row, tally per rule, digest.
 * Shape: none when they agree. Units: milli-points.
 */
export function disagreements(one: Case, {units, ledger, tally, result}: Looked, other = referred(one)): Difference[] {
  const shown = units.map((u) => ({
    ...u,
    vetoes: texts(u.vetoes.map((v) => `${v.rule_id} ${v.subject}`)),
    items: texts(u.items.map((i) => `${i.item}: ${i.score === null ? null : Math.round(Number(i.score) * 1000)} ${i.applies}`))
  }));
  const expected = other.units.map((u) => ({
    ...u,
    vetoes: texts(u.vetoes.map((v) => `${v.rule_id} ${v.subject}`)),
    items: texts(u.items.map((i) => `${i.item}: ${i.milli} ${i.applies}`))
  }));
  // What is told of a unit that has no score is not the score's business.
  const fields = ["covered", "milli", "grade", "rank", "provisional", "vetoes"] as const;
  const unitDifferences = ["", ...fields, "items"].flatMap((field) => {
    const key = (u: {unit_code: string; milli: number | null}) => (field === "items" && u.milli === null ? [] : [u.unit_code]);
    const of = (list: readonly Record<string, unknown>[]) =>
      new Map(
        list.flatMap((u) => key(u as {unit_code: string; milli: number | null}).map((k) => [k, field === "" ? true : u[field]]))
      );
    return between(field === "" ? "unit" : field, of(shown), of(expected));
  });
  const line = (e: {unit_code: string; kind: string; item: string | null; rule_id: string | null; subject: string | null}) =>
    [e.unit_code, e.kind, e.item, e.rule_id, e.subject].join("|");
  const lines = between(
    "ledger",
    new Map(ledger.map((e) => [line(e), e.milli])),
    new Map(other.ledger.map((e) => [line(e), e.milli]))
  );
  const seqs = between("seq", new Map(ledger.map((e) => [line(e), e.seq])), new Map(other.ledger.map((e) => [line(e), e.seq])));
  return [
    ...unitDifferences,
    ...lines.map((l) => ({...l, what: `ledger ${l.where.split("|")[1]}`})),
    ...(lines.length === 0 ? seqs : []),
    ...between("tally", tallied(tally), tallied(other.tally)),
    ...(result.digest === other.digest ? [] : [{what: "digest", where: "", program: result.digest, reference: other.digest}])
  ];
}

function texts(list: readonly string[]): string {
  return list.toSorted().join("; ");
}

/** Points per unit and rule, before caps; how they are cut into buckets is the program's own. */
function tallied(
  rows: readonly {readonly unit_code: string; readonly rule_id: string; readonly bucket: string; readonly raw_milli: number}[]
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const {unit_code, rule_id, raw_milli} of rows) {
    const key = `${unit_code} ${rule_id}`;
    sums.set(key, (sums.get(key) ?? 0) + raw_milli);
  }
  return new Map([...sums].filter(([, milli]) => milli !== 0));
}

function between(what: string, program: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): Difference[] {
  const keys = [...new Set([...program.keys(), ...other.keys()])].toSorted();
  return keys.flatMap((where) => {
    const [a, b] = [program.get(where), other.get(where)];
    return a === b ? [] : [{what, where, program: a, reference: b}];
  });
}
