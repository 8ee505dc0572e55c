import {TABLES, type Table} from "../contract/index.ts";
import {heldSql, noneHeldSql, waitingSql} from "../contract/reference.ts";
import {quotedIdentifier} from "../sql.ts";
import type {Database} from "./duckdb.ts";

/**
 * Builds, for every table, `<table>_held` (rows in force that wait for another table, with the cause) and the view `<table>`
 * (the other rows in force).
 */
export async function buildVisible(db: Database): Promise<void> {
  await showTables(db, TABLES, "create");
}

/** The same for some tables, for this session alone: they stand before those of buildVisible. */
export async function buildVisibleHere(db: Database, names: ReadonlySet<string>): Promise<void> {
  const tables = TABLES.filter(({name}) => names.has(name));
  if (tables.length > 0) await showTables(db, tables, "create or replace temp");
}

type Create = "create" | "create or replace temp";

async function showTables(db: Database, tables: readonly Table[], create: Create): Promise<void> {
  // In one statement, because most offices are small and a statement costs more than their rows.
  const sources = tables.map(
    ({name}) =>
      `(select case when min(source_name) is null then 0 when min(source_name) = max(source_name) then 1 else 2 end from ${quotedIdentifier(`${name}_version`)} where known_to is null) as ${quotedIdentifier(name)}`
  );
  const found = (await db.row<Record<string, number>>(`select ${sources.join(", ")}`)) ?? {};
  for (const table of tables) await showTable(db, table, found[table.name] ?? 0, create);
}

/** @param sources how many sources its rows in force have: 0, 1 or several */
async function showTable(db: Database, table: Table, sources: number, create: Create): Promise<void> {
  const version = quotedIdentifier(`${table.name}_version`);
  const held = quotedIdentifier(`${table.name}_held`);
  const inForce = `select * exclude (known_from, known_to) from ${version} where known_to is null`;
  const view = `${create} view ${quotedIdentifier(table.name)} as select * from (${inForce}) v`;
  // Most offices leave most tables empty: nothing of those is judged.
  const waiting = sources === 0 ? null : waitingSql(table, version, sources > 1);
  if (waiting !== null) await db.run(`create or replace temp table waiting as ${waiting}`);
  if (waiting === null || Number(await db.value("select count(*) from waiting")) === 0) {
    await db.run(`${create} table ${held} as ${noneHeldSql(table, version)}; ${view}`);
    return;
  }
  await db.run(`${create} table ${held} as ${heldSql(table, `(${inForce} and rowid in (select r from waiting))`, sources > 1)}`);
  const key = table.key.map((k) => `h.${quotedIdentifier(k)} = v.${quotedIdentifier(k)}`).join(" and ");
  await db.run(`${view} where not exists (select 1 from ${held} h where ${key})`);
}
