import {TABLES} from "../contract/index.ts";
import {quotedIdentifier} from "../sql.ts";
import {listBatches} from "../workspace/batch.ts";
import type {Database} from "./duckdb.ts";

/**
 * Columns that the office's files have, as `table.column`: a header of a loaded file, or any value at all. What a file has no column for
 * is unknown, what it has a column for and leaves blank did not happen. A release keeps them as a table (src/release/facts.ts).
 */
export async function keptColumns(db: Database, batches: string): Promise<ReadonlySet<string>> {
  const isReleased = (await db.value("select count(*) from duckdb_tables() where table_name = 'file_column'")) !== 0;
  if (isReleased) return new Set(await db.list("select name from file_column order by name"));
  const counting = new Set(await db.list("select id from batch where not revoked"));
  const headers = new Map<string, Set<string>>();
  for (const {id, table, files} of listBatches(batches)) {
    if (!counting.has(id)) continue;
    const known = headers.get(table) ?? new Set();
    for (const {header} of files) for (const name of header) known.add(name.replace(/\s/g, ""));
    headers.set(table, known);
  }
  const kept = new Set<string>();
  for (const {name, columns} of TABLES) {
    const known = headers.get(name);
    const filled = await db.row<Record<string, number>>(
      `select ${columns.map((c) => `count(${quotedIdentifier(c.name)}) as ${quotedIdentifier(c.name)}`).join(", ")} from ${quotedIdentifier(name)}`
    );
    for (const c of columns)
      if (known?.has(c.header) || known?.has(c.name) || Number(filled?.[c.name] ?? 0) > 0) kept.add(`${name}.${c.name}`);
  }
  return kept;
}
