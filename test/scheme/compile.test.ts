import {describe, expect, it} from "vitest";
import {rounded} from "../../src/scheme/figure-sql.ts";
import {roundedQuotient} from "../../src/score/score.ts";
import {Database} from "../../src/warehouse/duckdb.ts";
import {openSchemes, type Rows, scoreRows} from "../facts.ts";

const HEAD = `
id: measures
name: 各种规则
regime: mudan-2023
applies_to: [镇街]
period: year
several_inspections: latest
uninspected: 不评分
grades: [{name: 好, from: 90}, {name: 较好, from: 80}, {name: 一般, from: 60}, {name: 差, from: 0}]
`;
const FULL = `${HEAD}start: full\nitems: [{no: "1", full: 20}, {no: "6", full: 80}]\n`;

const town = {unit_code: "990101", unit_name: "演示甲镇", unit_kind: "镇街", exposure: 20};
const visited = {
  inspection_id: "X1",
  unit_code: "990101",
  kind: "全面",
  organiser_level: "县级",
  started_on: "2025-03-01",
  ended_on: "2025-03-10"
};
const finding = (finding_id: string, rest: object = {}) => ({
  finding_id,
  inspection_id: "X1",
  unit_code: "990101",
  layer: "部门",
  item: "6",
  severity: "一般",
  description: "演示",
  found_on: "2025-03-03",
  due_on: "2025-04-03",
  ...rest
});
const done = (finding_id: string, on_date: string) => ({finding_id, stage: "完成", on_date});
const accident = (accident_id: string, rest: object = {}) => ({
  accident_id,
  unit_code: "990101",
  occurred_on: "2025-05-01",
  accident_grade: "较大",
  liable: true,
  ...rest
});

/** Ledger rows but the bases, as [kind, item, rule, subject, milli], and the unit's result. */
async function score(yaml: string, rows: Rows) {
  return scoreRows({unit: [town], inspection: [visited], ...rows}, await openSchemes("mudan-2023", yaml), async (db, result) => ({
    rows: (await db.rows("select kind, item, rule_id, subject, milli from ledger where kind <> '基础' order by seq")).map((r) =>
      Object.values(r)
    ),
    because: await db.list<string>("select because from ledger where kind <> '基础' order by seq"),
    unit: result.schemes[0]?.units[0]
  }));
}

const rule = (text: string) =>
  `${FULL}rules:\n${text
    .trim()
    .split("\n")
    .map((line) => `  - ${line.trim()}\n`)
    .join("")}`;

describe("a compiled scheme", () => {
  it("deducts by number, expression and table, each rounded once, half away from zero", async () => {
    const {rows} = await score(
      rule(`
        {id: A, item: "1", name: 定额, over: finding, deduct: 0.5}
        {id: B, item: "6", name: 算式, over: finding, year_by: due_on, where: days_overdue > 0, deduct: days_overdue * 0.0005}
        {id: C, item: "6", name: 分档, over: finding, deduct: {by: severity, table: {一般: 1, 较大: 2, 重大: 3}}}`),
      {finding: [finding("F1", {severity: "重大"})], rectification: [done("F1", "2025-04-04")]}
    );
    expect(rows).toEqual([
      ["扣分", "1", "A", "F1", -500],
      ["扣分", "6", "B", "F1", -1],
      ["扣分", "6", "C", "F1", -3000],
      ["取整", null, null, null, 1]
    ]);
  });

  it("keeps only the dearest row on a subject, the smaller rule on a tie", async () => {
    const {rows} = await score(
      rule(`
        {id: A, item: "1", name: 甲, over: finding, deduct: 1, highest_of: finding_id}
        {id: B, item: "6", name: 乙, over: finding, deduct: 1, highest_of: finding_id}
        {id: C, item: "6", name: 丙, over: finding, deduct: 0.5, highest_of: finding_id}`),
      {finding: [finding("F1")]}
    );
    expect(rows.filter((r) => r[0] === "择高返还")).toEqual([
      ["择高返还", "6", "B", "F1", 1000],
      ["择高返还", "6", "C", "F1", 500]
    ]);
  });

  it("stops at the rule's cap, then the group's, then the item's full points", async () => {
    const {rows, unit} = await score(
      `${FULL}caps: [{id: G, rules: [A, B], cap: 30}]\nrules:
  - {id: A, item: "6", name: 甲, over: finding, deduct: 15, cap: 20}
  - {id: B, item: "6", name: 乙, over: finding, deduct: 10}
  - {id: C, item: "6", name: 丙, over: finding, deduct: 40}
`,
      {finding: [finding("F1"), finding("F2")]}
    );
    expect(rows.filter((r) => r[0] === "封顶返还")).toEqual([
      ["封顶返还", "6", "A", null, 10000],
      ["封顶返还", "6", "cap:G", null, 10000],
      ["封顶返还", "6", "item:6", null, 30000]
    ]);
    expect(unit).toMatchObject({score: "20.00"});
  });

  it("takes a ratio in proportion, below a target, or all or nothing", async () => {
    const {rows, because} = await score(
      rule(`
        {id: A, item: "6", name: 比例, over: finding, year_by: due_on, ratio: {of: is_done, among: is_due, points: 10}, because: "{den}件中{num}件"}
        {id: B, item: "6", name: 目标, over: finding, year_by: due_on, ratio: {of: is_done, among: is_due, target: 0.7, lose: 0.5, points: 10}}
        {id: C, item: "6", name: 达标, over: finding, year_by: due_on, ratio: {of: is_done, among: is_due, at_least: 0.67, points: 10}}
        {id: D, item: "6", name: 正好达标, over: finding, year_by: due_on, ratio: {of: is_done, among: is_due, at_least: 0.6, points: 10}}`),
      {
        finding: [finding("F1"), finding("F2"), finding("F3"), finding("F4", {due_on: "2026-03-03"})],
        rectification: [done("F1", "2025-03-20"), done("F2", "2025-03-20"), done("F4", "2025-03-20")]
      }
    );
    // 2 of 3: 10 × 1 ÷ 3; 0.5 × 100 × (0.7 − 2/3); 0.67 is missed; 0.6 is met.
    expect(rows).toEqual([
      ["比率", "6", "A", null, -3333],
      ["比率", "6", "B", null, -1667],
      ["比率", "6", "C", null, -10000]
    ]);
    expect(because[0]).toBe("3件中2件");
  });

  it("lets an empty ratio leave, or count as best or worst", async () => {
    const {rows, unit} = await score(
      rule(`
        {id: A, item: "1", name: 不涉及, over: finding, ratio: {of: is_done, points: 10}}
        {id: B, item: "6", name: 全扣, over: finding, ratio: {of: is_done, points: 10, empty: zero}}
        {id: C, item: "6", name: 不扣, over: finding, ratio: {of: is_done, points: 10, empty: full}}`),
      {}
    );
    // Item 1 leaves: 70 of 80 is 87.5.
    expect(rows).toEqual([
      ["比率", "6", "B", null, -10000],
      ["折算", null, null, null, 17500]
    ]);
    expect(unit).toMatchObject({
      score: "87.50",
      items: [
        {item: "1", applies: false, score: null},
        {item: "6", applies: true, score: "70.00"}
      ]
    });
  });

  it("puts a value into its band, the lower bound included", async () => {
    const steps = (of: number) =>
      score(
        rule(
          '{id: A, item: "6", name: 档, over: finding, steps: {value: {ratio: {of: is_done}}, table: [[0.75, 0], [0.5, 2], [0, 5]]}}'
        ),
        {
          finding: [1, 2, 3, 4].map((i) => finding(`F${i}`)),
          rectification: Array.from({length: of}, (_, i) => done(`F${i + 1}`, "2025-03-20"))
        }
      );
    expect([await steps(4), await steps(3), await steps(2), await steps(1)].map((r) => r.rows[0]?.[4] ?? 0)).toEqual([
      0, 0, -2000, -5000
    ]);
  });

  it("divides a count by what a unit supervises, and leaves a unit without", async () => {
    const yaml = rule(
      "{id: A, item: \"6\", name: 率, over: finding, steps: {value: {count: severity = '重大', per: exposure}, table: [[0.1, 5], [0.05, 2], [0, 0]]}}"
    );
    const rows = {finding: [finding("F1", {severity: "重大"})]};
    expect((await score(yaml, rows)).rows).toEqual([["分档", "6", "A", null, -2000]]);
    expect((await score(yaml, {...rows, unit: [{...town, exposure: 0}]})).unit?.items[1]).toMatchObject({applies: false});
  });

  it("charges once, names five ids, and says how many there were", async () => {
    const {rows, because} = await score(
      rule('{id: A, item: "6", name: 一次, over: finding, deduct: 2, once: true, because: 有问题}'),
      {
        finding: ["F1", "F2", "F3", "F4", "F5", "F6"].map((id) => finding(id))
      }
    );
    expect(rows).toEqual([["扣分", "6", "A", null, -2000]]);
    expect(because).toEqual(["有问题（F1、F2、F3、F4、F5等6项）"]);
  });

  it("adds bonuses after everything, up to their cap", async () => {
    const praised = (action_id: string) => ({action_id, kind: "通报表扬", unit_code: "990101", taken_on: "2025-06-01"});
    const {rows, unit} = await score(
      `${FULL}bonus_cap: 1.5\nrules:\n  - {id: A, name: 表扬, over: action, where: kind = '通报表扬', bonus: 1}\n`,
      {action: [praised("C1"), praised("C2")]}
    );
    expect(rows).toEqual([
      ["封顶返还", null, "cap:bonus", null, -500],
      ["加分", null, "A", "C1", 1000],
      ["加分", null, "A", "C2", 1000]
    ]);
    expect(unit).toMatchObject({score: "101.50", grade: "好"});
  });

  it("keeps a judged rule pending until a person decides, and takes it out when it is 不涉及", async () => {
    const yaml = rule('{id: J, item: "1", name: 评议, judge: {from: 0, to: 5}}');
    const judged = (points: string) => ({
      unit_code: "990101",
      year: 2025,
      rule_id: "J",
      points,
      reason: "扎实",
      judged_by: "演示员",
      judged_on: "2025-12-20"
    });
    expect((await score(yaml, {})).unit).toMatchObject({
      score: "100.00",
      provisional: true,
      provisional_because: ["评议（J）尚未评议"]
    });
    expect((await score(yaml, {judgement: [judged("3.5")]})).rows).toEqual([["评议", "1", "J", null, -1500]]);
    expect((await score(yaml, {judgement: [judged("不涉及")]})).unit?.items[0]).toMatchObject({applies: false});
    expect((await score(yaml, {judgement: [judged("9")]})).unit).toMatchObject({provisional: true});
  });

  it("vetoes to zero by the lowest, only once an accident is concluded", async () => {
    const yaml = rule(`
      {id: V1, name: 瞒报, over: accident, where: concealed, veto: {score: 0}}
      {id: V2, name: 较大事故, over: accident, where: "accident_grade = '较大'", veto: {grade_at_most: 一般}}
      {id: D, item: "6", name: 事故, over: accident, deduct: 4}`);
    const concluded = {concluded_on: "2025-08-01", concluded_by: "演示区人民政府", document_no: "演〔2025〕1号"};
    expect((await score(yaml, {accident: [accident("A1")]})).unit).toMatchObject({
      score: "96.00",
      grade: "好",
      vetoes: [],
      provisional: true
    });
    expect((await score(yaml, {accident: [accident("A1", concluded)]})).unit).toMatchObject({
      score: "96.00",
      grade: "一般",
      provisional: false
    });
    const zero = await score(yaml, {accident: [accident("A1", {...concluded, concealed: true})]});
    expect(zero.unit).toMatchObject({score: "0.00", grade: "差"});
    expect(zero.rows.at(-1)).toEqual(["否决", null, "V1", "A1", -96000]);
    expect(zero.because.at(-1)).toBe("瞒报（演示区人民政府 演〔2025〕1号）");
  });

  it("applies both halves of a veto that has a score and a grade", async () => {
    const yaml = rule("{id: V1, name: 瞒报, over: accident, where: concealed, veto: {score: 70, grade_at_most: 差}}");
    const {rows, unit} = await score(yaml, {accident: [accident("A1", {concealed: true, concluded_on: "2025-08-01"})]});
    expect(unit).toMatchObject({score: "70.00", grade: "差"});
    expect(rows).toEqual([["否决", null, "V1", "A1", -30000]]);
  });

  it("charges nothing for the least of something unknown", async () => {
    const yaml = rule('{id: A, item: "6", name: 资金, over: finding, deduct: "least(5, 0.1 * fund_wan)"}');
    expect((await score(yaml, {finding: [finding("F1"), finding("F2", {fund_wan: 20})]})).rows).toEqual([
      ["扣分", "6", "A", "F2", -2000]
    ]);
  });

  it("names the rule whose numbers the engine cannot hold", async () => {
    const yaml = rule('{id: A, item: "6", name: 溢出, over: finding, deduct: "fund_wan * 1000000000 * 1000000000"}');
    await expect(score(yaml, {finding: [finding("F1", {fund_wan: 999999999999})]})).rejects.toThrow(
      /scheme\.yaml:\d+:\d+: 规则 A 在现有数据上算不出来/
    );
  });

  it("takes a sub-item that was looked at as a part of its item", async () => {
    const {unit} = await score(rule('{id: A, item: "6", name: 甲, over: finding, deduct: 1}'), {
      inspection: [{...visited, items: "6.1"}]
    });
    expect(unit?.items.map((i) => i.applies)).toEqual([false, true]);
  });

  it("lets a decision lift a veto", async () => {
    const yaml = rule("{id: V1, name: 瞒报, over: accident, where: concealed, veto: {score: 0}}");
    const lifted = {
      appeal_id: "Y1",
      subject_kind: "否决",
      subject_id: "A1",
      unit_code: "990101",
      filed_on: "2025-09-01",
      decided_on: "2025-09-10",
      decision: "撤销"
    };
    const rows = {accident: [accident("A1", {concealed: true, concluded_on: "2025-08-01"})]};
    expect((await score(yaml, rows)).unit?.milli).toBe(0);
    expect((await score(yaml, {...rows, appeal: [lifted]})).unit?.milli).toBe(100_000);
  });

  it("shows a struck finding as it was first found, taken back", async () => {
    const struck = {
      appeal_id: "Y1",
      subject_kind: "问题",
      subject_id: "F1",
      unit_code: "990101",
      filed_on: "2025-04-01",
      decided_on: "2025-04-10",
      decision: "撤销"
    };
    const {rows, unit} = await score(rule('{id: A, item: "6", name: 甲, over: finding, deduct: 1, cap: 1}'), {
      finding: [finding("F1"), finding("F2")],
      appeal: [struck]
    });
    expect(rows).toEqual([
      ["扣分", "6", "A", "F1@原", -1000],
      ["扣分", "6", "A", "F2", -1000],
      ["复核", "6", "A", "F1@原", 1000]
    ]);
    expect(unit).toMatchObject({score: "99.00"});
  });

  it("earns from zero up to the item's full points", async () => {
    const yaml = `${HEAD}start: zero\nitems: [{no: "1", full: 20}, {no: "6", full: 80}]\nrules:
  - {id: A, item: "1", name: 档, over: finding, steps: {value: {count: true}, table: [[1, 30], [0, 0]]}}
  - {id: B, item: "6", name: 比例, over: finding, ratio: {of: is_done, points: 80}}
`;
    const {rows, unit} = await score(yaml, {finding: [finding("F1"), finding("F2")], rectification: [done("F1", "2025-03-20")]});
    expect(rows).toEqual([
      ["封顶返还", "1", "item:1", null, -10000],
      ["比率", "6", "B", null, 40000],
      ["分档", "1", "A", null, 30000]
    ]);
    expect(unit).toMatchObject({score: "60.00"});
  });

  it("leaves out items outside the inspection's contents, and does not rank a unit of which under half was seen", async () => {
    const yaml = rule('{id: A, item: "1", name: 甲, over: finding, deduct: 1}');
    const {unit} = await score(yaml, {inspection: [{...visited, items: "1"}], finding: [finding("F1")]});
    expect(unit).toMatchObject({
      score: "95.00",
      rank: null,
      items: [
        {item: "1", applies: true},
        {item: "6", applies: false}
      ]
    });
  });

  it("takes the latest inspection of the year, or the sum, as the scheme says", async () => {
    const second = {...visited, inspection_id: "X2", started_on: "2025-09-01", ended_on: "2025-09-10"};
    const rows = {
      inspection: [visited, second],
      finding: [finding("F1"), finding("F2", {inspection_id: "X2", found_on: "2025-09-03", due_on: "2025-10-03"})]
    };
    const yaml = rule('{id: A, item: "6", name: 甲, over: finding, deduct: 1}');
    expect((await score(yaml, rows)).rows).toEqual([["扣分", "6", "A", "F2", -1000]]);
    expect((await score(yaml.replace("latest", "sum"), rows)).rows).toHaveLength(2);
  });
});

describe("rounding", () => {
  it("is half away from zero in SQL and in TypeScript alike", async () => {
    const db = await Database.open();
    try {
      for (const [num, den] of [
        [1, 2],
        [3, 2],
        [5, 2],
        [1, 3],
        [2, 3],
        [7, 7],
        [0, 9],
        [10_000_000_001, 2]
      ] as const) {
        expect(await db.value(`select ${rounded(String(num), String(den))}::bigint`)).toBe(roundedQuotient(num, den));
      }
      expect(roundedQuotient(-1, 2)).toBe(-1);
    } finally {
      db.close();
    }
  });
});
