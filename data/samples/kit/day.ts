const DAY = 86_400_000;

function utc(day: string): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)));
}

/** A day some days later (or earlier). @example addDays("2025-02-27", 2) // "2025-03-01" */
export function addDays(day: string, n: number): string {
  return new Date(utc(day) + n * DAY).toISOString().slice(0, 10);
}

/** Calendar days from a to b. */
export function daysBetween(a: string, b: string): number {
  return Math.round((utc(b) - utc(a)) / DAY);
}

/** Excel's number of a day. @example excelSerial("2025-03-01") // 45717 */
export function excelSerial(day: string): number {
  return daysBetween("1899-12-30", day);
}

/** Whether a text is an ISO day that exists. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(utc(text)) && addDays(text, 0) === text;
}

/** The last day of a month. @example monthEnd("2025-02") // "2025-02-28" */
export function monthEnd(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

/** The months from one to another, both included. @example months("2024-11", "2025-01") // ["2024-11", "2024-12", "2025-01"] */
export function months(from: string, to: string): string[] {
  const list = [from];
  while ((list.at(-1) as string) < to) list.push(addDays(monthEnd(list.at(-1) as string), 1).slice(0, 7));
  return list;
}
