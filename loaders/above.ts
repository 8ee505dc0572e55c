import type {HeaderMatch} from "../src/contract/header.ts";
import type {Table} from "../src/contract/index.ts";

/** A row above a header; cells from the first column on. */
export interface RowAbove {
  readonly number: number;
  readonly cells: readonly string[];
}

/** The example row of a template begins so. */
const EXAMPLE = /^示例/;
/** Values of such a row that are named. */
const NAMED = 3;

/**
 * Sentences about rows above the header that look like data: values stand in most of the columns that must be filled. They are not read,
 * and whoever wrote them there should know.
 * @example rowsAboveNotes([{number: 3, cells: ["430900", "益阳市", "市州"]}], match, table) // ["第3行在表头上面，像是数据…"]
 */
export function rowsAboveNotes(rows: readonly RowAbove[], match: HeaderMatch, table: Table): string[] {
  const required = table.columns.flatMap((c) => (c.required ? [match.columns.indexOf(c.name)] : [])).filter((at) => at >= 0);
  return rows.flatMap(({number, cells}) => {
    const values = required.map((at) => (cells[at] ?? "").trim()).filter((value) => value !== "");
    const first = cells.find((cell) => cell.trim() !== "")?.trim() ?? "";
    if (EXAMPLE.test(first) || values.length < 2 || values.length * 2 < required.length) return [];
    // A group header stands above several columns with one text.
    if (new Set(values).size < values.length && new Set(values).size < 2) return [];
    return [`第${number}行在表头上面，像是数据（${values.slice(0, NAMED).join("，")}），没有读；是数据的请移到表头下面`];
  });
}
