import {showCell} from "../../../loaders/xlsx/cell.ts";
import {type Merge, type SheetRow, surveySheet} from "../../../loaders/xlsx/sheet.ts";
import type {SheetEntry, Workbook} from "../../../loaders/xlsx/workbook.ts";

/** Rows of a table that an office fills: beyond them it is something else. */
const MOST_ROWS = 5000;

/** A sheet as people see it: texts, and what lies under a merged cell shows its text. Rows from 1, columns from 0. */
export class Grid {
  /** Numbers of rows with cells, in order. */
  readonly rows: readonly number[];
  readonly width: number;
  private readonly byNumber: ReadonlyMap<number, SheetRow>;
  private readonly merges: readonly Merge[];

  constructor(
    private readonly book: Workbook,
    sheet: SheetEntry
  ) {
    const {head, merges} = surveySheet(book, sheet, MOST_ROWS);
    this.byNumber = new Map(head.map((row) => [row.number, row]));
    this.rows = head.map((row) => row.number);
    this.width = Math.max(0, ...head.map((row) => row.cells.length));
    this.merges = merges.filter(({top, bottom, left, right}) => bottom > top || right > left);
  }

  /** The merged range that a cell lies in. */
  mergeAt(row: number, column: number): Merge | null {
    return this.merges.find((m) => m.top <= row && row <= m.bottom && m.left <= column && column <= m.right) ?? null;
  }

  /** The text that is seen there, without blanks, letters and digits folded to half width. */
  textAt(row: number, column: number): string {
    const merge = this.mergeAt(row, column);
    return plainText(showCell(this.cellAt(merge?.top ?? row, merge?.left ?? column), this.book));
  }

  /** The cell itself, of a merged range the one that is seen. */
  cellAt(row: number, column: number) {
    return this.byNumber.get(row)?.cells[column];
  }
}

/** A text as it is compared: no blanks, half width. */
export function plainText(text: string): string {
  return text.normalize("NFKC").replace(/\s+/gu, "");
}
