import {existsSync, mkdirSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {loadSource as readSource} from "../../loaders/index.ts";
import type {RawPart, Source} from "../../loaders/loader.ts";
import {type HeaderMatch, matchHeader} from "../contract/header.ts";
import {CONTRACT, type Table, tableNamed} from "../contract/index.ts";
import {rawSelect} from "../contract/read-sql.ts";
import {type ShapeRegime, shapeSql} from "../contract/shape.ts";
import {countSql, keptSql, verdictSql} from "../contract/verdict.ts";
import {type Complaint, Fault, type FaultExit, fault} from "../fault.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import {Database, type EngineOptions} from "../warehouse/duckdb.ts";
import {modelSql} from "../warehouse/model.ts";
import {buildWarehouse, refreshWarehouse} from "../warehouse/warehouse.ts";
import {type Batch, type Counts, commitBatch, draftBatch, listBatches, type Manifest} from "./batch.ts";
import {withLock} from "./lock.ts";
import type {Workspace} from "./workspace.ts";

/** What became of a table's rows; the first six add up: read = new + unchanged + changed + rejected + skipped. */
export interface TableCounts extends Counts {
  held: number;
  withdrawn: number;
  /** Accepted, but dated after 统计截止日: unseen yet. */
  later: number;
}

/** The JSON of `xunheng load --json`. */
export interface LoadResult {
  readonly batches: Readonly<Record<string, string>>;
  readonly tables: Readonly<Record<string, TableCounts>>;
  readonly files: readonly {
    readonly source: string;
    readonly file: string;
    readonly sheet: string | null;
    readonly counts: Counts;
    readonly notes: readonly string[];
  }[];
  readonly notes: readonly string[];
  /** Suspicious, still loaded. */
  readonly warnings: readonly {readonly file: string; readonly sheet: string | null; readonly row: number; readonly what: string}[];
  /** Sources that could not be read; the others were loaded. */
  readonly failures: readonly Complaint[];
  /** The gravest failure's exit code, 0 without one. */
  readonly exit: 0 | FaultExit;
}

/** What a load uses beyond the workspace. */
export interface LoadOptions extends EngineOptions {
  /** The moment of commitment, ISO with offset; the caller reads the clock. */
  readonly at: string;
  readonly as_of: string;
  readonly regime: ShapeRegime;
  readonly progress?: (text: string) => void;
}

/**
 * Loads every source of a workspace into batches and rebuilds the warehouse.
 * Shape: one batch a source that could be read; a source that could not be read changes nothing.
 * Errors: Fault 4 when another command holds the workspace. What is wrong with single sources is in `failures`.
 */
export async function load(space: Workspace, options: LoadOptions): Promise<LoadResult> {
  return withLock(space.state.lock, "load", async () => {
    const progress = options.progress ?? (() => {});
    const failures: Fault[] = [];
    const loaded: Batch[] = [];
    if (listBatches(space.state.batches).length > 0) await refreshWarehouse(space, options);
    const scratch = mkdtempSync(join(tmpdir(), "xunheng-"));
    const staging = await Database.open(":memory:", {...options, scratch: join(scratch, "spill")});
    try {
      if (existsSync(space.state.warehouse))
        await staging.run(`attach ${quotedString(space.state.warehouse)} as prior (read_only)`);
      for (const source of space.sources) {
        progress(`读取 ${source.name}`);
        try {
          loaded.push(await loadSource(space, source, staging, join(scratch, String(loaded.length + failures.length)), options));
        } catch (error) {
          failures.push(sourceFault(source, error));
        }
      }
    } finally {
      staging.close();
      rmSync(scratch, {recursive: true, force: true});
    }
    if (loaded.length > 0) {
      progress("重建数据仓库");
      await buildWarehouse(space, options);
    }
    const {tables, warnings} = loaded.length > 0 ? await afterwards(space, loaded, options) : {tables: {}, warnings: []};
    return {
      batches: Object.fromEntries(loaded.map((b) => [b.source, b.id])),
      tables,
      files: loaded.flatMap((b) => b.files.map(({file, sheet, counts, notes}) => ({source: b.source, file, sheet, counts, notes}))),
      notes: loaded.flatMap((batch) => batchNotes(batch, tables[batch.table])),
      warnings,
      failures: failures.flatMap((f) => f.complaints),
      exit: Math.max(0, ...failures.map((f) => f.exit)) as 0 | FaultExit
    };
  });
}

async function loadSource(space: Workspace, source: Source, db: Database, scratch: string, options: LoadOptions): Promise<Batch> {
  const table = tableNamed(source.table);
  mkdirSync(scratch);
  const progress = options.progress ?? (() => {});
  const parts = await readSource(source, {root: space.directory, table, scratch, progress});
  const headers = parts.map((part) => matchHeader(part.header, table, source));
  const raw = parts.map((part, i) => partSql(part, rawSelect(part, headers[i] as HeaderMatch, table)));
  // Numbering the rows of a file is work for one thread; judging them, which takes longer, is not.
  await db.run(`create or replace table raw as ${raw.join("\nunion all by name\n")}`);
  await db.run(`create or replace table shaped as ${shapeSql(table, "raw", source.values, options.regime)}`);
  await db.run(`create or replace table verdict as ${verdictSql(table, "shaped")}`);
  const draft = draftBatch(space.state.batches, source.name);
  await db.run(
    `copy (${keptSql(table, "verdict")}) to ${quotedString(join(draft, "rows.parquet"))} (format parquet, compression zstd)`
  );
  const counts = await countFiles(space, source, table, db);
  return commitBatch(space.state.batches, draft, {
    source: source.name,
    table: table.name,
    mode: source.mode,
    contract: CONTRACT,
    at: options.at,
    files: parts.map(({file, sheet, sha256, header, notes}) => {
      const {notes: below = 0, ...rest} = counts.get(`${file}\n${sheet ?? ""}`) ?? {...NONE, notes: 0};
      return {file, sheet, sha256, header, counts: rest, notes: below > 0 ? [...notes, `表下有${below}行说明，未读入`] : notes};
    }),
    doors: [...new Set(headers.flatMap((h) => h.doors))],
    unknown: [...new Set(headers.flatMap((h) => h.unknown))]
  });
}

/** A source that the engine chokes on is a failure of that source; the others still load. */
function sourceFault({name}: Source, error: unknown): Fault {
  if (error instanceof Fault) return error;
  const what = `来源 ${name} 读不进来（${(error as Error).message.split("\n")[0]}）`;
  return fault(4, {place: null, what, advice: "请核对文件，或用 --debug 重试后交给维护者"});
}

const NONE: Counts = {read: 0, new: 0, unchanged: 0, changed: 0, rejected: 0, skipped: 0};

function partSql({file, sheet}: RawPart, select: string): string {
  return `select ${quotedString(file)} as source_file, ${sheet === null ? "null::varchar" : quotedString(sheet)} as source_sheet, * from (${select})`;
}

async function countFiles(
  space: Workspace,
  source: Source,
  table: Table,
  db: Database
): Promise<Map<string, Counts & {notes: number}>> {
  const first = !existsSync(space.state.warehouse);
  const prior = `(select * from prior.${quotedIdentifier(`${table.name}_version`)} where source_name = ${quotedString(source.name)} and known_to is null)`;
  const rows = await db.rows<Counts & {notes: number; source_file: string; source_sheet: string | null}>(
    countSql(table, "verdict", first ? null : prior)
  );
  return new Map(rows.map(({source_file, source_sheet, ...counts}) => [`${source_file}\n${source_sheet ?? ""}`, counts]));
}

/** What the new warehouse says: sums per table, and doubts. */
async function afterwards(
  space: Workspace,
  loaded: readonly Batch[],
  options: LoadOptions
): Promise<Pick<LoadResult, "tables" | "warnings">> {
  const db = await Database.open(space.state.warehouse, {...options, readonly: true});
  try {
    const kinds = options.regime.unit_kinds.map((kind) => `(${quotedString(kind)})`).join(", ");
    await db.run(`create temp table regime_kind as select * from (values ${kinds}) as v(unit_kind)`);
    await db.run(modelSql("check/suspicious"));
    return {tables: await tableCounts(db, loaded, options), warnings: await db.rows("select * from suspicious")};
  } finally {
    db.close();
  }
}

/** Sums per table, with what the other tables make of its rows. */
async function tableCounts(db: Database, loaded: readonly Batch[], options: LoadOptions): Promise<Record<string, TableCounts>> {
  const tables: Record<string, TableCounts> = {};
  for (const name of new Set(loaded.map((b) => b.table))) {
    const files = loaded.filter((b) => b.table === name).flatMap((b) => b.files.map((f) => f.counts));
    const sum = (key: keyof Counts) => files.reduce((total, counts) => total + counts[key], 0);
    const {exists_on} = tableNamed(name);
    const of = async (sql: string) => Number(await db.value(sql));
    tables[name] = {
      read: sum("read"),
      new: sum("new"),
      unchanged: sum("unchanged"),
      changed: sum("changed"),
      rejected: sum("rejected"),
      skipped: sum("skipped"),
      held: await of(`select count(*) from ${quotedIdentifier(`${name}_held`)}`),
      withdrawn: await of(`select count(*) from ${quotedIdentifier(`${name}_withdrawn`)}`),
      later: exists_on
        ? await of(
            `select count(*) from ${quotedIdentifier(name)} where ${quotedIdentifier(exists_on)} > date ${quotedString(options.as_of)}`
          )
        : 0
    };
  }
  return tables;
}

function batchNotes({source, doors, unknown, files, mode}: Manifest, counts: TableCounts | undefined): string[] {
  const empty = mode === "snapshot" && files.every((f) => f.counts.read === 0) && (counts?.withdrawn ?? 0) > 0;
  return [
    ...(empty ? [`${source}：这次一行数据也没有，原有的行全部列为撤走，仍然计入；如确已撤走，须另作决定`] : []),
    ...(doors.length > 0 ? [`${source}：列 ${doors.join("、")} 涉及举报人或亲属，已在入口丢弃，不进入任何批次`] : []),
    ...(unknown.length > 0 ? [`${source}：列 ${unknown.join("、")} 不在契约内，未读入`] : [])
  ];
}
