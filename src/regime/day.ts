/** Days as whole numbers, so that arithmetic knows no time zone. */

const DAY_MS = 86_400_000;

/**
 * Days since 1970-01-01.
 * Errors: RangeError for a text that is not a day of the calendar, written 2025-03-01.
 * @example dayNumber("1970-01-02") // 1
 */
export function dayNumber(day: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(day)) throw new RangeError(`日期“${day}”不存在`);
  return ms / DAY_MS;
}

/**
 * The day of a number, ISO.
 * Errors: RangeError beyond the year 9999.
 * @example dayText(1) // "1970-01-02"
 */
export function dayText(n: number): string {
  const date = new Date(n * DAY_MS);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999) throw new RangeError("日期超出9999年");
  return date.toISOString().slice(0, 10);
}

/** Day of the week of a number: 0 Sunday … 6 Saturday. */
export function weekdayOf(n: number): number {
  return (((n + 4) % 7) + 7) % 7;
}

/** Saturday or Sunday. */
export function isWeekend(n: number): boolean {
  return weekdayOf(n) % 6 === 0;
}

/**
 * The same day number some months later, or that month's last day where there is none.
 * @example addMonths("2025-01-31", 1) // "2025-02-28"
 */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return clampedDay(year, month + months, date);
}

/**
 * A day of a month, or the month's last day where there is none; months beyond 12 run into later years.
 * @example clampedDay(2025, 2, 30) // "2025-02-28"
 */
export function clampedDay(year: number, month: number, date: number): string {
  const first = Date.UTC(year, month - 1, 1) / DAY_MS;
  const last = Date.UTC(year, month, 0) / DAY_MS;
  return dayText(Math.min(first + date - 1, last));
}
