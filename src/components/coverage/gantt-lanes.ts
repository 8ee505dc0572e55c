import {isoDay} from "../format.js";
import type {CoverageVisit} from "./types.js";

/** Days as numbers since 1970, both ends belonging to the span. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** An inspection as a team's calendar shows it: what was planned, what was done; clipped to the span shown. */
export interface Bar {
  readonly visit: CoverageVisit;
  readonly label: string;
  readonly plan: Span | null;
  readonly done: Span | null;
  /** Line within the team, so that bars and names do not cover each other. */
  readonly line: number;
}

export interface Team {
  readonly name: string;
  readonly bars: readonly Bar[];
  readonly lines: number;
}

export function dayNumber(day: Date | string): number {
  return Math.round(Date.parse(isoDay(day)) / 86_400_000);
}

/** The years in which something was planned or done. */
export function visitYears(visits: readonly CoverageVisit[]): number[] {
  const days = visits.flatMap((v) => [v.started_on, v.ended_on, v.planned_from, v.planned_to]);
  return [...new Set(days.flatMap((d) => (d ? [Number(isoDay(d).slice(0, 4))] : [])))].toSorted();
}

/** Who made an inspection: its team, or the level that extended it, whose teams are not this office's. */
export function teamName({team_no, extended_from}: CoverageVisit): string {
  if (extended_from !== null) return `${extended_from}${extended_from.length === 1 ? "级" : ""}延伸`;
  return team_no ?? "未编组";
}

/**
 * Teams with their inspections in a span, in the order of their numbers, those of higher levels last.
 * Shape: visits in; `x` gives the place of the morning of a day, `width` that of a label, both in the drawing's units.
 * Bars that would touch another bar or its label go to a line below.
 */
export function ganttTeams(
  visits: readonly CoverageVisit[],
  span: Span,
  as_of: string,
  {x, label, width}: {x: (day: number) => number; label: (visit: CoverageVisit) => string; width: (text: string) => number}
): Team[] {
  const teams = new Map<string, CoverageVisit[]>();
  for (const visit of visits) teams.set(teamName(visit), [...(teams.get(teamName(visit)) ?? []), visit]);
  const isOwn = (name: string) => teams.get(name)?.[0]?.extended_from === null;
  return [...teams.keys()]
    .toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)) || numbered(a).localeCompare(numbered(b), "zh", {numeric: true}))
    .flatMap((name) => {
      const ends: number[] = [];
      const bars = (teams.get(name) ?? [])
        .map((visit) => ({visit, label: label(visit), plan: clip(planOf(visit), span), done: clip(doneOf(visit, as_of), span)}))
        .filter((b) => b.plan !== null || b.done !== null)
        .toSorted((a, b) => first(a) - first(b))
        .map((bar): Bar => {
          const last = Math.max(bar.plan?.to ?? 0, bar.done?.to ?? 0) + 1;
          const begin = x(first(bar));
          const free = ends.findIndex((end) => end <= begin);
          const line = free < 0 ? ends.length : free;
          ends[line] = x(last) + 4 + width(bar.label) + 6;
          return {...bar, line};
        });
      return bars.length === 0 ? [] : [{name, bars, lines: ends.length}];
    });
}

function first({plan, done}: Pick<Bar, "plan" | "done">): number {
  return Math.min(plan?.from ?? Number.POSITIVE_INFINITY, done?.from ?? Number.POSITIVE_INFINITY);
}

function planOf({planned_from, planned_to}: CoverageVisit): Span | null {
  const from = planned_from ?? planned_to;
  return from ? {from: dayNumber(from), to: dayNumber(planned_to ?? from)} : null;
}

/** What was done by the day; an inspection under way reaches it. */
function doneOf({started_on, ended_on}: CoverageVisit, as_of: string): Span | null {
  const from = started_on ?? ended_on;
  return from ? {from: dayNumber(from), to: dayNumber(ended_on ?? as_of)} : null;
}

function clip(part: Span | null, span: Span): Span | null {
  if (part === null || part.to < span.from || part.from > span.to) return null;
  return {from: Math.max(part.from, span.from), to: Math.min(part.to, span.to)};
}

/** 第三组 sorts as 第3组. */
function numbered(name: string): string {
  return name.replace(/[一二三四五六七八九十]/g, (digit) => String("一二三四五六七八九十".indexOf(digit) + 1));
}
