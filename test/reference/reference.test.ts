import {createHash} from "node:crypto";
import {describe, expect, it} from "vitest";
import {factRow, finding, inspection, schemeOf, scored, town} from "./office.ts";

const late = {due_on: "2025-12-01"};

describe("the worked example of 4-scheme", () => {
  const {result} = scored(
    {
      unit: [town("990101")],
      inspection: [inspection("I1", "990101")],
      finding: ["F3", "F1", "F2"].map((id) => finding(id, {unit_code: "990101", ...late}))
    },
    schemeOf(
      [
        {
          id: "R6-1",
          year_by: "due_on",
          where: "days_overdue > 0 and severity <> '重大'",
          deduct: 0.5,
          cap: 1,
          highest_of: "finding_id"
        }
      ],
      {
        items: [
          {no: "1", full: 10},
          {no: "2", full: 55},
          {no: "6", full: 20},
          {no: "9", full: 15, applies: "false"}
        ]
      }
    )
  );

  it("has the rows of the text", () => {
    expect(result.ledger.map((l) => `${l.seq} ${l.kind} ${l.item ?? ""} ${l.rule_id ?? ""} ${l.subject ?? ""} ${l.milli}`)).toEqual(
      [
        "1 基础 1   10000",
        "2 基础 2   55000",
        "3 基础 6   20000",
        "4 扣分 6 R6-1 F1 -500",
        "5 扣分 6 R6-1 F2 -500",
        "6 扣分 6 R6-1 F3 -500",
        "7 封顶返还 6 R6-1  500",
        "8 折算    14824",
        "9 取整    -4"
      ]
    );
    expect(result.units).toMatchObject([{milli: 98820, grade: "好", rank: 1, provisional: false}]);
    expect(result.units[0]?.items.at(-1)).toEqual({item: "9", milli: null, applies: false});
  });

  it("has the digest of the text", () => {
    const sha = (text: string) => createHash("sha256").update(text).digest("hex");
    const rows = result.ledger.map(
      (l) => `${l.kind}\u001f${l.item ?? ""}\u001f${l.rule_id ?? ""}\u001f${l.subject ?? ""}\u001f${l.milli}`
    );
    expect(result.digest).toBe(sha(`990101 98820 ${sha(rows.join("\n"))}`));
  });
});

describe("facts of a finding", () => {
  const event = (stage: string, on_date: string, rest = {}) => ({finding_id: "F1", stage, on_date, ...rest});
  const at = (rectification: ReturnType<typeof event>[], regime = {}) =>
    factRow({finding: [finding("F1", late)], rectification}, "finding", "F1", {
      regime: {counts: [], extended_counts: true, exempt: [], extension_max: 1, cycle: null, ...regime}
    });

  it("is done on the first completion after the last return, and stays late", () => {
    const row = at([
      event("完成", "2025-11-15"),
      event("退回", "2025-11-20"),
      event("验收", "2025-12-11"),
      event("销号", "2026-01-02")
    ]);
    expect(row).toMatchObject({done_on: "2025-12-11", closed_on: null, state: "逾期整改", days_overdue: "10"});
  });

  it("is not done when returned on the day it was completed", () => {
    expect(at([event("退回", "2025-11-20"), event("完成", "2025-11-20")])).toMatchObject({
      state: "逾期",
      days_overdue: "30",
      done_on: null
    });
  });

  it("is extended once, when asked for before the deadline and approved with a number", () => {
    const asked = {applied_on: "2025-11-30", approved_by: "某", document_no: "1号", new_due_on: "2025-12-20"};
    const again = {...asked, applied_on: "2025-12-10", new_due_on: "2026-02-01"};
    expect(at([event("延期", "2025-12-01", asked), event("延期", "2025-12-10", again)])).toMatchObject({
      due_on: "2025-12-20",
      due_source: "延期",
      given_due_on: "2025-12-01"
    });
    expect(at([event("延期", "2025-12-01", {...asked, document_no: null})])).toMatchObject({
      due_on: "2025-12-01",
      due_source: "指定"
    });
    expect(at([event("延期", "2025-12-01", asked)], {extension_max: 0})).toMatchObject({due_source: "指定"});
  });

  it("belongs to the town above an enterprise, and to the town's heir", () => {
    const unit = [
      town("T1", {valid_to: "2025-12-01", successor_code: "T2"}),
      town("T2"),
      town("E1", {unit_kind: "企业", parent_code: "T1"})
    ];
    expect(factRow({unit, finding: [finding("F1", {unit_code: "E1"})]}, "finding", "F1").scored_unit).toBe("T2");
    const other = town("D1", {unit_kind: "部门"});
    const row = factRow({unit: [...unit, other], finding: [finding("F1", {unit_code: "D1"})]}, "finding", "F1");
    expect(row.scored_unit).toBe("T2");
  });
});

describe("time", () => {
  it("charges a late finding in the year it fell due, also one of an earlier inspection", () => {
    const rows = {
      inspection: [inspection("I0", "T1", {started_on: "2024-11-01", ended_on: "2024-11-20"}), inspection("I1", "T1")],
      finding: [finding("F1", {inspection_id: "I0", found_on: "2024-11-10", due_on: "2025-01-10"})]
    };
    expect(scored(rows, schemeOf([{deduct: 1, where: "is_due", year_by: "due_on"}])).unit().milli).toBe(99000);
    expect(scored(rows, schemeOf([{deduct: 1, where: "is_due"}])).unit().milli).toBe(100000);
  });

  it("counts the latest of two inspections in the period, or both", () => {
    const rows = {
      inspection: [inspection("I1", "T1"), inspection("I2", "T1", {started_on: "2025-12-01", ended_on: "2025-12-10"})],
      finding: [finding("F1"), finding("F2", {inspection_id: "I2", found_on: "2025-12-05"})]
    };
    expect(scored(rows, schemeOf([{deduct: 1}])).lines()).toEqual(["扣分 6 R1 F2 -1000"]);
    expect(scored(rows, schemeOf([{deduct: 1}], {several_inspections: "sum"})).unit().milli).toBe(98000);
  });

  it("reads a cycle from its start, and a round by its inspections", () => {
    const rows = {
      inspection: [inspection("I1", "T1", {started_on: "2024-11-01", ended_on: "2024-11-20", round_no: "1"})],
      finding: [finding("F1", {found_on: "2024-11-10"})]
    };
    const regime = {counts: [], extended_counts: true, exempt: [], extension_max: 0, cycle: {start: "2024-01-01", years: 2}};
    expect(scored(rows, schemeOf([{deduct: 1}])).unit()).toMatchObject({covered: "未巡查", milli: null, rank: null});
    expect(scored(rows, schemeOf([{deduct: 1}], {period: "cycle"}), {regime}).unit().milli).toBe(99000);
    expect(scored(rows, schemeOf([{deduct: 1}], {period: "round"}), {round: "1"}).unit().milli).toBe(99000);
    expect(scored(rows, schemeOf([{deduct: 1}], {period: "round"}), {round: "2"}).unit().milli).toBeNull();
  });

  it("looks back so many months from as_of", () => {
    const inspected = inspection("I0", "T1", {started_on: "2023-11-01", ended_on: "2024-01-20"});
    const rows = {
      inspection: [inspected, inspection("I1", "T1")],
      finding: [
        finding("F1", {inspection_id: "I0", found_on: "2024-01-01"}),
        finding("F2", {inspection_id: "I0", found_on: "2023-12-31"})
      ]
    };
    expect(scored(rows, schemeOf([{deduct: 1, window: {months: 24}}])).lines()).toEqual(["扣分 6 R1 F1 -1000"]);
    expect(scored(rows, schemeOf([{deduct: 1, window: "all"}])).unit().milli).toBe(98000);
  });

  it("tells inspected, running, exempt and not inspected apart", () => {
    const inspections = [inspection("I2", "T2", {ended_on: null}), inspection("I3", "T3", {kind: "专项"}), inspection("I1", "T1")];
    const regime = {counts: ["全面"], extended_counts: true, exempt: [{kind: "专项"}], extension_max: 0, cycle: null};
    const {result} = scored(
      {unit: ["T1", "T2", "T3", "T4"].map((code) => town(code)), inspection: inspections},
      schemeOf([{deduct: 1}]),
      {
        regime
      }
    );
    expect(result.units.map((unit) => unit.covered)).toEqual(["已巡查", "巡查中", "当年不再安排", "未巡查"]);
  });
});
