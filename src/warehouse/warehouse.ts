import {createHash} from "node:crypto";
import {existsSync, mkdirSync, renameSync, rmSync} from "node:fs";
import {dirname} from "node:path";
import {CONTRACT, TABLES} from "../contract/index.ts";
import {quotedString} from "../sql.ts";
import {type Batch, listBatches} from "../workspace/batch.ts";
import {type Decision, readDecisions} from "../workspace/decision.ts";
import {flushFile} from "../workspace/flush.ts";
import {LockHeld, withLock} from "../workspace/lock.ts";
import type {Workspace} from "../workspace/workspace.ts";
import {Database, type EngineOptions} from "./duckdb.ts";
import {correctionSql, settleRejects, waivedMarks} from "./settled.ts";
import {buildFault} from "./unreadable.ts";
import {decided, rejectSql, versionSql} from "./version.ts";
import {buildVisible} from "./visible.ts";

/** Raised when what is built from batches changes, so that old files are rebuilt. */
const LAYOUT = 4;

/**
 * Opens the warehouse for reading, building it first when it is missing or older than the batches and decisions.
 * Shape: a database with `<table>_version`, `<table>_held`, `<table>_withdrawn`, `<table>` for every input table, `reject`, `correction`,
 * `settled`, `batch`.
 */
export async function openWarehouse(space: Workspace, options: EngineOptions = {}): Promise<Database> {
  if (!(await isCurrent(space))) await rebuild(space, options);
  return Database.open(space.state.warehouse, {...options, readonly: true});
}

/** How long a reader without any warehouse waits for the command that is building one, in seconds. */
const READER_WAITS = 10;

/** While another command writes, a reader keeps the state from before it, and waits only where there is none. */
async function rebuild(space: Workspace, options: EngineOptions): Promise<void> {
  const again = (wait: number) => withLock(space.state.lock, "重建数据仓库", () => refreshWarehouse(space, options), {wait});
  try {
    await again(0);
  } catch (error) {
    if (!(error instanceof LockHeld)) throw error;
    if (!(await isEarlier(space))) await again(READER_WAITS);
  }
}

/** Whether the warehouse is what the first so many batches and decisions made: the state before a command that still runs. */
async function isEarlier(space: Workspace): Promise<boolean> {
  const built = await builtOf(space);
  if (built === null) return false;
  const batches = listBatches(space.state.batches).filter((b) => b.n <= built.batches);
  const {decisions} = readDecisions(space.state.decisions);
  return [...decisions, null].some((_, i) => signature(batches, decisions.slice(0, i)) === built.signature);
}

/**
 * The warehouse as it would have stood at an earlier moment: only the batches and decisions committed by then, in memory. What was
 * decided later about a batch changes nothing of it.
 * @param moment timestamp with offset
 */
export async function openWarehouseAt(space: Workspace, moment: string, options: EngineOptions = {}): Promise<Database> {
  const until = (at: string) => Date.parse(at) <= Date.parse(moment);
  const db = await Database.open(":memory:", options);
  try {
    const {decisions} = readDecisions(space.state.decisions);
    await fill(
      db,
      listBatches(space.state.batches).filter((b) => until(b.at)),
      decisions.filter((d) => until(d.at))
    );
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Builds the warehouse anew from batches and decisions into a new file and publishes it by rename; call it under the lock. */
export async function buildWarehouse(space: Workspace, options: EngineOptions = {}): Promise<void> {
  await prepareWarehouse(space, readDecisions(space.state.decisions).decisions, options);
  publishWarehouse(space);
}

/**
 * Builds the warehouse as it will be with these decisions and batches into a new file, and says which; nothing is published yet. Call it under the
 * lock, then publishWarehouse or dropPrepared.
 */
export async function prepareWarehouse(
  space: Workspace,
  decisions: readonly Decision[],
  options: EngineOptions = {},
  batches: readonly Batch[] = listBatches(space.state.batches)
): Promise<string> {
  const fresh = preparedFile(space);
  mkdirSync(dirname(fresh), {recursive: true});
  remove(fresh);
  const db = await Database.open(fresh, options);
  try {
    await fill(db, batches, decisions);
    // The tables are as they were written: nothing was taken from them that would be worth writing them again.
    await db.run("set max_vacuum_tasks = 0; checkpoint");
  } finally {
    db.close();
  }
  if (existsSync(`${fresh}.wal`)) throw new Error("数据仓库的日志没有写完");
  flushFile(fresh);
  return fresh;
}

/** Puts what prepareWarehouse built in the place of the warehouse, by one rename. */
export function publishWarehouse(space: Workspace): void {
  renameSync(preparedFile(space), space.state.warehouse);
}

/** Removes what prepareWarehouse built. */
export function dropPrepared(space: Workspace): void {
  remove(preparedFile(space));
}

function preparedFile(space: Workspace): string {
  return `${space.state.warehouse}.new`;
}

/** Builds every table of the warehouse in an empty database. Errors: Fault 4 naming batches that cannot be read, or a full disk. */
async function fill(db: Database, batches: readonly Batch[], decisions: readonly Decision[]): Promise<void> {
  try {
    await fillTables(db, batches, decisions);
  } catch (error) {
    throw (await buildFault(error, batches)) ?? error;
  }
}

async function fillTables(db: Database, batches: readonly Batch[], decisions: readonly Decision[]): Promise<void> {
  const {revoked, accepted} = decided(decisions);
  const counting = batches.filter((b) => !revoked.has(b.id));
  // One transaction: small offices have more statements than rows, and each would be flushed by itself.
  await db.run("begin");
  await db.run(batchSql(batches, revoked));
  for (const statement of correctionSql(counting)) await db.run(statement);
  await db.run(rejectSql(counting));
  for (const table of TABLES) for (const statement of versionSql(table, counting, accepted)) await db.run(statement);
  await buildVisible(db);
  await settleRejects(db, waivedMarks(decisions));
  const known = ["1970-01-01T00:00:00Z", ...counting.map((b) => b.at), ...decisions.filter(changesRows).map((d) => d.at)];
  await db.run(`create table meta as select ${quotedString(signature(batches, decisions))} as signature,
    (select max(cast(t as timestamptz)) from (values ${known.map((t) => `(${quotedString(t)})`).join(", ")}) as v(t)) as known_at`);
  await db.run("commit");
}

/** Makes sure the warehouse is there and current; call it under the lock. */
export async function refreshWarehouse(space: Workspace, options: EngineOptions = {}): Promise<void> {
  if (!(await isCurrent(space))) await buildWarehouse(space, options);
}

/** Whether the warehouse file is what the batches and decisions make; false when it is missing or gone bad. */
export async function isCurrent(space: Pick<Workspace, "state">): Promise<boolean> {
  const wanted = signature(listBatches(space.state.batches), readDecisions(space.state.decisions).decisions);
  return (await builtOf(space))?.signature === wanted;
}

/** From what the warehouse file was built; null when it is missing or gone bad. */
async function builtOf({state}: Pick<Workspace, "state">): Promise<{signature: string; batches: number} | null> {
  if (!existsSync(state.warehouse)) return null;
  try {
    const db = await Database.open(state.warehouse, {readonly: true});
    try {
      return (await db.row("select signature, (select coalesce(max(n), 0) from batch) as batches from meta")) ?? null;
    } finally {
      db.close();
    }
  } catch {
    // A file that cannot be opened is a cache gone bad: it is built again.
    return null;
  }
}

/** Whether a decision can change what rows there are; what is approved, withdrawn or trusted leaves the warehouse as it is. */
function changesRows({kind}: Decision): boolean {
  return kind === "accept-withdrawals" || kind === "revoke-batch" || kind === "waive";
}

function signature(batches: readonly Batch[], decisions: readonly Decision[]): string {
  return createHash("sha256")
    .update(JSON.stringify([LAYOUT, CONTRACT, batches.map((b) => [b.id, b.at]), decisions.findLast(changesRows)?.hash ?? ""]))
    .digest("hex");
}

function batchSql(batches: readonly Batch[], revoked: ReadonlySet<string>): string {
  const rows = batches.map(
    (b) =>
      `(${b.n}, ${quotedString(b.id)}, ${quotedString(b.source)}, ${quotedString(b.table)}, cast(${quotedString(b.at)} as timestamptz), ${revoked.has(b.id)})`
  );
  return `create table batch as select * from (values ${rows.length === 0 ? "(0, '', '', '', now(), false)" : rows.join(", ")}) as v(n, id, source, "table", "at", revoked)${rows.length === 0 ? " limit 0" : ""}`;
}

function remove(file: string): void {
  rmSync(file, {force: true});
  rmSync(`${file}.wal`, {force: true});
}
