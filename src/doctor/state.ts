import {accessSync, constants, existsSync, readdirSync} from "node:fs";
import {complaintText, Fault} from "../fault.ts";
import {unreadableBatches} from "../warehouse/unreadable.ts";
import {isCurrent} from "../warehouse/warehouse.ts";
import {commitTime, listBatches} from "../workspace/batch.ts";
import {readDecisions} from "../workspace/decision.ts";
import {lockHolder} from "../workspace/lock.ts";
import type {Workspace} from "../workspace/workspace.ts";
import {doubtful, failing, type Health, well} from "./health.ts";
import {keyHealth} from "./key.ts";
import {releaseHealth} from "./release.ts";

/**
 * What is kept of a workspace: batches, decisions, the warehouse, the lock, half-done work of a killed command, the clock.
 * @param now ISO with offset
 */
export async function stateHealth(space: Workspace, now: string): Promise<Health[]> {
  const {state, directory} = space;
  return [
    writable(existsSync(state.directory) ? state.directory : directory),
    await attempt("批次", () => batches(state.batches)),
    await attempt("决定", () => decisions(state.decisions)),
    ...(await attempts("审定结果", () => releaseHealth(space))),
    await attempt("密钥", () => keyHealth(space)),
    await attempt("数据仓库", () => warehouse(state)),
    lock(state.lock),
    await attempt("系统时钟", () => clock(state, now))
  ];
}

function writable(directory: string): Health {
  try {
    accessSync(directory, constants.W_OK | constants.X_OK);
    return well("写入权限", "可以写");
  } catch {
    return failing("写入权限", "不能写入工作区", "可以查看，不能装入；请核对目录的权限和磁盘是否只读");
  }
}

async function batches(directory: string): Promise<Health> {
  const all = listBatches(directory);
  const unreadable = await unreadableBatches(all);
  if (unreadable.length > 0) return failing("批次", `${unreadable.join("、")}读不出来`, "批次永久保存，请用备份恢复");
  const drafts = existsSync(directory) ? readdirSync(directory).filter((name) => name.startsWith(".draft-")) : [];
  const said = all.length === 0 ? "还没有装入过" : `${all.length}个，都读得出来，最后一次在${all.at(-1)?.at.slice(0, 10)}`;
  return drafts.length > 0
    ? doubtful("批次", `${said}；有${drafts.length}个没有装完（命令中途被终止），不作数`, "不用处理，下一次装入时会清掉")
    : well("批次", said);
}

function decisions(path: string): Health {
  const {decisions: all, torn} = readDecisions(path);
  const said = all.length === 0 ? "没有作过决定" : `${all.length}条，前后相接`;
  return torn === null
    ? well("决定", said)
    : doubtful("决定", `${said}；最后一行没有写完（写的时候被终止），不作数`, "请核对那一项决定是否要再作一次");
}

async function warehouse(state: Workspace["state"]): Promise<Health> {
  if (!existsSync(state.warehouse)) return well("数据仓库", "还没有；它只是缓存，下一个命令会建");
  return (await isCurrent({state}))
    ? well("数据仓库", "与批次和决定一致")
    : well("数据仓库", "过时或损坏；它只是缓存，下一个命令会重建");
}

function lock(path: string): Health {
  const holder = lockHolder(path);
  if (holder === null) return well("锁", "没有命令在写");
  const who = `${holder.host} 上的进程 ${holder.pid}（xunheng ${holder.command}）`;
  return holder.living
    ? doubtful("锁", `${who}正在写`, "等它结束；查看类的命令不受影响")
    : well("锁", `${who}已经结束，留下了锁；下一个命令会接手`);
}

function clock(state: Workspace["state"], now: string): Health {
  const {note} = commitTime(state, now);
  return note === null
    ? well("系统时钟", now.slice(0, 19).replace("T", " "))
    : failing("系统时钟", note.split("，")[0] ?? note, "请校正系统时钟");
}

/** What cannot even be read is said, and the rest is looked at all the same. */
export async function attempt(name: string, look: () => Health | Promise<Health>): Promise<Health> {
  const [found] = await attempts(name, async () => [await look()]);
  return found as Health;
}

/** The same for a look at several things. */
async function attempts(name: string, look: () => readonly Health[] | Promise<readonly Health[]>): Promise<readonly Health[]> {
  try {
    return await look();
  } catch (error) {
    return [unread(name, error)];
  }
}

function unread(name: string, error: unknown): Health {
  if (!(error instanceof Fault)) return failing(name, (error as Error).message.split("\n")[0] ?? "", "请核对这一项");
  const [first] = error.complaints;
  const {what = "", advice = ""} = first ?? {};
  return failing(name, first?.place ? complaintText({place: first.place, what}) : what, advice);
}
