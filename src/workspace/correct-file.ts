import {readFileSync} from "node:fs";
import {basename} from "node:path";
import {showCell} from "../../loaders/xlsx/cell.ts";
import {WorkbookError} from "../../loaders/xlsx/error.ts";
import {refuseOtherFormats, unreadable} from "../../loaders/xlsx/format.ts";
import {surveySheet} from "../../loaders/xlsx/sheet.ts";
import {openWorkbook} from "../../loaders/xlsx/workbook.ts";
import {ACTION, CORRECTS, headerKey} from "../contract/header.ts";
import {tableNamed} from "../contract/index.ts";
import {type Complaint, Fault, fault, listed, nearestName} from "../fault.ts";
import type {Batch} from "./batch.ts";
import {NOTES_SHEET, type SourceSheet, SPACE_LABEL, sheetsOf} from "./correction-sheet.ts";

/** Rows from the top in which labels and headers are looked for. */
const HEAD = 20;

const EXPORT = "请用 xunheng rejects --xlsx 重新导出，再把更正填进去";

/** The sheets of a workbook of corrections that belong to sources, and what is to be said of the others. */
export interface CorrectionFile {
  readonly sheets: readonly SourceSheet[];
  readonly notes: readonly string[];
}

/**
 * Looks at a workbook before anything of it is taken: is it ours, of this workspace, and whole?
 * Errors: Fault 2, every complaint with its sheet.
 * @param batches of the workspace
 */
export function checkCorrectionFile(path: string, workspace: string, batches: readonly Batch[]): CorrectionFile {
  const file = basename(path);
  const sheets = readHeads(path, file);
  refuseForeign(file, sheets, workspace);
  const known = sheetsOf(batches);
  const complaints: Complaint[] = [];
  const notes: string[] = [];
  const found: SourceSheet[] = [];
  for (const {name, rows} of sheets) {
    const own = known.find(({sheet}) => sheet === name);
    const header = rows.find((cells) => cells.includes(CORRECTS));
    if (own) {
      complaints.push(...headerComplaints(`${file} ${name}`, header ?? rows[0] ?? [], own));
      found.push(own);
    } else if (header) {
      const names = known.map(({sheet}) => sheet);
      const near = nearestName(name, names);
      const advice = near ? `请把工作表改回“${near}”` : `请改回原来的名称（有：${listed(names)}）`;
      complaints.push({place: {file: `${file} ${name}`}, what: "工作表改过名，不知道是哪个来源的", advice});
    } else if (name !== NOTES_SHEET) notes.push(`工作表“${name}”不是更正，未读`);
  }
  if (complaints.length > 0) throw new Fault(2, complaints);
  if (found.length === 0) throw fault(2, {place: {file}, what: "不是更正工作簿：没有一张工作表有“更正标记”列", advice: EXPORT});
  return {sheets: found, notes};
}

interface Head {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

function readHeads(path: string, file: string): Head[] {
  if (!file.toLowerCase().endsWith(".xlsx"))
    throw fault(2, {place: {file}, what: "更正工作簿应是 .xlsx", advice: "请另存为 .xlsx"});
  const bytes = readBytes(path, file);
  refuseOtherFormats(file, bytes);
  try {
    const book = openWorkbook(bytes);
    return book.sheets.map((entry) => ({
      name: entry.name,
      rows: surveySheet(book, entry, HEAD).head.map(({cells}) => cells.map((cell) => headerKeyOf(showCell(cell, book))))
    }));
  } catch (error) {
    throw error instanceof WorkbookError ? unreadable(file, error) : error;
  }
}

function headerKeyOf(text: string | undefined): string {
  return headerKey(text ?? "");
}

function readBytes(path: string, file: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw fault(2, {
      place: {file: path},
      what: missing ? "没有这个文件" : "打不开这个文件",
      advice: missing ? "请核对路径" : `请核对 ${file} 的读取权限，并关闭正在使用它的程序`
    });
  }
}

/** The marks of another workspace's rows mean nothing here. */
function refuseForeign(file: string, sheets: readonly Head[], workspace: string): void {
  const row = sheets.find(({name}) => name === NOTES_SHEET)?.rows.find((cells) => cells[0] === SPACE_LABEL);
  const theirs = row?.[1] ?? null;
  if (theirs === null || theirs === workspace) return;
  throw fault(2, {
    place: {file},
    what: `是工作区 ${theirs} 导出的更正工作簿，这里是 ${workspace}`,
    advice: "请用 -w 指出那个工作区，或在这里重新导出"
  });
}

/** A column that was deleted would read as blank in every row. */
function headerComplaints(sheet: string, cells: readonly string[], {table}: SourceSheet): Complaint[] {
  const wanted = [ACTION, CORRECTS, ...tableNamed(table).columns.map((c) => c.header)];
  const missing = wanted.filter((header) => !cells.includes(headerKey(header)));
  if (missing.length === 0) return [];
  const what = missing.length === wanted.length ? "没有更正工作簿的表头" : `缺少列：${listed(missing)}`;
  return [{place: {file: sheet}, what, advice: `少一列就会把各行的这一列改成空白；${EXPORT}`}];
}
