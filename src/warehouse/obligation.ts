import {TABLES} from "../contract/index.ts";
import {quotedString} from "../sql.ts";
import type {Database} from "./duckdb.ts";
import {modelSql} from "./model.ts";

/** Models that add what is owed, a row for each duty. */
const KINDS = ["inspection", "response", "month", "finding", "major", "summon"] as const;

/**
 * Builds `obligation` (src/models/law/obligation.sql): what is owed because of a clause, by when, and whether it was done.
 * Needs: the other tables of buildLaw. Everything is joined, nothing looped: a million findings take seconds.
 * @example await buildObligations(law.db); await law.db.rows("select * from obligation where done_on is null order by due_on")
 */
export async function buildObligations(db: Database): Promise<void> {
  await db.run(modelSql("law/obligation-function"));
  await db.run(headersSql());
  await db.run(modelSql("law/obligation-owed"));
  for (const kind of KINDS) await db.run(`insert into owed by name ${modelSql(`law/obligation-${kind}`)}`);
  await db.run(modelSql("law/obligation"));
  await db.run("drop table owed");
}

/** `column_header`: what a dated column says happened, in the words of its header: inspection.ended_on → 结束于. */
function headersSql(): string {
  const rows = TABLES.flatMap(({name, columns}) =>
    columns
      .filter((c) => c.type === "date")
      .map((c) => `(${quotedString(`${name}.${c.name}`)}, ${quotedString(`${c.header.replace(/日期$/, "")}于`)})`)
  );
  return `create or replace temp table column_header as select * from (values ${rows.join(", ")}) as v(name, event)`;
}
