import {GROUP, type HeaderMatch, isDoor} from "../../src/contract/header.ts";
import type {Column, Table} from "../../src/contract/index.ts";
import {FAULT_SEPARATOR} from "../../src/contract/shape.ts";
import {fault} from "../../src/fault.ts";
import {quotedString} from "../../src/sql.ts";
import type {Limits} from "../limits.ts";
import type {LoaderEngine} from "../loader.ts";
import {type CellSql, cellSql} from "./cell.ts";

/** A column of a database as cells of text. */
export interface DatabaseColumn extends CellSql {
  /** Groups and name parted by `›`. */
  readonly header: string;
  /** The type as the database names it. */
  readonly type: string;
}

/** Rows to read: what stands after `from`, and the columns it gives. */
export interface Relation {
  readonly from: string;
  /** SQL BIGINT: the number of a row, 1 for the first. */
  readonly row: string;
  /** SQL VARCHAR: a fault of the whole row, as in a prepared CSV; empty or null when there is none. */
  readonly fault?: string;
  readonly columns: readonly DatabaseColumn[];
}

/** Groups within groups beyond this are no table. */
const DEEPEST = 8;

/**
 * The columns of a relation of DuckDB; the fields of a structure are columns below a group header.
 * Shape: their texts are SQL over `k0`, `k1` …, for a query may name two columns alike: read it as `… as q(${aliases})`.
 * @param from what stands after `from`
 * @param file as shown
 * Errors: Fault 2 for more columns than the limit; the engine's own for a relation it cannot read.
 */
export async function describeColumns(
  engine: LoaderEngine,
  from: string,
  file: string,
  {columns: most}: Limits
): Promise<{columns: readonly DatabaseColumn[]; aliases: string}> {
  const named = await described(engine, `select * from ${from}`);
  const aliases = named.map((_, i) => `k${i}`).join(", ");
  const columns: DatabaseColumn[] = [];
  const add = async (header: string, type: string, value: string, depth: number): Promise<void> => {
    if (columns.length >= most) throw tooManyColumns(file, most);
    if (!type.startsWith("STRUCT(") || type.endsWith("]") || depth >= DEEPEST) {
      columns.push({header, type, ...cellSql(type, value)});
      return;
    }
    for (const field of await described(engine, `select unnest(${value}) from ${from} as q(${aliases})`)) {
      const inside = `struct_extract(${value}, ${quotedString(field.name)})`;
      await add(`${header}${GROUP}${field.name}`, field.type, inside, depth + 1);
    }
  };
  for (const [i, {name, type}] of named.entries()) await add(name, type, `k${i}`, 0);
  return {columns, aliases};
}

async function described(engine: LoaderEngine, select: string): Promise<{name: string; type: string}[]> {
  return engine.rows(`select column_name as name, column_type as type from (describe ${select})`);
}

/** Says that a table is too wide to be one. */
export function tooManyColumns(file: string, most: number) {
  return fault(2, {
    place: {file},
    what: `列数超过上限${most}（limits.columns）`,
    advice: "请核对是否选错了表；确需更多时，在xunheng.yaml的limits里调大"
  });
}

/** Says that there are more rows than may be. */
export function tooManyRows(file: string, most: number) {
  return fault(2, {
    place: {file},
    what: `行数超过上限${most}（limits.rows）`,
    advice: "请核对是否选错了表；确需更多时，在xunheng.yaml的limits里调大"
  });
}

/**
 * The SELECT of a `TablePart`: source_row, row_fault, c0, c1 …, and `marked`, the texts of a row that holds a ★.
 * Only columns of the contract and the first one (合计 stands there) have their values; a column dropped at the door gives nothing.
 * @param match `matchHeader` of the columns' headers
 */
export function rowsSql(
  {from, row, fault: own, columns}: Relation,
  match: HeaderMatch,
  table: Table,
  {cell_chars}: Limits
): string {
  const cells = columns.map((column, i) => {
    const read = match.columns[i] !== null || (i === 0 && !isDoor(column.header));
    const text = !read ? "cast(null as varchar)" : column.written ? cutSql(column.text, cell_chars) : column.text;
    return `${text} as c${i}`;
  });
  const faults = columns.flatMap((column, i) => {
    const target = table.columns.find(({name}) => name === match.columns[i]);
    return target ? cellFaults(column, target, cell_chars) : [];
  });
  if (own !== undefined) faults.push(own);
  const faultText =
    faults.length === 0 ? "cast(null as varchar)" : `nullif(concat_ws(${quotedString(FAULT_SEPARATOR)}, ${faults.join(", ")}), '')`;
  return `select cast(${row} as bigint) as source_row, ${faultText} as row_fault, ${cells.join(", ")}, ${starredSql(columns)} as marked from ${from}`;
}

/** Faults of one cell that only the loader sees. */
function cellFaults(column: DatabaseColumn, {name, header, type}: Column, most: number): string[] {
  const said = (when: string, reason: string) => `case when ${when} then ${quotedString(`${name}\t${header}${reason}`)} end`;
  const faults: string[] = [];
  if (column.inexact !== null && !["date", "timestamp", "decimal"].includes(type)) {
    faults.push(said(column.inexact, "的数字超过15位，浮点数存不准末尾数字；请在来源里改用文本或整数类型"));
  }
  if (column.written) {
    faults.push(said(tooLong(column.text, most), `超过${most}个字（limits.cell_chars）；请缩短，或在xunheng.yaml的limits里调大`));
  }
  return faults;
}

function cutSql(text: string, most: number): string {
  return `case when ${tooLong(text, most)} then left(${text}, ${most}) else ${text} end`;
}

/** The length in bytes is known without a look at the text. */
function tooLong(text: string, most: number): string {
  return `(strlen(${text}) > ${most} and length(${text}) > ${most})`;
}

function starredSql(columns: readonly DatabaseColumn[]): string {
  const texts = columns.filter(({written, header}) => written && !isDoor(header)).map(({text}) => text);
  if (texts.length === 0) return "cast(null as varchar)";
  return `case when ${texts.map((text) => `contains(${text}, '★')`).join(" or ")} then concat_ws(chr(10), ${texts.join(", ")}) end`;
}

/**
 * Refuses columns that hold bytes where the contract wants text.
 * Errors: Fault 2.
 */
export function refuseBinary(columns: readonly DatabaseColumn[], match: HeaderMatch, file: string): void {
  const binary = columns.filter((column, i) => column.binary && match.columns[i] !== null);
  if (binary.length === 0) return;
  throw fault(
    2,
    ...binary.map(({header, type}) => ({
      place: {file},
      what: `列“${header}”是二进制类型（${type}），不是文字`,
      advice: "请在来源里把它改为文本类型后重新导出，或在查询里去掉这一列"
    }))
  );
}
