/** A column of a table to take away: its header and what a row holds there. */
export interface CsvColumn<Row> {
  readonly label: string;
  readonly value: (row: Row) => string | number | boolean | null | undefined;
}

/**
 * A table as CSV that office programs open rightly: byte-order mark, CRLF, every field quoted where needed; a text that
 * begins like a formula gets an apostrophe in front, numbers stay numbers.
 * @example csvText([{label: "单位", value: (r) => r.name}], [{name: "=1+1"}]) // "\ufeff单位\r\n'=1+1\r\n"
 */
export function csvText<Row>(columns: readonly CsvColumn<Row>[], rows: Iterable<Row>): string {
  const lines = [columns.map((c) => field(c.label)).join(",")];
  for (const row of rows) lines.push(columns.map((c) => field(c.value(row))).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

function field(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "是" : "否";
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Hands a text to the reader as a file. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], {type: "text/csv;charset=utf-8"}));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
