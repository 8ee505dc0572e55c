// @vitest-environment jsdom
import {describe, expect, test} from "vitest";
import {dayNumber, ganttTeams, visitSpan, visitYears} from "../../src/components/coverage/gantt-lanes.ts";
import {quotaState} from "../../src/components/coverage/quota-table.ts";
import {coverageSentence} from "../../src/components/coverage/sentence.ts";
import {shownState, stateWord} from "../../src/components/coverage/state.ts";
import {leftText, progressOf, waitingUnits} from "../../src/components/coverage/stretch.ts";
import type {CoverageData, CoverageQuota, CoverageRound, CoverageUnit, CoverageVisit} from "../../src/components/coverage/types.ts";
import {coveragePage} from "../../src/components/coverage-page.ts";
import type {BookParameter} from "../../src/components/regime/book.ts";

const day = (text: string) => new Date(`${text}T00:00:00Z`);
const unit = (unit_code: string, rest: Partial<CoverageUnit> = {}): CoverageUnit => ({
  ...{
    unit_code,
    unit_name: `${unit_code}镇`,
    unit_kind: "镇街",
    peer_group: null,
    sort_order: null,
    tile_col: null,
    tile_row: null
  },
  ...{parameter: "cycle", round_no: null, stretch_no: 1, stretch_from: day("2024-01-01"), stretch_to: day("2025-12-31")},
  ...{is_current: true, is_owed: true, covered_on: null, exempt_because: null, state: "未巡查", year_state: "未巡查"},
  ...{next_by: day("2025-12-31"), is_new: false, came_on: null, went_on: null, merged_into: null, merged_name: null, rank_next: 1},
  ...rest
});
const covered = (unit_code: string, rest: Partial<CoverageUnit> = {}) =>
  unit(unit_code, {state: "已巡查", year_state: "已巡查", covered_on: day("2025-03-14"), next_by: null, rank_next: null, ...rest});
const quota = (month: string, have: number, rest: Partial<CoverageQuota> = {}): CoverageQuota => ({
  ...{parameter: "month_quota", clause: "第五条（二）", modality: "应当", stretch_from: day(`${month}-01`)},
  ...{
    stretch_to: new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)),
    need: 4,
    have,
    reached_on: null,
    word: "次"
  },
  ...rest
});
const round = (rest: Partial<CoverageRound>): CoverageRound => ({
  ...{clause: "方案二（一）", round_no: "1", group_no: 1, month: "2018-03", place_no: 1, unit_name: "济南市", unit_code: "C1"},
  ...{held_name: "甲市", in_month: true, counties: 2, counties_seen: 1, counties_missing: "乙县"},
  ...rest
});
const visit = (started: string | null, ended: string | null, rest: Partial<CoverageVisit> = {}): CoverageVisit => ({
  ...{inspection_id: `X-${started}`, unit_code: "1", unit_name: "甲镇", covers_code: "1", kind: "全面", team_no: "第1组"},
  ...{
    extended_from: null,
    counts: true,
    started_on: started === null ? null : day(started),
    ended_on: ended === null ? null : day(ended)
  },
  ...{planned_from: null, planned_to: null, state: "已结束"},
  ...rest
});
const rule = (name: string, title: string): BookParameter => ({
  ...{name, title, doc: title, silent: false, clause: "三（一）", modality: "应当", word: null, lines: ["每几年一遍：2"]},
  ...{interpretation: [{question: "从哪一天起算", answer: "自2024年1月1日起", basis: "未写", decided_by: "样例单位"}]}
});
const silent = (name: string, title: string): BookParameter => ({name, title, doc: title, silent: true});

const TITLES = [
  ["cycle", "巡查周期"],
  ["round", "轮次"],
  ["month_quota", "每月次数"],
  ["year_quota", "每年户数"],
  ["exempt", "当年不再安排"],
  ["county_coverage", "县级全覆盖"]
] as const;

function data(rest: Partial<CoverageData> = {}, said: readonly string[] = ["cycle", "exempt"], words = {}): CoverageData {
  const space = {
    ...{id: "x", as_of: "2025-12-30", regime: {id: "r", title: "办法", words: {inspection: "巡查", unit: "巡查对象", ...words}}},
    secrecy: null
  };
  Object.assign(space.regime, {kinds: {全面: "全面巡查", 专项: "专项巡查"}, text: "全文"});
  return {
    space: space as unknown as CoverageData["space"],
    book: {
      text: "全文",
      parameters: TITLES.map(([name, title]) => (said.includes(name) ? rule(name, title) : silent(name, title)))
    },
    ...{units: [], quotas: [], rounds: [], counties: [], visits: [], paged: new Set(["1"])},
    ...rest
  };
}

describe("the sentence", () => {
  test("says how many of the cycle's units are covered, by when the others must be and who is being inspected", () => {
    const units = [covered("1"), unit("2"), unit("3", {state: "巡查中", rank_next: null})];
    expect(coverageSentence(data({units}))).toBe(
      "截至2025年12月30日，3个镇街在本周期（2024年1月1日至2025年12月31日）内已巡查1个；2个须在2025年12月31日前完成（其中1个正在巡查）。"
    );
    expect(coverageSentence(data({units: [covered("1"), covered("2")]}))).toBe(
      "截至2025年12月30日，2个镇街在本周期（2024年1月1日至2025年12月31日）内已巡查2个，全部完成。"
    );
  });

  test("tells apart units that the cycle is not for", () => {
    const free = {parameter: null, is_owed: false, next_by: null, unit_kind: "部门", stretch_from: day("2025-01-01")} as const;
    expect(coverageSentence(data({units: [covered("1"), covered("8", free), unit("9", free)]}))).toContain(
      "1个镇街在本周期（2024年1月1日至2025年12月31日）内已巡查1个，全部完成；2个部门本年已巡查1个，周期制度未规定。"
    );
  });

  test("tells of units that an earlier cycle left out", () => {
    const past = {stretch_from: day("2022-01-01"), stretch_to: day("2023-12-31"), is_current: false, next_by: day("2023-12-31")};
    expect(coverageSentence(data({units: [covered("1"), unit("1", past)]}))).toContain("；以往周期还有1个没有巡查。");
  });

  test("leaves out units that were merged", () => {
    const gone = unit("2", {state: "已撤并", is_owed: false, went_on: day("2025-07-01"), next_by: null});
    expect(coverageSentence(data({units: [covered("1"), gone]}))).toContain("1个镇街在本周期");
  });

  test("says of a round who is through, who was not there in the month, and how many counties were", () => {
    const of = (code: string, rest: Partial<CoverageUnit>) => covered(code, {parameter: "round", round_no: "1", ...rest});
    const units = [of("C1", {}), of("C2", {state: "未巡查", covered_on: null, next_by: day("2025-05-31")})];
    const other = unit("C9", {parameter: null, is_owed: false, next_by: null});
    expect(coverageSentence(data({units: [...units, other]}, ["round"], {unit: "被巡查市"}))).toContain(
      "；另有1个被巡查市不在本轮之列。"
    );
    const rounds = [round({}), round({unit_code: "C2", in_month: false, counties: null, counties_seen: null})];
    expect(coverageSentence(data({units, rounds}, ["round"], {unit: "被巡查市"}))).toBe(
      "截至2025年12月30日，第1轮应巡查的2个被巡查市已巡查1个；1个须在2025年5月31日前完成；1个没有在规定的月份进驻；所属2个县区覆盖1个。"
    );
  });

  test("says that there is no cycle, in the regime's own words, and counts months that are over", () => {
    const free = {parameter: null, is_owed: false, next_by: null} as const;
    const units = [covered("1", free), unit("2", {...free, state: "当年不再安排"})];
    const quotas = [
      quota("2025-10", 4),
      quota("2025-11", 3),
      quota("2025-12", 2),
      quota("2025-01", 53, {parameter: "year_quota", need: 100})
    ];
    expect(coverageSentence(data({units, quotas}, ["month_quota"], {inspection: "巡视（暗访）", unit: "被巡视单位"}))).toBe(
      "截至2025年12月30日，2个被巡视单位本年已巡视（暗访）1个，当年不再安排1个；本年已满的2个月中1个月达到每月至少4次；本月至今2次，须至少4次；本年已检查53户，须不少于100户；巡视（暗访）周期制度未规定。"
    );
  });

  test("says outside the office only that it may not be said", () => {
    const given = data();
    const secret = {...given, space: {...given.space, secrecy: {clause: "第九条（二）", what: ["人员", "时间"], until: true}}};
    expect(coverageSentence(secret)).toBe(
      "第九条（二）规定不得泄露人员、时间：巡查的安排、进度和次数只供办公室内部掌握，本页不列。"
    );
    const page = coveragePage(secret);
    expect(page.querySelectorAll(".xh-tile, svg, table[data-visit]")).toHaveLength(0);
    expect(page.textContent).toContain("文件规定的次数和范围");
  });
});

describe("a stretch", () => {
  test("counts both its ends as days and never more than there are", () => {
    const units = [covered("1"), unit("2", {state: "巡查中"})];
    expect(progressOf(units, "2024-01-01")).toMatchObject({need: 2, have: 1, under_way: 1, days: 731, passed: 1});
    expect(progressOf(units, "2025-12-31")?.passed).toBe(731);
    expect(progressOf(units, "2026-03-01")?.passed).toBe(731);
    expect(progressOf(units, "2023-12-31")?.passed).toBe(0);
    expect(progressOf([], "2025-12-31")).toBeNull();
  });

  test("lists those being inspected first, then by rank", () => {
    const units = [
      unit("A", {rank_next: 2}),
      covered("B"),
      unit("C", {rank_next: 1}),
      unit("D", {state: "巡查中", rank_next: null})
    ];
    expect(waitingUnits(units).map((u) => u.unit_code)).toEqual(["D", "C", "A"]);
  });

  test("is late the day after its last day, not on it", () => {
    expect(shownState(unit("1"), "2025-12-31")).toBe("未巡查");
    expect(shownState(unit("1"), "2026-01-01")).toBe("逾期未巡查");
    expect(shownState(covered("1"), "2026-01-01")).toBe("已巡查");
    expect([leftText("2025-12-30", day("2025-12-31")), leftText("2025-12-31", day("2025-12-31"))]).toEqual(["还有1天", "当日到期"]);
    expect(leftText("2026-01-02", day("2025-12-31"))).toBe("已过2天");
    expect(stateWord("逾期未巡查", {words: {inspection: "巡视（暗访）"}} as never)).toBe("逾期未巡视（暗访）");
  });
});

test("a month is short once it is over; before, it still lacks something", () => {
  expect(quotaState(quota("2025-11", 3), "2025-11-30")).toBe("少1次");
  expect(quotaState(quota("2025-11", 3), "2025-11-29")).toBe("还差1次");
  expect(quotaState(quota("2025-11", 4, {reached_on: day("2025-11-19")}), "2025-11-29")).toBe("19日达到");
});

describe("the calendar of teams", () => {
  const scale = {
    x: (n: number) => n * 3,
    label: (v: CoverageVisit) => v.unit_name,
    width: (text: string) => text.length * 12,
    right: 1e9
  };
  const year = {from: dayNumber("2025-01-01"), to: dayNumber("2025-12-31")};
  const teams = (visits: readonly CoverageVisit[], right = scale.right) =>
    ganttTeams(visits, year, "2025-12-30", {...scale, right});

  test("puts an inspection that would cover another's name on a line below", () => {
    const [team] = teams([visit("2025-03-03", "2025-03-07"), visit("2025-03-10", "2025-03-14"), visit("2025-04-14", "2025-04-18")]);
    expect(team?.bars.map((b) => b.line)).toEqual([0, 1, 0]);
    expect(team?.lines).toBe(2);
  });

  test("writes a name before its bar where the drawing ends", () => {
    const right = dayNumber("2026-01-01") * 3;
    const [team] = teams([visit("2025-12-20", "2025-12-20"), visit("2025-12-22", null, {state: "巡查中"})], right);
    expect(team?.bars.map((b) => [b.isBefore, b.line])).toEqual([
      [false, 0],
      [true, 1]
    ]);
    expect(team?.bars[1]?.done).toEqual({from: dayNumber("2025-12-22"), to: dayNumber("2025-12-30")});
  });

  test("orders teams by number, sets higher levels apart and leaves out other years", () => {
    const found = teams([
      visit("2025-03-03", "2025-03-07", {team_no: "第三组"}),
      visit("2025-03-03", "2025-03-07", {team_no: "第二组"}),
      visit("2025-03-03", "2025-03-07", {team_no: "第二组", extended_from: "省"}),
      visit(null, null, {team_no: null, planned_from: day("2025-12-29"), planned_to: day("2026-01-09"), state: "计划"}),
      visit("2024-03-03", "2024-03-07", {team_no: "第一组"})
    ]);
    expect(found.map((t) => t.name)).toEqual(["第二组", "第三组", "未编组", "省级延伸"]);
    expect(found[2]?.bars[0]).toMatchObject({plan: {to: year.to}, done: null});
    const long = [visit("2024-03-03", null, {planned_to: day("2024-02-09")})];
    expect([visitYears(long), visitSpan(long)]).toEqual([[2024], {from: dayNumber("2024-02-01"), to: dayNumber("2024-03-31")}]);
    expect(visitSpan([visit(null, null)])).toBeNull();
  });
});

describe("the page", () => {
  test("draws without any data, and says what the document does not ask", () => {
    const page = coveragePage(data({}, []));
    expect(page.textContent).toContain("没有要巡查的单位");
    expect(page.querySelector("[data-silent]")?.textContent).toContain("制度未规定：巡查周期、轮次、县级全覆盖");
    expect(page.textContent).not.toMatch(/undefined|NaN|null/);
  });

  test("shows one unit, and units of which all are exempt", () => {
    const exempt = {state: "当年不再安排", exempt_because: "省级当年已延伸巡查（三（一））", exempt_on: day("2025-04-14")} as const;
    const page = coveragePage(
      data({units: [unit("1", exempt)], visits: [visit("2025-04-14", "2025-04-18", {extended_from: "省", counts: false})]})
    );
    expect([...page.querySelectorAll(".xh-tile")].map((t) => t.textContent)).toEqual(["1镇当年不再安排"]);
    expect(page.querySelectorAll("tr[data-exempt]")).toHaveLength(1);
    expect(page.querySelector("tr[data-waiting]")?.textContent).toContain("仍须在本周期内巡查");
    expect(page.querySelector("[data-progress]")?.getAttribute("data-have")).toBe("0");
  });

  test("does without columns that the audience may not see", () => {
    const hidden = {covered_on: undefined, last_ended_on: undefined, planned_from: undefined} as object;
    const veiled = visit(null, null, {
      inspection_id: undefined,
      team_no: undefined,
      started_on: undefined,
      ended_on: undefined
    } as object);
    const page = coveragePage(data({units: [covered("1", hidden), unit("2", hidden)], visits: [veiled]}));
    expect(page.textContent).not.toMatch(/undefined|NaN|null/);
  });
});
