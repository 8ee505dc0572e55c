import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Table} from "./column.ts";

/**
 * The mark of a row: a fingerprint of what it says, whatever file, line or batch it came in.
 * Shape: SQL VARCHAR, 32 hex digits: MD5 of the table's name and `column=text` of every column that is not null, in the contract's order.
 * Works over text as batches keep it and over typed columns of an accepted row alike.
 * @param alias of the relation, or null for plain column names
 * @example `select ${markSql(tableNamed("finding"), "r")} as mark from read_parquet('rows.parquet') r`
 */
export function markSql(table: Table, alias: string | null): string {
  const cells = table.columns.map(({name}) => {
    const column = `${alias === null ? "" : `${alias}.`}${quotedIdentifier(name)}`;
    return `${quotedString(`${name}=`)} || cast(${column} as varchar)`;
  });
  return `md5(concat_ws(chr(31), ${quotedString(table.name)}, ${cells.join(", ")}))`;
}
