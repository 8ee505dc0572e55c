import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
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
 * All batches in the order of their loads. Half-written ones (temporary names) are not batches.
 * Errors: Fault 2 when one is missing between the others.
 */
export function listBatches(directory: string): Batch[] {
  if (!existsSync(directory)) return [];
  const names = readdirSync(directory).filter((name) => /^\d{6}-/.test(name));
  const gap = names.sort().findIndex((name, i) => Number(name.slice(0, 6)) !== i + 1);
  if (gap >= 0) {
    const missing = String(gap + 1).padStart(6, "0");
    throw fault(2, {
      place: {file: directory},
      what: `第${missing}号批次不见了`,
      advice: "批次永久保存，请用备份恢复；少了它，得分就不是原来的得分"
    });
  }
  return names.map((name) => ({...readManifest(join(directory, name), name), rows: join(directory, name, "rows.parquet")}));
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

/** A directory for a batch in the making; invisible until committed. Those that killed loads left behind are removed. */
export function draftBatch(directory: string, source: string): string {
  mkdirSync(directory, {recursive: true});
  const draft = join(directory, `.draft-${source}`);
  rmSync(draft, {recursive: true, force: true});
  mkdirSync(draft);
  return draft;
}

/**
 * Makes a draft with its rows.parquet a batch: manifest first, all on disk, then one rename. Its number follows the last one's.
 * @example commitBatch(directory, draft, {source: "finding", table: "finding", …}).id // "000001-finding"
 */
export function commitBatch(directory: string, draft: string, manifest: Omit<Manifest, "id" | "n">): Batch {
  const n = (listBatches(directory).at(-1)?.n ?? 0) + 1;
  const id = `${String(n).padStart(6, "0")}-${manifest.source}`;
  const written = join(draft, "manifest.json");
  writeFileSync(written, `${JSON.stringify({id, n, ...manifest}, null, 2)}\n`);
  for (const file of [join(draft, "rows.parquet"), written]) flushFile(file);
  flushDirectory(draft);
  const final = join(directory, id);
  renameSync(draft, final);
  flushDirectory(directory);
  return {id, n, ...manifest, rows: join(final, "rows.parquet")};
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
