import {afterAll, describe, expect, it} from "vitest";
import {FACTS, factOf} from "../../src/contract/fact.ts";
import {checkExpression} from "../../src/scheme/expression.ts";
import {ALLOWED} from "../../src/scheme/function.ts";
import {quotedIdentifier} from "../../src/sql.ts";
import {Database} from "../../src/warehouse/duckdb.ts";
import {modelSql} from "../../src/warehouse/model.ts";
import {guardLines as lines} from "./guard-lines.ts";
import {expression} from "./support.ts";

const SAMPLE = {
  VARCHAR: "'6.1'",
  DATE: "date '2025-03-31'",
  TIMESTAMP: "timestamp '2025-03-31 08:00:00'",
  BIGINT: "1000000",
  "DECIMAL(28,6)": "999999.999999",
  BOOLEAN: "true"
} as const;

/** The fact views as tables of two rows: one of nothing but nulls, one with a value in every column. */
const facts = await Database.open();
for (const {name, columns} of FACTS) {
  const typed = columns.map((c) => `${quotedIdentifier(c.name)} ${c.type}`).join(", ");
  const values = columns.map(({type}) => SAMPLE[type]).join(", ");
  await facts.run(`create table ${name} (${typed}); insert into ${name} values (${values}), (${columns.map(() => "null")})`);
}
await facts.run(modelSql("function"));

afterAll(() => {
  facts.close();
});

/** What was accepted has a value for every row, and none without rows: the engine finds nothing wrong with it. */
async function runs(grain: string, checked: Awaited<ReturnType<typeof check>>): Promise<void> {
  if (!("expression" in checked)) throw new Error("refused");
  const {sql} = checked.expression;
  expect(await facts.list(`select ${sql} from ${grain}_fact`)).toHaveLength(2);
  expect(await facts.list(`select ${sql} from ${grain}_fact limit 0`)).toEqual([]);
}

function check(grain: string, text: string, wanted: "predicate" | "value") {
  return checkExpression(expression, factOf(grain), text, wanted);
}

describe("the guard accepts what rules are written with", () => {
  it("in hundreds of ways, over every view, with every function there is", () => {
    const legitimate = [...lines("test/input/guard/predicates.txt"), ...lines("test/input/guard/values.txt")];
    expect(new Set(legitimate).size).toBeGreaterThanOrEqual(300);
    expect(legitimate.length).toBe(new Set(legitimate).size);
    for (const {grain} of FACTS) expect(legitimate.filter((line) => line.startsWith(`${grain} | `)).length).toBeGreaterThan(3);
    const words = [...ALLOWED.keys()].filter((name) => /^[a-z_]+$/.test(name) && !name.endsWith("like_escape"));
    expect(words.filter((name) => !legitimate.some((line) => line.includes(`${name}(`)))).toEqual([]);
  });

  it.each(lines("test/input/guard/predicates.txt"))("condition %s", async (line) => {
    const [grain = "", text = ""] = line.split(/ \| (.*)/s);
    const checked = await check(grain, text, "predicate");
    expect(checked).toMatchObject({expression: {type: "BOOLEAN"}});
    await runs(grain, checked);
  });

  it.each(lines("test/input/guard/values.txt"))("value %s", async (line) => {
    const [grain = "", text = ""] = line.split(/ \| (.*)/s);
    const checked = await check(grain, text, "value");
    expect(checked).toMatchObject({expression: {type: expect.stringMatching(/^(INTEGER|DECIMAL)$/)}});
    await runs(grain, checked);
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

/** Files of hostile expressions, one a line; the last two were written by people who had not seen the guard. */
const HOSTILE = ["hostile", "attacks", "families"].map((name) => `test/input/guard/${name}.txt`);

describe("the guard refuses what is no rule", () => {
  it("in hundreds of ways, none of them twice", () => {
    const hostile = HOSTILE.flatMap(lines);
    expect(hostile.length).toBeGreaterThan(900);
    for (const file of HOSTILE) expect(new Set(lines(file)).size).toBe(lines(file).length);
  });

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
