import type {Cell, CellStyle, DataValidation, WriteSheet} from "hucre/xlsx";
import {columnLetters} from "../../loaders/xlsx/sheet.ts";
import {type Stamp, stampLines, stampMarks, stampState} from "../release/stamp.ts";
import {finishTemplate} from "../workspace/template/finish.ts";

/** A column of a form: given by us and locked, or to be filled in. */
export interface FormColumn {
  readonly header: string;
  /** Characters of Latin letters. */
  readonly width: number;
  readonly fill?: "choice" | "date" | "text";
  readonly choices?: readonly string[];
  /** A locked number with its digits. */
  readonly number?: "0.00#" | "0";
  /** Left out when it holds nothing: what this audience may not see, or nobody has said yet. */
  readonly optional?: boolean;
  /** Small and grey: for the program alone. */
  readonly quiet?: boolean;
}

/** A workbook for one unit to fill in and send back. */
export interface Form {
  /** Name of the sheet that is loaded back. */
  readonly sheet: string;
  readonly title: string;
  /** Lines between title and table: what to do. */
  readonly steps: readonly string[];
  readonly columns: readonly FormColumn[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** Who signs, below the table. */
  readonly foot: readonly string[];
  /** Lines of the second sheet, before those of the stamp. */
  readonly notes: readonly string[];
}

/** The workbook's own date: the same form gives the same bytes. */
const MADE = new Date(Date.UTC(2000, 0, 1));

const thin = {style: "thin", color: {rgb: "A6A6A6"}} as const;
const BORDER = {top: thin, right: thin, bottom: thin, left: thin};
const TOP = {vertical: "top", wrapText: true} as const;
const colour = (rgb: string) => ({type: "pattern", pattern: "solid", fgColor: {rgb}}) as const;
const LOCKED = {protection: {locked: true}} as const;
const OPEN = {protection: {locked: false}, fill: colour("FFF9DB"), border: BORDER} as const;
const STYLES = {
  title: {font: {name: "宋体", bold: true, size: 15}, alignment: {horizontal: "center", vertical: "center"}},
  marks: {font: {name: "宋体", bold: true, color: {rgb: "C00000"}}, alignment: {horizontal: "center"}},
  note: {font: {name: "宋体", size: 10}, alignment: TOP},
  head: {font: {name: "宋体", bold: true}, fill: colour("E2E2E2"), border: BORDER, alignment: {...TOP, horizontal: "center"}},
  asked: {font: {name: "宋体", bold: true}, fill: colour("F4B183"), border: BORDER, alignment: {...TOP, horizontal: "center"}},
  given: {...LOCKED, border: BORDER, numFmt: "@", alignment: TOP},
  quiet: {...LOCKED, border: BORDER, numFmt: "@", font: {name: "宋体", size: 8, color: {rgb: "A6A6A6"}}, alignment: TOP},
  choice: {...OPEN, numFmt: "@", alignment: {vertical: "top", horizontal: "center"}},
  date: {...OPEN, numFmt: "yyyy-mm-dd", alignment: {vertical: "top", horizontal: "center"}},
  text: {...OPEN, numFmt: "@", alignment: TOP}
} as const satisfies Record<string, CellStyle>;

/**
 * A form as a workbook: given columns locked (without a password), yellow ones to fill in with drop-downs, the stamp on a second sheet and at the
 * foot of every page.
 * Shape: bytes of an .xlsx, values only, never formulas; the same form gives the same bytes.
 * @example await formBook({sheet: "扣分确认", title, steps, columns, rows, foot: [], notes: []}, stamp)
 */
export async function formBook(form: Form, stamp: Stamp): Promise<Uint8Array> {
  const {writeXlsx} = await import("hucre/xlsx");
  const properties = {creator: "巡衡", title: form.title, created: MADE, modified: MADE};
  const sheets = [formSheet(form, stamp), noteSheet(form, stamp)];
  return finishTemplate(await writeXlsx({sheets, defaultFont: {name: "宋体", size: 11}, properties}), null);
}

function formSheet({sheet, title, steps, foot, ...all}: Form, stamp: Stamp): WriteSheet {
  const kept = [...all.columns.keys()].filter((c) => !all.columns[c]?.optional || all.rows.some((row) => row[c] !== null));
  const columns = all.columns.filter((_, c) => kept.includes(c));
  const rows = all.rows.map((row) => kept.map((c) => row[c] ?? null));
  const marks = stampMarks(stamp);
  const above = [title, ...(marks.length > 0 ? [`【${marks.join("】【")}】`] : []), ...steps];
  const head = above.length;
  const values = [
    ...above.map((line) => [line]),
    columns.map((c) => c.header),
    ...rows.map((row) => [...row]),
    ...(foot.length > 0 ? [[], ...foot.map((line) => [line])] : [])
  ];
  const wide = [...above.keys(), ...foot.map((_, i) => head + rows.length + 2 + i)];
  const cells = new Map<string, Partial<Cell>>();
  const aboveStyle = (r: number) => (r === 0 ? STYLES.title : r === 1 && marks.length > 0 ? STYLES.marks : STYLES.note);
  for (const r of wide) cells.set(`${r},0`, {style: r < head ? aboveStyle(r) : STYLES.note});
  for (const [c, column] of columns.entries()) {
    cells.set(`${head},${c}`, {style: column.fill ? STYLES.asked : STYLES.head});
    for (const r of rows.keys()) cells.set(`${head + 1 + r},${c}`, {style: bodyStyle(column)});
  }
  const widths = columns.map((c) => c.width);
  const total = widths.reduce((a, b) => a + b, 0);
  const isWide = new Set(wide);
  const heights = values.map((row, r) => {
    if (isWide.has(r)) return 15 * linesOf(String(row[0] ?? ""), total) * (r === 0 ? 1.7 : 1);
    const lines = row.map((value, c) => (columns[c]?.quiet ? 1 : linesOf(String(value ?? ""), widths[c] ?? 12)));
    return 3 + 16 * Math.min(24, Math.max(1, ...lines));
  });
  const last = head + 1 + rows.length;
  return {
    name: sheet,
    rows: values,
    cells,
    columns: widths.map((width) => ({width})),
    rowDefs: new Map(heights.map((height, r) => [r, {height}])),
    merges: wide.map((r) => ({startRow: r, startCol: 0, endRow: r, endCol: columns.length - 1})),
    freezePane: {rows: head + 1},
    protection: {sheet: true, formatCells: true, formatColumns: true, formatRows: true},
    dataValidations: columns.flatMap((column, c) =>
      validation(column, `${columnLetters(c)}${head + 2}:${columnLetters(c)}${last}`)
    ),
    pageSetup: {
      ...{paperSize: "a4", orientation: "landscape", fitToPage: true, fitToWidth: 1, fitToHeight: 0, horizontalCentered: true},
      margins: {top: 0.6, bottom: 0.7, left: 0.4, right: 0.4, header: 0.3, footer: 0.3},
      printTitlesRow: `$${head + 1}:$${head + 1}`
    },
    headerFooter: {oddFooter: footer(stamp)}
  };
}

function bodyStyle({fill, number, quiet}: FormColumn): CellStyle {
  if (fill) return STYLES[fill];
  if (number) return {...STYLES.given, numFmt: number, alignment: {vertical: "top", horizontal: "right"}};
  return quiet ? STYLES.quiet : STYLES.given;
}

function validation({header, fill, choices}: FormColumn, range: string): DataValidation[] {
  const rest = {range, allowBlank: true, showErrorMessage: true, errorTitle: header};
  if (fill === "choice")
    return [
      {
        type: "list",
        values: [...(choices ?? [])],
        ...rest,
        errorStyle: "stop",
        errorMessage: `请从下拉里选：${choices?.join("、")}`
      }
    ];
  if (fill !== "date") return [];
  const errorMessage = "看起来不是日期。请填成 2026-01-06 的样子；仍要这样填吗？";
  return [{type: "date", operator: "greaterThan", formula1: "36526", ...rest, errorStyle: "warning", errorMessage}];
}

function noteSheet({title, notes}: Form, stamp: Stamp): WriteSheet {
  const rows = [[title], ...notes.map((line) => [line]), [], ...stampLines(stamp).map((line) => [line])];
  return {
    name: "说明",
    rows,
    cells: new Map(rows.map((_, r) => [`${r},0`, {style: r === 0 ? {font: {name: "宋体", bold: true, size: 13}} : STYLES.note}])),
    columns: [{width: 110}],
    rowDefs: new Map(rows.map(([line], r) => [r, {height: 15 * linesOf(line ?? "", 110) * (r === 0 ? 1.5 : 1)}])),
    protection: {sheet: true},
    pageSetup: {paperSize: "a4", orientation: "portrait", fitToPage: true, fitToWidth: 1, fitToHeight: 0}
  };
}

function footer(stamp: Stamp): string {
  const plain = (text: string) => text.replaceAll("&", "&&");
  return `&L&"宋体"&8${plain(stampState(stamp))} 统计截止日 ${stamp.as_of}&C&8第 &P 页 共 &N 页&R&8结果摘要 ${stamp.digest.slice(0, 16)}`;
}

/** Lines that a text takes in a column; spreadsheet programs do not all reckon it themselves. */
function linesOf(text: string, width: number): number {
  const room = Math.max(1, 0.9 * width - 1);
  return text.split("\n").reduce((sum, part) => sum + Math.max(1, Math.ceil(textWidth(part) / room)), 0);
}

/** Columns that a text takes: two for a Han character. */
function textWidth(text: string): number {
  return [...text].reduce((sum, char) => sum + (char > "\u2e7f" ? 2 : 1), 0);
}
