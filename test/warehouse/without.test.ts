import fc from "fast-check";
import {beforeAll, describe, expect, it} from "vitest";
import type {Regime} from "../../src/regime/types.ts";
import type {Scheme} from "../../src/scheme/types.ts";
import {scoreDatabase} from "../../src/warehouse/scored.ts";
import {readCalendar} from "../../src/workspace/calendar.ts";
import {openRows, openSchemes, type Rows, scoreRows, WHEN} from "../facts.ts";
import {randomRows} from "../generate.ts";
import {rounds} from "../rounds.ts";

let rules: {regime: Regime; schemes: Scheme[]};
beforeAll(async () => {
  rules = await openSchemes("mudan-2023", "mudan-2023-town", "mudan-2023-dept");
});

/** The rows as if a finding had never been found; what else names it stays. */
function removed(rows: Rows, finding_id: string): Rows {
  const other = (table: string, column = "finding_id") => (rows[table] ?? []).filter((r) => r[column] !== finding_id);
  const action = (rows.action ?? []).map((a) => (a.finding_id === finding_id ? {...a, finding_id: null} : a));
  return {...rows, finding: other("finding"), rectification: other("rectification"), action, appeal: other("appeal", "subject_id")};
}

describe("a score without a finding", () => {
  it("is the score of the same data in which the finding was never loaded", () =>
    fc.assert(
      fc.asyncProperty(fc.integer({min: 1, max: 1_000_000}), fc.nat(), async (seed, n) => {
        const rows = randomRows(seed);
        const findings = rows.finding ?? [];
        if (findings.length === 0) return;
        const finding_id = String(findings[n % findings.length]?.finding_id);
        const scores = (result: {schemes: readonly {units: readonly {unit_code: string; milli: number | null}[]}[]}) =>
          result.schemes.flatMap((s) => s.units.map((u) => [u.unit_code, u.milli]));
        const never = await scoreRows(removed(rows, finding_id), rules, (_, result) => scores(result));
        const db = await openRows(rows);
        try {
          const scoring = {...rules, calendar: readCalendar(null), when: WHEN, known_at: "", year: 2025, round: null};
          expect(scores(await scoreDatabase(db, {...scoring, without: finding_id}))).toEqual(never);
        } finally {
          db.close();
        }
      }),
      {numRuns: rounds(2)}
    ));
});
