import {type HeaderMatch, isDoor} from "../../../src/contract/header.ts";
import {type CellSql, numberSql, withoutMidnight} from "../cell.ts";
import type {DatabaseColumn} from "../table.ts";

/** What the server says of a type. */
export interface ServerType {
  readonly oid: number;
  readonly name: string;
  /** `e` enumeration, `c` composite, `b` base. */
  readonly kind: string;
  /** `A` array, `S` string, `N` number … as pg_type has them. */
  readonly category: string;
  /** Kind and name of the elements of an array. */
  readonly element_kind: string | null;
  readonly element: string | null;
}

/** A column of a query, on both sides of the copy. */
export interface ServerColumn extends DatabaseColumn {
  /** What the server sends: SQL of the server. */
  readonly sent: string;
}

/** Categories whose text is nobody's writing: booleans, numbers, days, spans, network addresses. */
const NOT_WRITTEN = "BDINT";

/** Asks the server for its types. */
export const typesSql = (
  oids: readonly number[]
) => `select t.oid::int8 as oid, t.typname as name, t.typtype as kind, t.typcategory as category,
  e.typtype as element_kind, e.typname as element
from pg_catalog.pg_type t left join pg_catalog.pg_type e on e.oid = t.typelem and t.typcategory = 'A'
where t.oid in (${[0, ...oids].join(", ")})`;

/**
 * A column of the server's query by its type. The server sends plain text wherever that is exact, which is fast; DuckDB makes of it
 * what the contract reads.
 * @param value SQL of the column on the server; @param received SQL of what came, VARCHAR
 */
export function serverColumn(
  header: string,
  {name, kind, category, element, element_kind}: ServerType,
  value: string,
  received: string
): ServerColumn {
  const plain: CellSql = {text: received, inexact: null, written: !NOT_WRITTEN.includes(category), binary: false};
  const column = {header, type: name, sent: value, ...plain};
  if (name === "bytea" || element === "bytea") return {...column, sent: "null", binary: true};
  if (category === "A")
    return {...column, sent: element_kind === "c" ? `array_to_json(${value})` : `array_to_string(${value}, '、')`};
  if (kind === "c" || name === "record") return {...column, sent: `row_to_json(${value})`};
  switch (name) {
    case "bool":
      return {...column, text: `case ${received} when 't' then 'TRUE' when 'f' then 'FALSE' end`};
    case "float4":
    case "float8":
      return {...column, ...numberSql(`try_cast(${received} as double)`)};
    case "timestamp":
      return {...column, text: withoutMidnight(received)};
    case "timestamptz":
      return {...column, text: withoutMidnight(`regexp_replace(${received}, '[+-]\\d\\d(:\\d\\d)*$', '')`)};
    case "bpchar":
      return {...column, sent: `${value}::text`};
    case "money":
      return {...column, sent: `${value}::numeric`};
    default:
      return column;
  }
}

/**
 * What the server is to send: columns of the contract; of the others only texts with a ★, for a secrecy marking refuses the source
 * wherever it stands; nothing of columns dropped at the door.
 * @param hasStar whether the server's encoding has the character
 */
export function sentColumns(columns: readonly ServerColumn[], match: HeaderMatch, hasStar: boolean): string[] {
  return columns.map(({header, sent, written, binary}, i) => {
    if (isDoor(header) || binary) return "null";
    if (match.columns[i] !== null || i === 0) return sent;
    return written && hasStar ? `case when strpos((${sent})::text, '★') > 0 then (${sent})::text end` : "null";
  });
}
