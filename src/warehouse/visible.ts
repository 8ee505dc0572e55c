import {TABLES, type Table} from "../contract/index.ts";
import {heldSql} from "../contract/reference.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Database} from "./duckdb.ts";

/**
 * Builds, for every table, the rows visible at a moment: `<table>_held` (rows that wait for another table, with the cause) and
 * `<table>` (the others).
 * @param knownAt a timestamp with offset; null: the newest state, kept in the warehouse itself
 */
export async function buildVisible(db: Database, knownAt: string | null): Promise<void> {
  for (const table of TABLES) {
    const temp = knownAt === null ? "" : "temp ";
    const visible = visibleSql(table, knownAt);
    const several = Number(await db.value(`select count(distinct source_name) from ${visible} v`)) > 1;
    const held = quotedIdentifier(`${table.name}_held`);
    await db.run(`create or replace ${temp}table ${held} as ${heldSql(table, visible, several)}`);
    const some = Number(await db.value(`select count(*) from ${held}`)) > 0;
    const key = table.key.map((k) => `h.${quotedIdentifier(k)} = v.${quotedIdentifier(k)}`).join(" and ");
    const waiting = some ? ` where not exists (select 1 from ${held} h where ${key})` : "";
    await db.run(`create or replace ${temp}view ${quotedIdentifier(table.name)} as select * from ${visible} v${waiting}`);
  }
}

function visibleSql(table: Table, knownAt: string | null): string {
  const version = quotedIdentifier(`${table.name}_version`);
  if (knownAt === null) return `(select * exclude (known_from, known_to) from ${version} where known_to is null)`;
  const moment = `cast(${quotedString(knownAt)} as timestamptz)`;
  return `(select * exclude (known_from, known_to) from ${version} where known_from <= ${moment} and (known_to is null or known_to > ${moment}))`;
}
