import {HEAD_ROWS} from "../../src/contract/header.ts";
import type {Column} from "../../src/contract/index.ts";
import {refuseMarked} from "../marking.ts";
import {readBytes, refuseClassified} from "../spreadsheet.ts";
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
export const peekSpreadsheet: Peek = async (file, {limits}) => {
  refuseMarked(file.file.split("/").at(-1) ?? "", {file: file.file});
  return readable(file.file, () => {
    const bytes = readBytes(file, limits);
    refuseOtherFormats(file.file, bytes);
    const book = openWorkbook(bytes, limits);
    refuseClassified(file.file, book);
    const parts = book.sheets.map((entry) => sheetPart(file.file, book, entry));
    const notes = bytes.length > LARGE ? ["工作簿较大，各工作表须整个展开，看得慢一些"] : [];
    return {loader: "spreadsheet", parts, notes};
  });
};

function readable<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof WorkbookError ? unreadable(file, error) : error;
  }
}

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
        const survey = below ?? readable(file, () => surveySheet(book, entry, PEEK_ROWS + heading.bottom));
        below = survey;
        const width = heading.cells.length;
        const texts = survey.head
          .filter(({number}) => number > heading.bottom)
          .map(({cells}) =>
            Array.from({length: width}, (_, i) => {
              const cell = cells[i];
              return cell === undefined ? "" : readCell(cell, columns[i] ?? null, book).text;
            })
          )
          .filter((texts) => texts.some((text) => text.trim() !== ""));
        return {rows: texts, whole: survey.head.length < PEEK_ROWS + heading.bottom};
      };
      return {cells: heading.cells, match: heading.match, row: heading.bottom, notes: [], rows};
    }
  };
}
