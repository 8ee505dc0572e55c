import SCHEDULES from "chinese-days/dist/chinese-days.json" with {type: "json"};
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
 * What chinese-days really has: the days its schedules name, off and worked. Its functions answer for every year, as if
 * unpublished ones had no holiday, and in the machine's time zone (west of Greenwich they miss 2004-01-01); its data does not. A
 * year counts as known only when its 元旦, 劳动节 and 国庆节 are named.
 */
function librarySchedules(): {entries: Map<string, Entry>; published: Set<number>} {
  const entries = new Map<string, Entry>();
  for (const [day, words] of Object.entries(SCHEDULES.holidays)) entries.set(day, entryOf(day, words, false));
  for (const [day, words] of Object.entries(SCHEDULES.workdays)) entries.set(day, entryOf(day, words, true));
  const years = new Set([...entries.keys()].map((day) => Number(day.slice(0, 4))));
  const published = new Set(
    [...years].filter((year) => ["01-01", "05-01", "10-01"].every((day) => `${year}-${day}` in SCHEDULES.holidays))
  );
  return {entries, published};
}

/** Words read "Labour Day,劳动节,2": the holiday, or the one that a 调休 workday pays for. */
function entryOf(day: string, words: string, is_workday: boolean): Entry {
  const name = words.split(",")[1] ?? null;
  const year = Number(day.slice(0, 4));
  return {is_workday, name, schedule: name === "元旦" && day.slice(5, 7) === "12" ? year + 1 : year};
}
