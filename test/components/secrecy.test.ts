// @vitest-environment jsdom
import {expect, test} from "vitest";
import {clockLine} from "../../src/components/clock-line.ts";
import {monthFlow} from "../../src/components/month-flow.ts";
import {overview} from "../../src/components/overview.ts";
import {scorePage} from "../../src/components/score-page.ts";
import {doneWord, keptBack, notTold} from "../../src/components/secrecy.ts";
import {tileGrid} from "../../src/components/tile-grid.ts";
import type {FindingRow, LedgerRow, SchemeFacts, SpaceFacts, UnitRow} from "../../src/components/types.ts";
import {unitView} from "../../src/components/unit-page.ts";

const SCHEME: SchemeFacts = {
  ...{id: "s", name: "样例办法", document_no: null, start: "full", applies_to: ["镇街"]},
  ...{grades: [{name: "好", from_milli: 0}], items: [{no: "6", title: "内容六", full_milli: 100_000}]},
  rules: [{id: "R1", item: "6", name: "发现问题", measure: "deduct"}]
};

const SPACE: SpaceFacts = {
  ...{id: "office", authority: "样例安委办", demo: true, audience: "leadership", run: "0".repeat(64), digest: "0".repeat(64)},
  regime: {id: "r", title: "样例制度", words: {inspection: "暗访", unit: "单位", finding: "问题"}, kinds: {}, text: "全文"},
  ...{as_of: "2025-12-31", decisions_until: "2025-12-31", known_at: "2026-01-01", provisional: false, warnings: []},
  ...{unassigned: [], unassigned_count: 0, stages: ["移交督办", "完成"], labels: {}, schemes: [SCHEME]},
  period: {kind: "year", from: "2025-01-01", to: "2025-12-31", round_no: null},
  secrecy: {clause: "第九条（二）", what: ["人员", "时间"], until: true}
};

const unit = (unit_code: string, rest: Partial<UnitRow> = {}): UnitRow => ({
  ...{scheme: "s", unit_code, unit_name: `镇${unit_code}`, unit_kind: "镇街", peer_group: null, sort_order: 1, tile_col: null},
  ...{tile_row: null, covered: "已巡查", covered_because: null, milli: 99_500, grade: "好", rank: 1, provisional: false},
  ...{provisional_because: null, vetoes: "[]"},
  ...rest
});

const UNTOLD = unit("T02", {covered: "未反馈", milli: null, grade: null, rank: null});

/** A finding as leadership gets it where the days of visits are secret. */
const FINDING: FindingRow = {
  ...{scheme: "s", scored_unit: "T01", text_part: 0, finding_id: "W-1", unit_code: null, severity: "一般", item: "6"},
  ...{
    due_on: null,
    done_on: null,
    closed_on: null,
    is_done: true,
    is_due: true,
    state: "已整改",
    days_overdue: null,
    due_source: "立即"
  }
};

const entry: LedgerRow = {
  ...{
    scheme: "s",
    unit_code: "T01",
    seq: 1,
    kind: "扣分",
    item: "6",
    rule_id: "R1",
    subject: null,
    milli: -500,
    because: "发现问题"
  },
  ...{breach: null, basis: null}
};

const data = {
  ...{space: SPACE, units: [unit("T01"), UNTOLD], ledger: [entry], findings: [FINDING]},
  items: [{scheme: "s", unit_code: "T01", item: "6", full_milli: 100_000, milli: 99_500, applies: true}],
  inspections: [{scored_unit: "T01", kind: "暗访", finding_count: 1}],
  events: [{finding_id: "W-1", stage: "完成", seq_no: 1}],
  ...{actions: [], accidents: [], tips: [], responses: [], todo: []},
  text: async () => ({finding_id: "W-1"})
};

const BROKEN = /undefined|NaN|\[object|Invalid/;

test("says by which clause something is kept back, and nothing where nothing is", () => {
  expect(keptBack(SPACE)).toBe("按制度保密（第九条（二））");
  expect(keptBack({secrecy: null})).toBe(null);
  expect([doneWord(SPACE), doneWord({...SPACE, secrecy: null})]).toEqual(["已反馈", "已暗访"]);
  expect([notTold(UNTOLD, SPACE), notTold(unit("T01"), SPACE)]).toEqual([
    "本期没有全部反馈的暗访。有没有进行过，按制度保密（第九条（二））；反馈之后才显示得分。",
    null
  ]);
});

test("the page of a unit draws without days, texts and numbers of inspections, and says why", async () => {
  const page = unitView(data, unit("T01"), {unit: "T01", finding: "W-1", row: "1"});
  await Promise.resolve();
  expect(page.outerHTML).not.toMatch(BROKEN);
  const text = page.textContent ?? "";
  expect(text).toContain("问题描述和整改要求等文字按制度保密（第九条（二））");
  expect(text).toContain("各环节的日期按制度保密（第九条（二））");
  expect(text).toContain("已反馈的暗访1次");
  expect(text).toContain("这一行对应的记录不向本受众显示：按制度保密（第九条（二））");
  expect(page.querySelector(".xh-detail svg")).toBe(null);
});

test("the page of a unit that is not fed back does not say whether it was visited", () => {
  const text = unitView({...data, findings: [], inspections: []}, UNTOLD, {unit: "T02"}).textContent ?? "";
  expect(text).toContain("有没有进行过，按制度保密");
  expect(text).not.toMatch(/未巡查|已巡查|巡查中|没有本单位的暗访/);
});

test("总览 counts what is fed back and draws no months", () => {
  const page = overview(data);
  expect(page.outerHTML).not.toMatch(BROKEN);
  expect(page.textContent).toContain("2个单位已反馈1个");
  expect(page.textContent).toContain("问题的发现日期按制度保密（第九条（二））");
});

test("得分 says among whom it ranks", () => {
  const page = scorePage(data);
  expect(page.outerHTML).not.toMatch(BROKEN);
  expect(page.textContent).toContain("名次为已反馈的单位之间的名次");
});

test("tiles count units that are not fed back", () => {
  const legend = tileGrid(data.units, SCHEME).querySelector('[data-legend="未反馈"]');
  expect(legend?.getAttribute("data-count")).toBe("1");
});

test("a clock starts at the first day that is there; months count no day that is not", () => {
  const open = {...FINDING, due_on: new Date("2025-10-11"), is_done: false, done_on: null};
  expect(clockLine(open, "2025-12-31").outerHTML).not.toMatch(BROKEN);
  expect(monthFlow([FINDING], "2025-01-01", "2025-02-28").map((m) => m.found)).toEqual([0, 0]);
});
