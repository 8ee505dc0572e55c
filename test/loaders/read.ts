import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {type LoaderContext, loadSource, type RawPart, type Source} from "../../loaders/index.ts";
import {LIMITS} from "../../loaders/limits.ts";
import {matchHeader} from "../../src/contract/header.ts";
import {tableNamed} from "../../src/contract/index.ts";
import {rawSelect} from "../../src/contract/read-sql.ts";
import {Database, type Row} from "../../src/warehouse/duckdb.ts";
import {openSealed} from "../../src/warehouse/sealed.ts";

/** What a source gave: its parts, and their rows as DuckDB reads them. */
export interface Read {
  readonly parts: readonly RawPart[];
  readonly rows: readonly Row[];
}

/** A source of the table `unit`, with what the test says otherwise. */
export function sourceOf(rest: Partial<Source>): Source {
  return {name: "unit", table: "unit", loader: "csv", columns: {}, values: {}, mode: "snapshot", ...rest};
}

/** What a loader may use, for the source's table, with what the test says otherwise. */
export function contextOf(
  root: string,
  scratch: string,
  {table}: Pick<Source, "table">,
  rest: Partial<LoaderContext> = {}
): LoaderContext {
  const openEngine: LoaderContext["openEngine"] = (paths, prepare) => openSealed(paths, scratch, {}, prepare);
  return {root, scratch, table: tableNamed(table), limits: LIMITS, env: {}, openEngine, progress: () => {}, ...rest};
}

/**
 * Writes files into an empty workspace, loads a source from it, and reads the rows with a real DuckDB; with `db`, which properties share
 * because opening one takes time.
 */
export async function readFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  rest: Partial<Source>,
  context: Partial<LoaderContext> = {},
  db?: Database
): Promise<Read> {
  const base = mkdtempSync(join(tmpdir(), "xunheng-loader-"));
  const [root, scratch] = [join(base, "office"), join(base, "scratch")];
  mkdirSync(scratch);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), {recursive: true});
    writeFileSync(join(root, file), content);
  }
  try {
    return await readFrom(root, scratch, sourceOf({path: Object.keys(files)[0] ?? "", ...rest}), context, db);
  } finally {
    rmSync(base, {recursive: true});
  }
}

async function readFrom(
  root: string,
  scratch: string,
  source: Source,
  context: Partial<LoaderContext>,
  given?: Database
): Promise<Read> {
  const table = tableNamed(source.table);
  const parts = await loadSource(source, contextOf(root, scratch, source, context));
  const db = given ?? (await Database.open(":memory:", {threads: 2}));
  try {
    const selects = parts.map((part) => rawSelect(part, matchHeader(part.header, table, source), table));
    const rows = await db.rows(selects.map((select) => `(${select})`).join(" union all "));
    return {parts, rows};
  } finally {
    if (!given) db.close();
  }
}

/** The named columns of every row, for short comparisons. */
export function pick(rows: readonly Row[], ...names: string[]): unknown[][] {
  return rows.map((row) => names.map((name) => row[name]));
}
