import {existsSync, mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {writeOffice} from "../../src/bench/office.ts";
import {type BenchResult, bench, benchHolds, benchText} from "../../src/cli/bench.ts";
import {Fault} from "../../src/fault.ts";

/** A clock that ticks a second each time it is looked at. */
function ticking(): () => number {
  let seconds = 0;
  return () => seconds++;
}

describe("bench", () => {
  let result: BenchResult;

  beforeAll(async () => {
    result = await bench({findings: "500,1000", runs: "2"}, {now: ticking(), progress: () => {}});
  }, 120_000);

  test("scores as the sixty rules written by hand do, with the digest that is kept", () => {
    for (const size of result.sizes) expect(size.failures).toEqual([]);
    expect(benchHolds(result)).toBe(true);
    expect(result.sizes.map(({findings, events, units, rules}) => ({findings, events, units, rules}))).toEqual([
      {findings: 500, events: 1500, units: 25, rules: 60},
      {findings: 1000, events: 3000, units: 50, rules: 60}
    ]);
    expect(result.sizes[1]).toMatchObject({digest: result.sizes[1]?.reference});
  });

  test("gives each work as a ratio to its denominator, absolute seconds beside it", () => {
    const lines = result.sizes[0]?.lines ?? [];
    expect(lines.map(({work, at_most}) => [work, at_most])).toEqual([
      ["load", 3],
      ["facts", 2],
      ["score", 1],
      ["ledger", 1.2],
      ["digest", 0.5]
    ]);
    for (const {ratio, seconds, against_seconds, holds} of lines) {
      expect(ratio).toBeCloseTo(seconds / against_seconds, 10);
      expect(holds).toBeNull();
    }
  });

  test("says by how much the time per finding grew", () => {
    expect(Object.keys(result.growth ?? {})).toEqual(["load", "facts", "score", "ledger", "digest"]);
  });

  test("prints a table a size", () => {
    const text = benchText(result);
    expect(text).toContain("1000个问题、3000条整改记录、50个单位、60条规则");
    expect(text).toContain("（与对照相同）");
    expect(text).toContain(`DuckDB ${result.duckdb}`);
  });

  test("counts another digest as failed", () => {
    const [size] = result.sizes;
    if (!size) throw new Error("there is a size");
    expect(benchHolds({...result, sizes: [{...size, failures: ["摘要与对照不同"]}]})).toBe(false);
  });

  test.each([
    [{findings: "0"}, "--findings “0”不对；"],
    [{findings: "1000,x"}, "--findings “x”不对；"],
    [{findings: "10", runs: "1.5"}, "--runs “1.5”不对；"]
  ])("refuses %j", async (options, message) => {
    const error = await bench(options).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Fault);
    expect((error as Fault).message).toContain(message);
  });
});

describe("the synthetic office", () => {
  const scratch = mkdtempSync(join(tmpdir(), "xunheng-test-"));
  afterAll(() => rmSync(scratch, {recursive: true, force: true}));

  test("is the same bytes each time", async () => {
    const [a, b] = [join(scratch, "a"), join(scratch, "b")];
    await writeOffice(a, {findings: 300, units: 15});
    await writeOffice(b, {findings: 300, units: 15});
    for (const table of ["unit", "inspection", "finding", "rectification"])
      expect(readFileSync(join(a, `${table}.csv`))).toEqual(readFileSync(join(b, `${table}.csv`)));
    expect(existsSync(join(a, "xunheng.yaml"))).toBe(true);
  });
});
