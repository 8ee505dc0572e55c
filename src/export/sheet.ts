import type {Cell, CellStyle, WriteSheet} from "hucre/xlsx";
import {columnLetters} from "../../loaders/xlsx/sheet.ts";
import {fault} from "../fault.ts";
import {type Stamp, stampLines, stampMarks, stampState} from "../release/stamp.ts";
import {finishTemplate} from "../workspace/template/finish.ts";

/** A column: its header, how wide it is in Latin letters, and what it holds. */
export interface SheetColumn {
  readonly header: string;
  readonly width: number;
  /** text: as it is; mark: a short text in the middle; points: a number with two decimals, three where the third is not 0; count: a whole number. */
  readonly kind?: "text" | "mark" | "points" | "count";
}

export type SheetValue = string | number | null;

/** A table as a worksheet: title, words that must be seen, header, rows, lines about the result. */
export interface SheetTable {
  /** Name of the worksheet. */
  readonly name: string;
  readonly title: string;
  /** Lines between title and table. */
  readonly notes?: readonly string[];
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly SheetValue[])[];
  /** The sentence in place of rows. */
  readonly empty: string;
  /** Rows (from 0) that close a group: bold on grey. */
  readonly strong?: ReadonlySet<number>;
  /** Rows whose first cell goes across all columns. */
  readonly across?: ReadonlySet<number>;
  readonly portrait?: boolean;
  /** Rows (from 0) after which a new page begins. */
  readonly breaks?: readonly number[];
}

/** The workbook's own date: the same tables give the same bytes. */
const MADE = new Date(Date.UTC(2000, 0, 1));

/** Rows that fit a worksheet beside what stands above and below. */
const MOST_ROWS = 1_048_000;

/** Points that a line of text is high. */
const LINE = 16.5;

/** What a cell holds at most. */
const MOST_CHARS = 32_767;

const thin = {style: "thin", color: {rgb: "A6A6A6"}} as const;
const BORDER = {top: thin, right: thin, bottom: thin, left: thin};
const WRAPPED = {vertical: "center", wrapText: true} as const;
const GREY = {type: "pattern", pattern: "solid", fgColor: {rgb: "EDEDED"}} as const;
const BODY = {
  text: {border: BORDER, alignment: WRAPPED, numFmt: "@"},
  mark: {border: BORDER, alignment: {...WRAPPED, horizontal: "center"}, numFmt: "@"},
  points: {border: BORDER, alignment: {vertical: "center", horizontal: "right"}, numFmt: "0.00#"},
  count: {border: BORDER, alignment: {vertical: "center", horizontal: "right"}, numFmt: "0"}
} as const satisfies Record<string, CellStyle>;
const STYLES = {
  title: {font: {name: "宋体", bold: true, size: 16}, alignment: {horizontal: "center", vertical: "center", wrapText: true}},
  marks: {font: {name: "宋体", bold: true, color: {rgb: "C00000"}}, alignment: {horizontal: "center", vertical: "center"}},
  note: {font: {name: "宋体", size: 10}, alignment: WRAPPED},
  head: {
    font: {name: "宋体", bold: true},
    fill: GREY,
    border: BORDER,
    alignment: {horizontal: "center", vertical: "center", wrapText: true}
  },
  stamp: {font: {name: "宋体", size: 9, color: {rgb: "595959"}}, alignment: WRAPPED}
} as const satisfies Record<string, CellStyle>;

/**
 * Small tables as a workbook, ready for the printer: A4, title and header repeated on every page, the result's stamp on every sheet and page.
 * Shape: bytes of an .xlsx; values only, never formulas: a text that begins with = stays a text; the same tables give the same bytes.
 * Errors: Fault 2 for more rows than a worksheet holds.
 * @example writeFileSync("汇总.xlsx", await tableBook([{name: "汇总表", title, columns, rows, empty: "没有单位。"}], "汇总", stamp))
 */
export async function tableBook(tables: readonly SheetTable[], title: string, stamp: Stamp): Promise<Uint8Array> {
  const sheets = tables.map((table) => worksheet(table, stamp));
  const {writeXlsx} = await import("hucre/xlsx");
  const properties = {creator: "巡衡", title, created: MADE, modified: MADE};
  return finishTemplate(await writeXlsx({sheets, defaultFont: {name: "宋体", size: 11}, properties}), null);
}

function worksheet(table: SheetTable, stamp: Stamp): WriteSheet {
  const {name, title, notes = [], columns, rows, empty, strong, across = new Set(), portrait, breaks = []} = table;
  if (rows.length > MOST_ROWS)
    throw fault(2, {place: null, what: `${name}有${rows.length}行，超过一张工作表能放的`, advice: "请改用 .csv 或 .parquet"});
  const marks = stampMarks(stamp);
  const above = [title, ...(marks.length > 0 ? [`【${marks.join("】【")}】`] : []), ...notes];
  const top = above.length;
  const body = rows.length === 0 ? [[empty]] : rows.map((row) => row.map(cellValue));
  const below = stampLines(stamp);
  const values = [...above.map((line) => [line]), columns.map((c) => c.header), ...body, ...below.map((line) => [line])];
  const cells = new Map<string, Partial<Cell>>();
  const wide = [...above.keys(), ...(rows.length === 0 ? [top + 1] : []), ...below.map((_, i) => top + 1 + body.length + i)];
  const style = (r: number) => {
    if (r > top) return rows.length === 0 && r === top + 1 ? STYLES.note : STYLES.stamp;
    return r === 0 ? STYLES.title : r === 1 && marks.length > 0 ? STYLES.marks : STYLES.note;
  };
  for (const r of wide) cells.set(`${r},0`, {style: style(r)});
  for (const c of columns.keys()) cells.set(`${top},${c}`, {style: STYLES.head});
  // A body cell takes the look of its column; only rows that close a group have their own.
  for (const r of strong ?? [])
    for (const [c, {kind = "text"}] of columns.entries())
      cells.set(`${top + 1 + r},${c}`, {style: {...BODY[kind], font: {name: "宋体", bold: true}, fill: GREY}});
  const widths = columns.map((c) => c.width);
  const total = widths.reduce((a, b) => a + b, 0);
  const isWide = new Set([...wide, ...[...across].map((r) => top + 1 + r)]);
  const heights = values.map((row, r) => {
    if (isWide.has(r)) return LINE * lines(String(row[0] ?? ""), total) * (r === 0 ? 1.7 : 1);
    return LINE * Math.min(20, Math.max(1, ...row.map((value, c) => lines(value === null ? "" : String(value), widths[c] ?? 12))));
  });
  return {
    name,
    rows: values,
    cells,
    columns: columns.map(({width, kind = "text"}) => ({width, style: BODY[kind]})),
    rowDefs: new Map(heights.map((height, r) => [r, {height}])),
    merges: columns.length < 2 ? [] : [...isWide].map((r) => ({startRow: r, startCol: 0, endRow: r, endCol: columns.length - 1})),
    freezePane: {rows: top + 1},
    ...(breaks.length > 0 && {rowBreaks: breaks.map((r) => top + 1 + r)}),
    ...(rows.length > 0 && {autoFilter: {range: `A${top + 1}:${columnLetters(columns.length - 1)}${top + 1 + rows.length}`}}),
    pageSetup: {
      paperSize: "a4",
      orientation: portrait === true ? "portrait" : "landscape",
      ...{fitToPage: true, fitToWidth: 1, fitToHeight: 0, horizontalCentered: true},
      margins: {top: 0.75, bottom: 0.75, left: 0.5, right: 0.5, header: 0.3, footer: 0.3},
      printTitlesRow: `$1:$${top + 1}`
    },
    headerFooter: {oddHeader: `&R&"宋体"&9${plain(marks.join(" "))}`, oddFooter: footer(stamp)}
  };
}

/** What stands at the foot of every page: which result, until when, the page. */
function footer(stamp: Stamp): string {
  const {as_of, digest} = stamp;
  return `&L&"宋体"&8${plain(stampState(stamp))} 统计截止日 ${as_of}&C&8第 &P 页 共 &N 页&R&8结果摘要 ${digest.slice(0, 16)}`;
}

/** A text inside a page's header or footer, where & begins a code. */
function plain(text: string): string {
  return text.replaceAll("&", "&&");
}

/** Characters that XML cannot hold become a visible mark; a text longer than a cell holds ends in …. */
function cellValue(value: SheetValue): SheetValue {
  if (typeof value !== "string") return value;
  const clean = value.replace(/[^\P{C}\t\n\r\p{Cf}\p{Co}\p{Cn}]|[\ufffe\uffff]/gu, "\ufffd");
  return clean.length > MOST_CHARS ? `${clean.slice(0, MOST_CHARS - 1).replace(/\p{Cs}$/u, "")}…` : clean;
}

/** Lines that a text takes in a column; spreadsheet programs do not all reckon it themselves. */
function lines(text: string, width: number): number {
  const room = Math.max(1, width - 1);
  return text.split("\n").reduce((sum, part) => sum + Math.max(1, Math.ceil(textWidth(part) / room)), 0);
}

/** Columns that a text takes: two for a Han character. */
function textWidth(text: string): number {
  let width = 0;
  for (const char of text) width += char > "\u2e7f" ? 2 : 1;
  return width;
}
