/**
 * A table as CSV for a spreadsheet: a byte order mark, lines end in CR LF, and no text that a spreadsheet would run as a formula.
 * Shape: header and rows in; numbers and null are written as they are, a text that begins with = + - @ TAB or CR gets an apostrophe.
 * @example csvBytes(["单位", "得分"], [["=1+1", 98.82]])
 */
export function csvBytes(header: readonly string[], rows: readonly (readonly (string | number | boolean | null)[])[]): Uint8Array {
  const line = (cells: readonly (string | number | boolean | null)[]) => `${cells.map(cell).join(",")}\r\n`;
  return new TextEncoder().encode(`\ufeff${[header, ...rows].map(line).join("")}`);
}

function cell(value: string | number | boolean | null): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "是" : "否";
  if (typeof value === "number") return String(value);
  // A negative number is no formula. A space before one does not keep a spreadsheet from reading it.
  if (/^-\d+(\.\d+)?$/.test(value)) return value;
  const safe = /^\s*[=+@\-\t\r＝＋－＠]/u.test(value) || /^[\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
