import {WorkbookError} from "./error.ts";
import {columnNumber, type SheetRow} from "./grid.ts";
import {isTrue, RowListener} from "./row-listener.ts";
import type {SheetEntry, Workbook} from "./workbook.ts";
import {readXml} from "./xml.ts";

export type {Cell, SheetRow} from "./grid.ts";

/** A merged range; rows from 1, columns from 0, both ends included. */
export interface Merge {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The top of a sheet, and what stands behind its rows. */
export interface Survey {
  readonly head: readonly SheetRow[];
  readonly merges: readonly Merge[];
  /** Columns that are not shown. */
  readonly hidden: readonly Pick<Merge, "left" | "right">[];
  /** Texts of print headers and footers. */
  readonly prints: readonly string[];
}

/**
 * Reads the first rows of a sheet, and the merged ranges and print headers that the file keeps behind all rows.
 * The rows between are unpacked but not read.
 */
export function surveySheet({zip, limits}: Workbook, {part}: SheetEntry, rows: number): Survey {
  const head: SheetRow[] = [];
  const merges: Merge[] = [];
  const hidden: Pick<Merge, "left" | "right">[] = [];
  const prints: string[] = [];
  const listener = new RowListener(limits, (row) => {
    if (head.length < rows) head.push(row);
  });
  let print: string | null = null;
  readXml(firstRows(zip.pieces(part), rows), {
    open(name, attributes) {
      if (name === "mergeCell") {
        const merge = parseRange(attributes.ref ?? "");
        if (merges.length >= MOST_MERGES) throw new WorkbookError("合并单元格过多");
        if (merge) merges.push(merge);
      } else if (name === "col" && isTrue(attributes.hidden)) {
        hidden.push({left: Number(attributes.min) - 1, right: Number(attributes.max) - 1});
      } else if (/^(odd|even|first)(Header|Footer)$/.test(name)) print = "";
      else listener.open(name, attributes);
    },
    text(text) {
      if (print === null) listener.text(text);
      else print += text;
    },
    close(name) {
      if (print !== null && /(Header|Footer)$/.test(name)) {
        prints.push(print.replace(/&[LCR]|&"[^"]*"|&[A-Z]|&\d+/g, " "));
        print = null;
      }
      listener.close(name);
    }
  });
  return {head, merges, hidden, prints};
}

/** Reads the rows of a sheet in their order; what stands beyond `width` columns is one cell. */
export function readRows({zip, limits}: Workbook, {part}: SheetEntry, width: number, row: (row: SheetRow) => void): void {
  const listener = new RowListener({...limits, columns: width}, row);
  readXml(zip.pieces(part), listener, listener.plain);
}

const LONGEST_END_TAG = 64;

/**
 * The text of a sheet with its first rows only, and all that stands before and behind the rows.
 * Shape: pieces in, pieces out, cut anywhere; rows without cells do not count.
 */
export function* firstRows(pieces: Iterable<string>, rows: number): Generator<string, void, undefined> {
  let [seen, cut, rest] = [0, false, ""];
  for (const piece of pieces) {
    const text = rest + piece;
    // The last tag may go on in the next piece.
    const last = text.lastIndexOf("<");
    const whole = last < 0 || text.length - last > LONGEST_END_TAG ? text.length : last;
    rest = text.slice(whole);
    let from = 0;
    for (const {0: tag, 1: name, index} of text.slice(0, whole).matchAll(/<\/(?:\w+:)?(row|sheetData)\s*>/g)) {
      if (name === "row" && ++seen === rows) {
        yield text.slice(from, index + tag.length);
        cut = true;
      } else if (name === "sheetData" && cut) {
        from = index;
        cut = false;
      }
    }
    if (!cut) yield text.slice(from, whole);
  }
  yield rest;
}

/**
 * A range as its corners; null when it is none.
 * @example parseRange("A1:C2") // {top: 1, bottom: 2, left: 0, right: 2}
 */
export function parseRange(reference: string): Merge | null {
  const match = /^\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)$/.exec(reference);
  if (!match) return null;
  const [, left = "", top, right = "", bottom] = match;
  return {top: Number(top), bottom: Number(bottom), left: columnNumber(left), right: columnNumber(right)};
}

/**
 * The letters of a column, from 0.
 * @example columnLetters(27) // "AB"
 */
export function columnLetters(column: number): string {
  const [high, low] = [Math.floor(column / 26), column % 26];
  return (high > 0 ? columnLetters(high - 1) : "") + String.fromCharCode(65 + low);
}

const MOST_MERGES = 1_000_000;
