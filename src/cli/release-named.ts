import {existsSync} from "node:fs";
import {join} from "node:path";
import {fault, listed, nearestName} from "../fault.ts";
import {listReleases, type Release} from "../release/list.ts";
import {isRelease, MANIFEST, type ReadManifest, type ReleaseManifest, readManifest} from "../release/manifest.ts";
import {releaseDirectory} from "../release/settle.ts";
import {openWorkspace} from "../workspace/workspace.ts";

/** A release that a command line names. */
export interface NamedRelease {
  readonly id: string;
  readonly directory: string;
  readonly manifest: ReleaseManifest;
  /** SHA-256 and SM3 of manifest.json. */
  readonly hashes: Pick<ReadManifest, "sha256" | "sm3">;
  /** What the workspace knows of it; null for a directory from elsewhere. */
  readonly release: Release | null;
}

/** The release of that id. Errors: Fault 2 naming those there are. */
export function releaseNamed(releases: readonly Release[], id: string, workspace: string): Release {
  const found = releases.find((r) => r.id === id);
  if (found) return found;
  const ids = releases.map((r) => r.id);
  const near = nearestName(id, ids);
  const known = ids.length > 0 ? `可用：${listed(ids)}` : "先用 xunheng approve 审定";
  throw fault(2, {place: null, what: `工作区 ${workspace} 没有审定结果 ${id}`, advice: near ? `是否指 ${near}？` : known});
}

/**
 * A release by its directory or, in a workspace, by its id.
 * Errors: Fault 2 when there is none, or the directory holds an export.
 */
export function openNamed(workspace: string, name: string): NamedRelease {
  const isDirectory = existsSync(join(name, MANIFEST));
  const hasSpace = !isDirectory || existsSync(join(workspace, "xunheng.yaml"));
  const space = hasSpace ? openWorkspace(workspace) : null;
  const known = space ? listReleases(space) : [];
  const directory = isDirectory || !space ? name : releaseDirectory(space, name);
  const {manifest, sha256, sm3} = readManifest(directory);
  if (!isRelease(manifest))
    throw fault(2, {
      place: {file: directory},
      what: `不是审定件，是导出件（${manifest.kind}）`,
      advice: "请指出审定件的目录或编号"
    });
  const {id} = manifest.release;
  const release = known.find((r) => r.id === id && r.approval.hash === manifest.decision.hash) ?? null;
  return {id, directory, manifest, hashes: {sha256, sm3}, release};
}
