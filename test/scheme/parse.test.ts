import {readFileSync} from "node:fs";
import {globSync} from "tinyglobby";
import {describe, expect, it} from "vitest";
import {parseScheme} from "../../src/scheme/parse.ts";
import {planOf} from "../../src/scheme/plan.ts";
import type {Scheme} from "../../src/scheme/types.ts";
import {schemeWarnings} from "../../src/scheme/warn.ts";
import {BASE, expression, regimeOf} from "./support.ts";

const files = globSync("data/schemes/*.yaml", {ignore: "**/*.cases.yaml"}).toSorted();

async function read(file: string): Promise<Scheme> {
  const text = readFileSync(file, "utf8");
  return parseScheme(text, file, {regime: regimeOf(text), expression});
}

describe("the schemes of the samples", () => {
  it("are six", () => expect(files).toHaveLength(6));

  it.each(files)("%s parses, warns of nothing and bears its file's name", async (file) => {
    const scheme = await read(file);
    expect(schemeWarnings(scheme, regimeOf(readFileSync(file, "utf8")))).toEqual([]);
    expect(file).toBe(`data/schemes/${scheme.id}.yaml`);
    expect(scheme.document_no).toMatch(/^样例〔\d{4}〕\d+号$/);
    expect((scheme.issued_on ?? "") < (scheme.effective_from ?? "")).toBe(true);
  });

  it.each(files)("%s says for every rule which clause was breached and which article fixes the points", async (file) => {
    for (const {measure, breach, basis} of (await read(file)).rules) {
      expect(basis).toMatch(/^第.+条第.+项$/);
      if (measure.kind !== "bonus") expect(breach).not.toBeNull();
    }
  });

  it("use every measure of this release between them", async () => {
    const schemes = await Promise.all(files.map(read));
    const rules = schemes.flatMap((s) => s.rules);
    const measures = rules.map((r) => r.measure);
    const used = {
      number: measures.some((m) => m.kind === "deduct" && "expression" in m.cost && m.cost.expression.columns.length === 0),
      expression: measures.some((m) => m.kind === "deduct" && "expression" in m.cost && m.cost.expression.columns.length > 0),
      table: measures.some((m) => m.kind === "deduct" && "table" in m.cost),
      once: measures.some((m) => m.kind === "deduct" && m.once),
      bonus: measures.some((m) => m.kind === "bonus"),
      proportion: measures.some((m) => m.kind === "ratio" && !m.target && !m.at_least),
      target: measures.some((m) => m.kind === "ratio" && m.target),
      atLeast: measures.some((m) => m.kind === "ratio" && m.at_least),
      stepsOfCount: measures.some((m) => m.kind === "steps" && "count" in m.value && m.value.per === null),
      stepsPerExposure: measures.some((m) => m.kind === "steps" && m.value.per === "exposure"),
      stepsOfSum: measures.some((m) => m.kind === "steps" && "sum" in m.value),
      stepsOfRatio: measures.some((m) => m.kind === "steps" && "ratio" in m.value),
      judge: measures.some((m) => m.kind === "judge"),
      vetoScore: measures.some((m) => m.kind === "veto" && m.score_milli === 0),
      vetoGrade: measures.some((m) => m.kind === "veto" && m.grade_at_most !== null),
      cap: rules.some((r) => r.cap_milli !== null),
      caps: schemes.some((s) => s.caps.length > 0),
      highest: rules.some((r) => r.highest_of !== null),
      ruleApplies: rules.some((r) => r.applies !== null),
      itemApplies: schemes.some((s) => s.items.some((i) => i.applies !== null)),
      needs: rules.some((r) => r.needs !== null),
      windowAll: rules.some((r) => r.window === "all"),
      startZero: schemes.some((s) => s.start === "zero"),
      latest: schemes.some((s) => s.several_inspections === "latest"),
      sum: schemes.some((s) => s.several_inspections === "sum"),
      round: schemes.some((s) => s.period === "round"),
      assessments: new Set(schemes.flatMap((s) => s.assessment?.uses.map((u) => u.force) ?? [])).size
    };
    expect(used).toEqual({...Object.fromEntries(Object.keys(used).map((key) => [key, true])), assessments: 4});
    expect(new Set(rules.map((r) => r.over))).toEqual(
      new Set(["finding", "inspection", "visit", "accident", "action", "tip", "response", null])
    );
  });

  it("name no column of an enterprise, a person or a place where the regime keeps them secret", async () => {
    const {rules} = await read("data/schemes/gongzhuling-town.yaml");
    const named = rules.flatMap((r) => (r.because ?? []).flatMap((part) => ("column" in part ? part.column : [])));
    const secret = ["place_name", "credit_code", "visited_on", "trip_no", "checkers", "description", "inspection_ended_on"];
    expect(named.filter((column) => secret.includes(column))).toEqual([]);
  });
});

describe("parseScheme", () => {
  it("gives points in thousandths, shares as fractions and bands highest first", async () => {
    const {rules, grades, items, bonus_cap_milli} = await parseScheme(BASE, "base.yaml", {regime: regimeOf(BASE), expression});
    expect(grades[0]).toEqual({name: "好", from_milli: 90_000});
    expect(items[1]).toMatchObject({no: "6", full_milli: 60_000, applies: null});
    expect(bonus_cap_milli).toBe(2000);
    expect(rules.find((r) => r.id === "R3")?.measure).toMatchObject({
      kind: "ratio",
      points_milli: 10_000,
      target: {num: 95, den: 100, lose_milli: 500},
      at_least: null,
      empty: "na"
    });
    expect(rules.find((r) => r.id === "R4")?.measure).toMatchObject({
      bands: [
        {num: 9, den: 10, milli: 0},
        {num: 0, den: 1, milli: 5000}
      ]
    });
  });

  it("dates a rule by its view unless it says otherwise", async () => {
    const {rules} = await parseScheme(BASE, "base.yaml", {regime: regimeOf(BASE), expression});
    expect(Object.fromEntries(rules.map((r) => [r.id, r.year_by]))).toEqual({
      R1: "due_on",
      R2: "found_on",
      R3: "due_on",
      R4: "due_on",
      R5: null,
      B1: "taken_on",
      V1: "occurred_on"
    });
  });

  it("puts a sub-item's points where the scheme lists them, else at the parent", async () => {
    const listed = BASE.replace('{no: "4", full: 40}', '{no: "4", full: 30}\n  - {no: "6.1", full: 10}');
    const text = listed.replace('item: "4"\n    name: 评议', 'item: "6.2"\n    name: 评议').replace('item: "6"', 'item: "6.1"');
    const caps = text.replace("[R1, R2]", "[R2]");
    const {rules} = await parseScheme(caps, "base.yaml", {regime: regimeOf(BASE), expression});
    expect(rules.map((r) => [r.id, r.item, r.placed_item]).slice(0, 5)).toEqual([
      ["R1", "6.1", "6.1"],
      ["R2", "6", "6"],
      ["R3", "4", "4"],
      ["R4", "4", "4"],
      ["R5", "6.2", "6"]
    ]);
  });

  it("keeps the office's words of an expression beside its canonical SQL", async () => {
    const {rules} = await parseScheme(BASE, "base.yaml", {regime: regimeOf(BASE), expression});
    expect(rules[0]?.where).toEqual({
      text: "days_overdue > 0 and severity <> '重大'",
      sql: "((days_overdue > 0) AND (severity != '重大'))",
      type: "BOOLEAN",
      columns: ["days_overdue", "severity"],
      only: {severity: ["一般", "较大"]}
    });
  });

  it("knows the line of every rule", async () => {
    const {rules} = await parseScheme(BASE, "base.yaml", {regime: regimeOf(BASE), expression});
    for (const {id, place} of rules) expect(BASE.split("\n")[(place.line ?? 0) - 1]).toBe(`  - id: ${id}`);
  });
});

describe("planOf", () => {
  it("keeps what scoring needs and nothing else", async () => {
    const scheme = await parseScheme(BASE, "base.yaml", {regime: regimeOf(BASE), expression});
    const plan = planOf(scheme);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    expect(plan).toMatchObject({
      scheme: "bad",
      start: "full",
      caps: [{id: "C6", rules: ["R1", "R2"], cap_milli: 10_000}],
      bonus_cap_milli: 2000
    });
    expect(plan.rules[0]).toEqual({id: "R1", item: "6", name: "问题逾期", measure: "deduct", cap_milli: 5000, grade_at_most: null});
    expect(plan.rules.at(-1)).toEqual({
      id: "V1",
      item: null,
      name: "瞒报一票否决",
      measure: "veto",
      cap_milli: null,
      grade_at_most: null
    });
  });

  it("tells once from deduct", async () => {
    const plan = planOf(await read("data/schemes/mudan-2023-town.yaml"));
    expect(plan.rules.find((r) => r.id === "R10-2")?.measure).toBe("once");
    expect(plan.rules.find((r) => r.id === "V-1")?.grade_at_most).toBe("一般");
  });
});
