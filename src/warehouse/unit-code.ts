import {existsSync} from "node:fs";
import {Database} from "./duckdb.ts";

/**
 * Names of the units in a warehouse and their codes; a name that two units share is left out.
 * Shape: path of warehouse.duckdb → name → code; empty when nothing has been loaded yet.
 */
export async function unitCodes(warehouse: string): Promise<ReadonlyMap<string, string>> {
  if (!existsSync(warehouse)) return new Map();
  const db = await Database.open(warehouse, {readonly: true});
  try {
    const rows = await db.rows<{name: string; code: string}>(
      "select unit_name as name, min(unit_code) as code from unit group by 1 having count(distinct unit_code) = 1 order by 1"
    );
    return new Map(rows.map(({name, code}) => [name, code]));
  } finally {
    db.close();
  }
}
