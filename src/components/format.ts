/** Points of a milli-point integer: two places, three where the thousandth is not zero. `−` is U+2212. */
export function points(milli: number): string {
  const text = (Math.abs(milli) / 1000).toFixed(milli % 10 === 0 ? 2 : 3);
  return milli < 0 ? `−${text}` : text;
}

/** Points with their sign. @example signed(-500) // "−0.50" */
export function signed(milli: number): string {
  return milli > 0 ? `+${points(milli)}` : points(milli);
}

/** A day as tables show it: 2025-12-31; nothing for null. Dates are midnight UTC. */
export function isoDay(day: Date | string | null | undefined): string {
  if (!day) return "";
  return typeof day === "string" ? day.slice(0, 10) : day.toISOString().slice(0, 10);
}

/** A day as sentences say it: 2025年12月31日. */
export function longDay(day: Date | string): string {
  const [year, month, date] = isoDay(day).split("-").map(Number);
  return `${year}年${month}月${date}日`;
}

/** Calendar days from one day to a later one. */
export function daysBetween(from: Date | string, to: Date | string): number {
  return Math.round((Date.parse(isoDay(to)) - Date.parse(isoDay(from))) / 86_400_000);
}

/** The mark of a severity, beside its word. */
export function severityText(severity: string | null): string {
  return severity ? `${{一般: "○", 较大: "◑", 重大: "●"}[severity] ?? ""}${severity}` : "";
}

/** Mean of milli-points, rounded half away from zero to a hundredth of a point; null without values. */
export function meanMilli(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sum = values.reduce((total, v) => total + v, 0);
  return Math.sign(sum) * Math.round(Math.abs(sum) / values.length / 10) * 10;
}
