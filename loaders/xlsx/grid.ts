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

/** The number of a column, from 0, of a reference that begins with its letters; -1 without letters. */
export function columnNumber(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i++) {
    const letter = reference.charCodeAt(i) & 0xdf;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return column - 1;
}
