import {quotedString} from "../sql.ts";
import {Database, type EngineOptions} from "./duckdb.ts";

/**
 * An engine in memory that can read the given files, and write below `scratch`, and nothing else: what an
 * office's own query asks for cannot reach further. Attach databases before sealing it with `prepare`.
 * @param prepare statements run before the seal, such as `attach 'x.duckdb' as source (read_only)`
 * @example const engine = await openSealed(["data.parquet"], scratch)
 */
export async function openSealed(
  paths: readonly string[],
  scratch: string,
  options: EngineOptions = {},
  prepare: readonly string[] = []
): Promise<Database> {
  const db = await Database.open(":memory:", {...options, scratch});
  try {
    for (const statement of prepare) await db.run(statement);
    await db.run(`set allowed_paths = [${paths.map(quotedString).join(", ")}]`);
    await db.run(`set allowed_directories = [${quotedString(scratch)}]`);
    await db.run("set enable_external_access = false");
    await db.run("set lock_configuration = true");
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
