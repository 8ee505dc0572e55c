import {ACTION} from "../contract/header.ts";
import type {Batch} from "./batch.ts";

/** What a clerk may choose for a row of a workbook of corrections; blank: 更正 when something changed. */
export const ACTIONS = ["更正", "照此为准", "放弃"] as const;

/** Columns of a workbook of corrections before those of the contract. */
export const BOOK_COLUMNS = [ACTION, "原因", "怎么办", "原文件", "原工作表", "原行"] as const;

/** Its first sheet, which says what to do, and the label beside which the workspace's id stands there. */
export const NOTES_SHEET = "说明";
export const SPACE_LABEL = "工作区";

/** Longest name of a sheet. */
const SHEET_NAME = 31;

/** A source that was loaded, and the sheet it has in a workbook of corrections. */
export interface SourceSheet {
  readonly source: string;
  readonly table: string;
  readonly sheet: string;
}

/**
 * The sheets of all sources ever loaded, in the order of their first batches; the same batches always give the same names.
 * A name that is too long, taken, or that of the notes ends in ~ and a number.
 */
export function sheetsOf(batches: readonly Batch[]): SourceSheet[] {
  const taken = new Set([NOTES_SHEET]);
  const tables = new Map<string, string>();
  // The table that a source has now, should it have changed.
  for (const {source, table} of batches) tables.set(source, table);
  return [...tables].map(([source, table]) => {
    let sheet = source.slice(0, SHEET_NAME);
    for (let n = 2; taken.has(sheet.toLowerCase()); n++) sheet = `${source.slice(0, SHEET_NAME - 1 - String(n).length)}~${n}`;
    taken.add(sheet.toLowerCase());
    return {source, table, sheet};
  });
}
