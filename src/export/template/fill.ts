import {strFromU8, strToU8, type UnzipFileInfo, unzipSync, zipSync} from "fflate";
import {showCell} from "../../../loaders/xlsx/cell.ts";
import {WorkbookError} from "../../../loaders/xlsx/error.ts";
import {refuseOtherFormats} from "../../../loaders/xlsx/format.ts";
import {columnLetters, parseRange} from "../../../loaders/xlsx/sheet.ts";
import {openWorkbook, type SheetEntry, type Workbook} from "../../../loaders/xlsx/workbook.ts";
import {fault, listed, nearestName} from "../../fault.ts";
import {Grid} from "./grid.ts";
import {markPages} from "./header.ts";
import {findLayout, type Known, type Layout, type Target} from "./layout.ts";
import {addNotes} from "./notes.ts";
import {arrayRanges, type CellNumber, computeOnLoad, dropResults, patchCells} from "./patch.ts";

/** What is filled in. */
export interface Filling extends Known {
  /** Points of a unit's indicator in thousandths: null when there are none; undefined when the unit has no such indicator. */
  points(unit: string, code: string): number | null | undefined;
  /** Its full points, which the table's own are compared with. */
  full(unit: string, code: string): number | null | undefined;
  /** What must be seen on every printed page, as 未审定; null: nothing. */
  readonly mark: string | null;
  /** What somebody who adds the points up must know. */
  readonly cautions: readonly string[];
  /** What the notes sheet says beside what was filled. */
  readonly lines: readonly string[];
}

/** What became of a table. */
export interface Filled {
  readonly bytes: Uint8Array;
  readonly sheet: string;
  readonly cells: number;
  /** What somebody must look at: each with its cell, where it has one. */
  readonly refused: readonly {readonly cell: string; readonly what: string}[];
  /** Ours that have no place in the table. */
  readonly units_left: readonly string[];
  readonly indicators_left: readonly string[];
  /** The table's that are not ours. */
  readonly unknown_units: readonly string[];
  readonly unclear: readonly string[];
  readonly cautions: readonly string[];
  /** Cells that stay empty, because there are no points. */
  readonly without_points: readonly string[];
}

/** Zip keeps local time: written from local fields it is the same bytes everywhere. */
const MADE = new Date(2000, 0, 1);
/** What a table may unpack to in all. */
const LARGEST = 512 * 1024 ** 2;

/**
 * Fills an office's own workbook: finds its table, writes points into empty cells, keeps everything else as it is, and adds a sheet of
 * notes that names the result. Formulas are never written over; they are computed anew when the workbook is opened.
 * Errors: Fault 2 for a file that is no .xlsx, an unknown sheet, no table that names our units and indicators, or several.
 * @example fillTemplate("考核办.xlsx", bytes, filling, {overwrite: false}).cells
 */
export function fillTemplate(
  file: string,
  bytes: Buffer,
  filling: Filling,
  {sheet, overwrite}: {readonly sheet?: string | undefined; readonly overwrite: boolean}
): Filled {
  refuseOtherFormats(file, bytes);
  try {
    const parts = unpack(bytes);
    const book = openWorkbook(bytes);
    const found = chosen(file, book, filling, sheet);
    return fill(parts, book, found, filling, overwrite);
  } catch (error) {
    if (!(error instanceof WorkbookError) && !(error instanceof RangeError)) throw error;
    const what = error instanceof WorkbookError ? error.message : "工作簿的写法不合规范";
    throw fault(2, {place: {file}, what, advice: "请用表格软件打开，另存为 .xlsx 再试"});
  }
}

function unpack(bytes: Buffer): Record<string, Uint8Array> {
  let size = 0;
  const filter = ({originalSize}: UnzipFileInfo) => {
    size += originalSize;
    if (size > LARGEST) throw new WorkbookError("展开后过大");
    return true;
  };
  return unzipSync(bytes, {filter});
}

interface Found {
  readonly sheet: SheetEntry;
  readonly grid: Grid;
  readonly layout: Layout;
}

function chosen(file: string, book: Workbook, known: Known, name: string | undefined): Found {
  const names = book.sheets.map((s) => s.name);
  if (name !== undefined && !names.includes(name)) {
    const near = nearestName(name, names);
    const advice = near ? `是否指 ${near}？` : `可用：${listed(names)}`;
    throw fault(2, {place: {file}, what: `没有工作表 ${name}`, advice});
  }
  const found = book.sheets
    .filter((entry) => (name === undefined ? !entry.hidden : entry.name === name))
    .flatMap((entry) => {
      book.zip.again();
      const grid = new Grid(book, entry);
      const layout = findLayout(grid, known);
      return layout ? [{sheet: entry, grid, layout}] : [];
    });
  const [only, another] = found;
  if (another)
    throw fault(2, {
      place: {file},
      what: `几张工作表都可以填：${found.map((f) => f.sheet.name).join("、")}`,
      advice: "请用 --sheet 写明填哪一张"
    });
  if (only) return only;
  const codes = known.indicators.map(({code, name: title}) => `${code} ${title}`);
  throw fault(2, {
    place: {file},
    what: `${name === undefined ? "" : `工作表 ${name} `}找不到可填的表`,
    advice: `要有“单位名称”或“单位编码”一列（或单位排成一行），并有写着考核项编码或名称的列或行（${listed(codes)}）`
  });
}

function fill(
  parts: Record<string, Uint8Array>,
  book: Workbook,
  {sheet, grid, layout}: Found,
  filling: Filling,
  overwrite: boolean
): Filled {
  const part = Object.keys(parts).find((name) => name.toLowerCase() === sheet.part.toLowerCase()) ?? sheet.part;
  const xml = strFromU8(parts[part] ?? new Uint8Array());
  const arrays = arrayRanges(xml).flatMap((range) => parseRange(range) ?? []);
  const refused: {cell: string; what: string}[] = [];
  const empty: string[] = [];
  const cells: CellNumber[] = [];
  for (const target of layout.targets) {
    const {row, column, unit, code, full} = target;
    const cell = `${columnLetters(column)}${row}`;
    const points = full ? filling.full(unit, code) : filling.points(unit, code);
    if (points === undefined) continue;
    if (points === null) {
      if (!full) empty.push(`${unit} ${code}（${cell}）`);
      continue;
    }
    const isArray = arrays.some((a) => a.top <= row && row <= a.bottom && a.left <= column && column <= a.right);
    const what = hindrance(target, book, grid, points, {isArray, overwrite});
    if (what === null) cells.push({row, column, value: String(points / 1000)});
    else if (what !== "") refused.push({cell: `${sheet.name}!${cell}`, what: `${unit} ${code}：${what}`});
  }
  const result = {...parts};
  const patched = cells.length > 0 ? patchCells(xml, cells) : xml;
  result[part] = strToU8(filling.mark === null ? patched : markPages(patched, filling.mark));
  if (cells.length > 0) computeAnew(result, book);
  const placed = layout.targets.filter((t) => !t.full);
  const about = {
    ...{sheet: sheet.name, cells: cells.length, refused, without_points: empty},
    units_left: filling.units.filter(({code}) => !placed.some((t) => t.unit === code)).map(({code, name}) => `${code} ${name}`),
    indicators_left: filling.indicators
      .filter(({code}) => !placed.some((t) => t.code === code))
      .map(({code, name}) => `${code} ${name}`),
    unknown_units: layout.unknown_units,
    unclear: layout.unclear,
    cautions: filling.cautions
  };
  addNotes(result, [...filling.lines, ...filledLines(about)]);
  return {...about, bytes: zipSync(result, {mtime: MADE, level: 6})};
}

/** Why a cell is not written: null, it is; an empty text, it holds the value already. */
function hindrance(
  {row, column, full}: Target,
  book: Workbook,
  grid: Grid,
  points: number,
  {isArray, overwrite}: {isArray: boolean; overwrite: boolean}
): string | null {
  const merge = grid.mergeAt(row, column);
  const own = grid.cellAt(row, column);
  const text = showCell(own, book).trim();
  const isSame = text !== "" && Math.round(Number(text) * 1000) === points;
  if (full) return text === "" || isSame ? "" : `表中满分是“${text}”，评分办法是${points / 1000}，请核对`;
  if (merge && (merge.top !== row || merge.left !== column)) return "在合并单元格里，没有自己的格，没有填";
  if (own?.formula || isArray) return `是公式（现为“${text}”），没有填${points / 1000}`;
  if (text === "" || overwrite) return isSame ? "" : null;
  return isSame ? "" : `已填“${text}”，与${points / 1000}不同，没有改；要改请加 --overwrite`;
}

/** Formulas of all sheets show nothing old, and are computed when the workbook is opened. */
function computeAnew(parts: Record<string, Uint8Array>, book: Workbook): void {
  let formulas = false;
  for (const name of Object.keys(parts)) {
    if (!book.sheets.some((s) => s.part.toLowerCase() === name.toLowerCase())) continue;
    const xml = strFromU8(parts[name] ?? new Uint8Array());
    const dropped = dropResults(xml);
    if (dropped === xml) continue;
    formulas = true;
    parts[name] = strToU8(dropped);
  }
  if (formulas && parts["xl/workbook.xml"]) parts["xl/workbook.xml"] = strToU8(computeOnLoad(strFromU8(parts["xl/workbook.xml"])));
}

/** What was done with a table, line by line. */
export function filledLines(filled: Omit<Filled, "bytes">): string[] {
  const {sheet, cells, refused, units_left, indicators_left, unknown_units, unclear, cautions, without_points} = filled;
  const list = (word: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${word}${names.length}个：${listed(names)}`];
  return [
    `工作表“${sheet}”：填了${cells}格`,
    ...refused.map(({cell, what}) => `${cell} ${what}`),
    ...unclear,
    ...cautions,
    ...list("没有分值、空着的", without_points),
    ...list("表里没有的单位", units_left),
    ...list("表里没有的考核项", indicators_left),
    ...list("结果里没有的单位", unknown_units)
  ];
}
