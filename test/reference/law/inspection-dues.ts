// What an inspection brings with it: report, approval, feedback, the unit's own reports, publication, archive.
//
// Readings taken:
// - a clock that the document gives a length is followed by the value in force on its start day; one without (undated) likewise;
// - the approval of the report and the approval that feedback waits for are two things where they have two columns;
// - a periodic report is owed from the latest report of either kind, once there is a first one, while any finding is open;
// - the last day for looking at oneself is the one before the planned beginning;
// - of a month without inspections no report could be seen;
// - an inspection that ended after the fixed day of as_of's month belongs to the next month, which has not come.

import type {Length} from "./clock.ts";
import {fixedDay, monthOf, plusDays, plusMonths} from "./clock.ts";
import type {Owed} from "./owed.ts";
import type {Line, World} from "./world.ts";

interface Clocked extends Partial<Length> {
  readonly start?: string;
  readonly done?: string;
}

/** A day of an inspection by `inspection.column`; null for another table's. */
function dayOf(inspection: Line, column: string | undefined): string | null {
  const [table, name = ""] = String(column).split(".");
  return table === "inspection" ? ((inspection[name] ?? null) as string | null) : null;
}

export function inspectionDues(world: World): Owed[] {
  return [
    ...world.own.flatMap((i) => [
      ...report(world, i),
      ...approvals(world, i),
      ...feedback(world, i),
      ...response(world, i),
      ...periodic(world, i),
      ...afterwards(world, i, "公布", "publish", (value) => value.after),
      ...afterwards(world, i, "归档", "archive", () => "inspection.ended_on"),
      ...afterwards(world, i, "通报组织部门", "organ_order", (value) => value.after)
    ]),
    ...monthly(world),
    ...selfCheck(world)
  ];
}

/** The clock of a parameter for an inspection: the newest value that its own start day has reached. */
function clocked(world: World, inspection: Line, name: string): {start: string; value: Clocked & Record<string, unknown>} | null {
  for (const {from, value} of (world.input.regime.parameters[name]?.values ?? []).toReversed()) {
    const timed = (value as Clocked).length !== undefined;
    const start = dayOf(inspection, timed ? (value as Clocked).start : "inspection.ended_on");
    if (start === null || start < from) continue;
    return timed ? {start, value: value as Clocked & Record<string, unknown>} : null;
  }
  return null;
}

function owed(
  inspection: Line,
  kind: string,
  parameter: string,
  rest: Pick<Owed, "start_on" | "due_on" | "done_on" | "is_read">
): Owed {
  return {kind, parameter, subject: String(inspection.inspection_id), ...rest};
}

function report(world: World, i: Line): Owed[] {
  const found = clocked(world, i, "report");
  if (!found) return [];
  const {due_on} = world.clock.last(found.start, found.value as Length);
  const done_on = dayOf(i, found.value.done ?? "inspection.reported_on");
  return [owed(i, "巡查报告", "report", {start_on: found.start, due_on, done_on})];
}

function approvals(world: World, i: Line): Owed[] {
  const reported = dayOf(i, "inspection.reported_on");
  if (reported === null) return [];
  const {due_on} = world.undated(reported);
  const columns = [
    ["feedback_order", world.value<{after: string}>("feedback_order", reported)?.after],
    ["report_approval", world.value<{column?: string}>("report_approval", reported)?.column]
  ] as const;
  return columns.flatMap(([parameter, column]) =>
    column === undefined
      ? []
      : [owed(i, "报告审定", parameter, {start_on: reported, due_on, done_on: dayOf(i, column), is_read: true})]
  );
}

function feedback(world: World, i: Line): Owed[] {
  const value = world.value<Clocked & {column: string}>("feedback", String(i.ended_on ?? world.anchor(i)));
  if (value === undefined || i.ended_on === null) return [];
  const done_on = dayOf(i, value.column);
  const found = clocked(world, i, "feedback");
  if (found) {
    const {due_on} = world.clock.last(found.start, found.value as Length);
    return [owed(i, "反馈", "feedback", {start_on: found.start, due_on, done_on})];
  }
  if (value.length !== undefined) return [];
  const waits = world.value<{after: string}>("feedback_order", world.anchor(i));
  const start = dayOf(i, waits ? waits.after : "inspection.ended_on");
  if (start === null) return [];
  return [owed(i, "反馈", "feedback", {start_on: start, due_on: world.undated(start).due_on, done_on, is_read: true})];
}

function responsesOf(world: World, i: Line): string[] {
  return world.responses.filter((r) => r.inspection_id === i.inspection_id).map((r) => `${r.submitted_on} ${r.kind}`);
}

function response(world: World, i: Line): Owed[] {
  const found = clocked(world, i, "rectify_report");
  if (!found) return [];
  const {due_on} = world.clock.last(found.start, found.value as Length);
  const first = responsesOf(world, i)
    .filter((r) => r.endsWith("首次"))
    .sort()[0];
  return [
    owed(i, "整改情况报告", "rectify_report", {
      start_on: found.start,
      due_on,
      done_on: first === undefined ? null : first.slice(0, 10)
    })
  ];
}

function periodic(world: World, i: Line): Owed[] {
  const responses = responsesOf(world, i).sort();
  const last = responses.at(-1)?.slice(0, 10);
  const open = world.findings.some((f) => f.inspection_id === i.inspection_id && f.done_on === null);
  if (last === undefined || !responses.some((r) => r.endsWith("首次")) || !open) return [];
  const value = world.value<{every: Length}>("periodic_report", last);
  if (!value) return [];
  const {due_on} = world.clock.last(last, value.every);
  return [owed(i, "后续定期报告", "periodic_report", {start_on: last, due_on, done_on: null})];
}

/** What follows a day of the inspection, without a time in the document. */
function afterwards(
  world: World,
  i: Line,
  kind: string,
  parameter: string,
  after: (value: {column?: string; after?: string}) => string | undefined
): Owed[] {
  const value = world.value<{column?: string; after?: string}>(parameter, world.anchor(i));
  const start = value?.column === undefined ? null : dayOf(i, after(value));
  if (start === null) return [];
  return [
    owed(i, kind, parameter, {
      start_on: start,
      due_on: world.undated(start).due_on,
      done_on: dayOf(i, value?.column),
      is_read: true
    })
  ];
}

/** The month's report, for the inspections that ended after the last one's day and by its own. */
function monthly(world: World): Owed[] {
  const value = world.value<{fixed_day: number; done?: string}>("monthly_report", world.as_of);
  if (!value) return [];
  const now = monthOf(world.as_of);
  const months = new Map<string, Line[]>([[now, []]]);
  for (const i of world.own) {
    if (typeof i.ended_on !== "string") continue;
    const own = monthOf(i.ended_on);
    const month = i.ended_on <= fixedDay(own, value.fixed_day) ? own : plusMonths(own, 1);
    if (month <= now) months.set(month, [...(months.get(month) ?? []), i]);
  }
  return [...months].map(([month, list]) => {
    const reported = list.map((i) => dayOf(i, value.done ?? "inspection.reported_on"));
    const done_on = list.length === 0 || reported.includes(null) ? null : (reported.sort().at(-1) ?? null);
    return {
      kind: "每月报告",
      parameter: "monthly_report",
      subject: month,
      start_on: null,
      due_on: fixedDay(month, value.fixed_day),
      done_on,
      is_known: list.length > 0
    };
  });
}

function selfCheck(world: World): Owed[] {
  return world.own
    .filter((i) => i.started_on === null && i.ended_on === null && typeof i.planned_from === "string")
    .filter((i) => world.value("self_check", String(i.planned_from)) !== undefined)
    .map((i) => ({
      ...owed(i, "自查", "self_check", {start_on: null, due_on: plusDays(String(i.planned_from), -1), done_on: null}),
      is_known: false
    }));
}
