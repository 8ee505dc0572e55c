import type {Column, Table} from "../../src/contract/index.ts";
import {WorkbookError} from "./error.ts";
import type {Cell, Merge, SheetRow} from "./sheet.ts";

/** A data row after merged cells have been carried down. */
export interface CarriedRow extends SheetRow {
  /** Merged ranges whose value cannot be this row's: keys shared with another row, and required values that are not carried down. */
  readonly torn: readonly {readonly column: Column; readonly merge: Merge}[];
}

/** Rows kept back to see whether they share a merged key; by then they do. */
const MOST_WAITING = 10_000;

/** Merged data cells of one sheet. */
interface Carry {
  readonly merge: Merge;
  /** Null when the contract does not know the column. */
  readonly column: Column | null;
  readonly kind: "carry" | "key" | "alone" | "none";
}

/** As many merged ranges can be on one row, unless they lie over one another. */
const MOST_ABREAST = 16_384;

/**
 * Carries merged cells down, in every column but key, dates and description. A row that has no value of its own is none: a
 * record may be two lines high. When two rows share a merged key, neither can be told from the other: both say so.
 * What lies under a merged cell is shown by no program and read by nobody here.
 */
export class MergeCarrier {
  /** Cells of dates and description that a merge leaves blank below its first row. */
  readonly blanks = new Map<string, number>();
  /** Values that lie under merged cells, and are not read. */
  covered = 0;
  private readonly carries: readonly Carry[];
  private next = 0;
  private active: Carry[] = [];
  private readonly values = new Map<Carry, Cell>();
  private waiting: {row: SheetRow; carries: readonly Carry[]}[] = [];
  private waitUntil = 0;

  constructor(
    merges: readonly Merge[],
    columns: readonly (Column | null)[],
    below: number,
    table: Table,
    private readonly emit: (row: CarriedRow) => void
  ) {
    this.carries = merges
      .filter(({top, bottom, left, right}) => (bottom > top || right > left) && top > below)
      .map((merge): Carry => {
        const column = columns[merge.left] ?? null;
        return {merge, column, kind: column ? kindOf(column, table) : "none"};
      })
      .sort((a, b) => a.merge.top - b.merge.top);
  }

  /** @param read false: the row is passed over, but a merged cell that begins in it goes on below */
  push(row: SheetRow, read = true): void {
    if (row.number > this.waitUntil) this.flush();
    this.active = this.active.filter(({merge}) => merge.bottom >= row.number);
    for (; (this.carries[this.next]?.merge.top ?? Number.POSITIVE_INFINITY) <= row.number; this.next++) {
      const carry = this.carries[this.next] as Carry;
      if (carry.merge.bottom >= row.number) this.active.push(carry);
    }
    if (this.active.length > MOST_ABREAST) throw new WorkbookError("合并单元格互相重叠");
    if (!read) {
      this.carried(row);
      return;
    }
    if (this.active.length === 0) {
      this.emit({...row, torn: []});
      return;
    }
    const shown = this.uncovered(row);
    if (!shown.cells.some((cell) => cell !== undefined && !isBlank(cell))) return;
    this.waiting.push({row: this.carried(shown), carries: this.active.filter((carry) => isTorn(carry, row))});
    for (const {kind, merge} of this.active)
      if (kind === "key" && merge.bottom > merge.top) this.waitUntil = Math.max(this.waitUntil, merge.bottom);
    if (row.number > this.waitUntil || this.waiting.length > MOST_WAITING) this.flush();
  }

  end(): void {
    this.flush();
  }

  /** A row without what lies under merged cells. */
  private uncovered(row: SheetRow): SheetRow {
    const cells = [...row.cells];
    for (const {merge} of this.active) {
      for (let column = merge.left; column <= merge.right && column < cells.length; column++) {
        const cell = cells[column];
        if (cell === undefined || (row.number === merge.top && column === merge.left)) continue;
        if (!isBlank(cell)) this.covered++;
        cells[column] = undefined;
      }
    }
    return {...row, cells};
  }

  private carried(row: SheetRow): SheetRow {
    const cells = [...row.cells];
    for (const carry of this.active) {
      const {merge, kind, column} = carry;
      const own = row.cells[merge.left];
      if (row.number === merge.top) {
        if (own) this.values.set(carry, own);
      } else if (kind === "carry") {
        cells[merge.left] = this.values.get(carry);
      } else if (kind === "alone" && column && this.values.has(carry)) {
        this.blanks.set(column.header, (this.blanks.get(column.header) ?? 0) + 1);
      }
    }
    return {...row, cells};
  }

  private flush(): void {
    const sharing = new Map<Carry, number>();
    for (const {carries} of this.waiting) {
      for (const carry of carries) if (carry.kind === "key") sharing.set(carry, (sharing.get(carry) ?? 0) + 1);
    }
    for (const {row, carries} of this.waiting) {
      const torn = carries.flatMap((carry) =>
        carry.column && (carry.kind === "alone" || (sharing.get(carry) ?? 0) > 1)
          ? [{column: carry.column, merge: carry.merge}]
          : []
      );
      this.emit({...row, torn});
    }
    this.waiting = [];
    this.waitUntil = 0;
  }
}

function kindOf({name, type}: Column, table: Table): Carry["kind"] {
  if (table.key.includes(name)) return "key";
  return type === "date" || type === "timestamp" || name === "description" ? "alone" : "carry";
}

function isTorn({kind, merge, column}: Carry, row: SheetRow): boolean {
  if (merge.bottom === merge.top) return false;
  return kind === "key" || (kind === "alone" && column?.required === true && row.number > merge.top);
}

function isBlank({value, formula}: Cell): boolean {
  return !formula && (value ?? "").trim() === "";
}
