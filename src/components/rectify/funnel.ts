import {daysBetween} from "../format.js";
import type {Case, LoopFacts, Stage} from "./types.js";
import {median} from "./view.js";

/** How many findings came to a stage, and what became of them there. */
export interface Step extends Stage {
  readonly reached: readonly Case[];
  /** Those that came no further. */
  readonly waiting: readonly Case[];
  /** Of these, put right already: only the office's own step is missing. */
  readonly waiting_done: number;
  /** Middle of the calendar days they have been there; null without any, or where days are not shown. */
  readonly median_days: number | null;
  readonly skipped: readonly Case[];
  readonly reversed: readonly Case[];
}

/** A loop with its findings. */
export interface Funnel {
  readonly from_on: string;
  readonly to_on: string;
  readonly cases: readonly Case[];
  /** Findings of which no stage is recorded, as a step before the first; null without any. */
  readonly nowhere: Step | null;
  /** Findings that reached the last stage that is recorded. */
  readonly complete: readonly Case[];
  readonly steps: readonly Step[];
}

/** What stands for the stage of a finding of which none is recorded. */
export const NOWHERE = "没有环节记录";

const has = (bits: number | undefined, no: number) => Math.floor((bits ?? 0) / 2 ** no) % 2 === 1;

/**
 * The loops as funnels: findings stage by stage.
 * Shape: one funnel for each dated loop that some finding follows, or the last one; empty where the document lists no stages.
 * Units: calendar days up to `as_of`.
 */
export function funnelsOf({loops}: LoopFacts, cases: readonly Case[], as_of: string): Funnel[] {
  return loops.flatMap(({from_on, to_on, stages}, loop_no) => {
    const own = cases.filter((c) => c.standing?.loop_no === loop_no);
    if (own.length === 0 && loop_no < loops.length - 1) return [];
    const last = stages.findLast((s) => s.recorded_by !== null)?.stage_no ?? 0;
    const at = (no: number) => own.filter((c) => c.standing?.stage_no === no);
    const steps = stages.map((stage) => step(stage, own, stage.stage_no < last ? at(stage.stage_no) : [], as_of));
    return [
      {
        from_on,
        to_on,
        cases: own,
        nowhere: last > 0 && at(0).length > 0 ? step({stage_no: 0, stage: NOWHERE, recorded_by: null}, own, at(0), as_of) : null,
        complete: last > 0 ? at(last) : [],
        steps
      }
    ];
  });
}

function step(stage: Stage, own: readonly Case[], waiting: readonly Case[], as_of: string): Step {
  const no = stage.stage_no;
  const days = waiting.flatMap((c) => (c.standing?.waits_since ? [daysBetween(c.standing.waits_since, as_of)] : []));
  return {
    ...stage,
    reached: own.filter((c) => has(c.standing?.reached, no)),
    waiting,
    waiting_done: waiting.filter((c) => c.is_done).length,
    median_days: median(days),
    skipped: own.filter((c) => has(c.standing?.skipped, no)),
    reversed: own.filter((c) => has(c.standing?.reversed, no))
  };
}
