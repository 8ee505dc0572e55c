import {existsSync, readFileSync} from "node:fs";
import {afterAll, describe, expect, it} from "vitest";
import {factOf} from "../../src/contract/fact.ts";
import {checkExpression} from "../../src/scheme/expression.ts";
import {expression} from "./support.ts";

afterAll(() => expression.close());

/** One case a line: `grain | text`; `#` begins a comment. */
function lines(file: string): string[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => line.replaceAll("\\n", "\n"));
}

function check(grain: string, text: string, wanted: "predicate" | "value") {
  return checkExpression(expression, factOf(grain), text, wanted);
}

describe("the guard accepts what rules are written with", () => {
  it.each(lines("test/input/guard/predicates.txt"))("condition %s", async (line) => {
    const [grain = "", text = ""] = line.split(/ \| (.*)/s);
    const checked = await check(grain, text, "predicate");
    expect(checked).toMatchObject({expression: {type: "BOOLEAN"}});
  });

  it.each(lines("test/input/guard/values.txt"))("value %s", async (line) => {
    const [grain = "", text = ""] = line.split(/ \| (.*)/s);
    const checked = await check(grain, text, "value");
    expect(checked).toMatchObject({expression: {type: expect.stringMatching(/^(INTEGER|DECIMAL)$/)}});
  });

  it.each([...lines("test/input/guard/predicates.txt"), ...lines("test/input/guard/values.txt")])(
    "and its canonical text means the same again: %s",
    async (line) => {
      const [grain = "", text = ""] = line.split(/ \| (.*)/s);
      const wanted = lines("test/input/guard/predicates.txt").includes(line) ? "predicate" : "value";
      const once = await check(grain, text, wanted);
      if (!("expression" in once)) throw new Error("refused");
      // least and greatest are given the names of functions of our own, which nobody may write.
      const twice = await check(grain, once.expression.sql.replaceAll(/(least|greatest)_known\(/g, "$1("), wanted);
      if (!("expression" in twice)) throw new Error(`refused again: ${once.expression.sql}`);
      // The engine prints a true of its own making as true, and one that it read as a cast: the second print is settled.
      const thrice = await check(grain, twice.expression.sql.replaceAll(/(least|greatest)_known\(/g, "$1("), wanted);
      expect(thrice).toMatchObject({expression: {sql: twice.expression.sql, type: once.expression.type}});
      expect(twice.expression.columns).toEqual(once.expression.columns);
    }
  );
});

/** Files of hostile expressions, one a line; the second is written by someone who has not seen the guard. */
const HOSTILE = ["test/input/guard/hostile.txt", "test/input/guard/attacks.txt"].filter((file) => existsSync(file));

describe("the guard refuses what is no rule", () => {
  it.each(HOSTILE.flatMap((file) => lines(file).map((text) => [file, text])))("%s: %s", async (_, text) => {
    for (const grain of ["finding", "accident"]) {
      for (const wanted of ["predicate", "value"] as const) {
        const checked = await check(grain, text, wanted);
        expect(checked).toHaveProperty("faults");
        if (!("faults" in checked)) continue;
        expect(checked.faults.length).toBeGreaterThan(0);
        for (const {index, what, advice} of checked.faults) {
          expect(index).toBeGreaterThanOrEqual(0);
          expect(index).toBeLessThanOrEqual(text.length);
          expect(`${what}；${advice}`).toMatch(/[\u4e00-\u9fff]/);
        }
      }
    }
  });

  it.each([
    ["control characters", "days_overdue > 0\u0000"],
    ["a byte order mark", "\ufeffdays_overdue > 0"],
    ["half a character", "severity = '\ud800'"],
    ["control characters in a text", "severity = E'\\x01'"],
    ["nothing at all", ""],
    ["blanks", " \n "],
    ["a long text", `severity = '${"重".repeat(2001)}'`],
    ["deep brackets around not", `${"not (".repeat(70)}is_due${")".repeat(70)}`],
    ["deep case", `${"case when is_due then ".repeat(65)}1${" end".repeat(65)} > 0`],
    ["a long sum", `${"days_overdue + ".repeat(120)}1 > 0`],
    ["a statement behind a line break", "is_due\n) from finding_fact; select (1"],
    ["a where behind a comment", "is_due) from finding_fact where (true --"]
  ])("%s", async (_, text) => {
    expect(await check("finding", text, "predicate")).toHaveProperty("faults");
  });
});

describe("the guard points at the fault", () => {
  it.each([
    ["days_overdue > 0 and severty = '重大'", "severty"],
    ["severity = '重大' and severty = '重大'", "severty"],
    ["category = '电气🔥' and severty = '重大'", "severty"],
    ["is_due and sqrt(age_days) > 1", "sqrt"],
    ["is_due and (select true)", "(select"],
    ["is_due and severity = '特大'", "'特大'"],
    ["category = '危化品' or or is_due", "or is_due"],
    ["category = '危化品🔥' or or is_due", "or is_due"],
    ["due_on < '2025-02-30'", "'2025-02-30'"],
    ["is_due and item = 6", "item"]
  ])("%s", async (text, part) => {
    const checked = await check("finding", text, "predicate");
    if (!("faults" in checked)) throw new Error("accepted");
    expect(text.slice(checked.faults[0]?.index)).toMatch(new RegExp(`^${part.replace(/[()]/g, "\\$&")}`));
  });

  it("tells all faults of one expression", async () => {
    const checked = await check("finding", "days_overdu > 0 and severty = 'x' and random() > 0", "predicate");
    expect("faults" in checked && checked.faults.map((f) => f.what)).toEqual([
      "finding_fact 没有列 days_overdu",
      "finding_fact 没有列 severty",
      "不能使用函数 random"
    ]);
  });
});
