import {createHash} from "node:crypto";
import {describe, expect, it} from "vitest";
import {Fraction} from "./fraction.ts";
import {factRow, finding, inspection, schemeOf, scored, town} from "./office.ts";
import {evaluate} from "./sql/evaluate.ts";
import {Day} from "./value.ts";

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

describe("measures", () => {
  const three = [
    finding("F1", late),
    finding("F2", {...late, category: "消防"}),
    finding("F3", {due_on: "2026-02-01", category: "消防"})
  ];

  it("ratio loses in proportion, per point short, or all", () => {
    const of = {of: "not days_overdue > 0", points: 10};
    expect(scored({finding: three}, schemeOf([{ratio: of}])).lines()[0]).toBe("比率 6 R1  -6667");
    expect(scored({finding: three}, schemeOf([{ratio: {...of, target: 0.35, lose: 2}}])).lines()[0]).toBe("比率 6 R1  -3333");
    expect(scored({finding: three}, schemeOf([{ratio: {...of, target: 0.95, lose: 2}}])).lines()[0]).toBe("比率 6 R1  -10000");
    expect(scored({finding: three}, schemeOf([{ratio: {...of, at_least: 0.3}}])).lines()).toEqual([]);
    expect(scored({finding: three}, schemeOf([{ratio: {...of, at_least: 0.34}}])).lines()).toEqual(["比率 6 R1  -10000"]);
  });

  it("an item leaves with its only rule when the ratio has nothing to count", () => {
    const {unit, lines} = scored({finding: three}, schemeOf([{ratio: {of: "true", among: "is_closed", points: 10}}]));
    expect(unit()).toMatchObject({milli: 100000, items: [{milli: 80000}, {applies: false}]});
    expect(lines()).toEqual(["折算    20000"]);
    const zero = schemeOf([{ratio: {of: "true", among: "is_closed", points: 10, empty: "zero"}}]);
    expect(scored({finding: three}, zero).unit().milli).toBe(90000);
  });

  it("steps include their lower bound, and need an exposure when they are per exposure", () => {
    const steps = {
      value: {count: "true", per: "exposure" as const},
      table: [
        [0, 0],
        [0.3, 5]
      ] as [number, number][]
    };
    const unit = (exposure: number | null) => [town("T1", {exposure})];
    expect(scored({unit: unit(10), finding: three}, schemeOf([{steps}])).lines()).toEqual(["分档 6 R1  -5000"]);
    expect(scored({unit: unit(11), finding: three}, schemeOf([{steps}])).lines()).toEqual([]);
    expect(scored({unit: unit(0), finding: three}, schemeOf([{steps}])).unit().items[1]?.applies).toBe(false);
  });

  it("weight and escalate multiply the row, rounded once", () => {
    const rows = [1, 2, 3, 4].map((i) => finding(`F${i}`, {category: "消防", source: i === 1 ? "交办" : null}));
    const rule = {
      deduct: 0.333,
      weight: {by: "source", table: {交办: 1.5}},
      escalate: {by: ["category"], factor: 2, at_most: 3}
    };
    const {lines, result} = scored({finding: [...rows].reverse()}, schemeOf([rule]));
    expect(lines().slice(0, 4)).toEqual(["扣分 6 R1 F1 -500", "扣分 6 R1 F2 -666", "扣分 6 R1 F3 -999", "扣分 6 R1 F4 -999"]);
    expect(result.tally.map((t) => `${t.bucket} ${t.n} ${t.raw_milli}`)).toContain("w:交办 n:1 1 -500");
  });

  it("a table falls back on 其他, and once costs its dearest row", () => {
    const table = {消防: 1, 其他: 0.5};
    expect(scored({finding: three}, schemeOf([{deduct: {by: "category", table}}])).lines()).toEqual([
      "扣分 6 R1 F1 -500",
      "扣分 6 R1 F2 -1000",
      "扣分 6 R1 F3 -1000"
    ]);
    expect(scored({finding: three}, schemeOf([{deduct: {by: "category", table}, once: true}])).lines()).toEqual([
      "扣分 6 R1  -1000"
    ]);
  });

  it("needs so many rows, else the rule is not applicable", () => {
    const rule = {deduct: 1, needs: {count: "category = '消防'", at_least: 3}};
    expect(scored({finding: three}, schemeOf([rule])).unit().items[1]?.applies).toBe(false);
    expect(scored({finding: three}, schemeOf([{...rule, needs: {...rule.needs, at_least: 2}}])).unit().milli).toBe(97000);
  });

  it("change compares with a year earlier, and is not applicable without a base", () => {
    const before = inspection("I0", "T1", {started_on: "2024-11-01", ended_on: "2024-11-20"});
    const old = finding("F0", {inspection_id: "I0", found_on: "2024-11-10"});
    const change = {
      value: {count: "true"},
      table: [
        [0, 1],
        [1, 5],
        [-1, 0]
      ] as [number, number][]
    };
    const lines = (tables: Parameters<typeof scored>[0]) => scored(tables, schemeOf([{change}])).lines();
    expect(lines({inspection: [before, inspection("I1", "T1")], finding: [old, finding("F1"), finding("F2")]})).toEqual([
      "同比 6 R1  -5000"
    ]);
    expect(lines({inspection: [before, inspection("I1", "T1")], finding: [old, finding("F1")]})).toEqual(["同比 6 R1  -1000"]);
    expect(lines({inspection: [before, inspection("I1", "T1")], finding: [finding("F1")]})).toEqual(["同比 6 R1  -5000"]);
    expect(lines({finding: [finding("F1")]})).toEqual(["折算    20000"]);
  });

  it("percentile is the share of strictly worse peers, of at least five", () => {
    const codes = ["T1", "T2", "T3", "T4", "T5", "T6"];
    const tables = (n: number) => ({
      unit: codes.slice(0, n).map((code) => town(code)),
      inspection: codes.slice(0, n).map((code, i) => inspection(`I${i + 1}`, code)),
      finding: codes.slice(1, n).map((code, i) => finding(`F${i}`, {unit_code: code, inspection_id: `I${i + 2}`}))
    });
    const percentile = {
      value: {count: "true"},
      better: "low" as const,
      table: [
        [1, 0],
        [0.5, 2],
        [0, 4]
      ] as [number, number][]
    };
    const six = scored(tables(6), schemeOf([{percentile}]));
    expect(six.lines("T1")).toEqual([]);
    expect(six.lines("T2")).toEqual(["位次 6 R1  -4000"]);
    expect(scored(tables(5), schemeOf([{percentile}])).unit("T2").items[1]?.applies).toBe(false);
  });

  it("a judgement is a loss from the top, missing or not applicable", () => {
    const scheme = schemeOf([{judge: {from: 0, to: 5}}]);
    const judgement = (points: string, judged_on = "2026-01-10") => [
      {unit_code: "T1", year: 2025, rule_id: "R1", points, reason: "x", judged_by: "x", judged_on}
    ];
    expect(scored({judgement: judgement("3.5")}, scheme).lines()).toEqual(["评议 6 R1  -1500"]);
    expect(scored({judgement: judgement("3.5", "2026-01-11")}, scheme).unit()).toMatchObject({milli: 100000, provisional: true});
    expect(scored({judgement: judgement("不涉及")}, scheme).unit()).toMatchObject({
      provisional: false,
      items: [{}, {applies: false}]
    });
    const appeal = {appeal_id: "A1", subject_kind: "评议", subject_id: "R1", unit_code: "T1", filed_on: "2026-01-05"};
    const decided = [{...appeal, decided_on: "2026-01-09", decision: "变更", new_points: 4.5}];
    expect(scored({judgement: judgement("3.5"), appeal: decided}, scheme).lines()).toEqual(["评议 6 R1  -500"]);
    expect(scored({judgement: judgement("3.5"), appeal: [appeal]}, scheme).unit().provisional).toBe(true);
  });

  it("starting from zero, points are earned up to the item's full", () => {
    const scheme = schemeOf(
      [
        {ratio: {of: "not days_overdue > 0", points: 25}},
        {
          steps: {
            value: {count: "true"},
            table: [
              [0, 1],
              [3, 15]
            ]
          }
        }
      ],
      {start: "zero"}
    );
    const {lines, result} = scored({finding: three}, scheme);
    expect(result.ledger.filter((l) => l.kind === "基础").map((l) => l.milli)).toEqual([0, 0]);
    expect(lines()).toEqual(["封顶返还 6 item:6  -3333", "比率 6 R1  8333", "分档 6 R2  15000"]);
    expect(scored({finding: three}, scheme).unit().milli).toBe(20000);
  });
});

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

describe("expressions", () => {
  const row = {a: Fraction.of("7"), n: null, t: "火灾100%", d: Day.of("2025-03-01"), b: true};
  it.each([
    ["a // 2 + -a % 4", "0"],
    ["a // 0", null],
    ["n > 1 or a = 7", true],
    ["n > 1 and a = 7", null],
    ["not (n in (1, 2))", null],
    ["a not in (1, null)", null],
    ["a between 7 and 8 and n is null", true],
    ["n is not distinct from null", true],
    ["case when n then 1 when b then 2 end", "2"],
    ["case a when 7 then 'x' else 'y' end", "x"],
    ["least(a, n)", null],
    ["greatest(a, 7.5) * 0.1", "0.75"],
    ["round(-2.345, 2)", "-2.35"],
    ["d - date '2024-03-01'", "365"],
    ["d >= '2025-03-01' and year(d) = 2025", true],
    ["t like '%100\\%'", false],
    ["t like '火_1%' and starts_with(t, '火') and length(t) = 6", true],
    ["coalesce(n, nullif(a, 7), 3)", "3"]
  ])("%s is %s", (expression, value) => {
    const got = evaluate(expression, row);
    expect(got instanceof Fraction ? String(got) : got).toBe(value);
  });
});
