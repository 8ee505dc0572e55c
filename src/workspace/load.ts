import {existsSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {tableNamed} from "../contract/index.ts";
import type {Complaint, Fault, FaultExit} from "../fault.ts";
import {settleReleases} from "../release/settle.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import {Database} from "../warehouse/duckdb.ts";
import {countOpen} from "../warehouse/reject.ts";
import {type Suspicions, suspicions} from "../warehouse/suspicion.ts";
import {refreshWarehouse} from "../warehouse/warehouse.ts";
import {type Batch, type Counts, commitTime, type Draft, listBatches, type Manifest, settleBatches} from "./batch.ts";
import {setTornAside} from "./decision.ts";
import {keepAll} from "./keep.ts";
import {type Waiting, withLock} from "./lock.ts";
import {type StageOptions, sourceFault, stageSource} from "./stage.ts";
import type {Workspace} from "./workspace.ts";

/** What became of a table's rows; the first six add up: read = new + unchanged + changed + rejected + skipped. */
export interface TableCounts extends Counts {
  held: number;
  /** Rejected or held, of this load or before, and neither corrected nor waived. */
  open: number;
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
  /** Cells of free text that hold a telephone or identity number, by table; pages and exports mask them. */
  readonly masked: Readonly<Record<string, number>>;
  /** Suspicious, still loaded: the first of every kind, and how many there are. */
  readonly warnings: Suspicions["rows"];
  readonly warning_counts: Suspicions["counts"];
  /** What is wrong with the machine's clock, if anything. */
  readonly clock: string | null;
  /** What a killed command left of a decision, if anything. */
  readonly torn: string | null;
  /** Sources that could not be read; the others were loaded. */
  readonly failures: readonly Complaint[];
  /** The gravest failure's exit code, 0 without one. */
  readonly exit: 0 | FaultExit;
}

/** What a load uses beyond the workspace. */
export interface LoadOptions extends StageOptions, Waiting {
  readonly as_of: string;
}

/**
 * Loads every source of a workspace into batches and rebuilds the warehouse.
 * Shape: one batch a source that could be read, all committed at once; a source that could not be read changes nothing.
 * Errors: Fault 4 when another command holds the workspace. What is wrong with single sources is in `failures`.
 */
export async function load(space: Workspace, options: LoadOptions): Promise<LoadResult> {
  return withLock(space.state.lock, "load", () => loadLocked(space, options), options);
}

async function loadLocked(space: Workspace, options: LoadOptions): Promise<LoadResult> {
  const progress = options.progress ?? (() => {});
  const failures: Fault[] = [];
  const drafts: Draft[] = [];
  settleBatches(space.state.batches);
  const torn = setTornAside(space.state.decisions);
  settleReleases(space);
  const clock = commitTime(space.state, options.at);
  if (listBatches(space.state.batches).length > 0) await refreshWarehouse(space, options);
  const scratch = mkdtempSync(join(tmpdir(), "xunheng-"));
  const staging = await Database.open(":memory:", {...options, scratch: join(scratch, "spill")});
  try {
    const prior = existsSync(space.state.warehouse);
    if (prior) await staging.run(`attach ${quotedString(space.state.warehouse)} as prior (read_only)`);
    const opened = new Map<string, unknown>();
    for (const source of space.sources) {
      progress(`读取 ${source.name}`);
      try {
        const own = join(scratch, String(drafts.length + failures.length));
        drafts.push(await stageSource(space, source, staging, own, {...options, at: clock.at, opened}, {prior}));
      } catch (error) {
        failures.push(sourceFault(source, error));
      }
    }
  } finally {
    staging.close();
    rmSync(scratch, {recursive: true, force: true});
  }
  progress("重建数据仓库");
  const loaded = await keepAll(space, drafts, [], options);
  const {tables, warnings, warning_counts} =
    loaded.length > 0 ? await afterwards(space, loaded, options) : {tables: {}, warnings: [], warning_counts: {}};
  return {
    batches: Object.fromEntries(loaded.map((b) => [b.source, b.id])),
    tables,
    files: loaded.flatMap((b) => b.files.map(({file, sheet, counts, notes}) => ({source: b.source, file, sheet, counts, notes}))),
    clock: clock.note,
    torn,
    notes: [...loaded.flatMap((batch) => batchNotes(batch, tables[batch.table])), ...maskedNote(space, loaded)],
    masked: maskedCells(loaded),
    warnings,
    warning_counts,
    failures: failures.flatMap((f) => f.complaints),
    exit: Math.max(0, ...failures.map((f) => f.exit)) as 0 | FaultExit
  };
}

/** What the new warehouse says: sums per table, and doubts. */
async function afterwards(
  space: Workspace,
  loaded: readonly Batch[],
  options: LoadOptions
): Promise<Pick<LoadResult, "tables" | "warnings" | "warning_counts">> {
  const db = await Database.open(space.state.warehouse, {...options, readonly: true});
  try {
    const {rows, counts} = await suspicions(db, options.regime.unit_kinds, options.as_of);
    return {tables: await tableCounts(db, loaded, options), warnings: rows, warning_counts: counts};
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
      open: await countOpen(db, name),
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

function maskedCells(loaded: readonly Batch[]): Record<string, number> {
  const cells: Record<string, number> = {};
  for (const {table, masked = 0} of loaded) if (masked > 0) cells[table] = (cells[table] ?? 0) + masked;
  return cells;
}

function maskedNote({mask_numbers}: Workspace, loaded: readonly Batch[]): string[] {
  const cells = Object.values(maskedCells(loaded)).reduce((sum, n) => sum + n, 0);
  if (cells === 0) return [];
  const what = `${cells}格文字里有手机号或居民身份证号`;
  return [mask_numbers ? `${what}，页面和导出的文件里遮盖` : `${what}；xunheng.yaml写了mask_numbers: false，不遮盖`];
}

function batchNotes({source, doors, unknown, files, mode}: Manifest, counts: TableCounts | undefined): string[] {
  const empty = mode === "snapshot" && files.every((f) => f.counts.read === 0) && (counts?.withdrawn ?? 0) > 0;
  return [
    ...(empty ? [`${source}：这次一行数据也没有，原有的行全部列为撤走，仍然计入；如确已撤走，须另作决定`] : []),
    ...(doors.length > 0 ? [`${source}：列 ${doors.join("、")} 涉及举报人或亲属，已在入口丢弃，不进入任何批次`] : []),
    ...(unknown.length > 0 ? [`${source}：列 ${unknown.join("、")} 不在契约内，未读入`] : [])
  ];
}
