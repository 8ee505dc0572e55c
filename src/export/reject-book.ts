import {writeFileSync} from "node:fs";
import type {Cell, CellStyle, WriteSheet} from "hucre/xlsx";
import {columnLetters} from "../../loaders/xlsx/sheet.ts";
import {CORRECTS} from "../contract/header.ts";
import {type Table, tableNamed} from "../contract/index.ts";
import {fault} from "../fault.ts";
import {groupBy} from "../score/group.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Database} from "../warehouse/duckdb.ts";
import {adviceSql, waitingSql, whatSql} from "../warehouse/reject.ts";
import {shownText, waitingRowsSql} from "../warehouse/waiting-row.ts";
import type {Batch} from "../workspace/batch.ts";
import {ACTIONS, BOOK_COLUMNS, NOTES_SHEET, SPACE_LABEL, sheetsOf} from "../workspace/correction-sheet.ts";
import {finishTemplate} from "../workspace/template/finish.ts";

/** What a workbook of corrections is made from. */
export interface RejectBookSource {
  readonly db: Database;
  readonly batches: readonly Batch[];
  /** Id of the workspace. */
  readonly workspace: string;
  readonly authority: string;
  /** Also rows that were corrected or waived. */
  readonly all: boolean;
}

/** What was written. */
export interface RejectBookCounts {
  /** Rows in the workbook; the same row in several places is one. */
  readonly rows: number;
  /** Rows that did not fit. */
  readonly left: number;
}

/** Rows of a sheet: with more something is wrong with the file as a whole, and nobody corrects them one by one. */
const MOST_ROWS = 10_000;
/** The workbook's own date: the same rows give the same bytes. */
const MADE = new Date(Date.UTC(2000, 0, 1));

const fill = (rgb: string) => ({type: "pattern", pattern: "solid", fgColor: {rgb}}) as const;
const thin = {style: "thin", color: {rgb: "BFBFBF"}} as const;
const BORDER = {top: thin, right: thin, bottom: thin, left: thin};
const TOP = {vertical: "top", wrapText: true} as const;
const STYLES = {
  title: {font: {name: "宋体", bold: true, size: 14}},
  head: {font: {name: "宋体", bold: true}, fill: fill("D9E1F2"), border: BORDER, alignment: {...TOP, horizontal: "center"}},
  ours: {fill: fill("F2F2F2"), border: BORDER, numFmt: "@", alignment: TOP},
  action: {fill: fill("FFF9DB"), border: BORDER, numFmt: "@", alignment: {vertical: "top", horizontal: "center"}},
  text: {border: BORDER, numFmt: "@", alignment: TOP},
  fault: {
    fill: fill("FFC7CE"),
    font: {name: "宋体", size: 11, color: {rgb: "9C0006"}},
    border: BORDER,
    numFmt: "@",
    alignment: TOP
  },
  mark: {
    fill: fill("D9D9D9"),
    font: {name: "宋体", color: {rgb: "A6A6A6"}, size: 8},
    border: BORDER,
    numFmt: "@",
    protection: {locked: true}
  }
} as const satisfies Record<string, CellStyle>;

/**
 * Writes rejected and held rows as a workbook to correct them in: a sheet of notes, then one a source.
 * Errors: Fault 2 for another ending, a file that is there already, or a place that cannot be written.
 * @example await writeRejectBook("退回.xlsx", {db, batches, workspace: "office", authority: "演示安委办", all: false})
 */
export async function writeRejectBook(file: string, from: RejectBookSource): Promise<RejectBookCounts> {
  if (!file.toLowerCase().endsWith(".xlsx"))
    throw fault(2, {place: {file}, what: "更正工作簿只能是 .xlsx", advice: "请把文件名写成 退回.xlsx 的样子"});
  const {sheets, counts} = await bookSheets(from);
  const {writeXlsx} = await import("hucre/xlsx");
  const properties = {creator: "巡衡", title: `退回和挂起的行：${from.workspace}`, created: MADE, modified: MADE};
  const bytes = finishTemplate(await writeXlsx({sheets, defaultFont: {name: "宋体", size: 11}, properties}), null);
  try {
    // Corrections that were typed into an earlier one must not be lost.
    writeFileSync(file, bytes, {flag: "wx"});
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException;
    if (code === "EEXIST")
      throw fault(2, {place: {file}, what: "已有这个文件，里面可能有填好的更正", advice: "请换一个文件名，或先移走它"});
    throw fault(2, {place: {file}, what: `写不了（${message.split("\n")[0]}）`, advice: "请核对目录是否存在、能否写入"});
  }
  return counts;
}

async function bookSheets(from: RejectBookSource): Promise<{sheets: WriteSheet[]; counts: RejectBookCounts}> {
  const sheets: WriteSheet[] = [];
  const lines: string[] = [];
  let [rows, left] = [0, 0];
  for (const {source, table, sheet} of sheetsOf(from.batches)) {
    const found = await sourceRows(from, tableNamed(table), source);
    if (found.length === 0) continue;
    const shown = found.slice(0, MOST_ROWS);
    rows += shown.length;
    left += found.length - shown.length;
    lines.push(countText(sheet, source, found, shown.length));
    sheets.push(sourceSheet(sheet, tableNamed(table), shown));
  }
  return {sheets: [notesSheet(from, lines), ...sheets], counts: {rows, left}};
}

interface BookRow {
  readonly mark: string;
  readonly is_held: boolean;
  readonly file: string;
  readonly sheet: string | null;
  readonly row: number;
  readonly state: string | null;
  /** Text of the contract columns, in their order. */
  readonly cells: readonly (string | null)[];
  readonly faults: readonly {readonly column: string; readonly what: string; readonly advice: string}[];
}

async function sourceRows({db, batches, all}: RejectBookSource, table: Table, source: string): Promise<BookRow[]> {
  const shown = table.columns.map((c) => `${shownText(quotedIdentifier(c.name), c)} as ${quotedIdentifier(`=${c.name}`)}`);
  const rows = await db.rows<Record<string, string | number | boolean | null>>(
    `select mark, is_held, source_file, source_sheet, source_row, state, ${shown.join(", ")} from (${waitingRowsSql(table, source, batches)})${all ? "" : " where state is null"} order by source_file, source_sheet nulls first, source_row, mark`
  );
  if (rows.length === 0) return [];
  const faults = await db.rows<{mark: string; column: string; what: string; advice: string}>(
    `select distinct mark, "column", ${whatSql("reason")} as what, coalesce(advice, ${adviceSql("reason")}) as advice from (${waitingSql(table.name)}) where source_name = ${quotedString(source)} order by all`
  );
  const byMark = groupBy(faults, ({mark}) => mark);
  return rows.map((row) => ({
    mark: String(row.mark),
    is_held: row.is_held === true,
    file: String(row.source_file),
    sheet: row.source_sheet === null ? null : String(row.source_sheet),
    row: Number(row.source_row),
    state: row.state === null ? null : String(row.state),
    cells: table.columns.map(({name}) => (row[`=${name}`] as string | null) ?? null),
    faults: byMark.get(String(row.mark)) ?? []
  }));
}

function sourceSheet(name: string, table: Table, rows: readonly BookRow[]): WriteSheet {
  const header = [...BOOK_COLUMNS, ...table.columns.map((c) => c.header), CORRECTS];
  const cells = new Map<string, Partial<Cell>>();
  for (const c of header.keys()) cells.set(`0,${c}`, {style: STYLES.head});
  const values: (string | null)[][] = [header];
  for (const row of rows) {
    const r = values.length;
    values.push(rowCells(row));
    for (const c of header.keys()) cells.set(`${r},${c}`, {style: ourStyle(c, header.length)});
    for (const [column, texts] of groupBy(row.faults, (f) => f.column)) {
      const at = table.columns.findIndex((c) => c.name === column);
      const text = texts.map(({what, advice}) => `${what}；${advice}`).join("\n");
      const place = at < 0 ? 1 : BOOK_COLUMNS.length + at;
      cells.set(`${r},${place}`, {
        style: at < 0 ? STYLES.ours : STYLES.fault,
        ...(at < 0 ? {} : {comment: {author: "巡衡", text}})
      });
    }
  }
  const widths = header.map((_, c) => width(c, values, table));
  const last = rows.length + 1;
  return {
    name,
    rows: values,
    cells,
    columns: header.map((_, c) => ({width: widths[c] ?? 12})),
    rowDefs: new Map(values.map((row, r) => [r, {height: height(row, widths)}])),
    freezePane: {rows: 1, columns: 3},
    autoFilter: {range: `A1:${columnLetters(header.length - 1)}${last}`},
    dataValidations: [
      {
        type: "list",
        values: [...ACTIONS],
        allowBlank: true,
        range: `A2:A${last}`,
        showErrorMessage: true,
        errorTitle: "处理",
        errorMessage: "请从下拉表里选，或留空"
      }
    ]
  };
}

function rowCells({is_held, state, file, sheet, row, cells, faults, mark}: BookRow): (string | null)[] {
  const done = state === null ? "" : `（已${state}）`;
  const what = [...new Set(faults.map((f) => f.what))].join("；\n");
  const advice = [...new Set(faults.map((f) => f.advice))].join("；\n");
  return [null, `${done}${is_held ? "挂起：" : ""}${what}`, advice, file, sheet, String(row), ...cells, mark];
}

function ourStyle(column: number, columns: number): CellStyle {
  if (column === 0) return STYLES.action;
  if (column === columns - 1) return STYLES.mark;
  return column < BOOK_COLUMNS.length ? STYLES.ours : STYLES.text;
}

/** Characters (of Latin letters) that a column is wide; one that holds nothing is narrow. */
function width(column: number, values: readonly (readonly (string | null)[])[], table: Table): number {
  const ours = [9, 30, 28, 18, 11, 7][column];
  if (ours !== undefined) return ours;
  const own = table.columns[column - BOOK_COLUMNS.length];
  if (own === undefined) return 34;
  const longest = Math.max(...values.slice(1, 200).map((row) => textWidth(row[column] ?? "")));
  return longest === 0 ? 10 : Math.min(40, Math.max(12, longest + 2));
}

/** Points that a row is high so that its texts can be read; spreadsheet programs do not all reckon it themselves. */
function height(row: readonly (string | null)[], widths: readonly number[]): number {
  const lines = row.slice(0, -1).map((text, c) => {
    const parts = (text ?? "").split("\n").map((part) => Math.ceil(textWidth(part) / ((widths[c] ?? 12) - 1)));
    return parts.reduce((sum, n) => sum + Math.max(1, n), 0);
  });
  return 16 * Math.min(8, Math.max(...lines));
}

/** Columns that a text takes: two for a Han character. */
function textWidth(text: string): number {
  return [...text].reduce((sum, char) => sum + (char > "\u2e7f" ? 2 : 1), 0);
}

function countText(sheet: string, source: string, rows: readonly BookRow[], shown: number): string {
  const held = rows.filter((r) => r.is_held).length;
  const more = rows.length - shown;
  return `工作表“${sheet}”（来源 ${source}）：退回${rows.length - held}行，挂起${held}行${more > 0 ? `；这里只有前${shown}行，多半是整列对应错了，请先核对xunheng.yaml的columns和values` : ""}`;
}

/** What to do, for somebody who has never seen such a workbook. */
function notesSheet({workspace, authority}: RejectBookSource, lines: readonly string[]): WriteSheet {
  const rows = [
    ["退回和挂起的行：更正工作簿"],
    [SPACE_LABEL, workspace, authority],
    ["1. 每张工作表是一个来源。红格就是出错的格，鼠标停在上面看原因；“原因”“怎么办”两列写着全部。"],
    ["2. 对照原件，直接改右边的格。改过的行“处理”可以留空，也可以选“更正”。"],
    ["3. 内容不错、照原样计入（例如重复编号里要留的那一行），“处理”选“照此为准”。不再更正的行选“放弃”，以后不再列出。"],
    ["4. 没有改、也没有选的行不会有任何变化。“更正标记”一列请勿改动；不要插入新行，新的行请写进原来的台账。"],
    ["5. 人员编号里的居民身份证号已遮盖；留着不改，这一行仍然退回。原文里看不见的字符显示为�，请删去。"],
    ["6. 填好保存，运行：xunheng corrections 本文件 --by 填写人。每一行成不成，当场说明。"],
    [""],
    ...(lines.length === 0 ? [["没有退回或挂起的行。"]] : lines.map((line) => [line]))
  ];
  const cells = new Map<string, Partial<Cell>>(
    rows.map((_, r) => [`${r},0`, {style: r === 0 ? STYLES.title : {alignment: {vertical: "top"}}}])
  );
  return {name: NOTES_SHEET, rows, cells, columns: [{width: 24}, {width: 20}, {width: 40}]};
}
