import {afterAll, beforeAll, expect, it} from "vitest";
import {reportDue} from "../../../src/export/document/deadline.ts";
import {feedback} from "../../../src/export/document/feedback.ts";
import {type Inspected, inspectionFor} from "../../../src/export/document/inspected.ts";
import {notice} from "../../../src/export/document/notice.ts";
import type {Block} from "../../../src/export/official/document.ts";
import {openScored, type Scored} from "../../../src/warehouse/scored.ts";
import {loadedSample} from "../../samples/loaded.ts";

let scored: Scored;
let inspected: Inspected;
beforeAll(async () => {
  // A day before the notice of this inspection was approved.
  scored = await openScored(await loadedSample("shandong-2018"), {as_of: "2018-05-01"});
  inspected = await inspectionFor(scored, "SX-01", "反馈意见");
});
afterAll(() => scored.close());

function words(blocks: readonly Block[]): string {
  return blocks.map((block) => (block.kind === "text" ? block.text : "")).join("\n");
}

it("marks a notice and a feedback that wait for the committee's approval, and says that they may not go out", async () => {
  expect(inspected.notice_approved_on).toBe(null);
  const paper = await notice.make(scored, {inspection: "SX-01"});
  expect(paper.marks).toEqual(["整改通知未批准"]);
  expect(words(paper.body)).toContain("本通知尚未经省政府安委会批准，不得印发（《实施方案》第五部分第（二）项）。");
  const told = await feedback.make(scored, {inspection: "SX-01"});
  expect(told.marks).toEqual(["整改通知未批准"]);
  expect(words(told.body)).toContain("整改通知尚未经省政府安委会批准，本件不得反馈");
});

it("tells the period without a day while the receipt is not recorded", () => {
  const told = words(reportDue(scored, inspected, "反馈意见"));
  expect(told).toContain("请于收到反馈意见后2个月内将整改落实情况书面报送省政府安委会（《实施方案》第五部分第（三）项）。");
  expect(told).toContain("期限自收到反馈意见的次日起算，收到当日不计入；末日为休息日的，顺延至下一个工作日。");
});

it("tells how the last day follows from the receipt, and where it is moved over rest days", () => {
  const due = (day: string) => words(reportDue(scored, {...inspected, feedback_received_on: day}, "反馈意见"));
  expect(due("2018-05-09")).toContain(
    "2018年5月9日收到，当日不计入；2个月之后的对应日是2018年7月9日（星期一），该日是工作日，不顺延；期限末日为2018年7月9日。"
  );
  expect(due("2018-08-01")).toMatch(/国庆节?放假，顺延到下一个工作日.*期限末日为2018年10月8日/);
  // 30 September 2018 was a Sunday on which people worked.
  expect(due("2018-07-31")).toMatch(/9月没有31日.*调休上班，不顺延；期限末日为2018年9月30日/);
  expect(due("2018-12-31")).toContain("2个月之后的2019年2月没有31日，取该月最后一日");
});

it("gives no day where the schedule of holidays is not published", () => {
  const told = words(reportDue(scored, {...inspected, feedback_received_on: "2039-05-09"}, "反馈意见"));
  expect(told).toContain("期限末日待放假安排公布后确定");
  expect(told).not.toContain("calendars/");
});
