import {type Complaint, fault, nearestName, type Place} from "../fault.ts";
import type {Column, Table} from "./column.ts";

/** Parts a merged group header from the header below it: `整改情况›整改期限`. */
export const GROUP = "›";

/** Heads the column of a workbook of corrections that says which rejected row a row corrects; the contract has no such column. */
export const CORRECTS = "更正标记";

/** Heads its column of what is to be done with a row. */
export const ACTION = "处理";

/** Stands for a contract column in `columns:` where a header must not be read, whatever it is called. */
export const UNREAD = "不读";

/** A header must be among so many rows from the top. */
export const HEAD_ROWS = 50;

/** Words by which a header identifies a whistle-blower or kinship. */
export const DOORS = [
  "举报人",
  "检举人",
  "控告人",
  "投诉人",
  "反映人",
  "信访人",
  "来访人",
  "来电人",
  "来信人",
  "线索提供人",
  "爆料人",
  "亲属",
  "家庭成员"
];
const NEVER_DOORS = ["举报编号", "举报渠道公布日期"];

/** The part of a source that says how its headers are named. */
export interface HeaderSource {
  readonly name: string;
  /** The office's header → contract column. */
  readonly columns: Readonly<Record<string, string>>;
  /** Contract columns that need no header: the source says their value. */
  readonly constants?: Readonly<Record<string, string>>;
}

/** What a row of header cells means for a table. */
export interface HeaderMatch {
  /** The contract column of every cell; null for blank, unknown and dropped ones. */
  readonly columns: readonly (string | null)[];
  /** Headers the contract does not know, as written, each once. */
  readonly unknown: readonly string[];
  /** Headers dropped at the door, as written, each once. */
  readonly doors: readonly string[];
  /** Required contract columns without a header. */
  readonly missing: readonly string[];
  /** Pairs of cells (positions from 0) that mean the same contract column. */
  readonly repeated: readonly (readonly [number, number])[];
  /** Cells that announce a classification. */
  readonly classified: readonly number[];
}

/**
 * A header as it is compared: full-width letters and brackets folded, every blank and line break removed, small letters.
 * @example headerKey("整改资金\n（万元）") // "整改资金(万元)"
 */
export function headerKey(text: string): string {
  const known = KEYS.get(text);
  if (known !== undefined) return known;
  const key = text
    .normalize("NFKC")
    .replace(/[\s\u200b\u200e\u200f]+/g, "")
    .toLowerCase();
  if (KEYS.size < MOST_KEYS && text.length <= LONGEST_KEPT) KEYS.set(text, key);
  return key;
}

/** Headers come again with every table that is looked for. */
const KEYS = new Map<string, string>();
const MOST_KEYS = 10_000;
const LONGEST_KEPT = 100;

/** Whether a header identifies a whistle-blower or kinship; a merged group header counts for all columns below it. */
export function isDoor(text: string): boolean {
  const parts = text.split(GROUP).map(headerKey);
  if (NEVER_DOORS.includes(parts.at(-1) ?? "")) return false;
  return parts.some((part) => DOORS.some((word) => part.includes(word)));
}

/**
 * Matches header cells with a contract table: by `columns:` of the source, by Chinese header, by English name.
 * Shape: cells as written (`RawPart.header`) → for every cell its contract column, and what does not fit. Throws nothing;
 * `checkHeader` turns what does not fit into a Fault.
 * @example matchHeader(["问题编号", "举报人电话"], tableNamed("finding"), source).doors // ["举报人电话"]
 */
export function matchHeader(cells: readonly string[], table: Table, source: HeaderSource): HeaderMatch {
  const known = knownKeys(table, source);
  const columns: (string | null)[] = [];
  const unknown = new Set<string>();
  const doors = new Set<string>();
  const repeated: [number, number][] = [];
  const classified: number[] = [];
  for (const [i, cell] of cells.entries()) {
    const text = tidied(cell);
    if (isClassified(cell)) classified.push(i);
    const door = isDoor(cell);
    const meant = text === "" || door ? null : columnOf(cell, known);
    const name = meant === UNREAD ? null : meant;
    const first = name === null ? -1 : columns.indexOf(name);
    if (name !== null && first >= 0) repeated.push([first, i]);
    if (door) doors.add(text);
    else if (text !== "" && meant === null && headerKey(text) !== CORRECTS) unknown.add(text);
    columns.push(name);
  }
  const constants = source.constants ?? {};
  const lacks = ({name, required}: Column) => required && !columns.includes(name) && !(name in constants);
  const missing = table.columns.filter(lacks).map((c) => c.name);
  return {columns, unknown: [...unknown], doors: [...doors], missing, repeated, classified};
}

/**
 * The header among the first rows of a file: the row that names most contract columns, at least two, one of them required.
 * Shape: rows of cells as written → position of the row from 0 and its match, or null.
 */
export function findHeader(
  rows: readonly (readonly string[])[],
  table: Table,
  source: HeaderSource
): {row: number; match: HeaderMatch} | null {
  let best: {row: number; match: HeaderMatch} | null = null;
  let most = 0;
  for (const [row, cells] of rows.slice(0, HEAD_ROWS).entries()) {
    const match = matchHeader(cells, table, source);
    const matched = matchedColumns(match, table);
    if (matched > most) [best, most] = [{row, match}, matched];
  }
  return best;
}

/** How many contract columns a row names; 0 when it is no header (fewer than two, or none of them required). */
export function matchedColumns(match: HeaderMatch, table: Table): number {
  const names = new Set(match.columns.filter((name) => name !== null));
  const holds = names.size >= 2 && table.columns.some((c) => c.required && names.has(c.name));
  return holds ? names.size : 0;
}

/**
 * Refuses a header that cannot be read safely.
 * `at(i)` is the place of a header cell, `at(null)` that of the header as a whole.
 * Errors: Fault 3 for a classification column; Fault 2 for a column named twice or a required column missing.
 */
export function checkHeader(match: HeaderMatch, cells: readonly string[], table: Table, at: (cell: number | null) => Place): void {
  if (match.classified.length > 0) throw fault(3, ...match.classified.map((i) => classifiedComplaint(cells[i] ?? "", at(i))));
  const complaints: Complaint[] = match.repeated.map(([first, second]) => ({
    place: at(second),
    what: `列“${tidied(cells[second] ?? "")}”与${cellText(at(first))}的“${tidied(cells[first] ?? "")}”都是 ${match.columns[second]}`,
    advice: "同一列只能出现一次，请删去或改名其中一列"
  }));
  if (match.missing.length > 0) complaints.push(missingComplaint(match.missing, table, at(null)));
  if (complaints.length > 0) throw fault(2, ...complaints);
}

/** Says that no header was found, naming the columns it must have. */
export function noHeader(table: Table, place: Place): Complaint {
  const needed = table.columns.filter((c) => c.required).map(columnText);
  return {
    place,
    what: `前${HEAD_ROWS}行里没有找到${table.title}表的表头`,
    advice: `表头须有${needed.join("、")}；列名不同时请在xunheng.yaml的columns里对应`
  };
}

/**
 * Refuses a `columns:` map that lets in what is dropped at the door, or names a column the table does not have.
 * Errors: Fault 2.
 */
export function checkMapping(table: Table, source: HeaderSource, file = "xunheng.yaml"): void {
  const names = table.columns.map((c) => c.name);
  const complaints: Complaint[] = [];
  for (const [header, target] of Object.entries(source.columns)) {
    const place = {file};
    if (isDoor(header)) {
      complaints.push({
        place,
        what: `来源 ${source.name} 的columns对应了“${header}”`,
        advice: "能识别举报人或亲属的列不得导入，请删去这一项"
      });
    } else if (target !== UNREAD && !names.includes(target)) {
      const near = nearestName(target, names);
      complaints.push({
        place,
        what: `来源 ${source.name} 的columns：表 ${table.name} 没有列 ${target}`,
        advice: near ? `是否指 ${near}？` : `可用列见 xunheng describe ${table.name}`
      });
    }
  }
  if (complaints.length > 0) throw fault(2, ...complaints);
}

/** Headers named in `columns:` that are not among the cells; a hint that the map or the file has changed. */
export function unusedMapping(cells: readonly string[], source: HeaderSource): string[] {
  const seen = new Set(cells.flatMap(candidates));
  return Object.keys(source.columns).filter((header) => !seen.has(headerKey(header.replaceAll(GROUP, ""))));
}

/** The contract's name of a column for people: `整改期限（due_on）`. */
export function columnText({header, name}: Column): string {
  return `${header}（${name}）`;
}

function knownKeys(table: Table, source: HeaderSource): Map<string, string> {
  const known = new Map<string, string>();
  for (const {name, header} of table.columns) known.set(headerKey(name), name).set(headerKey(header), name);
  for (const [header, name] of Object.entries(source.columns)) known.set(headerKey(header.replaceAll(GROUP, "")), name);
  return known;
}

/** The whole header with its groups first, then the lowest header alone. */
function candidates(cell: string): string[] {
  const parts = cell.split(GROUP).map(headerKey);
  return [...new Set([parts.join(""), parts.at(-1) ?? ""])].filter((key) => key !== "");
}

function columnOf(cell: string, known: ReadonlyMap<string, string>): string | null {
  for (const key of candidates(cell)) {
    const name = known.get(key);
    if (name !== undefined) return name;
  }
  return null;
}

function isClassified(cell: string): boolean {
  return cell.split(GROUP).some((part) => /(?<![加紧])密级|^保密级别/.test(headerKey(part)));
}

function classifiedComplaint(cell: string, place: Place): Complaint {
  return {place, what: `有密级列“${tidied(cell)}”`, advice: "本系统不处理涉密文件，整个文件未读；请按保密规定处理"};
}

function missingComplaint(missing: readonly string[], table: Table, place: Place): Complaint {
  const columns = table.columns.filter((c) => missing.includes(c.name)).map(columnText);
  return {
    place,
    what: `${table.title}表的表头缺少必需的列：${columns.join("、")}`,
    advice: "请补上；列名不同时请在xunheng.yaml的columns里对应"
  };
}

function tidied(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** The last word of a place: the cell when there is one. */
function cellText(place: Place): string {
  const cell = /[A-Z]+\d+$/.exec(place.file)?.[0];
  return cell ?? (place.column === undefined ? "前面" : `第${place.column}列`);
}
