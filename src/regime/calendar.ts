import chineseDays from "chinese-days";
import {dayNumber, dayText, isWeekend} from "./day.ts";
import type {Notice} from "./notice.ts";
import type {CalendarDay} from "./types.ts";

/** The first day of every calendar lies in a year without a schedule: no clock that starts before it can look certain. */
const FIRST_YEAR = 2000;
/** Years past the last known schedule that are still listed, as 未公布. */
const YEARS_AHEAD = 2;

/** What a schedule says about one day; days it does not name follow the week. */
interface Entry {
  readonly is_workday: boolean;
  readonly name: string | null;
  /** The year whose schedule says so: 元旦 may reach into the December before. */
  readonly schedule: number;
}

/**
 * Every day from 2000-01-01 to the end of the second year after the last known schedule.
 * Shape: no gaps, in order. Schedules come from chinese-days for the years it really has; a notice replaces the whole
 * schedule of its year, a later notice in the list an earlier one.
 * Source: the State Council's yearly notices on 节假日安排; 3-regimes, Clocks.
 * @example calendarFrom().find(({day}) => day === "2025-04-27") // {day: "2025-04-27", is_workday: true, published: true, name: "劳动节"}
 */
export function calendarFrom(notices: readonly Notice[] = []): CalendarDay[] {
  const {entries, published} = librarySchedules();
  for (const notice of notices) {
    for (const [day, {schedule}] of entries) if (schedule === notice.year) entries.delete(day);
    for (const {day, name} of notice.holidays) entries.set(day, {is_workday: false, name, schedule: notice.year});
    for (const day of notice.workdays) entries.set(day, {is_workday: true, name: null, schedule: notice.year});
    published.add(notice.year);
  }
  const from = Math.min(FIRST_YEAR, ...[...published].map((year) => year - 1));
  const to = Math.max(FIRST_YEAR, ...published) + YEARS_AHEAD;
  const days: CalendarDay[] = [];
  for (let n = dayNumber(`${from}-01-01`); n <= dayNumber(`${to}-12-31`); n++) {
    const day = dayText(n);
    const entry = entries.get(day);
    const name = entry?.name ?? null;
    days.push({
      day,
      is_workday: entry?.is_workday ?? !isWeekend(n),
      published: published.has(Number(day.slice(0, 4))),
      ...(name === null ? {} : {name})
    });
  }
  return days;
}

/** Years whose schedule is known, in order. */
export function publishedYears(calendar: readonly CalendarDay[]): number[] {
  return [...new Set(calendar.filter((d) => d.published).map((d) => Number(d.day.slice(0, 4))))].sort((a, b) => a - b);
}

/**
 * What chinese-days really has. It answers for every year, as if unpublished ones had no holiday, so a year counts as known
 * only when its 元旦, 劳动节 and 国庆节 are named.
 */
function librarySchedules(): {entries: Map<string, Entry>; published: Set<number>} {
  const entries = new Map<string, Entry>();
  const published = new Set<number>();
  for (let year = FIRST_YEAR; year < 2100; year++) {
    if (["01-01", "05-01", "10-01"].every((day) => libraryName(`${year}-${day}`) !== null)) published.add(year);
    else if (published.size > 0) break;
  }
  const years = [...published];
  const from = dayNumber(`${Math.min(...years) - 1}-12-01`);
  const to = dayNumber(`${Math.max(...years)}-12-31`);
  for (let n = from; n <= to; n++) {
    const day = dayText(n);
    const name = libraryName(day);
    if (name === null) continue;
    const year = Number(day.slice(0, 4));
    const schedule = name === "元旦" && day.slice(5, 7) === "12" ? year + 1 : year;
    entries.set(day, {is_workday: libraryDetail(day).work, name, schedule});
  }
  return {entries, published};
}

/** The library's Chinese name of a holiday or of the holiday a 调休 workday pays for; null on days no schedule names. */
function libraryName(day: string): string | null {
  // Days of a schedule read "Labour Day,劳动节,2", all others "Monday".
  return libraryDetail(day).name.split(",")[1] ?? null;
}

function libraryDetail(day: string) {
  // A bare date would be read as midnight UTC and answered for the day before west of Greenwich; noon without an offset is local.
  return chineseDays.getDayDetail(`${day}T12:00:00`);
}
