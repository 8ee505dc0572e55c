import {GROUP, type HeaderMatch, type HeaderSource, matchedColumns, matchHeader} from "../../src/contract/header.ts";
import type {Table} from "../../src/contract/index.ts";
import {showCell} from "./cell.ts";
import {WorkbookError} from "./error.ts";
import type {Merge, SheetRow, Survey} from "./sheet.ts";
import type {Workbook} from "./workbook.ts";

/** The header of a sheet: one row, or several with merged group headers. */
export interface Heading {
  /** From column A on; groups and header parted by `›`. */
  readonly cells: readonly string[];
  readonly match: HeaderMatch;
  /** First and last row, as the spreadsheet program numbers them. */
  readonly top: number;
  readonly bottom: number;
}

/** A text in the head, and where it is written (merged cells show it elsewhere too). */
interface Shown {
  readonly text: string;
  readonly merge: Merge | null;
}

/** Rows looked at: those with cells, and those that merged cells reach into. */
const MOST_ROWS = 100;

/** A group header is short and says nothing about the whole table. */
const LONGEST_GROUP = 20;

/**
 * Finds the header of a table among the first rows of a sheet: the block of rows that names most contract columns.
 * Null when the sheet has none.
 */
export function findHeading(survey: Survey, book: Workbook, table: Table, source: HeaderSource): Heading | null {
  let best: Heading | null = null;
  let most = 0;
  for (const {top, bottom, cells} of blocks(survey, book)) {
    const match = matchHeader(cells, table, source);
    const matched = matchedColumns(match, table);
    const lower: boolean = best !== null && matched === most && top <= best.bottom;
    if (matched > most || (matched > 0 && lower)) [best, most] = [{cells, match, top, bottom}, matched];
  }
  return best;
}

type Block = Omit<Heading, "match">;

/** What may be the header of a sheet, whatever the table. */
const BLOCKS = new WeakMap<Survey, readonly Block[]>();

function blocks(survey: Survey, book: Workbook): readonly Block[] {
  const known = BLOCKS.get(survey);
  if (known) return known;
  const grid = new HeadGrid(survey, book);
  const found = grid.numbers.map((bottom) => {
    const top = grid.blockTop(bottom);
    return {top, bottom, cells: grid.header(top, bottom)};
  });
  BLOCKS.set(survey, found);
  return found;
}

class HeadGrid {
  readonly numbers: readonly number[];
  private readonly rows: ReadonlyMap<number, SheetRow>;
  private readonly merges: readonly Merge[];
  /** The merged range over a cell, by row and column. */
  private readonly over = new Map<number, Merge[]>();
  private readonly width: number;
  /** Cells of the fullest row. */
  private readonly used: number;

  constructor(
    {head, merges}: Survey,
    private readonly book: Workbook
  ) {
    this.rows = new Map(head.map((row) => [row.number, row]));
    this.width = Math.max(0, ...head.map((row) => row.cells.length));
    this.used = Math.max(2, ...head.map(({cells}) => cells.filter((cell) => cell !== undefined).length));
    const last = head.at(-1)?.number ?? 0;
    this.merges = merges.filter(({top}) => top <= last);
    // A merge may reach into rows that have no cells of their own.
    const reached = this.merges.flatMap(({bottom}) => (bottom <= last ? [bottom] : []));
    this.numbers = [...new Set([...this.rows.keys(), ...reached])].sort((a, b) => a - b).slice(0, MOST_ROWS);
    this.spread();
  }

  /** Notes for every cell of these rows which merged range lies over it. */
  private spread(): void {
    let area = 0;
    for (const merge of this.merges) {
      for (const number of this.numbers) {
        if (number < merge.top || number > merge.bottom) continue;
        const row = this.over.get(number) ?? [];
        this.over.set(number, row);
        const end = Math.min(merge.right, this.width - 1);
        area += Math.max(0, end - merge.left + 1);
        for (let column = merge.left; column <= end; column++) row[column] ??= merge;
      }
      if (area > this.numbers.length * this.width) throw new WorkbookError("合并单元格互相重叠");
    }
  }

  /** First row of the header block whose last is `bottom`: rows above belong to it while they hold groups over it. */
  blockTop(bottom: number): number {
    let top = bottom;
    while (top > 1 && this.joins(top)) top--;
    return top;
  }

  /** Header cells of a block; each column's texts from top to bottom, those that differ, parted by `›`. */
  header(top: number, bottom: number): string[] {
    const cells = Array.from({length: this.width}, (_, column) => {
      const texts: string[] = [];
      let last: Merge | null = null;
      for (let row = top; row <= bottom; row++) {
        const {text, merge} = this.shown(row, column);
        const counts = row === bottom || (merge && merge.bottom > row) || this.isGroup(text, merge);
        if (text !== "" && counts && (merge === null || merge !== last)) texts.push(text);
        last = merge;
      }
      return texts.join(GROUP);
    });
    return cells.slice(0, cells.findLastIndex((cell) => cell !== "") + 1);
  }

  /** Whether the row above `row` belongs to the same header: a cell reaches from it into `row`, or it groups columns. */
  private joins(row: number): boolean {
    if (!this.rows.has(row - 1)) return false;
    return this.merges.some((merge) => {
      const {top, bottom, left, right} = merge;
      if (top > row - 1 || bottom < row - 1) return false;
      if (bottom >= row) return top < row;
      return right > left && this.isGroup(this.shown(top, left).text, merge);
    });
  }

  private isGroup(text: string, merge: Merge | null): boolean {
    const whole = merge !== null && merge.right - merge.left + 1 >= 0.8 * this.used;
    return text !== "" && !whole && text.length <= LONGEST_GROUP && !/[：:]/.test(text);
  }

  private shown(row: number, column: number): Shown {
    const merge = this.over.get(row)?.[column] ?? null;
    const cell = merge ? this.rows.get(merge.top)?.cells[merge.left] : this.rows.get(row)?.cells[column];
    return {text: showCell(cell, this.book).replace(/\s+/g, " ").trim(), merge};
  }
}
