/**
 * A day as official documents write it: Arabic figures, months and days without a leading zero.
 * Source: GB/T 9704-2012 7.3.5.4.
 * Shape: ISO date in; null leaves room for the pen.
 * @example chineseDate("2026-01-05") // "2026年1月5日"
 */
export function chineseDate(day: string | null): string {
  if (day === null) return "　　　　年　　月　　日";
  const [year, month, date] = day.split("-").map(Number);
  return `${year}年${month}月${date}日`;
}
