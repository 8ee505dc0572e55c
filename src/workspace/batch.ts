import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {basename, dirname, join} from "node:path";
import {fault} from "../fault.ts";
import {readDecisions} from "./decision.ts";
import {flushDirectory, flushFile} from "./flush.ts";

/** Rows of one file, by what became of them. read = new + unchanged + changed + rejected + skipped. */
export interface Counts {
  read: number;
  new: number;
  unchanged: number;
  changed: number;
  rejected: number;
  skipped: number;
}

/** What a batch says of itself, beside its rows.parquet. */
export interface Manifest {
  readonly id: string;
  readonly n: number;
  readonly source: string;
  readonly table: string;
  /** A batch of corrections adds and replaces rows of its source, and withdraws none. */
  readonly mode: "snapshot" | "append" | "corrections";
  /** Who made the corrections of a batch of corrections, and what they say of it. */
  readonly by?: string;
  readonly note?: string;
  /** Version of the contract the rows were judged by. */
  readonly contract: number;
  /** When it was committed, ISO with offset. */
  readonly at: string;
  readonly files: readonly {
    readonly file: string;
    readonly sheet: string | null;
    readonly sha256: string;
    readonly header: readonly string[];
    readonly counts: Counts;
    readonly notes: readonly string[];
  }[];
  /** Cells of free text that hold a telephone or identity number; older batches were not counted. */
  readonly masked?: number;
  /** Columns dropped at the door, and those the contract does not know. */
  readonly doors: readonly string[];
  readonly unknown: readonly string[];
}

/** A batch on disk. */
export interface Batch extends Manifest {
  readonly rows: string;
}

/**
 * All batches in the order of their loads. Half-written ones (temporary names) are not batches; those of a load that was killed
 * after it had decided to keep them are, see commitBatches.
 * Errors: Fault 2 when one is missing between the others.
 */
export function listBatches(directory: string): Batch[] {
  if (!existsSync(directory)) return [];
  const places = batchPlaces(directory);
  const names = [...places.keys()].sort();
  const gap = names.findIndex((name, i) => Number(name.slice(0, 6)) !== i + 1);
  if (gap >= 0) {
    const missing = String(gap + 1).padStart(6, "0");
    throw fault(2, {
      place: {file: directory},
      what: `第${missing}号批次不见了`,
      advice: "批次永久保存，请用备份恢复；少了它，得分就不是原来的得分"
    });
  }
  return names.map((name) => readBatch(directory, name, places.get(name) as string));
}

/** Where each batch stands. It looks until two looks agree, because a load may be putting its batches into their places. */
function batchPlaces(directory: string): Map<string, string> {
  const look = () => {
    const places = new Map(readPending(directory).map(({id, draft}) => [id, draft]));
    for (const name of readdirSync(directory)) if (/^\d{6}-/.test(name)) places.set(name, name);
    return places;
  };
  for (let before = look(); ; ) {
    const places = look();
    if (places.size === before.size && [...places.keys()].every((id) => before.has(id))) return places;
    before = places;
  }
}

function readBatch(directory: string, name: string, place: string): Batch {
  try {
    return {...readManifest(join(directory, place), name), rows: join(directory, place, "rows.parquet")};
  } catch (error) {
    // The load that made the draft has put it into its place meanwhile.
    if (place !== name) return readBatch(directory, name, name);
    throw error;
  }
}

/** How many batches there are, whatever is in them. */
export function countBatches(directory: string): number {
  return existsSync(directory) ? batchPlaces(directory).size : 0;
}

function readManifest(directory: string, name: string): Manifest {
  const file = join(directory, "manifest.json");
  try {
    const manifest = JSON.parse(readFileSync(file, "utf8")) as Manifest;
    if (manifest.id === name && existsSync(join(directory, "rows.parquet"))) return manifest;
  } catch (error) {
    if (!(error instanceof SyntaxError) && (error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  throw fault(2, {
    place: {file},
    what: `批次 ${name} 残缺：清单读不出来、与目录名不符，或没有 rows.parquet`,
    advice: "批次写成后不再改动，请用备份恢复这个目录"
  });
}

/** A batch in the making: its directory, and its manifest without the number it will get. */
export interface Draft {
  readonly directory: string;
  readonly manifest: Omit<Manifest, "id" | "n">;
}

/** A directory for a batch in the making; invisible until committed. Those that killed loads left behind are removed. */
export function draftBatch(directory: string, source: string): string {
  mkdirSync(directory, {recursive: true});
  const draft = join(directory, `.draft-${source}`);
  rmSync(draft, {recursive: true, force: true});
  mkdirSync(draft);
  return draft;
}

/** Names the drafts that a load keeps, until each has its place. */
const PENDING = ".pending";

interface Pending {
  readonly id: string;
  /** Name of the draft's directory. */
  readonly draft: string;
}

/**
 * Numbers drafts after the last batch and writes their manifests, all on disk: batches as they will be, with their rows where they are now.
 * Call it under the lock; then commitBatches, or dropDrafts.
 */
export function numberDrafts(directory: string, drafts: readonly Draft[]): Batch[] {
  const last = listBatches(directory).at(-1)?.n ?? 0;
  return drafts.map(({directory: draft, manifest}, i) => {
    const n = last + i + 1;
    const numbered: Manifest = {id: `${String(n).padStart(6, "0")}-${manifest.source}`, n, ...manifest};
    const [rows, written] = [join(draft, "rows.parquet"), join(draft, "manifest.json")];
    writeFileSync(written, `${JSON.stringify(numbered, null, 2)}\n`);
    for (const file of [rows, written]) flushFile(file);
    flushDirectory(draft);
    return {...numbered, rows};
  });
}

/**
 * Makes numbered drafts batches, all of them or none: one file names them, by one rename. From there on they are batches, whatever
 * happens; the next writer puts them into their places if this one is killed.
 * @example commitBatches(directory, numberDrafts(directory, [draft])).map((b) => b.id) // ["000001-finding"]
 */
export function commitBatches(directory: string, numbered: readonly Batch[]): Batch[] {
  if (numbered.length === 0) return [];
  const pending = join(directory, PENDING);
  const named = numbered.map(({id, rows}): Pending => ({id, draft: basename(dirname(rows))}));
  writeFileSync(`${pending}.new`, JSON.stringify(named));
  flushFile(`${pending}.new`);
  renameSync(`${pending}.new`, pending);
  flushDirectory(directory);
  settleBatches(directory);
  return numbered.map((batch) => ({...batch, rows: join(directory, batch.id, "rows.parquet")}));
}

/** Removes drafts that will not become batches. */
export function dropDrafts(drafts: readonly Pick<Draft, "directory">[]): void {
  for (const {directory} of drafts) rmSync(directory, {recursive: true, force: true});
}

/** Puts batches into their places that a killed load had decided to keep; call it under the lock before drafts are made. */
export function settleBatches(directory: string): void {
  const pending = readPending(directory);
  if (pending.length === 0) return;
  for (const {id, draft} of pending)
    if (existsSync(join(directory, draft))) renameSync(join(directory, draft), join(directory, id));
  flushDirectory(directory);
  rmSync(join(directory, PENDING));
  flushDirectory(directory);
}

/** Batches that are decided upon and may not have their places yet. */
function readPending(directory: string): Pending[] {
  const file = join(directory, PENDING);
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Pending[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/**
 * The moment a batch or decision is committed at: `now`, or the moment of the last one when the machine's clock has gone back
 * behind it, for what was done later must not seem to be earlier. `note` says so.
 * @param now ISO with offset
 */
export function commitTime(
  {batches, decisions}: {batches: string; decisions: string},
  now: string
): {at: string; note: string | null} {
  const moments = [...listBatches(batches).map((b) => b.at), ...readDecisions(decisions).decisions.map((d) => d.at)];
  const last = moments.reduce((a, b) => (Date.parse(b) > Date.parse(a) ? b : a), now);
  if (last === now) return {at: now, note: null};
  return {at: last, note: `系统时钟（${now}）早于上一次装入或决定（${last}），这一次的时间记为后者；请校正系统时钟`};
}
