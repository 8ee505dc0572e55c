import {TABLES} from "../../../src/contract/index.ts";
import {quotedIdentifier} from "../../../src/sql.ts";
import type {Database} from "../../../src/warehouse/duckdb.ts";
import type {Rows} from "../input.ts";

/** Every visible row of every input table, whatever its date. */
export async function visibleRows(db: Database): Promise<Rows> {
  const rows: Record<string, Rows[string]> = {};
  for (const {name} of TABLES) rows[name] = await db.rows(`select * from ${quotedIdentifier(name)}`);
  return rows;
}
