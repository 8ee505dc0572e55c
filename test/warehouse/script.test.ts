import {execFileSync} from "node:child_process";
import {existsSync, mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, describe, expect, it} from "vitest";
import {scoreDatabase} from "../../src/warehouse/scored.ts";
import {ScoreScript} from "../../src/warehouse/script.ts";
import {readCalendar} from "../../src/workspace/calendar.ts";
import {openRows, openSchemes, WHEN} from "../facts.ts";
import {randomRows} from "../generate.ts";
import {EXTENDED} from "./extended.ts";

const directory = mkdtempSync(join(tmpdir(), "script-"));
afterAll(() => rmSync(directory, {recursive: true, force: true}));

/** Nothing of the program: the engine alone, in a process of its own, in the script's folder. */
const STOCK = `
const {DuckDBInstance} = await import("@duckdb/node-api");
const {readFileSync} = await import("node:fs");
const db = await (await DuckDBInstance.create(":memory:")).connect();
await db.run(readFileSync(process.argv[1], "utf8"));
const rows = async (sql) => (await db.runAndReadAll(sql)).getRowObjectsJson();
console.log(JSON.stringify({
  digest: (await rows("select digest from digest"))[0].digest,
  score: await rows("select unit_code, milli, grade, rank, covered, provisional from score order by unit_code"),
  ledger: await rows("select * exclude (scheme) from ledger order by unit_code, seq")
}));
`;

interface Recomputed {
  readonly digest: string;
  readonly score: readonly Record<string, unknown>[];
  readonly ledger: readonly Record<string, unknown>[];
}

function runAlone(file: string): Recomputed {
  // The engine is found from here; the script sees only its own folder.
  const code = STOCK.replace('"@duckdb/node-api"', JSON.stringify(import.meta.resolve("@duckdb/node-api")));
  const text = execFileSync(process.execPath, ["--input-type=module", "-e", code, file], {
    cwd: directory,
    encoding: "utf8",
    maxBuffer: 1e9
  });
  return JSON.parse(text) as Recomputed;
}

const asNumber = (value: unknown) => (value === null ? null : Number(value));

async function recompute(name: string, seed: number, schemes: readonly string[]) {
  const rules = await openSchemes("mudan-2023", ...schemes);
  const db = await openRows(randomRows(seed, {units: 30, findings: 240}));
  try {
    const script = new ScoreScript(join(directory, `${name}.sql`));
    const result = await scoreDatabase(db, {
      ...rules,
      calendar: readCalendar(null),
      when: WHEN,
      known_at: "2026-01-05T00:00:00+08:00",
      year: 2025,
      round: null,
      columns: "needed",
      kept: script.kept
    });
    script.write(result);
    const ledger = await db.rows("select * exclude (scheme) from ledger order by unit_code, seq");
    return {result, ledger, alone: runAlone(`${name}.sql`)};
  } finally {
    db.close();
  }
}

describe("the script of a score", () => {
  for (const [name, schemes] of [
    ["two schemes of one office", ["mudan-2023-town", "mudan-2023-dept"]],
    ["weights, repeats, changes and places", [EXTENDED]]
  ] as const)
    it(`computes the same digest, ledger and scores with the engine alone: ${name}`, async () => {
      const {result, ledger, alone} = await recompute(name.replaceAll(/\W+/g, "-"), 7, schemes);
      expect(alone.digest).toBe(result.digest);
      expect(
        alone.ledger.map((row) => ({...row, seq: asNumber(row.seq), milli: asNumber(row.milli), row: asNumber(row.row)}))
      ).toEqual(ledger);
      const units = result.schemes.flatMap((s) => s.units).toSorted((a, b) => (a.unit_code < b.unit_code ? -1 : 1));
      expect(alone.score.map((row) => ({...row, milli: asNumber(row.milli), rank: asNumber(row.rank)}))).toEqual(
        units.map(({unit_code, milli, grade, rank, covered, provisional}) => ({
          unit_code,
          milli,
          grade,
          rank,
          covered,
          provisional
        }))
      );
    });

  it("names every rule, the run and the digest it must give", () => {
    const text = readFileSync(join(directory, "two-schemes-of-one-office.sql"), "utf8");
    expect(text).toMatch(/-- 应得摘要 [0-9a-f]{64}/);
    expect(text).toMatch(/-- R6-1 .+/);
    expect(existsSync(join(directory, "two-schemes-of-one-office-facts", "mudan-2023-town", "finding_fact.parquet"))).toBe(true);
  });

  it("wants a file that ends in .sql", () => {
    expect(() => new ScoreScript("score.txt")).toThrow("不以 .sql 结尾");
  });
});
