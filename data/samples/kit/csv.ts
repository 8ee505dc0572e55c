import {type Cell, type Form, grid} from "./form.ts";
import {encodeGb18030} from "./gb18030.ts";
import type {Row} from "./world.ts";

/** How a text file is written: UTF-8, the same with a byte order mark as Excel saves it, or GB18030. */
export type Encoding = "utf-8" | "utf-8-bom" | "gb18030";

/**
 * A form as a text file, in pieces of some thousand rows.
 * Lines end with CRLF, as from a spreadsheet program.
 */
export function* csv(form: Form, rows: Iterable<Row>, encoding: Encoding): Generator<Uint8Array> {
  const encode = encoding === "gb18030" ? encodeGb18030 : (text: string) => new TextEncoder().encode(text);
  let lines = encoding === "utf-8-bom" ? "\ufeff" : "";
  let n = 0;
  for (const cells of grid(form, rows)) {
    lines += `${cells.map(quoted).join(",")}\r\n`;
    if (++n % 4096 > 0) continue;
    yield encode(lines);
    lines = "";
  }
  yield encode(lines);
}

function quoted(cell: Cell): string {
  const text = cell === null ? "" : typeof cell === "object" ? String(cell.serial) : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
