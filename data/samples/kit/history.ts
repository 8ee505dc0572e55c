import {addDays} from "./day.ts";
import type {Random} from "./random.ts";
import type {Row} from "./world.ts";

/** What becomes of a finding. */
export type Fate =
  | "closed" // done in time, then closed
  | "done" // done in time, not closed
  | "late" // done after the date, then closed
  | "open" // nothing done
  | "going" // a plan, not more
  | "returned" // done in time, sent back, done again
  | "at-once"; // put right on the spot

/** The stages an office writes down on the way. */
export interface Loop {
  /** Before the work: e.g. 清单 诊断 处置 移交督办, or 方案. Days after the finding at which they come. */
  readonly before: readonly (readonly [string, number])[];
  /** Whether what is put right on the spot goes through them too, the same day. */
  readonly evenAtOnce?: boolean;
  /** After 完成: whether an 验收 is written before 销号. */
  readonly accepted: boolean;
}

export interface Told {
  readonly finding_id: string;
  readonly found_on: string;
  readonly due_on: string;
}

/**
 * The dated events of a finding, in order, none before it was found.
 * Shape: rows of `rectification`; those that would fall after `asOf` by more than ten days are not known yet and left out.
 */
export function history({finding_id, found_on, due_on}: Told, fate: Fate, loop: Loop, asOf: string, r: Random): Row[] {
  const rows: Row[] = [];
  const put = (stage: string, on_date: string, more: Row = {}) => rows.push({finding_id, stage, on_date, seq_no: 1, ...more});
  const handler = r.pick(["经办甲", "经办乙", "经办丙"]);
  if (fate === "at-once") {
    if (loop.evenAtOnce) for (const [stage] of loop.before) put(stage, found_on, {handler});
    put("立行立改", found_on, {evidence: "现场照片", handler});
    put("销号", addDays(found_on, r.int(1, 9)), {handler, approved_by: "督办组长"});
    return seen(rows, asOf);
  }
  for (const [stage, after] of loop.before) put(stage, least(addDays(found_on, after), due_on), {handler});
  if (fate === "open") return seen(rows.slice(0, Math.max(0, loop.before.length - 2)), asOf);
  if (fate === "going") return seen(rows, asOf);
  const early = addDays(due_on, -r.int(0, 12));
  const done = fate === "late" ? addDays(due_on, r.int(1, 45)) : early < found_on ? due_on : early;
  const recorded = (day: string) =>
    `${addDays(day, r.chance(0.04) ? 41 : r.int(0, 3))} ${r.pick(["09:12", "10:40", "15:05", "16:30"])}`;
  if (fate === "returned") {
    const first = addDays(found_on, 3) < done ? addDays(found_on, 3) : found_on;
    put("完成", first, {evidence: "整改报告", handler});
    put("退回", addDays(first, 1), {handler, approved_by: "督办组长"});
    put("完成", addDays(done, 2), {seq_no: 2, evidence: "整改报告、照片", handler, recorded_at: recorded(addDays(done, 2))});
    put("销号", addDays(done, 9), {approved_by: "督办组长"});
    return seen(rows, asOf);
  }
  put("完成", done, {evidence: r.pick(["整改报告", "整改前后照片", "检测报告", "会议纪要"]), handler, recorded_at: recorded(done)});
  if (fate === "done") return seen(rows, asOf);
  if (loop.accepted) put("验收", addDays(done, r.int(1, 5)), {approved_by: "验收组"});
  put("销号", addDays(done, r.int(6, 14)), {approved_by: "督办组长", document_no: `销〔${done.slice(0, 4)}〕${r.int(1, 300)}号`});
  return seen(rows, asOf);
}

function least(a: string, b: string): string {
  return a < b ? a : b;
}

/** Events up to ten days after 统计截止日: an office's file is always a little newer than the day it is judged on. */
function seen(rows: Row[], asOf: string): Row[] {
  const last = addDays(asOf, 10);
  return rows.filter((row) => (row.on_date as string) <= last);
}

/** One event, for findings told by hand. @example event("MD-0001", "完成", "2025-05-06") */
export function event(finding_id: string, stage: string, on_date: string, more: Row = {}): Row {
  return {finding_id, stage, on_date, seq_no: 1, ...more};
}
