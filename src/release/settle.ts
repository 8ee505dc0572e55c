import {existsSync, readdirSync, renameSync, rmSync} from "node:fs";
import {join} from "node:path";
import {fault, listed, nearestName} from "../fault.ts";
import {readDecisions} from "../workspace/decision.ts";
import {flushDirectory} from "../workspace/flush.ts";
import type {Workspace} from "../workspace/workspace.ts";
import {listReleases, type Release, releasesOf} from "./list.ts";
import {isRelease, readManifest} from "./manifest.ts";

/** What a release is called until its decision is written and it has its place. */
const PENDING = ".pending";

/** Where a workspace keeps its releases. */
export function releasesDirectory({state}: Pick<Workspace, "state">): string {
  return join(state.directory, "releases");
}

/** Where a release is written before it is decided. */
export function pendingDirectory(space: Pick<Workspace, "state">, id: string): string {
  return join(releasesDirectory(space), `${id}${PENDING}`);
}

/**
 * Puts releases into their places whose approval was written before the command was killed, and removes those that were never
 * decided; call it under the lock.
 */
export function settleReleases(space: Pick<Workspace, "state">): void {
  const directory = releasesDirectory(space);
  if (!existsSync(directory)) return;
  const pending = readdirSync(directory).filter((name) => name.endsWith(PENDING));
  if (pending.length === 0) return;
  const releases = releasesOf(readDecisions(space.state.decisions).decisions);
  for (const name of pending) {
    const id = name.slice(0, -PENDING.length);
    const release = releases.find((r) => r.id === id);
    const [draft, place] = [join(directory, name), join(directory, id)];
    if (!release || existsSync(place)) rmSync(draft, {recursive: true, force: true});
    // One that was damaged meanwhile stays for a person to look at.
    else if (isOf(draft, release)) renameSync(draft, place);
  }
  flushDirectory(directory);
}

/** Whether a directory is the release that a decision made; a stranger's under its name is not. */
function isOf(directory: string, {approval}: Release): boolean {
  try {
    const {manifest} = readManifest(directory);
    return isRelease(manifest) && manifest.decision.hash === approval.hash;
  } catch {
    return false;
  }
}

/**
 * Where a release lies: in its place, or where a killed approval left it whole.
 * Errors: Fault 2 for an id that no decision made, and when the directory is gone.
 * @example releaseDirectory(space, "office-2025-r1")
 */
export function releaseDirectory(space: Pick<Workspace, "state" | "id">, id: string): string {
  const releases = listReleases(space);
  const release = releases.find((r) => r.id === id);
  if (!release) {
    const ids = releases.map((r) => r.id);
    const near = nearestName(id, ids);
    const known = ids.length > 0 ? `可用：${listed(ids)}` : "先用 xunheng approve 审定";
    throw fault(2, {
      place: null,
      what: `工作区 ${space.id} 没有审定结果 ${id}`,
      advice: near ? `是否指 ${near}？` : known
    });
  }
  const place = join(releasesDirectory(space), id);
  for (const candidate of [place, pendingDirectory(space, id), place])
    if (existsSync(candidate) && isOf(candidate, release)) return candidate;
  throw fault(2, {
    place: {file: place},
    what: existsSync(place) ? `不是 ${id} 的审定件` : `审定件 ${id} 不见了`,
    advice: "请用备份恢复这个目录，或用 xunheng release supersede 重新审定"
  });
}
