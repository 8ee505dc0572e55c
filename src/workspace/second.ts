import type {RawPart, Source} from "../../loaders/loader.ts";
import {filledColumns, unfilledSql} from "../contract/constant.ts";
import {columnText, type HeaderMatch, matchHeader} from "../contract/header.ts";
import {tableNamed} from "../contract/index.ts";
import {rawSelect} from "../contract/read-sql.ts";
import {fault} from "../fault.ts";
import type {Database} from "../warehouse/duckdb.ts";

/** A source that was read. */
interface Read {
  readonly source: Source;
  readonly parts: readonly RawPart[];
  readonly headers: readonly HeaderMatch[];
}

/**
 * Refuses a part that lacks the column without which a row is none: all of its rows would be left out.
 * Errors: Fault 2.
 */
export function checkFilled({source: {name, table, filled}, parts, headers}: Read): void {
  const columns = filledColumns(filled).flatMap((name) => tableNamed(table).columns.find((c) => c.name === name) ?? []);
  const [column] = columns.filter(({name}) => headers.some((header) => !header.columns.includes(name)));
  if (!column) return;
  const lacking = parts.filter((_, i) => !headers[i]?.columns.includes(column.name));
  throw fault(
    2,
    ...lacking.map(({file, sheet}) => ({
      place: {file: sheet === null ? file : `${file} ${sheet}`},
      what: `来源 ${name} 的filled要看${columnText(column)}，表头里没有这一列`,
      advice: "列名不同时请在xunheng.yaml的columns里对应"
    }))
  );
}

/** The parts of a source with a note of the rows that its `filled` leaves out. */
export async function withUnfilled({source, parts, headers}: Read, db: Database): Promise<RawPart[]> {
  const table = tableNamed(source.table);
  const noted: RawPart[] = [];
  for (const [i, part] of parts.entries()) {
    const header = headers[i] as HeaderMatch;
    const rows = Number(await db.value(unfilledSql(rawSelect(part, header, table, false), header, table, source)));
    const said = filledColumns(source.filled).map((name) => part.header[header.columns.indexOf(name)]?.replace(/\s+/g, " ").trim());
    noted.push(rows === 0 ? part : {...part, notes: [...part.notes, `${rows}行没有填${said.join("、")}，不是这张表的行`]});
  }
  return noted;
}

/**
 * Headers as matched for one of several sources that read the same sheet, where one has `filled`: what the others read is not unknown,
 * and what nobody reads is said once, by the source that reads all rows.
 * Shape: the matches with a shorter `unknown`.
 */
export function withoutShared(headers: readonly HeaderMatch[], source: Source, sources: readonly Source[]): HeaderMatch[] {
  const place = ({loader, path, sheet, options}: Source) => JSON.stringify([loader, path, sheet, options]);
  const others = sources.filter(
    (other) =>
      other.name !== source.name && place(other) === place(source) && (other.filled !== undefined || source.filled !== undefined)
  );
  if (source.path === undefined || others.length === 0) return [...headers];
  if (source.filled !== undefined && others.some(({filled}) => filled === undefined))
    return headers.map((match) => ({...match, unknown: []}));
  const isShared = (header: string) =>
    others.some((other) => matchHeader([header], tableNamed(other.table), other).columns[0] !== null);
  return headers.map((match) => ({...match, unknown: match.unknown.filter((header) => !isShared(header))}));
}
