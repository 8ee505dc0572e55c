import {describe, expect, it} from "vitest";
import {finding, inspection, schemeOf, scored, town} from "./office.ts";

describe("limits", () => {
  it("charges one finding once, at its dearest; on a tie the smaller rule stays", () => {
    const rule = {deduct: 1, highest_of: "finding_id"};
    const {lines} = scored(
      {finding: [finding("F1"), finding("F2", {severity: "重大"})]},
      schemeOf([rule, rule, {...rule, deduct: 2, where: "severity = '重大'"}])
    );
    expect(lines().filter((line) => line.startsWith("择高返还"))).toEqual([
      "择高返还 6 R1 F2 1000",
      "择高返还 6 R2 F1 1000",
      "择高返还 6 R2 F2 1000"
    ]);
  });

  it("stops at the rule's, the group's and the item's limit, one after the other", () => {
    const rules = [{deduct: 15, cap: 12}, {deduct: 13}, {deduct: 9}];
    const caps = [{id: "G", rules: ["R1", "R2"], cap: 20}];
    const {lines, unit} = scored({finding: [finding("F1")]}, schemeOf(rules, {caps}));
    expect(lines().slice(3)).toEqual(["封顶返还 6 R1  3000", "封顶返还 6 cap:G  5000", "封顶返还 6 item:6  9000"]);
    expect(unit()).toMatchObject({milli: 80000, grade: "较好"});
  });

  it("adds bonuses after everything, up to the scheme's limit, and rounds the exact fraction once", () => {
    const rules = [{deduct: 1}, {bonus: 0.8, cap: 1.2}, {bonus: 0.555}];
    const scheme = schemeOf(rules, {
      bonus_cap: 1.5,
      items: [
        {no: "1", full: 40},
        {no: "6", full: 20},
        {no: "9", full: 40, applies: "false"}
      ]
    });
    const {lines, unit} = scored({finding: [finding("F1"), finding("F2")]}, scheme);
    expect(lines()).toEqual([
      "扣分 6 R1 F1 -1000",
      "扣分 6 R1 F2 -1000",
      "封顶返还  R2  -400",
      "封顶返还  cap:bonus  -810",
      "加分  R2 F1 800",
      "加分  R2 F2 800",
      "加分  R3 F1 555",
      "加分  R3 F2 555",
      "折算    38667",
      "取整    3"
    ]);
    expect(unit().milli).toBe(98170);
  });

  it("a veto sets the score or lowers the grade, once the accident is concluded", () => {
    const accident = [
      {accident_id: "X1", unit_code: "T1", occurred_on: "2025-05-01", accident_grade: "较大", concluded_on: "2025-12-30"}
    ];
    const zero = schemeOf([
      {over: "accident", veto: {score: 60}},
      {over: "accident", veto: {grade_at_most: "较好"}}
    ]);
    const open = accident.map((row) => ({...row, concluded_on: "2026-01-02"}));
    expect(scored({accident}, zero).lines()).toEqual(["否决  R1 X1 -40000"]);
    expect(scored({accident}, zero).unit()).toMatchObject({milli: 60000, grade: "差", vetoes: [{rule_id: "R1"}, {rule_id: "R2"}]});
    expect(scored({accident: open}, zero).unit()).toMatchObject({milli: 100000, grade: "好", provisional: true, vetoes: []});
    const appeal = [
      {
        appeal_id: "A1",
        subject_kind: "否决",
        subject_id: "R1",
        unit_code: "T1",
        filed_on: "2026-01-02",
        decided_on: "2026-01-03",
        decision: "撤销"
      }
    ];
    expect(scored({accident, appeal}, zero).unit()).toMatchObject({
      milli: 100000,
      grade: "较好",
      vetoes: [{rule_id: "R2", subject: "X1"}]
    });
  });

  it("leaves out items that the inspection did not look at, and ranks none that saw less than half", () => {
    const seen = (items: string) => scored({inspection: [inspection("I1", "T1", {items})]}, schemeOf([{deduct: 1}])).unit();
    expect(seen("1、6")).toMatchObject({milli: 100000, rank: 1});
    expect(seen("6")).toMatchObject({milli: 100000, grade: "好", rank: null});
    expect(seen("9")).toMatchObject({covered: "已巡查", milli: null, grade: null, rank: null});
  });

  it("ranks within kind and peer group, ties sharing", () => {
    const cost = [2, 1, 1, 0, 5];
    const {result} = scored(
      {
        unit: cost.map((_, i) => town(`T${i}`, {peer_group: i === 4 ? "乙" : null})),
        inspection: cost.map((_, i) => inspection(`I${i}`, `T${i}`)),
        finding: cost.flatMap((n, i) =>
          Array.from({length: n}, (_, j) => finding(`F${i}${j}`, {unit_code: `T${i}`, inspection_id: `I${i}`}))
        )
      },
      schemeOf([{deduct: 1}])
    );
    expect(result.units.map((unit) => unit.rank)).toEqual([4, 2, 2, 1, 1]);
  });
});

describe("复核", () => {
  const appeal = {
    appeal_id: "A1",
    subject_kind: "问题",
    subject_id: "F1",
    unit_code: "T1",
    filed_on: "2025-12-01",
    decided_on: "2026-01-05"
  };
  const scheme = schemeOf([{deduct: {by: "severity", table: {一般: 1, 较大: 2, 重大: 4}}, cap: 1}]);
  const units = {unit: [town("T1"), town("T2")], inspection: [inspection("I1", "T1"), inspection("I2", "T2")]};

  it("shows a withdrawn finding and its negation, outside caps and tally", () => {
    const {lines, unit, result} = scored(
      {finding: [finding("F1", {severity: "重大"})], appeal: [{...appeal, decision: "撤销"}]},
      scheme
    );
    expect(lines()).toEqual(["扣分 6 R1 F1@原 -4000", "复核 6 R1 F1@原 4000"]);
    expect(unit()).toMatchObject({milli: 100000, provisional: false});
    expect(result.tally).toEqual([]);
  });

  it("moves the cost to the unit found responsible; the last decision rules", () => {
    const changed = [
      {...appeal, decision: "变更", new_unit_code: "T2", new_severity: "较大"},
      {...appeal, appeal_id: "A0", decision: "撤销"}
    ];
    const {lines} = scored({...units, finding: [finding("F1", {severity: "重大"})], appeal: changed}, scheme);
    expect(lines("T1")).toEqual(["扣分 6 R1 F1@原 -4000", "复核 6 R1 F1@原 4000"]);
    expect(lines("T2")).toEqual(["扣分 6 R1 F1 -2000", "封顶返还 6 R1  1000"]);
  });

  it("does not count what is decided too late, or upheld", () => {
    const rows = (change: object) => ({finding: [finding("F1")], appeal: [{...appeal, ...change}]});
    expect(scored(rows({decision: "撤销", decided_on: "2026-01-11"}), scheme).unit()).toMatchObject({
      milli: 99000,
      provisional: true
    });
    expect(scored(rows({decision: "维持"}), scheme).unit()).toMatchObject({milli: 99000, provisional: false});
  });
});
