import type {SheetEntry, Workbook} from "./workbook.ts";
import {attribute, cellPlainText, plainText, type XmlListener, XmlReader} from "./xml.ts";
import {WorkbookError} from "./zip.ts";

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
  /** Texts of print headers and footers. */
  readonly prints: readonly string[];
}

/**
 * Reads the first rows of a sheet, and the merged ranges and print headers that the file keeps behind all rows.
 * The rows between are unpacked but not read.
 */
export async function surveySheet({zip}: Workbook, {part}: SheetEntry, rows: number): Promise<Survey> {
  const head: SheetRow[] = [];
  const merges: Merge[] = [];
  const prints: string[] = [];
  const listener = new RowListener((row) => head.push(row) < rows);
  let print: string | null = null;
  const reader = new XmlReader({
    open(name, attributes) {
      if (name === "mergeCell") {
        const merge = parseRange(attribute(attributes, "ref") ?? "");
        if (merge) merges.push(merge);
      } else if (/^(odd|even|first)(Header|Footer)$/.test(name)) print = "";
      else listener.open(name, attributes);
    },
    text(raw) {
      if (print === null) listener.text(raw);
      else print += raw;
    },
    close(name) {
      if (print !== null && /(Header|Footer)$/.test(name)) {
        prints.push(plainText(print).replace(/&[LCR]|&"[^"]*"|&[A-Z]|&\d+/g, " "));
        print = null;
      }
      listener.close(name);
    }
  });
  const end = /<\/(?:\w+:)?sheetData\s*>/;
  for await (const chunk of zip.chunks(part)) {
    if (!listener.stopped || listener.ended) {
      reader.push(chunk);
      continue;
    }
    const text = reader.rest + chunk;
    const at = text.search(end);
    reader.rest = at < 0 ? text.slice(-40) : "";
    if (at >= 0) reader.push(text.slice(at));
  }
  return {head, merges, prints};
}

/** Reads the rows of a sheet in their order; stops when `row` answers false. */
export async function readRows({zip}: Workbook, {part}: SheetEntry, row: (row: SheetRow) => boolean): Promise<void> {
  const listener = new RowListener(row);
  const reader = new XmlReader(listener);
  for await (const chunk of zip.chunks(part)) {
    if (listener.stopped) return;
    reader.push(chunk);
  }
  reader.end();
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

const MOST_COLUMNS = 16384;

/** Gathers rows from the elements of a sheet. */
class RowListener implements XmlListener {
  stopped = false;
  /** Whether the last row has been passed. */
  ended = false;
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

  constructor(private readonly row: (row: SheetRow) => boolean) {}

  open(name: string, attributes: string): void {
    if (this.stopped || this.ended) return;
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
        this.number = Number(attribute(attributes, "r") ?? this.number + 1);
        this.hidden = /^(1|true)$/.test(attribute(attributes, "hidden") ?? "");
        this.cells = [];
        this.column = -1;
    }
  }

  text(raw: string): void {
    if (this.reading) this.value += raw;
  }

  close(name: string): void {
    if (name === "sheetData") this.ended = true;
    if (this.stopped || this.ended) return;
    if (name === "v" || name === "t") this.reading = false;
    else if (name === "rPh") this.phonetic = false;
    else if (name === "c") this.closeCell();
    else if (name === "row") this.stopped = !this.row({number: this.number, hidden: this.hidden, cells: this.cells});
  }

  private openCell(attributes: string): void {
    const reference = attribute(attributes, "r");
    this.column = reference === null ? this.column + 1 : columnNumber(reference);
    if (this.column < 0 || this.column >= MOST_COLUMNS) throw new WorkbookError("单元格位置不能识别");
    this.type = attribute(attributes, "t") ?? "n";
    this.style = Number(attribute(attributes, "s") ?? -1);
    this.value = null;
    this.formula = false;
  }

  private closeCell(): void {
    const {type, style, value, formula} = this;
    if (value === null && !formula) return;
    this.cells[this.column] = {type, style, value: value === null ? null : cellPlainText(value), formula};
  }
}
