// What the rectification events say about a finding.
//
// Readings taken:
// - 延期 counts when applied_on is not later than the deadline then in force (its last day belongs to a period), approved_by and document_no are filled and new_due_on
//   is later than that deadline; the first so many of them count; without a deadline nothing is extended;
// - a closed finding is 逾期销号 when done_on is after due_on; without a deadline nothing is late and is_due is not known;
// - five_missing: 时限 is blank when the finding brings no due_on of its own (fix_now is not looked at); joined by 、, null when
//   nothing is missing;
// - 30天以上 counts the thirtieth day.

import {STAGES} from "../../../src/contract/index.ts";
import {Fraction} from "../fraction.ts";
import {type Day, Day as DayOf, day, type Row, text} from "../value.ts";

const DONE = ["完成", "立行立改", "验收", "销号"];
const FIVE = [
  ["措施", "measure"],
  ["责任", "owner"],
  ["资金", "fund_wan"],
  ["时限", "due_on"],
  ["预案", "plan"]
] as const;

/** Events in the order they happened: day, stage of the contract's list, seq_no. */
export function inOrder(events: readonly Row[]): Row[] {
  const keys = (row: Row) => [
    day(row, "on_date")?.number ?? 0,
    (STAGES as readonly string[]).indexOf(text(row, "stage") ?? ""),
    row.seq_no instanceof Fraction ? Number(row.seq_no.num) : 0
  ];
  return [...events].sort((a, b) => {
    const [x, y] = [keys(a), keys(b)];
    const i = x.findIndex((key, n) => key !== y[n]);
    return i < 0 ? 0 : (x[i] ?? 0) - (y[i] ?? 0);
  });
}

/**
 * The derived columns of a finding that need its events alone; `events` in order, none later than `as_of`.
 * @param ruled the last day that the document gives a finding without a date of its own
 */
export function rectified(
  finding: Row,
  events: readonly Row[],
  as_of: Day,
  extension_max: number,
  ruled: Day | null = null
): Record<string, Row[string]> {
  const {due_on, due_source} = deadline(finding, events, extension_max, ruled);
  const returned = events.findLastIndex((event) => text(event, "stage") === "退回");
  const since = events.slice(returned + 1);
  const first = (stages: readonly string[]) => {
    const event = since.find((e) => stages.includes(text(e, "stage") ?? ""));
    return event ? day(event, "on_date") : null;
  };
  const [done_on, closed_on] = [first(DONE), first(["销号"])];
  const overdue = due_on === null ? null : Math.max(0, (done_on ?? as_of).number - due_on.number);
  const last = events.at(-1);
  return {
    given_due_on: finding.due_on ?? null,
    due_on,
    due_source,
    done_on,
    closed_on,
    is_done: done_on !== null,
    is_closed: closed_on !== null,
    is_due: due_on === null ? null : due_on.number < as_of.number,
    state: state({due_on, done_on, closed_on}, events, as_of),
    days_overdue: overdue === null ? null : Fraction.ratio(overdue),
    five_missing:
      FIVE.filter(([, column]) => (finding[column] ?? null) === null)
        .map(([word]) => word)
        .join("、") || null,
    last_stage: last ? text(last, "stage") : null,
    last_on: last ? day(last, "on_date") : null,
    late_recorded: events.some((event) => {
      const [recorded, on] = [text(event, "recorded_at"), day(event, "on_date")];
      return recorded !== null && on !== null && DayOf.of(recorded).number - on.number >= 30;
    })
  };
}

function deadline(
  finding: Row,
  events: readonly Row[],
  extension_max: number,
  ruled: Day | null
): {due_on: Day | null; due_source: string} {
  let due_on = day(finding, "due_on");
  let due_source = due_on === null ? "未规定" : "指定";
  if (due_on === null && finding.fix_now === true) [due_on, due_source] = [day(finding, "found_on"), "立即"];
  if (due_on === null && ruled !== null) [due_on, due_source] = [ruled, "制度"];
  let times = 0;
  for (const event of events) {
    const [applied, moved] = [day(event, "applied_on"), day(event, "new_due_on")];
    if (text(event, "stage") !== "延期" || due_on === null || applied === null || moved === null) continue;
    if (text(event, "approved_by") === null || text(event, "document_no") === null) continue;
    if (applied.number > due_on.number || moved.number <= due_on.number || times >= extension_max) continue;
    [due_on, due_source] = [moved, "延期"];
    times++;
  }
  return {due_on, due_source};
}

function state(
  {due_on, done_on, closed_on}: Record<"due_on" | "done_on" | "closed_on", Day | null>,
  events: readonly Row[],
  as_of: Day
): string {
  const late = due_on !== null && done_on !== null && done_on.number > due_on.number;
  if (closed_on !== null) return late ? "逾期销号" : "已销号";
  if (done_on !== null) return late ? "逾期整改" : "已整改";
  if (due_on !== null && due_on.number < as_of.number) return "逾期";
  return events.some((event) => text(event, "stage") !== "清单") ? "整改中" : "未到期";
}
