import {type CellStyle, type MergeRange, type Cell as SheetCell, writeXlsx} from "hucre/xlsx";
import {type Form, grid, rowsAbove} from "./form.ts";
import type {Row} from "./world.ts";

/** One sheet: a form over rows, or free text that no table is in. */
export type SheetSpec =
  | {readonly name: string; readonly form: Form; readonly rows: Iterable<Row>; readonly mergeDown?: readonly string[]}
  | {readonly name: string; readonly lines: readonly string[]; readonly hidden?: boolean};

const TITLE: CellStyle = {font: {bold: true, size: 16}, alignment: {horizontal: "center"}};
const HEADER: CellStyle = {font: {bold: true}, alignment: {horizontal: "center", wrapText: true}};
const DATE: CellStyle = {numFmt: "yyyy-mm-dd"};
const TEXT: CellStyle = {numFmt: "@"};
/** The workbook's own date: nothing in a sample depends on the day it was made. */
const MADE = new Date(Date.UTC(2026, 0, 5));

/** A workbook with merged titles, bold headers, codes as text. The same sheets give the same bytes. */
export async function workbook(sheets: readonly SheetSpec[]): Promise<Uint8Array> {
  return writeXlsx({
    sheets: sheets.map((spec) => ("lines" in spec ? plainSheet(spec) : formSheet(spec))),
    properties: {creator: "演示", created: MADE, modified: MADE}
  });
}

function plainSheet({name, lines, hidden}: Extract<SheetSpec, {lines: readonly string[]}>) {
  return {name, rows: lines.map((line) => [line]), hidden: hidden ?? false};
}

function formSheet({name, form, rows, mergeDown = []}: Extract<SheetSpec, {form: Form}>) {
  const above = rowsAbove(form);
  const width = form.columns.length;
  const cells = new Map<string, Partial<SheetCell>>();
  const merges: MergeRange[] = form.titles.map((_, i) => ({startRow: i, startCol: 0, endRow: i, endCol: width - 1}));
  const values: (string | number | null)[][] = [];
  for (const row of grid(form, rows)) {
    const r = values.length;
    values.push(row.map((cell) => (typeof cell === "object" ? (cell?.serial ?? null) : cell)));
    for (const [c, cell] of row.entries()) {
      if (cell === null) continue;
      const style =
        r < above ? TITLE : r === above ? HEADER : typeof cell === "object" ? DATE : typeof cell === "string" ? TEXT : null;
      if (style) cells.set(`${r},${c}`, {style});
    }
  }
  for (const header of mergeDown) {
    const c = form.columns.findIndex((column) => column.header === header);
    merges.push(...mergedRuns(values, above + 1, c));
  }
  return {name, rows: values, cells, merges, freezePane: {rows: above + 1}, columns: form.columns.map(() => ({width: 14}))};
}

/** Merges equal neighbours of a column and blanks all but the first, as a person does who wants the page to look tidy. */
function mergedRuns(values: (string | number | null)[][], from: number, c: number): MergeRange[] {
  const merges: MergeRange[] = [];
  for (let start = from; start < values.length; ) {
    let end = start;
    const value = values[start]?.[c] ?? null;
    while (value !== null && values[end + 1]?.[c] === value) end++;
    if (end > start) {
      merges.push({startRow: start, startCol: c, endRow: end, endCol: c});
      for (let r = start + 1; r <= end; r++) (values[r] as (string | number | null)[])[c] = null;
    }
    start = end + 1;
  }
  return merges;
}
