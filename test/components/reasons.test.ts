import {expect, test} from "vitest";
import {dearest} from "../../src/components/reasons.ts";
import type {ItemRow, LedgerRow, SchemeFacts, UnitRow} from "../../src/components/types.ts";

const scheme: SchemeFacts = {
  ...{id: "s", name: "办法", document_no: null, start: "full", applies_to: ["镇街"], grades: []},
  items: [
    {no: "6", title: "双重预防", full_milli: 20000},
    {no: "9", title: "事故查处", full_milli: 15000}
  ],
  rules: [
    {id: "R6-1", item: "6", name: "问题逾期", measure: "deduct"},
    {id: "R6-2", item: "6", name: "整改率", measure: "ratio"},
    {id: "V-2", item: null, name: "瞒报", measure: "veto"}
  ]
};
const unit: UnitRow = {
  ...{
    scheme: "s",
    unit_code: "990101",
    unit_name: "甲镇",
    unit_kind: "镇街",
    peer_group: null,
    sort_order: 1,
    tile_col: null,
    tile_row: null
  },
  ...{covered: "已巡查", covered_because: null, milli: 0, grade: "差", rank: 1, provisional: false, provisional_because: null},
  vetoes: JSON.stringify([{rule_id: "V-2", name: "瞒报谎报", effect: "", subject: "S-1"}])
};
const entry = (
  kind: string,
  milli: number,
  rule_id: string | null,
  subject: string | null = null,
  item: string | null = "6"
): LedgerRow => ({
  ...{scheme: "s", unit_code: "990101", seq: 1, kind, item, rule_id, subject, milli, because: null, breach: null, basis: null}
});
const item = (no: string, full_milli: number, milli: number | null): ItemRow => ({
  scheme: "s",
  unit_code: "990101",
  item: no,
  full_milli,
  milli,
  applies: milli !== null
});

test("a content loses what it lost after every cap, and names the rule that weighs most", () => {
  const ledger = [
    ...["F1", "F2", "F3", "F4"].map((f) => entry("扣分", -1000, "R6-1", f)),
    entry("封顶返还", 2500, "R6-1"),
    entry("比率", -2000, "R6-2")
  ];
  expect(dearest(unit, ledger, [item("6", 20000, 16500)], scheme)).toEqual([
    {filter: {item: "6"}, name: "双重预防", mainly: "整改率", milli: -3500}
  ]);
});

test("rows as first found do not make a reason", () => {
  const ledger = [entry("扣分", -3000, "R6-1", "F1@原"), entry("复核", 3000, "R6-1", "F1@原"), entry("比率", -1000, "R6-2")];
  expect(dearest(unit, ledger, [item("6", 20000, 19000)], scheme)[0]?.mainly).toBe("整改率");
});

test("一票否决 stands among the reasons by what it took, contents that do not apply do not", () => {
  const ledger = [entry("否决", -31500, "V-2", "S-1", null)];
  const reasons = dearest(unit, ledger, [item("6", 20000, 16500), item("9", 15000, null)], scheme);
  expect(reasons.map((r) => [r.name, r.milli])).toEqual([
    ["一票否决：瞒报谎报", -31500],
    ["双重预防", -3500]
  ]);
});
