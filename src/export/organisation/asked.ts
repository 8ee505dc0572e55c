import {existsSync, readFileSync, statSync} from "node:fs";
import {basename, extname} from "node:path";
import {LIMITS} from "../../../loaders/limits.ts";
import {refuseMarked, refuseStarred} from "../../../loaders/marking.ts";
import {DOUBLE} from "../../../loaders/text/dialect.ts";
import {textRecords} from "../../../loaders/text/records.ts";
import {showCell} from "../../../loaders/xlsx/cell.ts";
import {WorkbookError} from "../../../loaders/xlsx/error.ts";
import {refuseOtherFormats, unreadable} from "../../../loaders/xlsx/format.ts";
import {surveySheet} from "../../../loaders/xlsx/sheet.ts";
import {openWorkbook} from "../../../loaders/xlsx/workbook.ts";
import {type Complaint, Fault, fault} from "../../fault.ts";

/** A person whom a 函询 asks about: by number, or by name and unit. */
export interface Asked {
  /** Row of the list, as the spreadsheet program numbers it. */
  readonly row: number;
  readonly person_id: string | null;
  readonly name: string | null;
  /** Name or code of the unit. */
  readonly unit: string | null;
}

/** Headers by what they mean, blanks removed. */
const HEADERS: Readonly<Record<keyof Omit<Asked, "row">, readonly string[]>> = {
  person_id: ["人员编号", "人员代码", "工号", "person_id"],
  name: ["姓名", "人员姓名", "名字", "person_name"],
  unit: ["单位", "单位名称", "任职单位", "工作单位", "单位编码", "unit_code", "unit_name", "现任职单位"]
};

/** A list of people beyond this is no list for one enquiry. */
const MOST_ROWS = 2000;
const MOST_BYTES = 8 * 2 ** 20;

/** An identity number, or one with a letter at its end: never kept here. */
const IDENTITY = /^[1-9]\d{16}[\dXx]$|^[1-9]\d{14}$/;

interface Line {
  readonly number: number;
  readonly cells: readonly string[];
}

/**
 * The list of a 函询: a header row among the first ten, below it one person a row, blank rows passed over.
 * Shape: .xlsx (its first sheet that is shown) or .csv (UTF-8 or GB18030) in, people in the order of the list out.
 * Errors: Fault 2 for a file that is no such list, naming every row that says too little; Fault 3 for a classified one.
 * @example readAsked("名单.xlsx") // [{row: 2, person_id: "R1", name: null, unit: null}]
 */
export function readAsked(path: string): Asked[] {
  const file = basename(path);
  const place = {file};
  if (!existsSync(path) || !statSync(path).isFile())
    throw fault(2, {place: {file: path}, what: "没有这个名单文件", advice: "请核对 --persons 的路径"});
  if (statSync(path).size > MOST_BYTES) throw fault(2, {place, what: "名单文件太大", advice: "请只留函询的人员"});
  refuseMarked(file, place);
  const ending = extname(path).toLowerCase();
  if (ending !== ".xlsx" && ending !== ".csv")
    throw fault(2, {place, what: `不会读“${ending}”的名单`, advice: "请另存为 .xlsx 或 .csv"});
  const lines = ending === ".xlsx" ? sheetLines(path, file) : textLines(path, file);
  for (const {cells} of lines) for (const cell of cells) refuseStarred(cell, place);
  const head = lines.slice(0, 10).findIndex(({cells}) => columnOf(cells, "person_id") >= 0 || columnOf(cells, "name") >= 0);
  for (const {cells} of lines.slice(0, Math.max(0, head))) for (const cell of cells) refuseMarked(cell, place);
  const header = lines[head];
  if (!header) throw fault(2, {place, what: "没有找到表头", advice: "名单要有“人员编号”一列，或“姓名”和“单位”两列"});
  return people(file, lines.slice(head + 1), header.cells);
}

function people(file: string, lines: readonly Line[], header: readonly string[]): Asked[] {
  const at = {person_id: columnOf(header, "person_id"), name: columnOf(header, "name"), unit: columnOf(header, "unit")};
  const complaints: Complaint[] = [];
  const asked: Asked[] = [];
  for (const {number: row, cells} of lines) {
    const said = (column: number) => cells[column]?.trim() || null;
    const [person_id, name, unit] = [said(at.person_id), said(at.name), said(at.unit)];
    if (person_id === null && name === null && unit === null) continue;
    const place = {file, line: row};
    if (person_id !== null && IDENTITY.test(person_id))
      complaints.push({place, what: "人员编号是身份证件号码", advice: "请改用本单位的人员编号，或写姓名和单位"});
    else if (person_id === null && (name === null || unit === null))
      complaints.push({place, what: "没有人员编号，姓名和单位也不全", advice: "请填人员编号，或同时填姓名和单位"});
    else asked.push({row, person_id, name: name?.replace(/[\s\u3000]+/gu, "") ?? null, unit});
  }
  if (complaints.length > 0) throw new Fault(2, complaints);
  if (asked.length === 0) throw fault(2, {place: {file}, what: "名单里没有人", advice: "请在表头下面逐行填写"});
  return asked;
}

function columnOf(cells: readonly string[], meaning: keyof typeof HEADERS): number {
  return cells.findIndex((cell) => HEADERS[meaning].includes(cell.replace(/[\s\u3000（）()*]+/gu, "")));
}

function sheetLines(path: string, file: string): Line[] {
  const bytes = readFileSync(path);
  refuseOtherFormats(file, bytes);
  try {
    const book = openWorkbook(bytes, LIMITS);
    const sheet = book.sheets.find(({hidden}) => !hidden);
    if (!sheet) throw fault(2, {place: {file}, what: "没有可见的工作表", advice: "请核对文件"});
    const {head, prints} = surveySheet(book, sheet, MOST_ROWS + 1);
    for (const print of prints) refuseMarked(print, {file});
    return limited(head, file).map(({number, cells}) => ({
      number,
      cells: Array.from(cells, (cell) => showCell(cell, book))
    }));
  } catch (error) {
    throw error instanceof WorkbookError ? unreadable(file, error) : error;
  }
}

function textLines(path: string, file: string): Line[] {
  const bytes = readFileSync(path);
  const text = decoded(bytes, file);
  const dialect = {delimiter: text.split(/[\r\n]/, 1)[0]?.includes("\t") ? "\t" : ",", quote: DOUBLE};
  const records = [...textRecords([text], {dialect})];
  const broken = records.findIndex((record) => record.broken);
  if (broken >= 0) throw fault(2, {place: {file, line: broken + 1}, what: "引号没有成对", advice: "请核对这一行"});
  return limited(records, file).map(({cells}, i) => ({number: i + 1, cells}));
}

function decoded(bytes: Buffer, file: string): string {
  for (const encoding of ["utf-8", "gb18030"])
    try {
      return new TextDecoder(encoding, {fatal: true}).decode(bytes);
    } catch {
      // The next one may fit.
    }
  throw fault(2, {place: {file}, what: "文字的编码认不出来", advice: "请另存为 UTF-8 的 .csv 或 .xlsx"});
}

function limited<T>(rows: readonly T[], file: string): readonly T[] {
  if (rows.length > MOST_ROWS) throw fault(2, {place: {file}, what: `名单超过${MOST_ROWS}行`, advice: "请分几次答复"});
  return rows;
}
