// Last days of periods, counted on the published calendar one day at a time.
//
// Readings taken (民法典 第二百条至第二百零四条; 3-regimes, Clocks):
// - the start day is not counted and need not be published; every day counted, or looked at for 顺延, must be;
// - days and months without 顺延 look at no schedule, so they are always certain.

import {Day} from "../value.ts";

/** One day of the calendar as published. */
export interface Published {
  readonly day: string;
  readonly is_workday: boolean;
  readonly published: boolean;
}

export interface Length {
  readonly length: number;
  readonly unit: "workdays" | "days" | "months";
  readonly rest_day?: string;
}

/** A last day, or null where the schedule is not known. */
export interface LastDay {
  readonly due_on: string | null;
  readonly state: "确定" | "未公布" | "未规定";
}

export const SILENT: LastDay = {due_on: null, state: "未规定"};
const UNKNOWN: LastDay = {due_on: null, state: "未公布"};

/** Counts on a calendar. */
export class Clock {
  private readonly days: ReadonlyMap<string, Published>;

  constructor(calendar: readonly Published[]) {
    this.days = new Map(calendar.map((each) => [each.day, each]));
  }

  /** The last day of a period that begins the day after `start`. */
  last(start: string, {length, unit, rest_day}: Length): LastDay {
    if (unit === "workdays") return this.walk(plusDays(start, 1), length);
    const end = unit === "days" ? plusDays(start, length) : Day.of(start).plusMonths(length).toString();
    return rest_day === "顺延" ? this.walk(end, 1) : {due_on: end, state: "确定"};
  }

  /** The n-th workday from a day on, that day included. */
  private walk(from: string, n: number): LastDay {
    let left = n;
    for (let at = from; ; at = plusDays(at, 1)) {
      const found = this.days.get(at);
      if (!found?.published) return UNKNOWN;
      if (found.is_workday) left--;
      if (left === 0) return {due_on: at, state: "确定"};
    }
  }
}

/** A day of a month by its number, or the month's last day where there is none. @example fixedDay("2025-02", 30) // "2025-02-28" */
export function fixedDay(month: string, number: number): string {
  return plusDays(`${month}-01`, Math.min(number, Number(lastOfMonth(month).slice(8))) - 1);
}

export function lastOfMonth(month: string): string {
  return plusDays(Day.of(`${month}-01`).plusMonths(1).toString(), -1);
}

export function plusDays(day: string, days: number): string {
  return Day.of(day).plusDays(days).toString();
}

/** The month some months after another. @example plusMonths("2025-01", -1) // "2024-12" */
export function plusMonths(month: string, months: number): string {
  return Day.of(`${month}-01`).plusMonths(months).toString().slice(0, 7);
}

export function monthOf(day: string): string {
  return day.slice(0, 7);
}
