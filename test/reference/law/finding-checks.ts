// Findings: told in time, put right in order, by people who co-operate.
//
// Readings taken:
// - the day a stage was reached is the first of all its events; a later stage reached without an earlier one, or before it, is a
//   fault; stages that nothing records are passed over;
// - a finding limited in time needs all five; not known whether it was limited: no deadline and nothing said of 立即整改;
// - silence: no event of rectification at all, and the time of silence over since the deadline.

import {type Check, type Offending, told, unknown} from "./check.ts";
import type {Length} from "./clock.ts";
import {type Filter, fits} from "./finding-dues.ts";
import {at} from "./step-checks.ts";
import type {Cell, Line, World} from "./world.ts";

/** Each finding of the year looked at, with the value of a parameter on the day it was found. */
function each<T>(world: World, name: string, judge: (finding: Line, value: T) => Offending | null): (Offending | null)[] {
  return world.findings
    .filter((f) => world.isIn(String(f.found_on)))
    .map((f) => {
      const value = world.value<T>(name, String(f.found_on));
      return value === undefined ? null : judge(f, value);
    });
}

function enterprise(world: World): (Offending | null)[] {
  return each<{enterprise?: {before: string}}>(world, "finding_told", (f, value) => {
    const inspection = world.inspection(f.inspection_id);
    if (f.layer !== "企业" || !value.enterprise || !inspection) return null;
    const before = at(inspection, value.enterprise.before);
    if (before === null) return null;
    return told(f.finding_id, f.handed_on === null || String(f.handed_on) > String(before));
  });
}

function toldLate(world: World): (Offending | null)[] {
  return each<{findings?: Filter[]; promptly?: boolean; enterprise?: unknown}>(world, "finding_told", (f, value) => {
    if (!value.promptly || value.enterprise || (value.findings && !fits(f, value.findings))) return null;
    const {due_on} = world.undated(String(f.found_on));
    return told(f.finding_id, f.handed_on === null && due_on !== null && due_on < world.as_of);
  });
}

interface Loop {
  readonly stages: readonly string[];
  readonly maps?: Readonly<Record<string, string>>;
}

function order(world: World): (Offending | null)[] {
  return each<Loop>(world, "loop", (f, {stages, maps = {}}) => {
    const days = stages.flatMap((s) => (maps[s] === undefined ? [] : [stageDay(world, f, maps[s])]));
    const broken = days.some((day, n) => days.slice(n + 1).some((later) => later !== null && (day === null || day > later)));
    return told(f.finding_id, broken);
  });
}

/** The first day on which a finding was at a stage, by what records it. */
function stageDay(world: World, f: Line, map: string): string | null {
  const first = (days: Cell[]) =>
    days
      .filter((day) => day !== null)
      .map(String)
      .sort()[0] ?? null;
  if (map.startsWith("action.kind=")) {
    const kinds = map.slice("action.kind=".length).split("|");
    return first(
      world.actions.filter((a) => a.finding_id === f.finding_id && kinds.includes(String(a.kind))).map((a) => a.taken_on ?? null)
    );
  }
  if (!map.includes(".")) {
    const events = world.events.get(f.finding_id ?? null) ?? [];
    return first(events.filter((e) => e.stage === map).map((e) => e.on_date ?? null));
  }
  const inspection = world.inspection(f.inspection_id);
  const visit = world.visits.find((v) => v.visit_id === f.visit_id && f.visit_id !== null);
  switch (map.split(".")[0]) {
    case "finding":
      return first([at(f, map)]);
    case "inspection":
      return inspection ? first([at(inspection, map)]) : null;
    case "response":
      return first(
        world.responses.filter((r) => r.inspection_id === f.inspection_id && f.inspection_id !== null).map((r) => at(r, map))
      );
    default: {
      const cell = visit ? at(visit, map) : null;
      return cell === null || cell === false || !visit ? null : String(visit.visited_on);
    }
  }
}

function five(world: World): (Offending | null)[] {
  return each<{columns: Readonly<Record<string, string>>}>(world, "five_in_place", (f, {columns}) => {
    if (f.layer !== "企业" || f.fix_now === true) return null;
    if (f.fix_now === null && f.given_due_on === null) return unknown(f.finding_id);
    const missing = Object.values(columns).some((c) => (c === "finding.due_on" ? f.given_due_on : at(f, c)) === null);
    return told(f.finding_id, missing);
  });
}

function cooperating(world: World): (Offending | null)[] {
  return each<{categories?: string[]}>(world, "cooperate", (f, {categories = []}) =>
    told(f.finding_id, categories.includes(String(f.category)))
  );
}

function refusing(world: World): (Offending | null)[] {
  return each<{categories?: string[]; silent?: Length}>(world, "must_rectify", (f, {categories = [], silent}) => {
    const events = world.events.get(f.finding_id ?? null) ?? [];
    const last = silent && typeof f.due_on === "string" ? world.clock.last(f.due_on, silent).due_on : null;
    const still = last !== null && last < world.as_of && events.length === 0;
    return told(f.finding_id, (f.category !== null && categories.includes(String(f.category))) || still);
  });
}

const STAGES = ["清单", "诊断", "处置", "移交督办", "方案", "立行立改", "完成", "验收", "退回", "延期", "转入长期整改", "销号"];

export const findingChecks: readonly Check[] = [
  {id: "enterprise-finding-told", needs: "finding_told", when: (value) => value.enterprise !== undefined, rows: enterprise},
  {
    id: "finding-not-told",
    needs: "finding_told",
    when: (value) => value.promptly === true && value.enterprise === undefined,
    rows: toldLate
  },
  {
    id: "stage-order",
    needs: "loop",
    when: (value) => Object.values((value.maps ?? {}) as Record<string, string>).filter((map) => STAGES.includes(map)).length >= 2,
    rows: order
  },
  {id: "five-in-place", needs: "five_in_place", rows: five},
  {id: "not-cooperating", needs: "cooperate", when: (value) => value.categories !== undefined, rows: cooperating},
  {
    id: "refusing-to-rectify",
    needs: "must_rectify",
    when: (value) => value.categories !== undefined || value.silent !== undefined,
    rows: refusing
  }
];
