import {createHash} from "node:crypto";
import {closeSync, openSync, writeSync} from "node:fs";
import type {Limits} from "../../limits.ts";
import {refuseStarred} from "../../marking.ts";
import {tooManyRows} from "../table.ts";

const [LF, CR] = [10, 13];
const STAR = Buffer.from("★");
const BLOCK = 1 << 20;
/** Longest row that DuckDB is given, in bytes. */
const LONGEST = 4 << 20;
/** Characters kept of a cell when the whole row is too long. */
const KEPT = 1000;

/**
 * Writes the rows of a `COPY … (FORMAT CSV)` to a file that several threads can read: each is one line, headed by its number and a
 * fault of the whole row (empty when none). Counts, hashes and looks for secrecy markings on the way.
 * Writing waits for the disk, and with it the server: nothing piles up in memory.
 */
export class RowFile {
  rows = 0;
  private readonly handle: number;
  private readonly hash = createHash("sha256");
  private readonly block = Buffer.allocUnsafe(BLOCK);
  private used = 0;

  constructor(
    path: string,
    private readonly file: string,
    private readonly limits: Limits
  ) {
    this.handle = openSync(path, "wx");
  }

  /** Takes one row, with its line end. Errors: Fault 2 for too many rows, 3 for a secrecy marking. */
  write(row: Buffer): void {
    if (++this.rows > this.limits.rows) throw tooManyRows(this.file, this.limits.rows);
    this.hash.update(row);
    const plain = row.length <= this.limits.cell_chars && row.indexOf(LF) === row.length - 1 && row.indexOf(CR) < 0;
    if (plain) this.append(`${this.rows},,`, row);
    else this.append(`${this.rows},`, Buffer.from(this.rewritten(row)));
  }

  /** SHA-256 of the rows as the server sent them, hex. */
  close(): string {
    this.flush();
    closeSync(this.handle);
    return this.hash.digest("hex");
  }

  /** Gives the file up. */
  abandon(): void {
    closeSync(this.handle);
  }

  private append(head: string, bytes: Buffer): void {
    const length = head.length + bytes.length;
    if (this.used + length > BLOCK) this.flush();
    if (length > BLOCK) {
      this.put(Buffer.concat([Buffer.from(head), bytes]));
      return;
    }
    this.used += this.block.write(head, this.used, "latin1");
    this.used += bytes.copy(this.block, this.used);
  }

  private flush(): void {
    if (this.used > 0) this.put(this.block.subarray(0, this.used));
    this.used = 0;
  }

  private put(bytes: Buffer): void {
    if (bytes.includes(STAR)) {
      for (const line of bytes.toString("utf8").split("\n")) {
        if (line.includes("★")) refuseStarred(line, {file: this.file, line: Number.parseInt(line, 10)});
      }
    }
    for (let at = 0; at < bytes.length; ) at += writeSync(this.handle, bytes, at);
  }

  /** Fault and cells of a row with line breaks or very long cells. */
  private rewritten(row: Buffer): string {
    // Numbers and dates are shorter than this, whatever the limit says.
    const most = Math.max(this.limits.cell_chars, KEPT);
    const cells = csvCells(row.toString("utf8")).map((cell) => cut(cell.replace(/[\t\r\n]+/g, " "), most + 1));
    const size = cells.reduce((sum, cell) => sum + Buffer.byteLength(cell), 0);
    if (size <= LONGEST) return `,${cells.map(quoted).join(",")}\n`;
    const reason = `\t整行超过${LONGEST >> 20}MiB，不能读取；请在查询里去掉太长的列`;
    return `${quoted(reason)},${cells.map((cell) => quoted(cut(cell, KEPT))).join(",")}\n`;
  }
}

/** The cells of one row as PostgreSQL writes it: quoted where need be, a quote doubled. */
function csvCells(row: string): string[] {
  const cells: string[] = [];
  for (let at = 0; at < row.length; at++) {
    if (row[at] !== '"') {
      const comma = row.indexOf(",", at);
      const end = comma < 0 ? row.length - 1 : comma;
      cells.push(row.slice(at, end));
      at = end;
      continue;
    }
    let close = row.indexOf('"', at + 1);
    while (row[close + 1] === '"') close = row.indexOf('"', close + 2);
    cells.push(row.slice(at + 1, close).replaceAll('""', '"'));
    at = close + 1;
  }
  return row.endsWith(",\n") ? [...cells, ""] : cells;
}

/** At least so many characters of a text, when it has them; a character may take two places. */
function cut(text: string, most: number): string {
  return text.length <= 2 * most ? text : text.slice(0, 2 * most).replace(/[\ud800-\udbff]$/, "");
}

function quoted(text: string): string {
  return text === "" ? "" : `"${text.replaceAll('"', '""')}"`;
}
