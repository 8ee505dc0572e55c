// What a finding brings with it: its own deadline, and what the office must do about grave, late or criminal ones.
//
// Readings taken:
// - a filter's keys must all contain the finding's value; no value never fits, except that a finding without nature counts as
//   事故隐患 where the filter also asks for a hazard level; a parameter without filters concerns nothing;
// - putting right and closing are owed for findings of higher levels too; the rest only for the office's own;
// - what counts as done is the first such action, whenever it was taken, except a 约谈 for lateness: after it became owed;
// - a finding is one matter: late first, else sent back; 整改不力 is its last 退回; put right before the 约谈 is due, it needs none.

import type {Owed} from "./owed.ts";
import type {Line, World} from "./world.ts";

export type Filter = Readonly<Record<string, readonly string[]>>;

export function fits(finding: Line, filters: readonly Filter[]): boolean {
  return filters.some((filter) =>
    Object.entries(filter).every(([column, values]) => {
      const value = finding[column] ?? null;
      if (value === null && column === "nature") return values.includes("事故隐患") && filter.hazard_level !== undefined;
      return value !== null && values.includes(String(value));
    })
  );
}

/** Findings that a parameter's filters take, with its value on the day they were found. */
export function concerned<T>(world: World, name: string): (readonly [Line, T])[] {
  if (!world.binds(name)) return [];
  return world.findings.flatMap((f) => {
    const value = world.value<T & {findings?: Filter[]}>(name, String(f.found_on));
    return value !== undefined && fits(f, value.findings ?? []) ? [[f, value] as const] : [];
  });
}

interface Acting {
  readonly action?: string;
}

export function findingDues(world: World): Owed[] {
  return [
    ...world.allFindings.map((f) =>
      owed(f, "问题整改", f.due_source === "制度" ? "finding_due" : "due_on", String(f.found_on), f.due_on, f.done_on)
    ),
    ...closing(world),
    ...grave(world, "挂牌督办", "list_major", (f, {action}) =>
      firstAction(world, (a) => a.kind === action && a.finding_id === f.finding_id)
    ),
    ...grave(world, "书面报告", "report_major", (f, {action}) =>
      firstAction(world, (a) => a.kind === action && (a.finding_id === f.finding_id || isOfInspection(a, f)))
    ).filter(({parameter}) => parameter === "report_major"),
    ...lateOnes(world),
    ...grave(world, "约谈", "summon", (f) =>
      firstAction(
        world,
        (a) => a.kind === "约谈" && (a.finding_id === f.finding_id || (isOfInspection(a, f) && a.unit_code === f.unit_code))
      )
    ),
    ...summoned(world),
    ...grave(world, "移交", "hand_over", (f, {action}) => {
      const kinds = [action, "移送纪检监察", "立案", "行政处罚"];
      const taken = firstAction(world, (a) => kinds.includes(String(a.kind)) && a.finding_id === f.finding_id);
      const staged = (world.events.get(f.finding_id ?? null) ?? [])
        .filter((e) => e.stage === "移交督办")
        .map((e) => String(e.on_date));
      return [taken, ...staged].filter((day) => day !== null).sort()[0] ?? null;
    }),
    ...grave(world, "移送纪检监察", "hand_over_discipline", (f, {action}) =>
      firstAction(world, (a) => a.kind === action && a.finding_id === f.finding_id)
    ),
    ...grave(world, "曝光", "expose", (f, {action}) =>
      firstAction(world, (a) => a.kind === action && a.finding_id === f.finding_id)
    )
  ];
}

function owed(
  finding: Line,
  kind: string,
  parameter: string,
  start_on: string,
  due_on: Line[string] | undefined,
  done_on: Line[string] | undefined
): Owed {
  const [due, done] = [due_on ?? null, done_on ?? null] as [string | null, string | null];
  return {kind, parameter, subject: String(finding.finding_id), start_on, due_on: due, done_on: done, is_read: kind !== "问题整改"};
}

function firstAction(world: World, wanted: (action: Line) => boolean): string | null {
  return (
    world.actions
      .filter(wanted)
      .map((a) => String(a.taken_on))
      .sort()[0] ?? null
  );
}

/** An action about the whole inspection that a finding belongs to. */
function isOfInspection(action: Line, finding: Line): boolean {
  return action.finding_id === null && action.inspection_id !== null && action.inspection_id === finding.inspection_id;
}

function grave(world: World, kind: string, parameter: string, done: (finding: Line, value: Acting) => string | null): Owed[] {
  return concerned<Acting>(world, parameter).flatMap(([f, value]) => {
    if (parameter === "report_major" && value.action === undefined) return [];
    const start = String(f.found_on);
    return [owed(f, kind, parameter, start, world.undated(start).due_on, done(f, value))];
  });
}

/** 销号 of what is done, where the loop ends in it. */
function closing(world: World): Owed[] {
  return world.allFindings.flatMap((f) => {
    if (typeof f.done_on !== "string") return [];
    const loop = world.value<{stages: string[]; maps?: Record<string, string>}>("loop", String(f.found_on));
    if (loop?.maps?.[loop.stages.at(-1) ?? ""] !== "销号") return [];
    return [owed(f, "验收销号", "loop", f.done_on, world.undated(f.done_on).due_on, f.closed_on)];
  });
}

function lateOnes(world: World): Owed[] {
  if (!world.binds("summon_late")) return [];
  return world.findings.flatMap((f) => {
    const value = world.value<{when: string[]}>("summon_late", String(f.found_on));
    if (!value) return [];
    const start = summonedFrom(world, f, value.when);
    if (start === null) return [];
    const {due_on} = world.undated(start);
    if (due_on !== null && f.done_on !== null && String(f.done_on) < due_on) return [];
    const done = firstAction(world, (a) => a.kind === "约谈" && String(a.taken_on) > start && names(a, f));
    return [owed(f, "约谈", "summon_late", start, due_on, done)];
  });
}

/** The day whose passing calls for a 约谈. */
function summonedFrom(world: World, f: Line, when: readonly string[]): string | null {
  const due = f.due_on as string | null;
  if (due !== null && String(f.done_on ?? world.as_of) > due) return due;
  if (!when.includes("整改不力")) return null;
  const returned = (world.events.get(f.finding_id ?? null) ?? []).findLast((e) => e.stage === "退回");
  return returned ? String(returned.on_date) : null;
}

/** Whether a 约谈 is about a finding, its inspection, or its unit. */
function names(action: Line, f: Line): boolean {
  if (action.finding_id !== null) return action.finding_id === f.finding_id;
  return action.inspection_id === null ? action.unit_code === f.unit_code : action.inspection_id === f.inspection_id;
}

function summoned(world: World): Owed[] {
  return world.actions.flatMap((a) => {
    const taken = String(a.taken_on);
    if (a.kind !== "约谈" || world.value("summon_report", taken) === undefined) return [];
    const done_on = (a.closed_on ?? (a.result === null ? null : taken)) as string | null;
    const {due_on} = world.undated(taken);
    return [
      {
        kind: "约谈落实情况",
        parameter: "summon_report",
        subject: String(a.action_id),
        start_on: taken,
        due_on,
        done_on,
        is_read: true
      }
    ];
  });
}
