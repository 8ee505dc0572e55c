import type {Limits} from "../limits.ts";
import {beyondLimit, WorkbookError} from "./error.ts";
import type {SheetEntry, Workbook} from "./workbook.ts";
import {type Attributes, cellText, readXml, type XmlListener} from "./xml.ts";

/** A cell as the workbook stores it. */
export interface Cell {
  /** s shared string, str formula text, inlineStr, n number, b boolean, e error, d ISO date. */
  readonly type: string;
  readonly style: number;
  /** Text of the value; of an inline string, the string. Null when no value is stored. */
  readonly value: string | null;
  readonly formula: boolean;
}

/** A row of a sheet; `cells` is sparse, by column from 0. */
export interface SheetRow {
  /** As the spreadsheet program numbers it, from 1. */
  readonly number: number;
  readonly hidden: boolean;
  readonly cells: readonly (Cell | undefined)[];
}

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

/** Reads the rows of a sheet in their order. */
export function readRows({zip, limits}: Workbook, {part}: SheetEntry, row: (row: SheetRow) => void): void {
  readXml(zip.pieces(part), new RowListener(limits, row));
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

/** The number of a column, from 0, of a reference that begins with its letters; -1 without letters. */
function columnNumber(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i++) {
    const letter = reference.charCodeAt(i) & 0xdf;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return column - 1;
}

/** What a sheet can hold. */
const [MOST_COLUMNS, MOST_ROWS] = [16_384, 1_048_576];
const MOST_MERGES = 1_000_000;

function isTrue(value: string | undefined): boolean {
  return value === "1" || value === "true";
}

/** Gathers rows from the elements of a sheet. */
class RowListener implements XmlListener {
  /** Whether the last row has been passed. */
  private ended = false;
  private number = 0;
  private hidden = false;
  private cells: (Cell | undefined)[] = [];
  private column = -1;
  private type = "n";
  private style = -1;
  private value: string | null = null;
  private formula = false;
  private reading = false;
  private phonetic = false;
  private rows = 0;

  constructor(
    private readonly limits: Limits,
    private readonly row: (row: SheetRow) => void
  ) {}

  open(name: string, attributes: Attributes): void {
    if (this.ended) return;
    switch (name) {
      case "c":
        this.openCell(attributes);
        break;
      case "v":
        this.value = "";
        this.reading = true;
        break;
      case "t":
        this.reading = !this.phonetic;
        if (this.reading) this.value ??= "";
        break;
      case "f":
        this.formula = true;
        break;
      case "rPh":
        this.phonetic = true;
        break;
      case "row":
        this.openRow(attributes);
    }
  }

  text(text: string): void {
    if (!this.reading || this.value === null) return;
    // One character more than allowed tells that it was too long.
    const most = this.limits.cell_chars + 1;
    if (this.value.length < most) this.value += text.slice(0, most);
  }

  close(name: string): void {
    if (name === "sheetData") this.ended = true;
    if (this.ended) return;
    if (name === "v" || name === "t") this.reading = false;
    else if (name === "rPh") this.phonetic = false;
    else if (name === "c") this.closeCell();
    else if (name === "row") this.row({number: this.number, hidden: this.hidden, cells: this.cells});
  }

  private openRow(attributes: Attributes): void {
    const number = Number(attributes.r ?? this.number + 1);
    if (!Number.isInteger(number) || number > MOST_ROWS) throw new WorkbookError("行号不能识别");
    if (number <= this.number) throw new WorkbookError(`第${number}行重复或次序颠倒`);
    if (++this.rows > this.limits.rows) throw beyondLimit("行数", "rows", this.limits.rows);
    this.number = number;
    this.hidden = isTrue(attributes.hidden);
    this.cells = [];
    this.column = -1;
  }

  private openCell(attributes: Attributes): void {
    const reference = attributes.r;
    this.column = reference === undefined ? this.column + 1 : columnNumber(reference);
    if (this.column < 0 || this.column >= MOST_COLUMNS) throw new WorkbookError("单元格位置不能识别");
    this.type = attributes.t ?? "n";
    this.style = Number(attributes.s ?? -1);
    this.value = null;
    this.formula = false;
  }

  private closeCell(): void {
    const {type, style, value, formula} = this;
    if (value === null && !formula) return;
    // What stands beyond every table is kept in one place: rows stay short.
    this.cells[Math.min(this.column, this.limits.columns)] ??= {
      type,
      style,
      value: value === null ? null : cellText(value),
      formula
    };
  }
}
