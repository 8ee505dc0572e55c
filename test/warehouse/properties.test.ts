import fc from "fast-check";
import {beforeAll, describe, expect, it} from "vitest";
import type {Regime} from "../../src/regime/types.ts";
import type {Scheme} from "../../src/scheme/types.ts";
import type {ScoreResult} from "../../src/score/types.ts";
import type {Database} from "../../src/warehouse/duckdb.ts";
import {openSchemes, type Rows, scoreRows, WHEN} from "../facts.ts";
import {randomRows, shuffled} from "../generate.ts";
import {rounds} from "../rounds.ts";

/** Rounds of each property: a few in every run, many when the soak asks for them. */
const ROUNDS = rounds(2);
const SEEDS = fc.integer({min: 1, max: 1_000_000});

let rules: {regime: Regime; schemes: Scheme[]};
beforeAll(async () => {
  rules = await openSchemes("mudan-2023", "mudan-2023-town", "mudan-2023-dept");
});

const holds = (check: (seed: number) => Promise<void>) =>
  fc.assert(fc.asyncProperty(SEEDS, check), {numRuns: ROUNDS, endOnFailure: true});

function outcome(rows: Rows, options = {}): Promise<{digest: string; run: string}> {
  return scoreRows(rows, rules, (_, {digest, run}) => ({digest, run}), options);
}

describe("every scored year", () => {
  it("has a ledger that sums to the score of every unit, agrees with the tally, has unique keys and no gaps, within 0 and 100 plus the cap", () =>
    holds((seed) =>
      scoreRows(randomRows(seed), rules, async (db, result) => {
        await sumsToScores(db, result);
        await tallyAgrees(db);
        await hasKeys(db);
        for (const {milli} of result.schemes.flatMap((s) => s.units))
          if (milli !== null) expect(milli >= 0 && milli <= 102_000).toBe(true);
      })
    ));

  it("gives the same digest and run for other row orders and 1, 2 or 4 threads", () =>
    holds(async (seed) => {
      const rows = randomRows(seed);
      const first = await outcome(rows, {threads: 1});
      expect(await outcome(shuffled(rows, seed + 1), {threads: 2})).toEqual(first);
      expect(await outcome(shuffled(rows, seed + 2), {threads: 4})).toEqual(first);
    }));

  it("knows nothing of what happens after the day it is judged on", () =>
    holds(async (seed) => {
      const rows = randomRows(seed);
      const later = {
        ...rows,
        rectification: [
          ...(rows.rectification ?? []),
          ...(rows.finding ?? []).map((f) => ({finding_id: f.finding_id ?? "", stage: "完成", on_date: "2026-02-01", seq_no: 99}))
        ],
        accident: [
          ...(rows.accident ?? []),
          {
            accident_id: "A-later",
            unit_code: "990101",
            occurred_on: "2026-01-02",
            accident_grade: "重大",
            liable: true,
            concluded_on: "2026-01-03"
          }
        ]
      };
      const {digest} = await outcome(rows, {when: WHEN});
      expect((await outcome(later, {when: WHEN})).digest).toBe(digest);
    }));
});

async function sumsToScores(db: Database, {schemes}: ScoreResult): Promise<void> {
  const rows = await db.rows<{unit_code: string; milli: number}>(
    "select unit_code, sum(milli)::bigint as milli from ledger group by unit_code"
  );
  const sums = new Map(rows.map((r) => [r.unit_code, r.milli]));
  for (const unit of schemes.flatMap((s) => s.units))
    expect([unit.unit_code, sums.get(unit.unit_code) ?? null]).toEqual([unit.unit_code, unit.milli]);
}

async function hasKeys(db: Database): Promise<void> {
  const twice = "select 1 from ledger group by unit_code, kind, item, rule_id, subject having count(*) > 1";
  expect(await db.value(`select count(*) from (${twice})`)).toBe(0);
  const gaps = "select unit_code from ledger group by unit_code having max(seq) <> count(*) or min(seq) <> 1";
  expect(await db.value(`select count(*) from (${gaps})`)).toBe(0);
}

async function tallyAgrees(db: Database): Promise<void> {
  const tally = await db.rows(
    "select unit_code, rule_id, sum(raw_milli)::bigint as milli from tally where bucket in ('', 'returned') group by all having sum(raw_milli) <> 0 order by all"
  );
  const ledger = await db.rows(
    "select unit_code, rule_id, sum(milli)::bigint as milli from ledger where kind in ('扣分', '择高返还', '加分', '比率', '分档', '评议', '复核') group by all having sum(milli) <> 0 order by all"
  );
  const scored = new Set(await db.list("select distinct unit_code from ledger"));
  expect(tally.filter((t) => scored.has(String(t.unit_code)))).toEqual(ledger);
}
