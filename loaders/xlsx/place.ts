import type {Place} from "../../src/fault.ts";
import {columnLetters} from "./sheet.ts";

/**
 * The place of a cell, or of a sheet when no cell is given.
 * @example cellPlace("问题台账.xlsx", "问题清单", 118, 6).file // "问题台账.xlsx 问题清单!G118"
 */
export function cellPlace(file: string, sheet: string, row?: number, column?: number): Place {
  if (row === undefined) return {file: `${file} ${sheet}`};
  return {file: `${file} ${sheet}!${column === undefined ? row : `${columnLetters(column)}${row}`}`};
}
