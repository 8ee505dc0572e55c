import type {Column, Table} from "../../src/contract/index.ts";
import type {Cell, Merge, SheetRow} from "./sheet.ts";

/** A data row after merged cells have been carried down. */
export interface CarriedRow extends SheetRow {
  /** Merged ranges of key columns this row shares with another row. */
  readonly keys: readonly {readonly column: Column; readonly merge: Merge}[];
}

/** Rows kept back to see whether they share a merged key; by then they do. */
const MOST_WAITING = 10_000;

/** Merged data cells of one sheet. */
interface Carry {
  readonly merge: Merge;
  readonly column: Column;
  readonly kind: "carry" | "key" | "alone";
}

/**
 * Carries merged cells down, in every column but key, dates and description. A row that has no value of its own is none: a
 * record may be two lines high. When two rows share a merged key, neither can be told from the other: both say so.
 */
export class MergeCarrier {
  /** Cells of dates and description that a merge leaves blank below its first row. */
  readonly blanks = new Map<string, number>();
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
      .filter(({top, bottom}) => bottom > top && top > below)
      .flatMap((merge) => {
        const column = columns[merge.left];
        return column ? [{merge, column, kind: kindOf(column, table)}] : [];
      })
      .sort((a, b) => a.merge.top - b.merge.top);
  }

  push(row: SheetRow): void {
    if (row.number > this.waitUntil) this.flush();
    this.active = this.active.filter(({merge}) => merge.bottom >= row.number);
    for (; (this.carries[this.next]?.merge.top ?? Number.POSITIVE_INFINITY) <= row.number; this.next++) {
      const carry = this.carries[this.next] as Carry;
      if (carry.merge.bottom >= row.number) this.active.push(carry);
    }
    if (this.active.length === 0) {
      this.emit({...row, keys: []});
      return;
    }
    if (!row.cells.some((cell) => cell !== undefined && !isBlank(cell))) return;
    this.waiting.push({row: this.carried(row), carries: this.active});
    for (const {kind, merge} of this.active) if (kind === "key") this.waitUntil = Math.max(this.waitUntil, merge.bottom);
    if (row.number > this.waitUntil || this.waiting.length > MOST_WAITING) this.flush();
  }

  end(): void {
    this.flush();
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
      } else if (kind === "alone" && this.values.has(carry)) {
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
      this.emit({...row, keys: carries.filter((carry) => (sharing.get(carry) ?? 0) > 1)});
    }
    this.waiting = [];
    this.waitUntil = 0;
  }
}

function kindOf({name, type}: Column, table: Table): Carry["kind"] {
  if (table.key.includes(name)) return "key";
  return type === "date" || type === "timestamp" || name === "description" ? "alone" : "carry";
}

function isBlank({value, formula}: Cell): boolean {
  return !formula && (value ?? "").trim() === "";
}
