import type {HeaderMatch} from "../../src/contract/header.ts";
import type {Column} from "../../src/contract/index.ts";
import type {Limits} from "../limits.ts";
import type {PreparedRow} from "../prepared.ts";
import {UNREADABLE} from "./recode.ts";

/** Characters of a whole row, so that it stays below what DuckDB takes for a line. */
const LONGEST_ROW = 2_000_000;
/** What is kept of a value that is too long. */
const KEPT = 200;

export type Faults = PreparedRow["faults"][number][];

/**
 * The fault of a value longer than `limits.cell_chars`, and what is kept of it.
 * @example const {text, reason} = shortened(value, column, limits)
 */
export function shortened(value: string, column: Column | null, {cell_chars}: Limits): {text: string; reason: string} {
  const reason = `${column?.header ?? "一格"}超过${cell_chars}个字（limits.cell_chars）；请缩短，或在xunheng.yaml的limits里调大`;
  return {text: `${value.slice(0, KEPT)}…`, reason};
}

/** The values of a row, cut short and with a fault when together they are too long to be read. */
export function fittingCells(cells: readonly string[], faults: Faults): readonly string[] {
  let length = 0;
  for (const cell of cells) length += cell.length;
  if (length <= LONGEST_ROW) return cells;
  faults.push({column: "", reason: `整行超过${LONGEST_ROW}个字，不能读入；请缩短，或分成几行`});
  return cells.map((cell) => cell.slice(0, KEPT));
}

/** What a row of text is judged by. */
export interface RowRules {
  readonly match: HeaderMatch;
  /** The contract's column of every header cell. */
  readonly columns: readonly (Column | null)[];
  readonly limits: Limits;
  /** The encoding, when bytes of the file were not of it; null: no byte was amiss. */
  readonly damaged: string | null;
  readonly hasNul: boolean;
}

/**
 * The values of a row under the header, and what is wrong with single values. Values of columns dropped at the door and of
 * unknown ones stay behind, but for the first that an unknown column has: 合计 may stand there.
 * Shape: cells as read → one text per header cell, and faults.
 */
export function ruledCells(cells: readonly string[], rules: RowRules): {cells: readonly string[]; faults: Faults} {
  const {columns, match, limits} = rules;
  const faults: Faults = [];
  const texts: string[] = [];
  let isFirst = true;
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i] ?? null;
    const value = cells[i] ?? "";
    if (value === "" || (column === null && !(isFirst && isKeptUnknown(value, match.doors)))) {
      texts.push("");
      continue;
    }
    if (isFirst) isFirst = value.trim() === "";
    const {text, reason} = value.length <= limits.cell_chars ? {text: value, reason: null} : shortened(value, column, limits);
    if (reason !== null) faults.push({column: column?.name ?? "", reason});
    texts.push(text);
  }
  if (rules.hasNul || rules.damaged !== null) faults.push(...byteFaults(cells, rules));
  return {cells: fittingCells(texts, faults), faults};
}

/** With columns dropped at the door nothing is kept of columns that the contract does not know. */
function isKeptUnknown(value: string, doors: readonly string[]): boolean {
  return doors.length === 0 && value.length <= KEPT;
}

/** A NUL in a contract's column is the contract's to reject. */
function byteFaults(cells: readonly string[], {match, damaged, hasNul}: RowRules): Faults {
  const faults: Faults = [];
  if (hasNul && cells.some((cell, i) => !match.columns[i] && cell.includes("\0"))) {
    faults.push({column: "", reason: "含有空字符（NUL）；请删除后重新填写"});
  }
  if (damaged !== null && cells.some((cell) => cell.includes(UNREADABLE))) {
    faults.push({column: "", reason: `有不是${damaged}编码的字节，不能识别；请对照原件改正这一行`});
  }
  return faults;
}
