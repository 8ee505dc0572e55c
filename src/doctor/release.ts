import {readHandouts} from "../release/handout.ts";
import {type Release, releasesOf} from "../release/list.ts";
import {readManifest} from "../release/manifest.ts";
import {releaseDirectory} from "../release/settle.ts";
import {checkFiles} from "../release/verify/files.ts";
import {readDecisions} from "../workspace/decision.ts";
import type {Workspace} from "../workspace/workspace.ts";
import {failing, type Health, well} from "./health.ts";

/** What is kept of approved results: whether each is as it was written, and the record of what left the office. */
export function releaseHealth(space: Workspace): Health[] {
  const releases = releasesOf(readDecisions(space.state.decisions).decisions);
  return [releases.length === 0 ? well("审定结果", "还没有审定过") : kept(space, releases), handed(space)];
}

function kept(space: Workspace, releases: readonly Release[]): Health {
  const standing = releases.filter((r) => r.state === "现行").map((r) => r.id);
  const said = `${releases.length}件，${standing.length === 0 ? "没有现行的" : `现行 ${standing.join("、")}`}`;
  const changed = releases.filter((release) => !isWhole(releaseDirectory(space, release.id)));
  if (changed.length === 0) return well("审定结果", `${said}，文件与清单一致`);
  const ids = changed.map((r) => r.id).join("、");
  return failing("审定结果", `${said}；${ids} 的文件与清单不符`, `请用 xunheng verify 查出是哪个文件，再用备份恢复`);
}

/** Whether the files are those that the manifest names, with their hashes. */
function isWhole(directory: string): boolean {
  return checkFiles(directory, readManifest(directory).manifest.files).problems.length === 0;
}

function handed(space: Workspace): Health {
  const count = readHandouts(space).length;
  return well("发放记录", count === 0 ? "没有交出过审定结果" : `${count}次，前后相接`);
}
