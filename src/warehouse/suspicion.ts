import {quotedString} from "../sql.ts";
import type {Database} from "./duckdb.ts";
import {modelSql} from "./model.ts";

/** A row that was loaded and still makes one wonder. */
export interface Suspicion {
  readonly kind: string;
  readonly file: string;
  readonly sheet: string | null;
  readonly row: number;
  readonly what: string;
}

/**
 * All suspicious rows of an open warehouse, by file and row.
 * @param unit_kinds kinds of units that the regime inspects
 */
export async function suspicions(db: Database, unit_kinds: readonly string[]): Promise<Suspicion[]> {
  const kinds = unit_kinds.map((kind) => `(${quotedString(kind)})`).join(", ");
  await db.run(`create or replace temp table regime_kind as select * from (values ${kinds}) as v(unit_kind)`);
  await db.run(modelSql("check/suspicious"));
  return db.rows<Suspicion>("select * from suspicious");
}
