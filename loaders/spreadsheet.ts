import {readFileSync, statSync} from "node:fs";
import {join} from "node:path";
import {checkMapping, unusedMapping} from "../src/contract/header.ts";
import type {Table} from "../src/contract/index.ts";
import {fault} from "../src/fault.ts";
import {rowsAboveNotes} from "./above.ts";
import {fileStamp, type SourceFile, sourceFiles} from "./files.ts";
import type {Limits} from "./limits.ts";
import type {CsvPart, Loader, LoaderContext, LoaderEntry, RawPart, Source} from "./loader.ts";
import {refuseMarked, refuseStarred} from "./marking.ts";
import {showCell} from "./xlsx/cell.ts";
import {chooseSheets, type TableSheet} from "./xlsx/choose.ts";
import {beyondLimit, WorkbookError} from "./xlsx/error.ts";
import {unreadable} from "./xlsx/format.ts";
import {openedWorkbook} from "./xlsx/opened.ts";
import {writeRows} from "./xlsx/rows.ts";
import type {Workbook} from "./xlsx/workbook.ts";

/**
 * Reads .xlsx workbooks as people keep them: titles and group headers above the table, merged cells, dates as serial
 * numbers or text, hidden rows and sheets. Every sheet read is one part.
 */
const load: Loader = async (source, context) => {
  checkMapping(context.table, source);
  const parts: RawPart[] = [];
  for (const file of await sourceFiles(source, context)) {
    context.progress(`读取 ${file.file}`);
    parts.push(...fileParts(file, source, context, parts.length));
  }
  return parts;
};

export const spreadsheet: LoaderEntry = {
  title: "Excel工作簿",
  options: {path: "文件，可用 * 写多个", sheet: "工作表名，可写几个，'*' 为全部", hidden: "skip 不读隐藏行，read 也读隐藏的工作表"},
  endings: ["xlsx", "xlsm"],
  load
};

function fileParts(file: SourceFile, source: Source, context: LoaderContext, before: number): RawPart[] {
  refuseMarked(file.file.split("/").at(-1) ?? "", {file: file.file});
  const stamp = fileStamp(file.path);
  try {
    const {book, sha256} = openedWorkbook(file, stamp, context, () => readBytes(file, context.limits));
    refuseClassified(file.file, book);
    const {sheets, notes} = chooseSheets(file.file, book, context.table, source);
    const parts: RawPart[] = [];
    for (const sheet of sheets) {
      const path = join(context.scratch, `sheet-${before + parts.length}.csv`);
      const said = writeRows(path, file.file, book, sheet, source, context);
      const first = parts.length === 0 ? notes : [];
      const above = headerNotes(sheet, source, book, context.table);
      parts.push({...rawPart(file.file, sheet, path), stamp, sha256, notes: [...first, ...above, ...said]});
    }
    return parts;
  } catch (error) {
    throw error instanceof WorkbookError ? unreadable(file.file, error) : error;
  }
}

function rawPart(file: string, {entry, heading}: TableSheet, csv: string): Omit<CsvPart, "sha256" | "notes" | "stamp"> {
  const first_row = heading.bottom + 1;
  return {kind: "csv", file, sheet: entry.name, header: heading.cells, csv, skip: 0, delimiter: ",", prepared: true, first_row};
}

function headerNotes({heading, survey}: TableSheet, source: Source, book: Workbook, table: Table): string[] {
  const unused = unusedMapping(heading.cells, source);
  const rows = survey.head.filter(({number}) => number < heading.top);
  const above = rows.map(({number, cells}) => ({number, cells: Array.from(cells, (cell) => showCell(cell, book))}));
  return [
    ...(unused.length > 0 ? [`columns里的${unused.map((h) => `“${h}”`).join("、")}不在表头里`] : []),
    ...rowsAboveNotes(above, heading.match, table)
  ];
}

/** A workbook as it is on disk. Errors: WorkbookError above the limit, Fault 2 when it cannot be read. */
export function readBytes({path, file}: SourceFile, {workbook_mib}: Limits): Buffer {
  const size = statSync(path, {throwIfNoEntry: false})?.size ?? 0;
  if (size > workbook_mib * 1024 ** 2) throw beyondLimit("大小", "workbook_mib", workbook_mib, "MiB");
  try {
    return readFileSync(path);
  } catch {
    throw fault(2, {place: {file}, what: "打不开这个文件", advice: "请核对它的读取权限，并关闭正在使用它的程序"});
  }
}

/** Markings in sheet names, properties, drawings, and before ★ in any text of the workbook. */
export function refuseClassified(file: string, {sheets, properties, strings}: Workbook): void {
  for (const {name} of sheets) refuseMarked(name, {file: `${file} ${name}`});
  for (const text of properties) refuseMarked(text, {file});
  for (const text of strings.holding("密")) refuseStarred(text, {file});
}
