import type {Database} from "./duckdb.ts";
import {modelSql} from "./model.ts";

/** Models that add what is owed, a row for each duty. */
const KINDS = ["inspection", "response", "month", "finding", "major", "summon", "coverage", "before"] as const;

/**
 * Builds `obligation` (src/models/law/obligation.sql): what is owed because of a clause, by when, and whether it was done.
 * Needs: the other tables of buildLaw. Everything is joined, nothing looped: a million findings take seconds.
 * @example await buildObligations(law.db); await law.db.rows("select * from obligation where done_on is null order by due_on")
 */
export async function buildObligations(db: Database): Promise<void> {
  await db.run(modelSql("law/obligation-function"));
  await db.run(modelSql("law/obligation-owed"));
  const owed = KINDS.map((kind) => `union all by name (${modelSql(`law/obligation-${kind}`)})`).join("\n");
  await db.run(`create or replace temp view owed as select * from owed_shape ${owed}`);
  await db.run(`create or replace temp table obligation_row as ${modelSql("law/obligation-row")}`);
  await db.run(modelSql("law/obligation"));
  await db.run(modelSql("law/obligation-duty"));
}
