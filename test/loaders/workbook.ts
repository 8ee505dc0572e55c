import {strFromU8, strToU8, unzipSync, zipSync} from "fflate";
import {type Cell, type CellValue, type WriteOptions, type WriteSheet, writeXlsx} from "hucre/xlsx";

/** A sheet as a test writes it: rows of values, ranges to merge, formats and other cells by their reference. */
export interface SheetSpec extends Partial<Omit<WriteSheet, "rows" | "cells" | "merges">> {
  readonly rows: CellValue[][];
  readonly merge?: readonly string[];
  readonly formats?: Readonly<Record<string, string>>;
  readonly at?: Readonly<Record<string, Partial<Cell>>>;
}

/** An .xlsx of the named sheets. */
export async function workbook(
  sheets: Readonly<Record<string, SheetSpec>>,
  options: Omit<WriteOptions, "sheets"> = {}
): Promise<Uint8Array> {
  return writeXlsx({...options, sheets: Object.entries(sheets).map(([name, spec]) => sheetOf(name, spec))});
}

function sheetOf(name: string, {rows, merge = [], formats = {}, at = {}, ...rest}: SheetSpec): WriteSheet {
  const cells = new Map<string, Partial<Cell>>();
  for (const [reference, cell] of Object.entries(at)) cells.set(position(reference).join(","), cell);
  for (const [reference, numFmt] of Object.entries(formats)) {
    const [row, column] = position(reference);
    cells.set(`${row},${column}`, {...cells.get(`${row},${column}`), value: rows[row]?.[column] ?? null, style: {numFmt}});
  }
  const merges = merge.map((range) => {
    const [from = "", to = ""] = range.split(":");
    const [[startRow, startCol], [endRow, endCol]] = [position(from), position(to)];
    return {startRow, startCol, endRow, endCol};
  });
  return {name, rows, cells, merges, ...rest};
}

function position(reference: string): [number, number] {
  return [Number(reference.slice(1)) - 1, reference.charCodeAt(0) - 65];
}

/** The same workbook with one of its parts changed by hand; what no writer offers. */
export function changed(bytes: Uint8Array, part: string, change: (xml: string) => string): Uint8Array {
  const parts = unzipSync(bytes);
  const before = strFromU8(parts[part] ?? new Uint8Array());
  const after = change(before);
  if (after === before) throw new Error(`nothing changed in ${part}: ${before.slice(0, 2000)}`);
  return zipSync({...parts, [part]: strToU8(after)});
}
