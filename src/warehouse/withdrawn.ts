import {tableNamed} from "../contract/index.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Batch} from "../workspace/batch.ts";
import type {Database} from "./duckdb.ts";
import {keyText} from "./version.ts";

/** A row that its source no longer brings, and that still counts. */
export interface WithdrawnRow {
  readonly source: string;
  readonly table: string;
  readonly key: string;
  /** Where the content in force stands. */
  readonly batch: string;
  readonly file: string;
  readonly sheet: string | null;
  readonly row: number;
  /** The first batch of the source without it is this one or earlier. */
  readonly missing_from: string;
}

/**
 * The withdrawn rows of a source by key, in order.
 * @param batches all batches of the workspace; the source's tell its tables
 */
export async function withdrawnRows(db: Database, batches: readonly Batch[], source: string): Promise<WithdrawnRow[]> {
  const tables = [...new Set(batches.filter((b) => b.source === source).map((b) => b.table))];
  const rows: WithdrawnRow[] = [];
  for (const name of tables) {
    const table = tableNamed(name);
    rows.push(
      ...(await db.rows<WithdrawnRow>(`select v.source_name as source, ${quotedString(name)} as "table", w.key, v.batch_id as batch, v.source_file as file, v.source_sheet as sheet, v.source_row as "row", w.batch_id as missing_from
from ${quotedIdentifier(`${name}_withdrawn`)} w join ${quotedIdentifier(`${name}_version`)} v on v.known_to is null and v.source_name = w.source_name and ${keyText(table, "v")} = w.key
where w.source_name = ${quotedString(source)} order by w.key`))
    );
  }
  return rows;
}
