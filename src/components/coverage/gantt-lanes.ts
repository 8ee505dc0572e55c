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
  /** The label stands before the bar. */
  readonly isBefore: boolean;
}

export interface Team {
  readonly name: string;
  readonly bars: readonly Bar[];
  readonly lines: number;
}

/** Measures of a drawing, in its units. */
export interface GanttScale {
  /** Place of the morning of a day. */
  readonly x: (day: number) => number;
  readonly label: (visit: CoverageVisit) => string;
  /** Width of a label. */
  readonly width: (text: string) => number;
  readonly right: number;
}

/** Space between a bar, its label and the next bar. */
export const GAP = 4;

export function dayNumber(day: Date | string): number {
  return Math.round(Date.parse(isoDay(day)) / 86_400_000);
}

/** The years in which something was planned or done. */
export function visitYears(visits: readonly CoverageVisit[]): number[] {
  const days = visits.flatMap((v) => [v.started_on, v.ended_on, v.planned_from, v.planned_to]);
  return [...new Set(days.flatMap((d) => (d ? [Number(isoDay(d).slice(0, 4))] : [])))].toSorted();
}

/** The months in which something was planned or done, from the first to the end of the last; null without any. */
export function visitSpan(visits: readonly CoverageVisit[]): Span | null {
  const days = visits
    .flatMap((v) => [v.started_on, v.ended_on, v.planned_from, v.planned_to])
    .flatMap((d) => (d ? [isoDay(d)] : []));
  const [first, last] = [days.toSorted()[0], days.toSorted().at(-1)];
  if (first === undefined || last === undefined) return null;
  const [year = 0, month = 0] = last.split("-").map(Number);
  return {from: dayNumber(`${first.slice(0, 7)}-01`), to: Date.UTC(year, month, 0) / 86_400_000};
}

/** Who made an inspection: its team, or the level that extended it, whose teams are not this office's. */
export function teamName({team_no, extended_from}: CoverageVisit): string {
  if (extended_from !== null) return `${extended_from}${extended_from.length === 1 ? "级" : ""}延伸`;
  return team_no ?? "未编组";
}

/**
 * Teams with their inspections in a span, in the order of their numbers, those of higher levels last.
 * Shape: visits and the measures of the drawing in; teams without anything in the span are left out.
 * A label stands behind its bar, or before it where the drawing ends (`right`); bars that would touch another go to a line below.
 */
export function ganttTeams(
  visits: readonly CoverageVisit[],
  span: Span,
  as_of: string,
  {x, label, width, right}: GanttScale
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
          const [left, end] = [x(first(bar)), x(last(bar) + 1)];
          const text = GAP + width(bar.label);
          const isBefore = end + text > right;
          const free = ends.findIndex((taken) => taken <= (isBefore ? left - text : left));
          const line = free < 0 ? ends.length : free;
          ends[line] = (isBefore ? end : end + text) + GAP;
          return {...bar, line, isBefore};
        });
      return bars.length === 0 ? [] : [{name, bars, lines: ends.length}];
    });
}

/** The first day that a bar shows. */
export function first({plan, done}: Pick<Bar, "plan" | "done">): number {
  return Math.min(plan?.from ?? Number.POSITIVE_INFINITY, done?.from ?? Number.POSITIVE_INFINITY);
}

/** The last day that a bar shows. */
export function last({plan, done}: Pick<Bar, "plan" | "done">): number {
  return Math.max(plan?.to ?? 0, done?.to ?? 0);
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
