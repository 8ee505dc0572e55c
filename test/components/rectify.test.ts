// @vitest-environment jsdom
import {afterEach, expect, test} from "vitest";
import {funnelsOf} from "../../src/components/rectify/funnel.ts";
import type {LoopFacts, Owed, RectifyData, Standing} from "../../src/components/rectify/types.ts";
import {median, rectifyView} from "../../src/components/rectify/view.ts";
import {rectifyPage} from "../../src/components/rectify-page.ts";
import type {FindingRow, SpaceFacts, UnitRow} from "../../src/components/types.ts";

afterEach(() => {
  location.hash = "";
});

const loop: LoopFacts = {
  unrecorded: [],
  return_kinds: [],
  loops: [
    {
      from_on: "2025-01-01",
      to_on: "9999-12-31",
      stages: [
        {stage_no: 1, stage: "登记", recorded_by: "整改记录“清单”"},
        {stage_no: 2, stage: "整改", recorded_by: "整改记录“完成”"},
        {stage_no: 3, stage: "督办", recorded_by: null}
      ]
    }
  ]
};
const space = {
  ...{id: "a", authority: "办公室", as_of: "2025-12-31", audience: "analyst", period: {from: "2025-01-01", to: "2025-12-31"}},
  regime: {id: "r", title: "制度", words: {finding: "隐患"}, kinds: {}, text: "全文"}
} as unknown as SpaceFacts;
const parameter = (name: string, more = {}) => ({
  name,
  title: name,
  doc: "",
  silent: false,
  clause: "第一条",
  modality: "应当",
  ...more
});
const book = {
  text: "全文",
  parameters: [parameter("loop"), parameter("summon_late"), parameter("five_in_place"), parameter("summon", {modality: "可以"})]
} as unknown as RectifyData["book"];
const finding = (finding_id: string, rest: Partial<FindingRow> = {}): FindingRow =>
  ({
    ...{finding_id, scheme: "s", scored_unit: "1", unit_code: "1", text_part: 0, severity: "一般", item: "1", due_source: "指定"},
    ...{found_on: new Date("2025-03-03"), due_on: new Date("2025-04-01"), handed_on: null, done_on: null, closed_on: null},
    ...{is_done: false, is_due: true, state: "逾期", days_overdue: 274},
    ...rest
  }) as FindingRow;
const stands = (finding_id: string, stage_no: number, rest: Partial<Standing> = {}): Standing => ({
  ...{finding_id, loop_no: 0, stage_no, reached: (1 << (stage_no + 1)) - 2, skipped: 0, reversed: 0},
  ...{waits_since: null, returned_on: null, times_returned: 0, five: null},
  ...rest
});
const owed = (finding_id: string, state: Owed["state"]): Owed => ({
  ...{
    kind: "约谈",
    parameter: "summon_late",
    clause: "第一条",
    modality: "应当",
    by: "办公室",
    subject: finding_id,
    unit_code: "1"
  },
  ...{unit_name: "甲镇", inspection_id: "X1", finding_id, severity: "一般", due_on: new Date("2025-05-01"), due_source: "解释"},
  ...{done_on: null, because: "整改期限是2025-04-01", state}
});
const data: RectifyData = {
  ...{space, book, loop, actions: [], inspections: []},
  units: [{unit_code: "1", unit_name: "甲镇"} as UnitRow, {unit_code: "2", unit_name: "乙镇"} as UnitRow],
  findings: [
    finding("F1"),
    finding("F1", {scheme: "t"}),
    finding("F2", {scored_unit: "2", severity: "重大", found_on: new Date("2024-12-03")}),
    finding("F3", {is_done: true, state: "已整改", days_overdue: 0}),
    finding("F4", {scored_unit: null})
  ],
  standing: [
    stands("F1", 1, {waits_since: new Date("2025-12-21"), five: "资金、预案"}),
    stands("F2", 1, {waits_since: new Date("2025-12-11"), five: "齐全"}),
    stands("F3", 2, {reached: 4, skipped: 2, reversed: 4, five: "不明"}),
    stands("F4", 0, {waits_since: new Date("2025-03-03")})
  ],
  owed: [owed("F1", "逾期"), owed("F2", "按时")]
};

test("a finding that several units answer for is counted once", () => {
  expect(rectifyView(data, {}).cases.map((c) => c.finding_id)).toEqual(["F1", "F2", "F3", "F4"]);
});

test("the address filters by unit, severity and year, what is owed likewise", () => {
  const shown = (state: Record<string, string>) => {
    const {cases, owed} = rectifyView(data, state);
    return [cases.map((c) => c.finding_id), owed.map((o) => o.finding_id)];
  };
  expect(shown({unit: "2"})).toEqual([["F2"], ["F2"]]);
  expect(shown({severity: "一般"})).toEqual([["F1", "F3", "F4"], ["F1"]]);
  expect(shown({year: "2024"})).toEqual([["F2"], ["F2"]]);
});

test("a funnel counts who came to a stage, who stands there and for how long", () => {
  const [funnel] = funnelsOf(loop, rectifyView(data, {}).cases, "2025-12-31");
  expect(
    funnel?.steps.map((s) => [s.stage, s.reached.length, s.waiting.length, s.median_days, s.skipped.length, s.reversed.length])
  ).toEqual([
    ["登记", 2, 2, 15, 1, 0],
    ["整改", 1, 0, null, 0, 1],
    ["督办", 0, 0, null, 0, 0]
  ]);
  expect([funnel?.nowhere?.waiting.length, funnel?.complete.length]).toEqual([1, 1]);
});

test("the middle of an even number of days lies between the two in the middle", () => {
  expect([median([]), median([3]), median([1, 2]), median([9, 1, 2, 3])]).toEqual([null, 3, 1.5, 2.5]);
});

test("the page says what is stuck, owed and overdue, in the regime's own words", () => {
  const page = rectifyPage(data);
  expect(page.querySelector(".xh-sentence")?.textContent).toBe(
    "截至2025年12月31日，隐患4条，已整改1条，未整改3条，其中逾期3条；3条没有走完闭环；督办、报告和公布应办2项，逾期未办1项。"
  );
  expect(page.querySelector("[data-stage='3']")?.textContent).toContain("台账不记录");
  expect(page.querySelector("[data-duty='summon_late.约谈']")?.textContent).toContain("第一条");
  expect(page.querySelector("[data-duty='summon.约谈']")?.textContent).toContain("可以，不作要求");
  expect(page.querySelector("[data-silent]")?.textContent).toMatch(/制度未规定：.*挂牌督办/);
  expect(page.querySelector("[data-five='资金']")?.textContent).toContain("1条");
  expect(page.querySelector("#overdue")?.getAttribute("data-overdue")).toBe("3");
});

test("a number opens its list, and the list stands in the address", () => {
  for (const [list, ids] of Object.entries({
    "waiting.1": ["F1", "F2"],
    "skipped.1": ["F3"],
    nowhere: ["F4"],
    "five.预案": ["F1"]
  })) {
    location.hash = new URLSearchParams({list}).toString();
    const rows = [...rectifyPage(data).querySelectorAll<HTMLElement>("[data-list] tr[data-finding]")];
    expect(
      rows.map((r) => r.dataset.finding),
      list
    ).toEqual(ids);
  }
  location.hash = new URLSearchParams({list: "owed.summon_late.约谈.逾期"}).toString();
  expect(rectifyPage(data).querySelector("[data-list]")?.textContent).toContain("整改期限是2025-04-01");
  location.hash = "list=nothing";
  expect(rectifyPage(data).querySelector("[data-list]")?.textContent).toContain("没有名为 nothing 的名单");
});

test("an office without findings, and a document without a loop, are told in words", () => {
  const empty = {...data, findings: [], standing: [], owed: []};
  const page = rectifyPage(empty);
  expect(page.querySelector(".xh-sentence")?.textContent).toBe("截至2025年12月31日，没有隐患。");
  expect(page.textContent).not.toMatch(/undefined|NaN/);
  const listless = rectifyPage({...data, loop: {...loop, loops: []}});
  expect(listless.querySelector("[data-loop]")?.textContent).toContain("没有列出环节");
  const silent = rectifyPage({...data, book: {...book, text: "摘录", parameters: []} as RectifyData["book"]});
  expect(silent.querySelector("[data-loop]")?.textContent).toContain("未见此规定");
});

test("where inspections are secret no stage is shown, and the page says by which clause", () => {
  const secrecy = {clause: "第九条（二）", what: ["时间"], until: true};
  const page = rectifyPage({...data, space: {...space, audience: "leadership", secrecy}, standing: []});
  expect(page.querySelector("[data-stage]")).toBeNull();
  expect(page.textContent).toContain("按制度保密（第九条（二））");
  expect(page.querySelector(".xh-sentence")?.textContent).not.toContain("闭环");
});
