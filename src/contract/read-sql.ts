import type {CsvPart, RawPart} from "../../loaders/loader.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Table} from "./column.ts";
import {ACTION, CORRECTS, type HeaderMatch, headerKey} from "./header.ts";

/** Longest record DuckDB is asked to read, in bytes; loaders refuse or reject longer ones before. */
const LONGEST_RECORD = 8 * 1024 * 1024;

/**
 * The SELECT that reads one part of a source.
 * Shape: source_row BIGINT, row_fault VARCHAR, row_beyond VARCHAR (null when there is none), row_first VARCHAR (the first cell
 * that is not blank; `fault` is a contract column), row_corrects VARCHAR (the mark of the row it corrects, in a workbook of
 * corrections; there also row_action, what is to be done with it), then every column of the table as VARCHAR under its contract name; columns the file does not have are null.
 * `header` must be `matchHeader(part.header, table, source)`.
 * @param isNumbered false: source_row of a file that is read in place is null, and its rows come in the order of the file; numbering
 * them here is work for one thread
 * @example `create table raw as ${rawSelect(part, matchHeader(part.header, table, source), table)}`
 */
export function rawSelect(part: RawPart, header: HeaderMatch, table: Table, isNumbered = true): string {
  const width = part.header.length;
  const last = part.header.findLastIndex((cell) => cell.trim() !== "");
  const prepared = part.kind === "csv" && part.prepared;
  const first = prepared ? 2 : 0;
  const cell = (i: number) => quotedIdentifier(`c${i}`);
  const numbered = isNumbered ? `row_number() over () + ${part.first_row - 1}` : "null::bigint";
  const row = part.kind === "table" ? "source_row" : prepared ? "cast(c0 as bigint)" : numbered;
  const fault = part.kind === "table" ? "row_fault" : prepared ? "nullif(c1, '')" : "null::varchar";
  const outside = Array.from({length: width - last - 1}, (_, i) => cell(last + 1 + i));
  const beyond = prepared
    ? `nullif(${cell(width + 2)}, '')`
    : outside.length > 0
      ? `nullif(trim(concat_ws(' ', ${outside.join(", ")})), '')`
      : "null::varchar";
  // A 合计 row is known by the first cell of the sheet, whether or not the contract knows its column.
  const cells = Array.from({length: Math.max(last + 1, 1)}, (_, i) => `nullif(trim(${cell(i + first)}), '')`);
  const firstCell = `coalesce(${cells.join(", ")}${cells.length === 1 ? ", null" : ""})`;
  const columns = table.columns.map(({name}) => {
    const at = header.columns.indexOf(name);
    return `${at < 0 ? "null::varchar" : cell(at + first)} as ${quotedIdentifier(name)}`;
  });
  const mark = part.header.findIndex((text) => headerKey(text) === CORRECTS);
  const corrects = mark < 0 ? "null::varchar" : `nullif(trim(${cell(mark + first)}), '')`;
  const choice = part.header.findIndex((text) => headerKey(text) === ACTION);
  const action = mark < 0 || choice < 0 ? "" : ` nullif(trim(${cell(choice + first)}), '') as row_action,`;
  return `select ${row} as source_row, ${fault} as row_fault, ${beyond} as row_beyond, ${firstCell} as row_first, ${corrects} as row_corrects,${action}
  ${columns.join(",\n  ")}
from ${part.kind === "table" ? `(${part.relation})` : csvRelation(part, width + (prepared ? 3 : 0), prepared || (!isNumbered && part.kind === "csv" && (part.lines ?? null) !== null))}`;
}

function csvRelation(part: CsvPart, width: number, isParallel: boolean): string {
  const columns = Array.from({length: width}, (_, i) => `'c${i}': 'VARCHAR'`).join(", ");
  return `read_csv(${quotedString(part.csv)}, auto_detect=false, header=false, columns={${columns}}, skip=${part.skip},
  delim=${quotedString(part.delimiter)}, quote='"', escape='"', strict_mode=true, null_padding=${!part.prepared}, compression='none', encoding='utf-8',
  max_line_size=${LONGEST_RECORD}, parallel=${isParallel})`;
}
