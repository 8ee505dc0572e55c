/**
 * A moment written with an offset, as Beijing's clock shows it; null for one that does not exist. Fractions of a second stay.
 * Shape: ISO 8601, seconds always written.
 * @example inBeijing("2026-01-05T18:00Z") // "2026-01-06T02:00:00+08:00"
 */
export function inBeijing(moment: string): string | null {
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::(\d{2})(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.exec(moment);
  if (!parts) return null;
  const [, day = "", minute = "", second = "00", fraction = "", offset = ""] = parts;
  const plain = `${day}T${minute}:${second}`;
  const there = new Date(`${plain}Z`);
  // A day or hour too many rolls over into the next: then it reads otherwise than it was written.
  if (Number.isNaN(there.getTime()) || there.toISOString().slice(0, 19) !== plain) return null;
  const at = new Date(`${plain}${offset}`).getTime();
  if (Number.isNaN(at)) return null;
  const here = new Date(at + 8 * 3600_000).toISOString();
  return /^\d{4}-/.test(here) ? `${here.slice(0, 19)}${fraction}+08:00` : null;
}

/** A moment for people, by Beijing's clock to the second. @example momentText("2026-01-05T18:00:00Z") // "2026-01-06 02:00:00" */
export function momentText(moment: string): string {
  return (inBeijing(moment) ?? moment).slice(0, 19).replace("T", " ");
}
