import type {HeaderMatch} from "../../src/contract/header.ts";
import {checkHeader, matchedColumns, matchHeader, noHeader, unusedMapping} from "../../src/contract/header.ts";
import {fault} from "../../src/fault.ts";
import type {LoaderContext, Source} from "../loader.ts";
import type {DatabaseColumn} from "./table.ts";
import {refuseBinary} from "./table.ts";

/** What the column names of a table mean for the contract, once nothing is wrong with them. */
export interface CheckedHeader {
  readonly header: readonly string[];
  readonly match: HeaderMatch;
  readonly notes: readonly string[];
}

/**
 * Matches the columns of a database table with the contract, as the first row of a file.
 * Errors: Fault 2 when no column is known, one is missing, named twice or binary; 3 for a classification column.
 */
export function checkColumns(
  columns: readonly DatabaseColumn[],
  file: string,
  source: Source,
  {table}: LoaderContext
): CheckedHeader {
  const header = columns.map((column) => column.header);
  const match = matchHeader(header, table, source);
  const place = {file};
  if (matchedColumns(match, table) === 0 && match.classified.length === 0) {
    const said = noHeader(table, place);
    throw fault(2, {...said, what: `没有${table.title}表的列（有：${header.slice(0, 20).join("、")}）`});
  }
  checkHeader(match, header, table, () => place);
  refuseBinary(columns, match, file);
  const unused = unusedMapping(header, source);
  const notes = unused.length > 0 ? [`columns里的${unused.map((h) => `“${h}”`).join("、")}不在表头里`] : [];
  return {header, match, notes};
}
