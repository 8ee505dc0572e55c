import {TABLES, type Table} from "../contract/index.ts";
import {heldSql, noneHeldSql} from "../contract/reference.ts";
import {quotedIdentifier} from "../sql.ts";
import type {Database} from "./duckdb.ts";

/**
 * Builds, for every table, `<table>_held` (rows in force that wait for another table, with the cause) and the view `<table>`
 * (the other rows in force).
 */
export async function buildVisible(db: Database): Promise<void> {
  for (const table of TABLES) await showTable(db, table, "create");
}

/** The same for some tables, for this session alone: they stand before those of buildVisible. */
export async function buildVisibleHere(db: Database, names: ReadonlySet<string>): Promise<void> {
  for (const table of TABLES) if (names.has(table.name)) await showTable(db, table, "create or replace temp");
}

async function showTable(db: Database, table: Table, create: "create" | "create or replace temp"): Promise<void> {
  const visible = inForceSql(table);
  const sources = Number(await db.value(`select count(distinct source_name) from ${visible} v`));
  const held = quotedIdentifier(`${table.name}_held`);
  // Most offices leave most tables empty: nothing of those is judged.
  await db.run(`${create} table ${held} as ${sources === 0 ? noneHeldSql(table, visible) : heldSql(table, visible, sources > 1)}`);
  const some = sources > 0 && Number(await db.value(`select count(*) from ${held}`)) > 0;
  const key = table.key.map((k) => `h.${quotedIdentifier(k)} = v.${quotedIdentifier(k)}`).join(" and ");
  const waiting = some ? ` where not exists (select 1 from ${held} h where ${key})` : "";
  await db.run(`${create} view ${quotedIdentifier(table.name)} as select * from ${visible} v${waiting}`);
}

function inForceSql({name}: Table): string {
  return `(select * exclude (known_from, known_to) from ${quotedIdentifier(`${name}_version`)} where known_to is null)`;
}
