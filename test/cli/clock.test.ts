import {describe, expect, test} from "vitest";
import {type ClockOptions, clock, clockEffects, clockText} from "../../src/cli/clock.ts";
import {Fault} from "../../src/fault.ts";
import type {Regime} from "../../src/regime/types.ts";

const real = clockEffects();

async function faultOf(options: ClockOptions): Promise<string> {
  const error = await clock(options, real).then(
    () => null,
    (e: unknown) => e
  );
  expect(error).toBeInstanceOf(Fault);
  expect((error as Fault).exit).toBe(2);
  return (error as Fault).message;
}

describe("clock", () => {
  test("counts a length of one's own", async () => {
    const result = await clock({on: "2025-04-28", length: "5", unit: "workdays"}, real);
    expect(result).toMatchObject({due_on: "2025-05-08", state: "确定", clause: null});
    expect(Object.keys(result).sort()).toEqual(["clause", "due_on", "state", "steps"]);
  });

  test("moves a last day only when asked", async () => {
    const own = {on: "2025-08-01", length: "2", unit: "months"};
    expect((await clock(own, real)).due_on).toBe("2025-10-01");
    expect((await clock({...own, restDay: "顺延"}, real)).due_on).toBe("2025-10-09");
  });

  test.each([
    ["mudan-2023", "report", "2025-09-26", "2025-10-16", "三（三）4"],
    ["mudan-2023", "rectify_report", "2025-08-01", "2025-10-09", "三（三）5"],
    ["hunan-2021", "report", "2026-02-11", "2026-02-25", "三（三）4"],
    ["hunan-2021", "rectify_report", "2025-01-31", "2025-02-28", "三（三）6"],
    ["shandong-2018", "report", "2018-04-04", "2018-04-26", "方案五（一）"],
    ["shandong-2018", "periodic_report", "2018-06-30", "2018-09-30", "方案五（三）"],
    ["gongzhuling", "monthly_report", "2025-02-10", "2025-02-28", "第八条（二）"]
  ])("answers for %s %s from %s", async (regime, name, on, due_on, clause) => {
    expect(await clock({regime, clock: name, on}, real)).toMatchObject({due_on, state: "确定", clause});
  });

  test("shows the rule first, then the counting, then the readings it rests on", async () => {
    const {steps} = await clock({regime: "hunan-2021", clock: "rectify_report", on: "2025-01-31"}, real);
    expect(steps[0]).toMatch(/三（三）6：整改情况报告，自巡查的收到反馈日期起1个月内（/);
    expect(steps.at(-1)).toMatch(/^解释：/);
  });

  test("gives no due date before the notice exists", async () => {
    const result = await clock({regime: "mudan-2023", clock: "report", on: "2026-12-28"}, real);
    expect(result).toMatchObject({due_on: null, state: "未公布", clause: "三（三）4"});
    expect(clockText(result)).toMatch(/^未公布 {2}三（三）4\n {2}1\. /);
  });

  test("says 未规定 where the document is silent, and for an extract that it is one", async () => {
    expect(await clock({regime: "mudan-2023", clock: "finding_due", on: "2025-04-28"}, real)).toMatchObject({
      due_on: null,
      state: "未规定",
      clause: null
    });
    const {steps} = await clock({regime: "hainan-2016", clock: "report", on: "2025-04-28"}, real);
    expect(steps.join()).toContain("所据文本为网页摘录，未见此规定");
  });

  test("says 未规定 for a day before the rule, and follows the value in force on the start day", async () => {
    expect(await clock({regime: "mudan-2023", clock: "report", on: "2023-12-05"}, real)).toMatchObject({state: "未规定"});
    expect(await clock({regime: "mudan-2023", clock: "report", on: "2023-12-06"}, real)).toMatchObject({state: "确定"});
    const regime = real.regime("mudan-2023");
    const report = regime.parameters.report;
    if (!report) throw new Error("mudan-2023 has a report clock");
    const later: Regime = {
      ...regime,
      parameters: {
        ...regime.parameters,
        report: {
          ...report,
          values: [...report.values, {from: "2025-06-01", value: {start: "inspection.ended_on", length: 3, unit: "workdays"}}]
        }
      }
    };
    const effects = {...real, regime: () => later};
    const due = async (on: string) => (await clock({regime: "x", clock: "report", on}, effects)).due_on;
    expect([await due("2025-05-31"), await due("2025-06-01")]).toEqual(["2025-06-16", "2025-06-05"]);
  });

  test("prints date, state and numbered steps", async () => {
    expect(clockText(await clock({on: "2025-03-03", length: "1", unit: "days"}, real))).toBe(`2025-03-04（确定）
  1. 参照民法典第二百条至第二百零四条计算
  2. 2025年3月3日（星期一）起算，当日不计入
  3. 1日之后是2025年3月4日（星期二）
  4. 最后一日是2025年3月4日（星期二）
`);
  });

  test.each<[string, ClockOptions, string]>([
    ["no start day", {length: "5", unit: "days"}, "没有 --on；"],
    ["a start day that does not exist", {on: "2025-02-30", length: "5", unit: "days"}, "--on “2025-02-30”不是日期；"],
    ["no question", {on: "2025-04-28"}, "没有说明是哪个时限；"],
    ["a unit misspelt", {on: "2025-04-28", length: "5", unit: "workday"}, "--unit “workday”不对；是否指 workdays？"],
    ["no unit", {on: "2025-04-28", length: "5"}, "没有 --unit；"],
    ["length 0", {on: "2025-04-28", length: "0", unit: "days"}, "--length “0”不对；请给出1到999的整数"],
    ["a broken length", {on: "2025-04-28", length: "1.5", unit: "days"}, "--length “1.5”不对；"],
    ["no length", {on: "2025-04-28", unit: "days"}, "没有 --length；"],
    ["a rest day word unknown", {on: "2025-04-28", length: "5", unit: "days", restDay: "是"}, "--rest-day “是”不对；"],
    [
      "both questions",
      {on: "2025-04-28", regime: "mudan-2023", clock: "report", unit: "days"},
      "--unit 不能与 --regime、--clock 同时使用；"
    ],
    ["a clock without a regime", {on: "2025-04-28", clock: "report"}, "没有 --regime；"],
    [
      "a regime without a clock",
      {on: "2025-04-28", regime: "gongzhuling"},
      "没有 --clock；gongzhuling 的时限有：monthly_report（每月报告）"
    ],
    ["a clock misspelt", {on: "2025-04-28", regime: "mudan-2023", clock: "reprot"}, "没有时限 reprot；是否指 report？"],
    [
      "a parameter that is no clock",
      {on: "2025-04-28", regime: "mudan-2023", clock: "team_size"},
      "team_size（每组人数）不是时限；"
    ],
    ["an unknown regime", {on: "2025-04-28", regime: "mudan", clock: "report"}, "没有制度 mudan；"]
  ])("refuses %s", async (_, options, message) => {
    expect(await faultOf(options)).toContain(message);
  });
});
