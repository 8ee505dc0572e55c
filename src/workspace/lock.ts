import {randomUUID} from "node:crypto";
import {existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {hostname} from "node:os";
import {basename, dirname, join} from "node:path";
import {Fault, fault} from "../fault.ts";
import {countBatches} from "./batch.ts";

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly command: string;
  /** What was kept when the command began, see `standing`. */
  readonly standing?: string;
}

/** How long to wait for a lock that another command holds; at once refused unless said. */
export interface Waiting {
  /** Seconds. */
  readonly wait?: number | undefined;
  /** Told once, when waiting begins. */
  readonly waiting?: ((text: string) => void) | undefined;
}

/** How often a waiting command looks again. */
const LOOK_MS = 100;

/**
 * Runs `work` while holding the workspace's lock file, so that one writer works at a time.
 * Errors: Fault 4 when another living process holds it (says which) and has not given it back within the time to wait; a lock left
 * by a dead process of this host is taken over.
 * @example await withLock(space.state.lock, "load", work, {wait: 10})
 */
export async function withLock<T>(
  path: string,
  command: string,
  work: () => Promise<T>,
  {wait = 0, waiting = () => {}}: Waiting = {}
): Promise<T> {
  mkdirSync(dirname(path), {recursive: true});
  for (let waited = 0; !taken(path, command, waited >= wait * 1000); waited += LOOK_MS) {
    if (waited === 0) waiting(`等待${holderText(holderOf(path))}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  try {
    return await work();
  } finally {
    rmSync(path, {force: true});
  }
}

/**
 * The lock appears whole (a link to a written file), so that nobody ever sees it empty. False when another holds it and this was not
 * the last try.
 */
function taken(path: string, command: string, isLast: boolean): boolean {
  const mine: Holder = {pid: process.pid, host: hostname(), command, standing: standing(path)};
  const written = `${path}.${process.pid}.${randomUUID()}`;
  writeFileSync(written, JSON.stringify(mine));
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      if (linked(written, path)) {
        sweep(path, mine.host);
        return true;
      }
      const holder = holderOf(path);
      if (holder && (holder.host !== mine.host || alive(holder.pid))) {
        if (isLast) throw heldBy(holder, path);
        return false;
      }
      clear(path, holder);
    }
    throw fault(4, {place: null, what: "拿不到工作区的锁", advice: "请稍后再试"});
  } finally {
    rmSync(written, {force: true});
  }
}

/** Removes what commands killed while they took the lock left beside it: `lock.<pid>.<uuid>`, `lock.dead-<pid>`. */
function sweep(path: string, host: string): void {
  for (const name of readdirSync(dirname(path))) {
    const [, pid] = new RegExp(`^${basename(path)}\\.(?:dead-)?(\\d+)(?:\\.[0-9a-f-]+)?$`).exec(name) ?? [];
    if (pid === undefined || Number(pid) === process.pid || alive(Number(pid))) continue;
    const file = join(dirname(path), name);
    const owner = holderOf(file);
    if (owner === null || owner.host === host) rmSync(file, {force: true});
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Removes a dead process's lock; if another has taken it over meanwhile, what was moved away is put back. */
function clear(path: string, dead: Holder | null): void {
  const aside = `${path}.dead-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = holderOf(aside);
  if (moved && moved.pid !== dead?.pid) linked(aside, path);
  rmSync(aside, {force: true});
}

/** Another living process works in the workspace. */
export class LockHeld extends Fault {}

function heldBy(holder: Holder, path: string): LockHeld {
  return new LockHeld(4, [
    {
      place: null,
      what: `工作区正被另一个命令使用${holderText(holder)}`,
      advice: `等它结束再试；若它已不存在，请删除 ${path}`
    }
  ]);
}

function holderText(holder: Holder | null): string {
  return holder === null ? "" : `（${holder.host} 上的进程 ${holder.pid}：xunheng ${holder.command}）`;
}

/** Who holds a workspace's lock, and whether that process still lives; null when nobody does. */
export function lockHolder(path: string): (Holder & {readonly living: boolean}) | null {
  const holder = holderOf(path);
  return holder && {...holder, living: holder.host !== hostname() || alive(holder.pid)};
}

/**
 * What a command that was killed left behind, in a sentence: whether the workspace stands before it or after it. Null when no command
 * was killed. It stands until the next command that writes.
 * @example leftBehind(space.state.lock) // "上一次 xunheng load 中途被终止；现在是它开始之前的状态，没有改动任何东西"
 */
export function leftBehind(path: string): string | null {
  const holder = lockHolder(path);
  if (holder === null || holder.living) return null;
  const before = `现在是它开始之前的状态，没有改动任何东西`;
  const after = `它要保存的已全部保存，现在是它完成之后的状态`;
  return `上一次 xunheng ${holder.command} 中途被终止；${holder.standing === standing(path) ? before : after}`;
}

/**
 * What is kept beside a lock: how many batches, and how many decisions and hand-outs written to the end. A release is kept from the
 * moment its decision is.
 */
function standing(path: string): string {
  const state = dirname(path);
  const lines = (name: string) => {
    const record = join(state, name);
    return existsSync(record) ? readFileSync(record, "utf8").split("\n").length - 1 : 0;
  };
  return `${countBatches(join(state, "batches"))} ${lines("decisions.jsonl")} ${lines("handed-out.jsonl")}`;
}

function holderOf(path: string): Holder | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Holder;
  } catch {
    return null;
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
