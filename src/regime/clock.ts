import {afterMonths, atFixedDay, atRestDay, beyondSchedule, counted, lastDay, started} from "./clock-words.ts";
import {addMonths, clampedDay, dayNumber, dayText} from "./day.ts";
import type {CalendarDay, ClockLength, Due} from "./types.ts";

/**
 * Last day of a period that starts the day after `start`.
 * Shape: one day in, one due date out; `steps` are Chinese sentences that a person can follow with a calendar on the wall.
 * State 未公布 (due_on null) when the schedule of a day it had to look at is not known: every day counted in workdays; with
 * 顺延 the last day and those it is moved over. Days and months without 顺延 need no schedule.
 * Units: workdays of the State Council's schedule (调休 days count), calendar days, or calendar months.
 * Errors: RangeError for a length below 1 or not whole, and for a start that is not a day.
 * Source: 民法典 第二百条至第二百零四条 (the same articles of 民法总则 before 2021); 3-regimes, Clocks.
 * @example dueDate(calendar, "2025-04-28", {length: 5, unit: "workdays"}).due_on // "2025-05-08"
 */
export function dueDate(calendar: readonly CalendarDay[], start: string, clock: ClockLength): Due {
  const {length} = clock;
  if (!Number.isInteger(length) || length < 1) throw new RangeError(`时限长度${length}不对，应为不小于1的整数`);
  const days = lookup(calendar);
  const from = dayNumber(start);
  const opening = started(start, clockBasis(start), clock);
  if (clock.unit === "workdays") return workdays(days, from, length, opening);
  const end = clock.unit === "days" ? dayText(from + length) : addMonths(start, length);
  const steps = [...opening, afterMonths(start, clock, end)];
  if (clock.rest_day !== "顺延") return certain(end, steps);
  const seen: CalendarDay[] = [];
  for (let n = dayNumber(end); ; n++) {
    const day = days(n);
    if (!day?.published) return unpublished(steps, dayText(n), seen);
    seen.push(day);
    if (day.is_workday) return certain(day.day, [...steps, ...atRestDay(seen)]);
  }
}

function workdays(days: (n: number) => CalendarDay | undefined, from: number, length: number, opening: readonly string[]): Due {
  const seen: CalendarDay[] = [];
  let left = length;
  for (let n = from + 1; ; n++) {
    const day = days(n);
    if (!day?.published) return unpublished([...opening, ...counted(seen, length)], dayText(n), seen);
    seen.push(day);
    if (day.is_workday) left--;
    if (left === 0) return certain(day.day, [...opening, ...counted(seen, length)]);
  }
}

function certain(due_on: string, steps: readonly string[]): Due {
  return {due_on, state: "确定", steps: [...steps, lastDay(due_on)]};
}

function unpublished(steps: readonly string[], at: string, seen: readonly CalendarDay[]): Due {
  return {due_on: null, state: "未公布", steps: [...steps, ...beyondSchedule(at, seen)]};
}

/** Days by number, in constant time: a calendar has no gaps. */
function lookup(calendar: readonly CalendarDay[]): (n: number) => CalendarDay | undefined {
  const first = calendar[0] ? dayNumber(calendar[0].day) : 0;
  return (n) => calendar[n - first];
}

/**
 * A day fixed by its number, as in “每月30前”: that day of the month, or the month's last day where there is none. Never moved
 * by rest days, so it is always certain.
 * Units: month as 2025-02, day of the month 1 to 31.
 * Errors: RangeError for a month or day that cannot be.
 * Source: 3-regimes, Clocks (公主岭 第八条（二）).
 * @example fixedDay("2025-02", 30).due_on // "2025-02-28"
 */
export function fixedDay(month: string, day: number): Due {
  if (!Number.isInteger(day) || day < 1 || day > 31) throw new RangeError(`每月${day}日不存在`);
  dayNumber(`${month}-01`);
  const [year = 0, number = 1] = month.split("-").map(Number);
  const due_on = clampedDay(year, number, day);
  return {due_on, state: "确定", steps: [...atFixedDay(day, due_on), lastDay(due_on)]};
}

/**
 * The law that periods are counted by, as a reference: the one in force on the start day.
 * @example clockBasis("2021-01-01") // "民法典第二百条至第二百零四条"
 */
export function clockBasis(start: string): string {
  if (start < "2017-10-01") return "民法通则第一百五十四条";
  return `${start < "2021-01-01" ? "民法总则" : "民法典"}第二百条至第二百零四条`;
}

/** What a parameter's value says about time: a length, a fixed day of each month, or neither. */
export type ClockValue = ClockLength | {readonly fixed_day: number};

/**
 * The clock in a parameter's value, or null when it holds none; `every` (后续定期报告) counts from the report before.
 * @example clockValue({start: "inspection.ended_on", length: 10, unit: "workdays"}) // {length: 10, unit: "workdays"}
 */
export function clockValue(value: unknown): ClockValue | null {
  if (typeof value !== "object" || value === null) return null;
  const {length, unit, rest_day, fixed_day, every} = value as Partial<ClockLength> & {fixed_day?: number; every?: unknown};
  if (typeof fixed_day === "number") return {fixed_day};
  if (typeof length === "number" && unit) return {length, unit, ...(rest_day ? {rest_day} : {})};
  return every === undefined ? null : clockValue(every);
}
