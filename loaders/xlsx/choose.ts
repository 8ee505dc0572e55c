import {checkHeader, HEAD_ROWS, headerKey, matchedColumns, noHeader} from "../../src/contract/header.ts";
import type {Table} from "../../src/contract/index.ts";
import {fault, nearestName} from "../../src/fault.ts";
import type {Limits} from "../limits.ts";
import type {Source} from "../loader.ts";
import {refuseMarked} from "../marking.ts";
import {showCell} from "./cell.ts";
import {beyondLimit} from "./error.ts";
import {findHeading, type Heading} from "./heading.ts";
import {cellPlace} from "./place.ts";
import {type Survey, surveySheet} from "./sheet.ts";
import type {SheetEntry, Workbook} from "./workbook.ts";

/** A sheet that holds the table. */
export interface TableSheet {
  readonly entry: SheetEntry;
  readonly heading: Heading;
  readonly survey: Survey;
}

interface Looked {
  readonly entry: SheetEntry;
  readonly survey: Survey;
  readonly heading: Heading | null;
}

/**
 * The sheets to read, after a look at the top of every sheet of the workbook.
 * Errors: Fault 2 when a named sheet is not there, none holds the table, several do and none is named, or the header cannot
 * be read; Fault 3 for a secrecy marking outside the data or a classification column.
 */
export function chooseSheets(file: string, book: Workbook, table: Table, source: Source): {sheets: TableSheet[]; notes: string[]} {
  const looked: Looked[] = [];
  for (const entry of book.sheets) {
    const survey = surveyed(book, entry);
    const heading = findHeading(survey, book, table, source);
    refuseMarkedHead(file, book, {entry, survey, heading});
    looked.push({entry, survey, heading});
  }
  const open = looked.filter(({entry}) => source.hidden === "read" || !entry.hidden);
  const notes = looked.filter((sheet) => !open.includes(sheet)).map(({entry}) => `隐藏的工作表“${entry.name}”未读`);
  const check = (sheet: Looked): TableSheet => checked(file, sheet, table, book.limits);
  if (source.sheet === undefined) return {sheets: [check(theSheet(file, open, table))], notes};
  const named = typeof source.sheet === "string" ? [source.sheet] : source.sheet;
  if (named.includes("*")) {
    const held = open.filter((sheet) => isMeant(sheet, table));
    if (held.length === 0) throw fault(2, noHeader(table, {file}));
    const others = open.filter((sheet) => !held.includes(sheet));
    return {
      sheets: held.map(check),
      notes: [...notes, ...others.map(({entry}) => `工作表“${entry.name}”没有${table.title}表，未读`)]
    };
  }
  const sheets = named.map((name) => check(sheetNamed(name, looked, file)));
  const read = new Set<SheetEntry>(sheets.map(({entry}) => entry));
  return {
    sheets,
    notes: looked.filter(({entry}) => entry.hidden && !read.has(entry)).map(({entry}) => `隐藏的工作表“${entry.name}”未读`)
  };
}

/** Tops of sheets, each looked at once however many tables are read from its workbook. */
const SURVEYS = new WeakMap<SheetEntry, Survey>();

function surveyed(book: Workbook, entry: SheetEntry): Survey {
  const survey = SURVEYS.get(entry) ?? surveySheet(book, entry, HEAD_ROWS);
  SURVEYS.set(entry, survey);
  return survey;
}

/** The one sheet that holds the table; when none is complete, the one that comes nearest. */
function theSheet(file: string, open: readonly Looked[], table: Table): Looked {
  const whole = open.filter(({heading}) => heading?.match.missing.length === 0);
  if (whole.length > 1) {
    const names = whole.map(({entry}) => entry.name);
    throw fault(2, {
      place: {file},
      what: `有${names.length}个工作表都是${table.title}表：${names.join("、")}`,
      advice: `请在xunheng.yaml里写明sheet，例如 sheet: ${names[0]}，或 sheet: [${names.join(", ")}]`
    });
  }
  const [first] = whole.length === 1 ? whole : [...open].sort((a, b) => completeness(b, table) - completeness(a, table));
  if (!first?.heading) throw fault(2, noHeader(table, {file}));
  return first;
}

function completeness({heading}: Looked, table: Table): number {
  return heading ? matchedColumns(heading.match, table) : 0;
}

/** Under `*`: a sheet with at least half of the required columns is meant to be the table, though one may be missing. */
function isMeant({heading}: Looked, table: Table): boolean {
  return heading !== null && heading.match.missing.length * 2 <= table.columns.filter((c) => c.required).length;
}

function sheetNamed(name: string, looked: readonly Looked[], file: string): Looked {
  const found =
    looked.find(({entry}) => entry.name === name) ?? looked.find(({entry}) => headerKey(entry.name) === headerKey(name));
  if (found) return found;
  const names = looked.map(({entry}) => entry.name);
  const near = nearestName(name, names);
  throw fault(2, {
    place: {file},
    what: `没有工作表“${name}”`,
    advice: near ? `是否指“${near}”？有：${names.join("、")}` : `有：${names.join("、")}，请在xunheng.yaml里改正sheet`
  });
}

function checked(file: string, {entry, survey, heading}: Looked, table: Table, {columns}: Limits): TableSheet {
  if (!heading) throw fault(2, noHeader(table, cellPlace(file, entry.name)));
  if (heading.cells.length > columns) throw beyondLimit(`工作表“${entry.name}”的列数`, "columns", columns);
  checkHeader(heading.match, heading.cells, table, (column) =>
    column === null ? cellPlace(file, entry.name, heading.bottom) : cellPlace(file, entry.name, heading.bottom, column)
  );
  return {entry, survey, heading};
}

/** Titles, print headers, and on sheets without the table whatever is at the top. */
function refuseMarkedHead(file: string, book: Workbook, {entry, survey, heading}: Looked): void {
  for (const text of survey.prints) refuseMarked(text, cellPlace(file, entry.name));
  for (const {number, cells} of survey.head) {
    if (heading && number >= heading.top) break;
    const texts = cells.map((cell) => showCell(cell, book));
    for (const [column, text] of texts.entries()) refuseMarked(text ?? "", cellPlace(file, entry.name, number, column));
    const classified = texts.findIndex((text) => headerKey(text ?? "") === "密级");
    if (classified >= 0 && texts.filter((text) => (text ?? "") !== "").length > 2) {
      throw fault(3, {
        place: cellPlace(file, entry.name, number, classified),
        what: "有密级列“密级”",
        advice: "本系统不处理涉密文件，整个文件未读；请按保密规定处理"
      });
    }
  }
}
