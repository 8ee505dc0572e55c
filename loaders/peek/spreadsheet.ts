import {readFileSync} from "node:fs";
import {HEAD_ROWS} from "../../src/contract/header.ts";
import type {Column} from "../../src/contract/index.ts";
import {refuseMarked, refuseStarred} from "../marking.ts";
import {readCell, showCell} from "../xlsx/cell.ts";
import {WorkbookError} from "../xlsx/error.ts";
import {refuseOtherFormats, unreadable} from "../xlsx/format.ts";
import {findHeading} from "../xlsx/heading.ts";
import {cellPlace} from "../xlsx/place.ts";
import {type Survey, surveySheet} from "../xlsx/sheet.ts";
import {openWorkbook, type SheetEntry, type Workbook} from "../xlsx/workbook.ts";
import {PEEK_ROWS, type Peek, type PeekHead, type PeekPart} from "./peek.ts";

/** A workbook larger than this takes a while, because sheets are unpacked as a whole. */
const LARGE = 32 * 1024 * 1024;

/** The first rows of every sheet of a workbook. */
export const peekSpreadsheet: Peek = async (file) => {
  refuseMarked(file.file.split("/").at(-1) ?? "", {file: file.file});
  const bytes = readFileSync(file.path);
  refuseOtherFormats(file.file, bytes);
  try {
    const book = openWorkbook(bytes);
    for (const {name} of book.sheets) refuseMarked(name, {file: `${file.file} ${name}`});
    for (const text of book.properties) refuseMarked(text, {file: file.file});
    for (const text of book.strings) if (text.includes("密")) refuseStarred(text, {file: file.file});
    const parts = book.sheets.map((entry) => sheetPart(file.file, book, entry));
    const notes = bytes.length > LARGE ? ["工作簿较大，各工作表须整个展开，看得慢一些"] : [];
    return {loader: "spreadsheet", parts, notes};
  } catch (error) {
    throw error instanceof WorkbookError ? unreadable(file.file, error) : error;
  }
};

function sheetPart(file: string, book: Workbook, entry: SheetEntry): PeekPart {
  const top = surveySheet(book, entry, HEAD_ROWS);
  for (const text of top.prints) refuseMarked(text, cellPlace(file, entry.name));
  let below: Survey | null = null;
  return {
    name: entry.name,
    hidden: entry.hidden,
    options: {},
    heading: (table, source): PeekHead | null => {
      const heading = findHeading(top, book, table, source);
      if (!heading) return null;
      for (const {number, cells} of top.head) {
        if (number >= heading.top) break;
        for (const [column, cell] of cells.entries())
          refuseMarked(showCell(cell, book), cellPlace(file, entry.name, number, column));
      }
      const rows = (columns: readonly (Column | null)[]) => {
        below ??= surveySheet(book, entry, PEEK_ROWS + heading.bottom);
        const width = heading.cells.length;
        const texts = below.head
          .filter(({number}) => number > heading.bottom)
          .map(({cells}) =>
            Array.from({length: width}, (_, i) => {
              const cell = cells[i];
              return cell === undefined ? "" : readCell(cell, columns[i] ?? null, book).text;
            })
          )
          .filter((texts) => texts.some((text) => text.trim() !== ""));
        return {rows: texts, whole: below.head.length < PEEK_ROWS + heading.bottom};
      };
      return {cells: heading.cells, match: heading.match, row: heading.bottom, notes: [], rows};
    }
  };
}
