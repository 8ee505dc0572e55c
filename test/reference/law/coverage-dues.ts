// Whom the inspections must reach, how often, by when.
//
// Readings taken:
// - the cycles are those that touch the days from the year's beginning to as_of, none before the document's first; a unit in use on as_of owes its cover by the cycle's end,
//   whenever it came; an inspection of a unit that was merged since covers its heir;
// - a 回头看, also one extended from above, covers nothing;
// - the share of a year counts units by the same kinds of inspection as the cycle;
// - a trip is a trip_no, else a day and a team; an inspection without visits is one by the day it started, and the same trip as
//   visits of that day and team; a trip seen on several days of a month is made on the first;
// - a place is a credit code, else a name; it is reached on the first day it was looked at;
// - a unit of the round is reached on the day the first inspection of that round began, wherever the month.

import {Day} from "../value.ts";
import {lastOfMonth, monthOf, plusDays} from "./clock.ts";
import type {Owed} from "./owed.ts";
import type {Line, World} from "./world.ts";

interface Counting {
  readonly counts?: readonly string[];
  readonly extended_counts?: boolean;
  readonly unit_kinds?: readonly string[];
}

export interface Round extends Counting {
  readonly round_no: string;
  readonly year: number;
  readonly groups: readonly {readonly month: string; readonly units: readonly string[]}[];
}

export function coverageDues(world: World): Owed[] {
  return [...monthQuota(world), ...yearQuota(world), ...cycle(world), ...share(world), ...round(world), ...liaison(world)];
}

/** The n-th of some days, or null when there are fewer. */
function nth(days: Iterable<string>, n: number): string | null {
  return [...days].sort()[n - 1] ?? null;
}

/** The first day of each thing. */
function firstDays(things: readonly (readonly [string, string])[]): Map<string, string> {
  const days = new Map<string, string>();
  for (const [key, day] of things) if (day < (days.get(key) ?? "9999")) days.set(key, day);
  return days;
}

function visitsOfOwn(world: World): (readonly [Line, Line])[] {
  const own = new Map(world.own.map((i) => [i.inspection_id ?? null, i]));
  return world.visits.flatMap((v) => {
    const i = own.get(v.inspection_id ?? null);
    return i ? [[v, i] as const] : [];
  });
}

function monthQuota(world: World): Owed[] {
  const visits = visitsOfOwn(world);
  const visited = new Set(visits.map(([, i]) => i.inspection_id));
  const group = (day: string, i: Line) => JSON.stringify([day, i.team_no ?? null]);
  const trips = [
    ...visits.map(
      ([v, i]) => [v.trip_no === null ? group(String(v.visited_on), i) : String(v.trip_no), String(v.visited_on)] as const
    ),
    ...world.own
      .filter((i) => i.started_on !== null && !visited.has(i.inspection_id))
      .map((i) => [group(String(i.started_on), i), String(i.started_on)] as const)
  ];
  return months(world).flatMap((month) => {
    const due_on = lastOfMonth(month);
    const value = world.value<{trips: number}>("month_quota", due_on);
    if (!value) return [];
    const done_on = nth(firstDays(trips.filter(([, day]) => monthOf(day) === month)).values(), value.trips);
    return [{kind: "每月次数", parameter: "month_quota", subject: month, start_on: null, due_on, done_on}];
  });
}

/** Months of the year up to the current one. */
function months({year, as_of}: World): string[] {
  return Array.from({length: 12}, (_, m) => `${year}-${String(m + 1).padStart(2, "0")}`).filter((m) => m <= monthOf(as_of));
}

function yearQuota(world: World): Owed[] {
  const due_on = `${world.year}-12-31`;
  const value = world.value<{places: number}>("year_quota", due_on);
  if (!value) return [];
  const places = visitsOfOwn(world)
    .map(([v]) => [String(v.credit_code ?? v.place_name), String(v.visited_on)] as const)
    .filter(([, day]) => day.startsWith(String(world.year)));
  const done_on = nth(firstDays(places).values(), value.places);
  return [{kind: "每年户数", parameter: "year_quota", subject: String(world.year), start_on: null, due_on, done_on}];
}

/** The cycles, from the first that the document knows, that touch the days from the year's beginning to as_of. */
function cyclesOf({start, years}: {start: string; years: number}, {from, as_of}: World): (readonly [string, string])[] {
  const stretches: (readonly [string, string])[] = [];
  for (let at = Day.of(start); at.toString() <= as_of; at = at.plusMonths(years * 12)) {
    const last = plusDays(at.plusMonths(years * 12).toString(), -1);
    if (last >= from) stretches.push([at.toString(), last]);
  }
  return stretches;
}

/** The first day each unit was covered in a stretch, by unit_code of today. */
function covered(world: World, {counts, extended_counts}: Counting, [from, to]: readonly [string, string]): Map<string, string> {
  const own = new Set(world.own);
  return firstDays(
    world.inspections
      .filter((i) => own.has(i) || (extended_counts === true && i.extended_from !== null && !world.again.has(String(i.kind))))
      .filter((i) => counts === undefined || counts.includes(String(i.kind)))
      .flatMap((i) =>
        typeof i.ended_on === "string" && from <= i.ended_on && i.ended_on <= to
          ? [[world.heir(i.unit_code), i.ended_on] as const]
          : []
      )
  );
}

function kindsOf(world: World, value: Counting): readonly string[] {
  return (
    value.unit_kinds ?? world.value<{unit_kinds: string[]}>("targets", world.as_of)?.unit_kinds ?? world.input.regime.unit_kinds
  );
}

/** Every unit in each cycle. */
function cycle(world: World): Owed[] {
  const value = world.value<Counting & {start: string; years: number}>("cycle", world.as_of);
  if (!value) return [];
  const mine = world.unitsOn(world.as_of, kindsOf(world, value));
  return cyclesOf(value, world).flatMap((stretch) => {
    const days = covered(world, value, stretch);
    return mine.map(({unit_code}) => ({
      kind: "周期巡查",
      parameter: "cycle",
      subject: String(unit_code),
      start_on: stretch[0],
      due_on: stretch[1],
      done_on: days.get(String(unit_code)) ?? null
    }));
  });
}

function share(world: World): Owed[] {
  const due_on = `${world.year}-12-31`;
  const value = world.value<Counting & {at_least: number}>("yearly_share", due_on);
  if (!value) return [];
  const counting = world.value<Counting>("cycle", due_on) ?? {};
  const days = covered(world, counting, [world.from, due_on]);
  const mine = world.unitsOn(world.as_of, kindsOf(world, value)).flatMap((u) => days.get(String(u.unit_code)) ?? []);
  const done_on = nth(mine, value.at_least);
  return [{kind: "每年部分", parameter: "yearly_share", subject: String(world.year), start_on: null, due_on, done_on}];
}

function round(world: World): Owed[] {
  const value = world.value<Round>("round", world.as_of);
  if (!value) return [];
  const began = firstDays(
    world.own
      .filter((i) => i.round_no === value.round_no && (value.counts?.includes(String(i.kind)) ?? true))
      .flatMap((i) => (typeof i.started_on === "string" ? [[world.heir(i.unit_code), i.started_on] as const] : []))
  );
  return value.groups.flatMap(({month, units}) =>
    units.map((name) => {
      const code = world.heir(world.input.named_units?.[name] ?? name);
      const done_on = began.get(code) ?? null;
      return {kind: "本轮巡查", parameter: "round", subject: code, start_on: `${month}-01`, due_on: lastOfMonth(month), done_on};
    })
  );
}

function liaison(world: World): Owed[] {
  const due_on = world.value<{list_by?: string}>("liaison", world.as_of)?.list_by;
  if (due_on === undefined) return [];
  return [{kind: "联络名单", parameter: "liaison", subject: "liaison", start_on: null, due_on, done_on: null, is_known: false}];
}
