import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {ledgerRows, openScored, type Scored} from "../../src/warehouse/scored.ts";
import {makeOffice, type Office} from "../office.ts";

const SCHEME = `
id: worked
name: 演算办法
document_no: 样例〔2024〕1号
issued_by: 演示安委办
issued_on: 2024-12-01
regime: mudan-2023
effective_from: 2025-01-01
applies_to: [镇街]
period: year
start: full
several_inspections: latest
uninspected: 不评分
grades: [{name: 好, from: 90}, {name: 较好, from: 80}, {name: 一般, from: 60}, {name: 差, from: 0}]
items:
  - {no: "1", full: 10}
  - {no: "2", full: 55}
  - {no: "6", full: 20}
  - {no: "9", full: 15, applies: exposure > 100}
rules:
  - {id: R6-1, item: "6", name: 问题逾期, breach: 三（三）5, basis: 第七条第一项, over: finding, year_by: due_on, where: days_overdue > 0, deduct: 0.5, cap: 1, because: "{finding_id} 逾期 {days_overdue} 天"}
`;

const finding = (finding_id: string) => ({
  finding_id,
  inspection_id: "X1",
  unit_code: "990101",
  layer: "党委政府",
  item: "6",
  severity: "一般",
  description: "演示问题",
  found_on: "2025-03-03",
  due_on: "2025-04-03"
});

let office: Office;
let scored: Scored;

beforeAll(async () => {
  office = makeOffice(
    {
      unit: [{unit_code: "990101", unit_name: "演示甲镇", unit_kind: "镇街", exposure: 5}],
      inspection: [
        {
          inspection_id: "X1",
          unit_code: "990101",
          kind: "全面",
          organiser_level: "县级",
          started_on: "2025-03-01",
          ended_on: "2025-03-10"
        }
      ],
      finding: ["F1", "F2", "F3"].map(finding)
    },
    {schemes: "[worked]"}
  );
  office.file("schemes/worked.yaml", SCHEME);
  await office.load();
  scored = await openScored(office.directory);
});

afterAll(() => {
  scored?.close();
  office?.remove();
});

describe("the worked example", () => {
  it("comes out row by row", async () => {
    const rows = await ledgerRows(scored.db);
    expect(rows.map(({seq, kind, item, rule_id, subject, milli}) => [seq, kind, item, rule_id, subject, milli])).toEqual([
      [1, "基础", "1", null, null, 10000],
      [2, "基础", "2", null, null, 55000],
      [3, "基础", "6", null, null, 20000],
      [4, "扣分", "6", "R6-1", "F1", -500],
      [5, "扣分", "6", "R6-1", "F2", -500],
      [6, "扣分", "6", "R6-1", "F3", -500],
      [7, "封顶返还", "6", "R6-1", null, 500],
      [8, "折算", null, null, null, 14824],
      [9, "取整", null, null, null, -4]
    ]);
  });

  it("is shown as 98.82, the sum of the rows", async () => {
    const rows = await ledgerRows(scored.db);
    const unit = scored.result.schemes[0]?.units[0];
    expect(unit).toMatchObject({score: "98.82", milli: 98820, grade: "好", rank: 1, provisional: false});
    expect(rows.reduce((sum, r) => sum + r.milli, 0)).toBe(98820);
  });

  it("says why in a sentence, with clause, article, file and row", async () => {
    const row = (await ledgerRows(scored.db)).find((r) => r.subject === "F2");
    expect(row).toMatchObject({because: "F2 逾期 272 天", breach: "三（三）5", basis: "第七条第一项", file: "finding.csv", row: 3});
  });

  it("shows the item that does not apply as such", () => {
    const items = scored.result.schemes[0]?.units[0]?.items;
    expect(items).toContainEqual({item: "9", full: "15.00", score: null, applies: false});
    expect(items).toContainEqual({item: "6", full: "20.00", score: "19.00", applies: true});
  });
});
