import {CONTRACT, tableNamed} from "../contract/index.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Batch} from "../workspace/batch.ts";

/**
 * The relation of a batch's rows as it keeps them, with every column of the contract: those that came after the batch was made are null.
 * @example `select finding_id from ${keptRows(batch)} where status = 'ok'`
 */
export function keptRows({table, contract, rows}: Pick<Batch, "table" | "contract" | "rows">): string {
  const file = `read_parquet(${quotedString(rows)})`;
  if (contract >= CONTRACT) return file;
  const columns = tableNamed(table).columns.map((c) => `null::varchar as ${quotedIdentifier(c.name)}`);
  return `(select * from ${file} union all by name select ${columns.join(", ")} where false)`;
}
