import type {Limits} from "../limits.ts";
import {beyondLimit, WorkbookError} from "./error.ts";
import {type Cell, columnNumber, type SheetRow} from "./grid.ts";
import {type Attributes, cellText, type PlainElements, type XmlListener} from "./xml.ts";

/** What a sheet can hold. */
const [MOST_COLUMNS, MOST_ROWS] = [16_384, 1_048_576];

const PLAIN_ROW = /\s*<row((?: [\w:]+="[^"<&]*")*)>/y;
/** Place, style and type in one of two orders, value. */
const PLAIN_CELL =
  /<c r="([A-Z]{1,3})\d+"(?: s="(\d+)")?(?: t="(n|s|b|e|str)")?(?: s="(\d+)")?(?:\/>|>(?:<v>([^<&]*)<\/v>)?<\/c>)/y;

/** Whether an attribute says yes. */
export function isTrue(value: string | undefined): boolean {
  return value === "1" || value === "true";
}

/** Gathers rows from the elements of a sheet. */
export class RowListener implements XmlListener {
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

  /** Rows as nearly all are written. */
  readonly plain: PlainElements = {within: "sheetData", end: "</row>", read: (text, at) => this.readPlain(text, at)};

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
        this.openRow(attributes.r, attributes.hidden);
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

  private openRow(written: string | undefined, hidden: string | undefined): void {
    const number = Number(written ?? this.number + 1);
    if (!Number.isInteger(number) || number > MOST_ROWS) throw new WorkbookError("行号不能识别");
    if (number <= this.number) throw new WorkbookError(`第${number}行重复或次序颠倒`);
    if (++this.rows > this.limits.rows) throw beyondLimit("行数", "rows", this.limits.rows);
    this.number = number;
    this.hidden = isTrue(hidden);
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
    this.put(this.cells, this.column, {type, style, value: value === null ? null : cellText(value), formula});
  }

  private put(cells: (Cell | undefined)[], column: number, cell: Cell): void {
    const {columns} = this.limits;
    if (column < columns && cells[column] !== undefined) throw new WorkbookError(`第${this.number}行有重复的单元格`);
    // What stands beyond the table is kept in one place, so that rows stay short; a secrecy marking before all else.
    const at = Math.min(column, columns);
    if (cells[at] === undefined || cell.value?.includes("★")) cells[at] = cell;
  }

  /** The position behind a row of cells that have no more than a place, a style, a type and a value; else -1. */
  private readPlain(text: string, at: number): number {
    PLAIN_ROW.lastIndex = at;
    const row = PLAIN_ROW.exec(text);
    if (!row) return -1;
    const cells: (Cell | undefined)[] = [];
    let next = PLAIN_ROW.lastIndex;
    for (;;) {
      PLAIN_CELL.lastIndex = next;
      const cell = PLAIN_CELL.exec(text);
      if (!cell) break;
      next = PLAIN_CELL.lastIndex;
      const [, letters = "", before, type = "n", behind, value] = cell;
      const column = columnNumber(letters);
      if ((before !== undefined && behind !== undefined) || column >= MOST_COLUMNS || cells[column] !== undefined) return -1;
      if (value !== undefined && value.length > this.limits.cell_chars) return -1;
      if (value === undefined) continue;
      this.put(cells, column, {type, style: Number(before ?? behind ?? -1), value: cellText(value), formula: false});
    }
    if (!text.startsWith("</row>", next)) return -1;
    const said = (name: RegExp) => name.exec(row[1] ?? "")?.[1];
    this.openRow(said(/ r="([^"]*)"/), said(/ hidden="([^"]*)"/));
    this.row({number: this.number, hidden: this.hidden, cells});
    return next + "</row>".length;
  }
}
