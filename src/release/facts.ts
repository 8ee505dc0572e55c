import {randomUUID} from "node:crypto";
import {existsSync, mkdirSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {factType} from "../contract/fact.ts";
import {TABLES, type Table} from "../contract/index.ts";
import {noneHeldSql} from "../contract/reference.ts";
import {fault} from "../fault.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import {Database, type EngineOptions} from "../warehouse/duckdb.ts";
import {PROVENANCE} from "../warehouse/version.ts";
import {shownPath} from "../workspace/workspace.ts";

/** A table of a release: its file is `facts/<name>.parquet`. */
export interface FactFile {
  readonly name: string;
  readonly columns: readonly {readonly name: string; readonly type: string}[];
  /** Columns that order the rows; no two rows are alike in them. */
  readonly key: readonly string[];
}

/** Where a row of the contract's tables came from; its source is that of its batch. */
const ORIGIN = PROVENANCE.filter((name) => name !== "source_name").map((name) => ({
  name,
  type: name === "source_row" ? "BIGINT" : "VARCHAR"
}));

/** What a release keeps beside the contract's tables: its batches, and the columns that the office's files had. */
const BESIDE: readonly FactFile[] = [
  {
    name: "batch",
    columns: [
      {name: "n", type: "INTEGER"},
      {name: "id", type: "VARCHAR"},
      {name: "source", type: "VARCHAR"},
      {name: "table", type: "VARCHAR"},
      {name: "at", type: "TIMESTAMP WITH TIME ZONE"},
      {name: "revoked", type: "BOOLEAN"}
    ],
    key: ["n"]
  },
  {name: "file_column", columns: [{name: "name", type: "VARCHAR"}], key: ["name"]}
];

/** All tables that a release keeps as facts: those of the contract with their rows in force, then those beside. */
export const RELEASE_TABLES: readonly FactFile[] = [
  ...TABLES.map((table) => ({
    name: table.name,
    columns: [...table.columns.map((c) => ({name: c.name, type: factType(c) as string})), ...ORIGIN],
    key: table.key
  })),
  ...BESIDE
];

/** A file with more rows is none of ours, whatever a few bytes of it promise. */
const MOST_ROWS = 200_000_000;

/** Rows of a fact in one group of its file: the same on every machine. */
const GROUP = 122_880;

/**
 * Writes the visible tables of an open warehouse as `<directory>/<table>.parquet`: typed, in key order, the same bytes for the same rows.
 * @param kept columns that the office's files have (Scored.kept)
 * @example await writeFacts(scored.db, join(draft, "facts"), await scored.kept())
 */
export async function writeFacts(db: Database, directory: string, kept: ReadonlySet<string>): Promise<void> {
  mkdirSync(directory, {recursive: true});
  const listed = [...kept].map((name) => `(${quotedString(name)})`);
  const names = listed.length === 0 ? "(select '' as name limit 0)" : `(values ${listed.join(", ")})`;
  for (const {name, columns, key} of RELEASE_TABLES) {
    const list = columns.map((c) => `cast(${quotedIdentifier(c.name)} as ${c.type}) as ${quotedIdentifier(c.name)}`).join(", ");
    const source = name === "file_column" ? `${names} as v(name)` : quotedIdentifier(name);
    const order = key.map(quotedIdentifier).join(", ");
    await db.run(
      `copy (select ${list} from ${source} order by ${order}) to ${quotedString(join(directory, `${name}.parquet`))} (format parquet, compression zstd, row_group_size ${GROUP})`
    );
  }
}

/**
 * Opens facts that writeFacts wrote, in memory, as what is scored, checked and exported reads a warehouse: nothing is rejected, held
 * or withdrawn, and every row has one version.
 * @param known_at the moment up to which its batches and decisions count
 * Errors: Fault 2 for a file that is missing, cannot be read, or has other columns.
 * @example const db = await openFacts(join(release, "facts"), {known_at: "2026-01-05T09:00:00+08:00"})
 */
export async function openFacts(
  directory: string,
  {known_at, ...options}: EngineOptions & {readonly known_at: string}
): Promise<Database> {
  // An engine in memory would spill into the directory that the command was called in; two engines never share a place to spill.
  const place = options.scratch ?? tmpdir();
  mkdirSync(place, {recursive: true});
  const scratch = join(place, `xunheng-spill-${randomUUID()}`);
  const db = await Database.open(":memory:", {...options, scratch});
  try {
    await db.run("set max_temp_directory_size = '16GiB'");
    for (const file of RELEASE_TABLES) await openFact(db, directory, file);
    await db.run("begin");
    for (const table of TABLES) await db.run(warehouseSql(table));
    await db.run(`create table reject as ${REJECT_NONE};
create table correction as select '' as batch_id, 0::integer as batch_n, '' as source_name, '' as status, '' as corrects, '' as mark limit 0;
create table replaced as select '' as source_name, '' as mark, 0::integer as batch_n limit 0;
create table settled as select '' as source_name, '' as mark, '' as state limit 0;
create table meta as select '' as signature, cast(${quotedString(known_at)} as timestamptz) as known_at`);
    await db.run("commit");
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

const REJECT_NONE = `select '' as batch_id, '' as source_name, '' as "table", '' as source_file, '' as source_sheet, 0::bigint as source_row, '' as "column", '' as value, '' as reason, '' as key, '' as mark limit 0`;

/** One file as a table of its own columns; the contract's are named `<table>_kept` and seen through the views of a warehouse. */
async function openFact(db: Database, directory: string, {name, columns}: FactFile): Promise<void> {
  const file = join(directory, `${name}.parquet`);
  const place = {file: shownPath(file)};
  if (!existsSync(file)) throw fault(2, {place, what: "没有这个文件", advice: "审定件不完整，请向提供者要完整的一份"});
  const source = `read_parquet(${quotedString(file)})`;
  try {
    const found = await db.rows<{column_name: string; column_type: string}>(`describe select * from ${source}`);
    const shape = (list: readonly {name: string; type: string}[]) => list.map((c) => `${c.name} ${c.type}`).join(", ");
    if (shape(found.map((c) => ({name: c.column_name, type: c.column_type}))) !== shape(columns))
      throw fault(2, {place, what: "各列与契约不符", advice: "请用写出它的那一版巡衡打开，或核对文件是否被换过"});
    const rows = Number(await db.value(`select num_rows from parquet_file_metadata(${quotedString(file)})`));
    if (rows > MOST_ROWS) throw fault(2, {place, what: `说有${rows}行，太多`, advice: "文件被改动过，请用原来的文件"});
    const own = TABLES.some((table) => table.name === name) ? `${name}_kept` : name;
    await db.run(`create table ${quotedIdentifier(own)} as select * from ${source}`);
  } catch (error) {
    if (!(error instanceof Error) || error.name === "Fault") throw error;
    throw fault(2, {place, what: `读不出来（${error.message.split("\n")[0]}）`, advice: "文件已损坏，请向提供者要完整的一份"});
  }
}

/** The relations that a warehouse has of one table. */
function warehouseSql(table: Table): string {
  const of = (suffix: string) => quotedIdentifier(`${table.name}${suffix}`);
  const own = table.columns.map((c) => `k.${quotedIdentifier(c.name)}`).join(", ");
  return `create view ${of("_version")} as select k.batch_id, b.source as source_name, k.source_file, k.source_sheet, k.source_row, ${own}, b."at" as known_from, null::timestamptz as known_to
from ${of("_kept")} k left join batch b on b.id = k.batch_id;
create view ${of("")} as select * exclude (known_from, known_to) from ${of("_version")};
create table ${of("_held")} as ${noneHeldSql(table, of("_version"))};
create table ${of("_withdrawn")} (source_name varchar, batch_id varchar, key varchar)`;
}
