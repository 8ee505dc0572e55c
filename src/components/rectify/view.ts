import {isoDay} from "../format.js";
import type {FindingRow} from "../types.js";
import type {Case, RectifyData, RectifyView, Standing} from "./types.js";

/** Keys of the address that filter. */
export const FILTERS = ["unit", "severity", "year"] as const;

/**
 * What is left by the filters of the address: unit (the scored unit that answers), severity, year (in which a finding was found).
 * Shape: rows of the marts in; findings once each out, with where they stand.
 */
export function rectifyView(data: RectifyData, state: Readonly<Record<string, string>>): RectifyView {
  const standing = new Map(data.standing.map((s) => [s.finding_id, s]));
  const names = new Map([
    ...data.owed.flatMap((o): [string, string][] => (o.unit_code && o.unit_name ? [[o.unit_code, o.unit_name]] : [])),
    ...data.units.map((u): [string, string] => [u.unit_code, u.unit_name])
  ]);
  const all = casesOf(data.findings, standing);
  const cases = all.filter(
    (c) =>
      (!state.unit || c.scored_unit === state.unit) &&
      (!state.severity || c.severity === state.severity) &&
      (!state.year || isoDay(c.found_on).startsWith(state.year))
  );
  const kept = new Set(cases.map((c) => c.finding_id));
  const scoredOf = new Map(all.map((c) => [c.finding_id, c.scored_unit]));
  const isShown = (finding: unknown, unit: unknown) => {
    if (typeof finding === "string" && scoredOf.has(finding)) return kept.has(finding);
    return !state.severity && !state.year && (!state.unit || unit === state.unit);
  };
  return {
    ...data,
    cases,
    state,
    owed: data.owed.filter((o) => isShown(o.finding_id, o.unit_code)),
    actions: once(data.actions, "action_id").filter((a) => isShown(a.finding_id, a.scored_unit ?? a.unit_code)),
    inspections: once(data.inspections, "inspection_id").filter((i) => !state.unit || i.scored_unit === state.unit),
    nameOf: (unit) => (unit === null ? "未归属" : (names.get(unit) ?? `未归属（${unit}）`))
  };
}

/** A finding that several units answer for is one finding. */
function casesOf(findings: readonly FindingRow[], standing: ReadonlyMap<string, Standing>): Case[] {
  const unique = new Map(findings.map((f) => [f.finding_id, f]));
  return [...unique.values()].map((f) => ({...f, standing: standing.get(f.finding_id) ?? null}));
}

function once<Row extends Readonly<Record<string, unknown>>>(rows: readonly Row[], key: string): Row[] {
  return [...new Map(rows.map((r) => [r[key], r])).values()];
}

/** Years in which findings were found, latest first; none where their days are secret. */
export function yearsOf({findings}: Pick<RectifyData, "findings">): string[] {
  return [...new Set(findings.flatMap((f) => (f.found_on ? [isoDay(f.found_on).slice(0, 4)] : [])))].toSorted().toReversed();
}

/** The middle of some numbers; null for none. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}
