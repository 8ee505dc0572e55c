import {closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync} from "node:fs";
import {hostname} from "node:os";
import {dirname} from "node:path";
import {fault} from "../fault.ts";

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly command: string;
}

/**
 * Runs `work` while holding the workspace's lock file, so that one writer works at a time.
 * Errors: Fault 4 when another living process holds it (says which); a lock left by a dead process of this host is taken over.
 */
export async function withLock<T>(path: string, command: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(path), {recursive: true});
  take(path, command);
  try {
    return await work();
  } finally {
    rmSync(path, {force: true});
  }
}

function take(path: string, command: string): void {
  const mine: Holder = {pid: process.pid, host: hostname(), command};
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = openSync(path, "wx");
      writeSync(file, JSON.stringify(mine));
      closeSync(file);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = holderOf(path);
    if (holder && (holder.host !== mine.host || alive(holder.pid))) {
      throw fault(4, {
        place: null,
        what: `工作区正被另一个命令使用（${holder.host} 上的进程 ${holder.pid}：xunheng ${holder.command}）`,
        advice: `等它结束再试；若它已不存在，请删除 ${path}`
      });
    }
    rmSync(path, {force: true});
  }
  throw fault(4, {place: null, what: "拿不到工作区的锁", advice: "请稍后再试"});
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
