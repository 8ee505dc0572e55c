// The steps of an inspection, in order and recorded.
//
// Readings taken:
// - what must be done before a day may not be done on it; what must not come after a day may;
// - an inspection announced by a notice on or before its first day was announced, whatever the flag says;
// - time on site runs to the end, or to as_of while there is none;
// - places: a record that is not numbered, not signed or signed by the wrong person; no signature known: not known;
// - a unit exempt: the other inspection began earlier in the same calendar year, at the same unit code;
// - counties: those below the inspected unit, at any depth, in use on the day it ended, the way up leading through the heirs of
//   units gone by then; a place or finding in a unit below counts.

import {Day} from "../value.ts";
import {type Check, type Offending, told} from "./check.ts";
import type {Length} from "./clock.ts";
import type {Cell, Line, World} from "./world.ts";

type Value = Readonly<Record<string, unknown>>;

/** Each inspection judged, with the value of a parameter on its day. */
function each<T>(world: World, name: string, judge: (inspection: Line, value: T) => Offending | null): (Offending | null)[] {
  return world.judged.map((i) => {
    const value = world.value<T>(name, world.anchor(i));
    return value === undefined ? null : judge(i, value);
  });
}

/** A column of a row by `table.column`. */
export function at(row: Line, column: unknown): Cell {
  return row[String(column).split(".")[1] ?? ""] ?? null;
}

function isDay(cell: Cell): cell is string {
  return typeof cell === "string";
}

/** Whether a day is missing or later than another; not judged while the other is missing. */
function missingOrLater(day: Cell, other: Cell): boolean {
  return isDay(other) && (!isDay(day) || day > other);
}

/** A check that a day is there and no later than another of the inspection. */
function notLater(id: string, needs: string, other: string): Check {
  return {
    id,
    needs,
    when: (value) => value.column !== undefined,
    rows: (world) =>
      each<Value>(world, needs, (i, {column}) => told(i.inspection_id, missingOrLater(at(i, column), i[other] ?? null)))
  };
}

/** A check that one day waits for another. */
function waits(id: string, needs: string): Check {
  return {
    id,
    needs,
    rows: (world) =>
      each<Value>(world, needs, (i, {after, column}) => told(i.inspection_id, missingOrLater(at(i, after), at(i, column))))
  };
}

function notice(world: World): (Offending | null)[] {
  return each<Value>(world, "notice", (i, {column, before = "inspection.started_on"}) => {
    const [told_on, limit] = [at(i, column), at(i, before)];
    return told(i.inspection_id, !isDay(told_on) || (isDay(limit) && told_on >= limit));
  });
}

function announced(world: World): (Offending | null)[] {
  return each<Value>(world, "unannounced", (i, {flag}) => {
    const kept = at(i, flag);
    const warned = isDay(i.notified_on ?? null) && String(i.notified_on) <= String(i.started_on);
    return told(i.inspection_id, warned || kept === false ? true : kept === null ? null : false);
  });
}

function onSite(world: World): (Offending | null)[] {
  return each<Length & Value>(world, "site_time", (i, value) => {
    const start = at(i, value.start);
    if (!isDay(start)) return null;
    const {due_on} = world.clock.last(start, value);
    return told(i.inspection_id, due_on === null ? null : String(i.ended_on ?? world.as_of) > due_on);
  });
}

/** Visits of the inspections judged, with the value of a parameter on the inspection's day. */
function visits<T>(world: World, name: string, judge: (visit: Line, value: T) => Offending | null): (Offending | null)[] {
  const judged = new Map(world.judged.map((i) => [i.inspection_id ?? null, i]));
  return world.visits.map((v) => {
    const i = judged.get(v.inspection_id ?? null);
    const value = i && world.value<T>(name, world.anchor(i));
    return value === undefined ? null : judge(v, value);
  });
}

function record(world: World): (Offending | null)[] {
  return visits<Value>(world, "record", (v, {no, signed, signer, signers}) => {
    const [signature, role] = [at(v, signed), at(v, signer)];
    if (at(v, no) === null || signature === false || (role !== null && !(signers as string[]).includes(String(role))))
      return told(v.visit_id, true);
    return told(v.visit_id, signature === null || role === null ? null : false);
  });
}

function slip(world: World): (Offending | null)[] {
  const withFindings = new Set(world.findings.map((f) => f.visit_id));
  return visits<Value>(world, "slip", (v, {no}) => told(v.visit_id, withFindings.has(v.visit_id ?? null) && at(v, no) === null));
}

function shown(flag: Cell): boolean | null {
  return flag === null ? null : flag === false;
}

function recording(world: World): (Offending | null)[] {
  const flags = (value: {flags: string[]}, table: string, row: Line) =>
    value.flags.filter((f) => f.startsWith(`${table}.`)).map((f) => shown(at(row, f)));
  const judge = (id: Cell | undefined, faults: (boolean | null)[]) =>
    faults.length === 0 ? null : told(id, faults.includes(true) ? true : faults.includes(null) ? null : false);
  return [
    ...each<{flags: string[]}>(world, "recording", (i, value) => judge(i.inspection_id, flags(value, "inspection", i))),
    ...visits<{flags: string[]}>(world, "recording", (v, value) => judge(v.visit_id, flags(value, "visit", v)))
  ];
}

interface Exempt {
  readonly by_extended: readonly string[];
  readonly by_kind: readonly string[];
  readonly bars: readonly string[];
  readonly unit_kinds?: readonly string[];
}

function exempt(world: World): (Offending | null)[] {
  const own = new Set(world.own);
  return each<Exempt>(world, "exempt", (i, {by_extended, by_kind, bars, unit_kinds}) => {
    const started = String(i.started_on);
    const kind = String(world.units.on(String(i.unit_code), Day.of(started))?.unit_kind ?? "");
    if (!bars.includes(String(i.kind)) || (unit_kinds && !unit_kinds.includes(kind))) return null;
    const earlier = world.inspections.some(
      (e) =>
        e.unit_code === i.unit_code &&
        isDay(e.started_on ?? null) &&
        String(e.started_on) < started &&
        String(e.started_on).slice(0, 4) === started.slice(0, 4) &&
        (by_extended.includes(String(e.extended_from)) || (own.has(e) && by_kind.includes(String(e.kind))))
    );
    return told(i.inspection_id, earlier);
  });
}

function counties(world: World): (Offending | null)[] {
  return world.judged.flatMap((i) => {
    const value = world.value<{unit_kinds: string[]}>("county_coverage", world.anchor(i));
    if (!value || !isDay(i.ended_on ?? null)) return [];
    const on = Day.of(String(i.ended_on));
    const above = (code: Cell | undefined): string[] => {
      const seen: string[] = [];
      for (let up = code ?? null; up !== null && !seen.includes(String(up)); ) {
        const version = world.units.on(String(up), on);
        const heir = world.units.heir(String(up), on);
        seen.push(String(up));
        up = version === null ? (heir === up ? null : heir) : ((version.parent_code ?? null) as Cell);
      }
      return seen;
    };
    const places = [...world.visits, ...world.findings]
      .filter((p) => p.inspection_id === i.inspection_id)
      .flatMap((p) => above(p.unit_code));
    const mine = world
      .unitsOn(String(i.ended_on), value.unit_kinds)
      .filter((u) => u.unit_code !== i.unit_code && above(u.unit_code).includes(String(i.unit_code)));
    return mine.map((u) => told(`${i.inspection_id}#${u.unit_code}`, !places.includes(String(u.unit_code))));
  });
}

function handling(world: World): (Offending | null)[] {
  return world.responses.map((r) => {
    const i = world.judged.find((each) => each.inspection_id === r.inspection_id);
    const value = i && world.value<{flag: string}>("handling_proposal", world.anchor(i));
    return value && r.kind === "首次" ? told(`${r.inspection_id}#${r.seq_no}`, shown(at(r, value.flag))) : null;
  });
}

export const stepChecks: readonly Check[] = [
  notLater("team-approval", "team_approval", "started_on"),
  notLater("plan-missing", "plan", "started_on"),
  notLater("training-missing", "training", "started_on"),
  notLater("announcement-missing", "announcement", "ended_on"),
  notLater("hotline-missing", "hotline", "ended_on"),
  notLater("report-unapproved", "report_approval", "reported_on"),
  waits("feedback-order", "feedback_order"),
  waits("organ-order", "organ_order"),
  {id: "notice-missing", needs: "notice", when: ({column}) => column !== undefined, rows: notice},
  {id: "visit-announced", needs: "unannounced", rows: announced},
  {id: "site-time", needs: "site_time", rows: onSite},
  {id: "record-unsigned", needs: "record", rows: record},
  {id: "slip-missing", needs: "slip", rows: slip},
  {
    id: "credentials-not-shown",
    needs: "credentials",
    rows: (world) => visits<Value>(world, "credentials", (v, {flag}) => told(v.visit_id, shown(at(v, flag))))
  },
  {id: "recording-missing", needs: "recording", rows: recording},
  {id: "exempt-inspected", needs: "exempt", rows: exempt},
  {id: "county-coverage", needs: "county_coverage", rows: counties},
  {id: "response-without-handling", needs: "handling_proposal", rows: handling}
];
