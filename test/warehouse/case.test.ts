import {readFileSync} from "node:fs";
import {globSync} from "tinyglobby";
import {describe, expect, it} from "vitest";
import {Fault} from "../../src/fault.ts";
import {parseCases} from "../../src/scheme/case.ts";
import {parseScheme} from "../../src/scheme/parse.ts";
import {runCases} from "../../src/warehouse/case.ts";
import {readCalendar} from "../../src/workspace/calendar.ts";
import {BASE, expression, regimeNamed, regimeOf} from "../scheme/support.ts";

const calendar = readCalendar(null);

async function baseOf(text: string, file: string) {
  const regime = regimeOf(text);
  return {scheme: await parseScheme(text, file, {regime, expression}), regime, calendar};
}

const schemes = globSync("data/schemes/*.yaml", {ignore: "**/*.cases.yaml"}).toSorted();

describe("cases beside a scheme", () => {
  it.each(schemes)(
    "come out for %s as they were worked by hand",
    async (file) => {
      const base = await baseOf(readFileSync(file, "utf8"), file);
      const beside = file.replace(/yaml$/, "cases.yaml");
      const results = await runCases(parseCases(readFileSync(beside, "utf8"), beside, base.scheme), base);
      expect(results.length).toBeGreaterThanOrEqual(3);
      for (const {one, differences} of results) expect({case: one.name, differences}).toEqual({case: one.name, differences: []});
    },
    120_000
  );
});

const bad = globSync("test/input/bad/cases-*.yaml").toSorted();

describe("broken cases", () => {
  it("have a file for every kind of fault", () => expect(bad.length).toBeGreaterThanOrEqual(9));

  it.each(bad)("are refused with place and advice: %s", async (file) => {
    const base = {
      scheme: await parseScheme(BASE, "scheme.yaml", {regime: regimeNamed("mudan-2023"), expression}),
      regime: regimeNamed("mudan-2023"),
      calendar
    };
    const error = await (async () => runCases(parseCases(readFileSync(file, "utf8"), file, base.scheme), base))().then(
      () => null,
      (reason: unknown) => reason
    );
    expect(error).toBeInstanceOf(Fault);
    const {exit, message} = error as Fault;
    expect(exit).toBe(2);
    for (const line of message.split("\n")) expect(line).toMatch(/^test\/input\/bad\/[a-z-]+\.yaml:\d+:\d+: [^；]+；.+$/);
    await expect(`${message}\n`).toMatchFileSnapshot(`../../${file.replace("input", "output").replace(/yaml$/, "txt")}`);
  });
});

const SMALL = `year: 2025
rows:
  unit: [{unit_code: 990101, unit_name: 甲镇（样例）, unit_kind: 镇街}]
  inspection: [{inspection_id: X1, unit_code: 990101, kind: 全面, organiser_level: 县级, started_on: 2025-05-06, ended_on: 2025-05-16}]
  judgement: [{unit_code: 990101, year: 2025, rule_id: R5, points: 5, reason: 样例, judged_by: 样例, judged_on: 2025-06-01}]
  finding: [{finding_id: F1, inspection_id: X1, unit_code: 990101, layer: 部门, item: "6", severity: 较大, description: 样例, found_on: 2025-05-08}]
`;

async function differencesOf(cases: string) {
  const regime = regimeNamed("mudan-2023");
  const scheme = await parseScheme(BASE, "scheme.yaml", {regime, expression});
  const [result] = await runCases(parseCases(`${SMALL}cases:\n${cases}`, "x.cases.yaml", scheme), {scheme, regime, calendar});
  return {shown: result?.differences.map(({what, expected, actual}) => `${what}：${expected}／${actual}`), result};
}

describe("a case that comes out otherwise", () => {
  it("says what was expected, what came, and the unit's whole ledger", async () => {
    const {shown, result} = await differencesOf(`  - name: 全错
    expect:
      units: {990101: {score: 90, grade: 一般, rank: 2, covered: 未巡查, provisional: true, items: {"6": 60, "4": null}, vetoes: [V1]}}
      ledger:
        - {unit_code: "990101", rule_id: R2, kind: 扣分, subject: F1, points: -2}
        - {unit_code: "990101", rule_id: null, kind: 取整, points: 0.001}
`);
    expect(shown).toEqual([
      "得分：90／99",
      "等次：一般／好",
      "名次：2／1",
      "巡查：未巡查／已巡查",
      "暂定：是／否",
      "内容4：不计／40",
      "内容6：60／59",
      "否决：V1／无",
      "台账（规则 R2）：扣分 F1 -2／扣分 内容6 F1 -1",
      "台账（取整）：取整 0.001／没有"
    ]);
    expect(result?.ledger.map((row) => row.kind)).toEqual(["基础", "基础", "扣分"]);
    expect(result?.ledger.at(-1)).toMatchObject({file: "x.cases.yaml", row: 6});
  });

  it("misses a row that was not expected, and one that must not be there", async () => {
    const {shown} = await differencesOf(`  - name: 多一行
    rows:
      finding: [{finding_id: F2, inspection_id: X1, unit_code: 990101, layer: 部门, item: "6", severity: 一般, description: 样例, found_on: 2025-05-08}]
    expect:
      units: {990109: {score: 90}}
      ledger:
        - {unit_code: "990101", rule_id: R2, kind: 扣分, subject: F1}
        - {unit_code: "990101", rule_id: R1, kind: 无}
`);
    expect(shown).toEqual(["单位：在计分单位之中／不在", "台账（规则 R2）：扣分 F1／扣分 内容6 F1 -1；扣分 内容6 F2 -0.5"]);
  });

  it("is judged by the cut-offs of its own", async () => {
    const {shown} = await differencesOf(`  - name: 发现之前
    as_of: 2025-05-31
    decisions_until: 2025-06-30
    rows:
      action: [{action_id: M1, unit_code: 990101, kind: 通报表扬, taken_on: 2025-06-01}]
    expect:
      units: {990101: {score: 99, provisional: false}}
`);
    expect(shown).toEqual([]);
  });
});
