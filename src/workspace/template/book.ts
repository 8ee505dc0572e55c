import type {Cell, CellStyle, DataValidation, WriteSheet} from "hucre/xlsx";
import {columnLetters} from "../../../loaders/xlsx/sheet.ts";
import {TABLES, type Table} from "../../contract/index.ts";
import {TEMPLATE_WORDS} from "../../contract/template-word.ts";
import type {Regime} from "../../regime/types.ts";
import {type TemplateColumn, templateColumns} from "./column.ts";
import {finishTemplate} from "./finish.ts";
import {columnSheet, noteSheet} from "./note.ts";

/** Rows of a table's sheet, from 1: what it is, what each column wants, an example, the header, and the first to fill. */
export const ROWS = {title: 1, needed: 2, example: 3, header: 4, first: 5} as const;

/** The last row a spreadsheet program has. */
const LAST = 1_048_576;
/** So many codes of another table are offered. */
const OFFERED = 20_000;
/** The workbook's own date: the same regime gives the same bytes. */
const MADE = new Date(Date.UTC(2000, 0, 1));

const fill = (rgb: string) => ({type: "pattern", pattern: "solid", fgColor: {rgb}}) as const;
const thin = {style: "thin", color: {rgb: "BFBFBF"}} as const;
const BORDER = {top: thin, right: thin, bottom: thin, left: thin};
const COLOURS: Readonly<Record<TemplateColumn["needed"], {header: CellStyle; needed: CellStyle}>> = {
  必填: look("F4B183", "C00000"),
  有时必填: look("FFE699", "7F6000"),
  选填: look("E2E2E2", "595959")
};
const TITLE: CellStyle = {font: {name: "宋体", bold: true, size: 13}, numFmt: "@", alignment: {vertical: "center"}};
const EXAMPLE: CellStyle = {
  font: {name: "宋体", italic: true, color: {rgb: "7F7F7F"}},
  fill: fill("F7F7F7"),
  border: BORDER,
  numFmt: "@",
  alignment: {wrapText: true, vertical: "center"}
};

function look(header: string, text: string): {header: CellStyle; needed: CellStyle} {
  const centred = {horizontal: "center", vertical: "center", wrapText: true} as const;
  return {
    header: {font: {name: "宋体", bold: true}, fill: fill(header), border: BORDER, numFmt: "@", alignment: centred},
    needed: {font: {name: "宋体", size: 9, color: {rgb: text}}, numFmt: "@", alignment: centred}
  };
}

/**
 * The blank workbook of an office: how to fill it in, a sheet a table, and a list of all columns.
 * Shape: bytes of an .xlsx; a table's header is in row 4 and its rows begin in row 5, so that the example above the header can
 * never be taken for data. The same regime gives the same bytes.
 * @example writeFileSync("台账.xlsx", await templateBook(regime))
 */
export async function templateBook(regime: Regime): Promise<Uint8Array> {
  const {writeXlsx} = await import("hucre/xlsx");
  const book = await writeXlsx({
    sheets: [noteSheet(regime), ...TABLES.map((table) => tableSheet(table, regime)), columnSheet(regime)],
    defaultFont: {name: "宋体", size: 11},
    properties: {creator: "巡衡", title: `${regime.title}：台账模板`, created: MADE, modified: MADE}
  });
  return finishTemplate(book, ROWS.first);
}

function tableSheet(table: Table, regime: Regime): WriteSheet {
  const columns = templateColumns(table, regime);
  const cells = new Map<string, Partial<Cell>>([["0,0", {value: titleText(table), style: TITLE}]]);
  for (const [i, c] of columns.entries()) {
    const {header, needed} = COLOURS[c.needed];
    const example = i === 0 ? `示例：${c.example}` : c.example;
    const comment = {author: "巡衡", text: commentText(c, i === 0)};
    cells.set(`${ROWS.needed - 1},${i}`, {value: `${c.needed}·${c.type}`, style: needed});
    cells.set(`${ROWS.example - 1},${i}`, {value: example, style: EXAMPLE});
    cells.set(`${ROWS.header - 1},${i}`, {value: c.column.header, style: header, comment});
    cells.set(`${ROWS.first - 1},${i}`, {value: null, style: {numFmt: formatOf(c), alignment: {vertical: "top"}}});
  }
  return {
    name: table.title,
    rows: [[], [], [], [], []],
    cells,
    columns: columns.map((c, i) => ({width: Math.max(widthOf(c), i === 0 ? 18 : 0)})),
    rowDefs: new Map([
      [ROWS.title - 1, {height: 24}],
      [ROWS.needed - 1, {height: 26}],
      [ROWS.example - 1, {height: 32}],
      [ROWS.header - 1, {height: 32}]
    ]),
    dataValidations: columns.flatMap((c, i) => validation(c, columnLetters(i)) ?? []),
    freezePane: {rows: ROWS.header, columns: 1},
    view: {tabColor: {rgb: TEMPLATE_WORDS[table.name]?.later ? "BFBFBF" : "F4B183"}},
    pageSetup: {
      paperSize: "a4",
      orientation: "landscape",
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `$${ROWS.header}:$${ROWS.header}`
    }
  };
}

function titleText({name, title}: Table): string {
  return `${title}　每行${TEMPLATE_WORDS[name]?.row ?? "一条"}。橙色列必填；第3行是示例，不会装入，不必删；从第5行填起。`;
}

function commentText(c: TemplateColumn, key: boolean): string {
  const {column, needed, type, choices, refers, example, note} = c;
  return [
    `${column.header}（${column.name}）：${needed}，${type}`,
    ...(note === null ? [] : [note]),
    ...(choices === null ? [] : [`可填：${choices.join("、")}`]),
    ...(refers === null || note !== null ? [] : ["须在另一张表里有这个编号"]),
    ...(example === "" ? [] : [`例：${example}`]),
    ...(key ? ["同一编号只能有一行"] : [])
  ].join("\n");
}

function widthOf({column, example}: TemplateColumn): number {
  if (column.type === "date") return 13;
  if (column.type === "timestamp") return 18;
  if (["description", "requirement", "grounds", "reason", "measure", "result"].includes(column.name)) return 36;
  return Math.min(28, Math.max(11, column.header.length * 2 + 2, textWidth(example) + 3));
}

function textWidth(text: string): number {
  return [...text].reduce((sum, char) => sum + (char > "\u2e80" ? 2 : 1), 0);
}

function formatOf({column: {type}}: TemplateColumn): string {
  if (type === "date") return "yyyy-mm-dd";
  if (type === "timestamp") return "yyyy-mm-dd hh:mm";
  if (type === "integer") return "0";
  return type === "decimal" ? "General" : "@";
}

function validation(c: TemplateColumn, letters: string): DataValidation | null {
  const {column, choices, strict, refers} = c;
  const range = `${letters}${ROWS.first}:${letters}${LAST}`;
  const rest = {range, allowBlank: true, showErrorMessage: true, errorTitle: column.header};
  if (choices !== null) {
    const listed = choices.join("、");
    const errorMessage = strict ? `请填：${listed}` : `一般填：${listed}。仍要填别的值吗？`;
    return {
      type: "list",
      values: [...choices],
      ...rest,
      errorStyle: strict ? "stop" : "warning",
      errorMessage: short(errorMessage)
    };
  }
  if (refers !== null) return codeList(refers, rest);
  const warning = {...rest, errorStyle: "warning"} as const;
  switch (column.type) {
    case "date":
    case "timestamp":
      return {
        type: "date",
        operator: "greaterThan",
        formula1: "18264",
        ...warning,
        errorMessage: "看起来不是日期。请填成 2025-03-01 的样子；仍要这样填吗？"
      };
    case "integer":
      return {type: "whole", operator: "greaterThanOrEqual", formula1: "0", ...warning, errorMessage: "应为整数。仍要这样填吗？"};
    case "decimal":
      return {
        type: "decimal",
        operator: "greaterThanOrEqual",
        formula1: "-1000000000",
        ...warning,
        errorMessage: "应为数字，不带单位。仍要这样填吗？"
      };
    default:
      return null;
  }
}

/** The codes that the other table's sheet holds so far. */
function codeList({table: name, column}: {table: string; column: string}, rest: Omit<DataValidation, "type">): DataValidation {
  const table = TABLES.find((t) => t.name === name) as Table;
  const letters = columnLetters(table.columns.findIndex((c) => c.name === column));
  const [first, all] = [
    `'${table.title}'!$${letters}$${ROWS.first}`,
    `'${table.title}'!$${letters}$${ROWS.first}:$${letters}$${OFFERED}`
  ];
  return {
    ...rest,
    type: "list",
    formula1: `OFFSET(${first},0,0,MAX(1,COUNTA(${all})),1)`,
    errorStyle: "warning",
    errorMessage: `“${table.title}”表里还没有这个编号；没有的话，装入时这一行会挂起。仍要这样填吗？`
  };
}

/** A spreadsheet program shows 255 characters. */
function short(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 199)}…`;
}
