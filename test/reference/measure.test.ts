import {describe, expect, it} from "vitest";
import {finding, inspection, schemeOf, scored, town} from "./office.ts";

const late = {due_on: "2025-12-01"};

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
