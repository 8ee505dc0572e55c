import {ACTION, CORRECTS, GROUP, headerKey, isDoor} from "../../src/contract/header.ts";
import type {Column, Table} from "../../src/contract/index.ts";
import type {LoaderContext, Source} from "../loader.ts";
import {refuseMarked, refuseStarred} from "../marking.ts";
import {PreparedFile} from "../prepared.ts";
import {fittingCells} from "../text/row.ts";
import {readCell, showCell} from "./cell.ts";
import type {TableSheet} from "./choose.ts";
import {type CarriedRow, MergeCarrier} from "./merge.ts";
import {cellPlace} from "./place.ts";
import {columnLetters, readRows, type SheetRow} from "./sheet.ts";
import type {Workbook} from "./workbook.ts";

const PROGRESS = 20_000;
/** Cells past the last header that are named when a row is rejected for them. */
const BEYOND = 8;
/** What is kept of a text that only tells what kind of row it stands in. */
const LONGEST_FIRST = 200;

const BEYOND_DOORS = "最后一列之后还有内容；本表有在入口丢弃的列，这些内容不予保存，请核对列是否错位";

/** Writes the rows of a sheet below its header as a prepared CSV; returns what is to be said about them. */
export function writeRows(
  path: string,
  file: string,
  book: Workbook,
  sheet: TableSheet,
  source: Source,
  {table, progress}: LoaderContext
): string[] {
  const {entry, heading, survey} = sheet;
  const writer = new RowWriter(path, file, book, sheet, table);
  const carrier = new MergeCarrier(survey.merges, writer.columns, heading.bottom, table, (row) => writer.write(row));
  let [hidden, read] = [0, 0];
  readRows(book, entry, heading.cells.length + BEYOND, (row) => {
    if (row.number <= heading.bottom) return;
    if (row.hidden && row.cells.length > 0) hidden++;
    carrier.push(row, !row.hidden || source.hidden !== "skip");
    if (++read % PROGRESS === 0) progress(`读取 ${file} ${entry.name}`, read);
  });
  carrier.end();
  writer.close();
  const notes = [...carrier.blanks].map(([header, n]) => `${header}有${n}格在合并单元格内，不沿用上一行，按空白读`);
  if (carrier.covered > 0) notes.push(`合并单元格遮住${carrier.covered}格内容，未读`);
  const unseen = writer.columns.flatMap((column, i) =>
    column && survey.hidden.some(({left, right}) => left <= i && i <= right) ? [column.header] : []
  );
  if (unseen.length > 0) notes.push(`隐藏的列也读入：${unseen.join("、")}`);
  if (hidden > 0) notes.push(source.hidden === "skip" ? `跳过隐藏行${hidden}行` : `读入隐藏行${hidden}行`);
  return notes;
}

class RowWriter {
  /** The contract column of every header cell. */
  readonly columns: readonly (Column | null)[];
  private readonly file: PreparedFile;
  private readonly width: number;
  /** Columns that identify a whistle-blower or kinship. */
  private readonly doors: readonly boolean[];
  /** Columns that only a workbook of corrections has, and that say what is to be done with a row. */
  private readonly asides: readonly boolean[];
  /** The texts of every header cell, compared as headers are. */
  private readonly headers: readonly ReadonlySet<string>[];

  constructor(
    path: string,
    private readonly shown: string,
    private readonly book: Workbook,
    private readonly sheet: TableSheet,
    table: Table
  ) {
    const {match, cells} = sheet.heading;
    this.columns = match.columns.map((name) => table.columns.find((c) => c.name === name) ?? null);
    this.width = cells.length;
    this.doors = cells.map(isDoor);
    const keys = cells.map(headerKey);
    this.asides = keys.map((key) => keys.includes(CORRECTS) && (key === CORRECTS || key === ACTION));
    this.headers = cells.map((cell) => new Set(cell.split(GROUP).map(headerKey)));
    this.file = new PreparedFile(path);
  }

  write(row: CarriedRow): void {
    if (this.isOutside(row)) return;
    const faults: {column: string; reason: string}[] = row.torn.map(({column, merge}) => ({
      column: column.name,
      reason: `${column.header}在合并单元格${columnLetters(merge.left)}${merge.top}:${columnLetters(merge.right)}${merge.bottom}内，不能判断属于哪一行；请取消合并，逐行填写`
    }));
    const repeated = this.isHeader(row);
    let isFirst = true;
    const cells = this.columns.map((column, i) => {
      const cell = row.cells[i];
      if (cell !== undefined && this.asides[i]) return showCell(cell, this.book).slice(0, LONGEST_FIRST);
      if (cell === undefined || (column === null && (!isFirst || this.doors[i]))) return "";
      const {text, fault} = readCell(cell, column, this.book);
      if (column === null) {
        // Of columns the contract does not know only the first value is kept: 合计 may stand there.
        if (text.trim() !== "") isFirst = false;
        return text.slice(0, LONGEST_FIRST);
      }
      if (text.trim() !== "") isFirst = false;
      if (fault !== null) faults.push({column: column.name, reason: `${column.header}${fault}`});
      return repeated ? column.header : text;
    });
    const beyond = row.cells.slice(this.width).flatMap((cell) => showCell(cell, this.book).trim() || []);
    if (beyond.length > 0 && this.doors.includes(true)) {
      // It may be the value of a column that is dropped at the door, one cell too far.
      faults.push({column: "", reason: BEYOND_DOORS});
      beyond.length = 0;
    }
    this.file.write({
      source_row: row.number,
      faults,
      cells: fittingCells(cells, faults),
      beyond: beyond.join(" ").slice(0, LONGEST_FIRST)
    });
  }

  /** Whether a row repeats the header, or a row of it, as printed pages do; its words then become those of the contract. */
  private isHeader({cells}: SheetRow): boolean {
    let same = 0;
    for (const [i, column] of this.columns.entries()) {
      const cell = cells[i];
      if (cell === undefined || column === null) continue;
      const text = showCell(cell, this.book);
      if (text === "") continue;
      if (text.length > LONGEST_FIRST || !this.headers[i]?.has(headerKey(text))) return false;
      same++;
    }
    return same >= 2;
  }

  close(): void {
    this.file.close();
  }

  /** Whether a row holds nothing; looks for secrecy markings on the way. */
  private isOutside(row: SheetRow): boolean {
    const {shown, book} = this;
    const {name} = this.sheet.entry;
    let [filled, last] = [0, -1];
    for (const [i, cell] of row.cells.entries()) {
      if (cell === undefined || (cell.value === null && !cell.formula)) continue;
      filled++;
      last = i;
      if (cell.value?.includes("★")) refuseStarred(cell.value, cellPlace(shown, name, row.number, i));
    }
    if (filled === 1) refuseMarked(showCell(row.cells[last], book), cellPlace(shown, name, row.number, last));
    return filled === 0;
  }
}
