import {existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {type Approval, releaseAbout} from "../../src/release/about.ts";
import {listReleases, standingRelease} from "../../src/release/list.ts";
import {contentHash, fileHashes, writeManifest} from "../../src/release/manifest.ts";
import {pendingDirectory, releaseDirectory, releasesDirectory, settleReleases} from "../../src/release/settle.ts";
import {appendDecision, type DecisionBody, readDecisions, sealDecision} from "../../src/workspace/decision.ts";
import type {ApprovalArgs} from "../../src/workspace/decision-shape.ts";
import type {Workspace} from "../../src/workspace/workspace.ts";

let space: Pick<Workspace, "id" | "state">;

beforeEach(() => {
  const directory = mkdtempSync(join(tmpdir(), "xunheng-settle-"));
  const at = (name: string) => join(directory, name);
  const state = {directory, batches: at("batches"), warehouse: at("w.duckdb"), decisions: at("decisions.jsonl"), lock: at("lock")};
  space = {id: "office", state};
});

afterEach(() => rmSync(space.state.directory, {recursive: true, force: true}));

const HASH = "0".repeat(64);

/** What an approval says; `more` otherwise. */
function approval(id: string, more: Partial<ApprovalArgs> = {}): DecisionBody {
  const args: ApprovalArgs = {
    ...{release: id, year: 2025, authority: "演示安委办", regime: "mudan-2023", demo: true},
    ...{as_of: "2025-12-31", decisions_until: "2026-01-10", known_at: "2026-01-05T09:00:00.000+08:00"},
    ...{run: HASH, digest: HASH, provisional: false, semantics: 3, contract: 1},
    versions: {program: "0.1.0", node: "v20", duckdb: "v1"},
    ...{post: "区安委会主任", organ: "区安委会", on: "2026-01-20", meeting: null, document_no: null},
    ...{waivers: [], supersedes: null, holders: [], reason: null, confirmation: null, content: HASH},
    ...more
  };
  return {at: "2026-01-20T10:00:00.000+08:00", kind: args.supersedes === null ? "approve" : "supersede", by: "张三", args};
}

/** Writes a release beside its place, and its decision when it is decided. */
function draft(id: string, isDecided: boolean, more: Partial<ApprovalArgs> = {}): void {
  const directory = pendingDirectory(space, id);
  mkdirSync(directory, {recursive: true});
  writeFileSync(join(directory, "scores.json"), "{}\n");
  const body = approval(id, {...more, content: contentHash(fileHashes(directory))});
  const {decisions} = readDecisions(space.state.decisions);
  writeManifest(directory, releaseAbout(sealDecision(decisions, body) as Approval));
  if (isDecided) appendDecision(space.state.decisions, body);
}

describe("what a killed approval left", () => {
  test("is removed when it was never decided", () => {
    draft("office-2025-r1", false);
    expect(() => releaseDirectory(space, "office-2025-r1")).toThrow("没有审定结果 office-2025-r1；先用 xunheng approve 审定");
    settleReleases(space);
    expect(readdirSync(releasesDirectory(space))).toEqual([]);
  });

  test("is found where it is when it was decided, and put into its place by the next who writes", () => {
    draft("office-2025-r1", true);
    expect(releaseDirectory(space, "office-2025-r1")).toBe(pendingDirectory(space, "office-2025-r1"));
    settleReleases(space);
    expect(releaseDirectory(space, "office-2025-r1")).toBe(join(releasesDirectory(space), "office-2025-r1"));
    settleReleases(space);
    expect(readdirSync(releasesDirectory(space))).toEqual(["office-2025-r1"]);
  });

  test("stays for a person to look at when it was decided and damaged meanwhile", () => {
    draft("office-2025-r1", true);
    writeFileSync(join(pendingDirectory(space, "office-2025-r1"), "manifest.json"), "{}");
    settleReleases(space);
    expect(existsSync(pendingDirectory(space, "office-2025-r1"))).toBe(true);
    expect(() => releaseDirectory(space, "office-2025-r1")).toThrow("审定件 office-2025-r1 不见了；请用备份恢复");
  });
});

describe("the releases of a workspace", () => {
  test("are found by their ids, with the nearest one when an id is mistyped", () => {
    draft("office-2025-r1", true);
    expect(() => releaseDirectory(space, "office-2025-r2")).toThrow("是否指 office-2025-r1？");
  });

  test("are not those of another office under the same name", () => {
    draft("office-2025-r1", true);
    settleReleases(space);
    draft("office-2025-r2", false);
    const place = join(releasesDirectory(space), "office-2025-r1");
    rmSync(place, {recursive: true});
    renameSync(pendingDirectory(space, "office-2025-r2"), place);
    expect(() => releaseDirectory(space, "office-2025-r1")).toThrow("不是 office-2025-r1 的审定件");
  });

  test("stand until they are replaced or withdrawn, one a year", () => {
    draft("office-2025-r1", true);
    draft("office-2024-r1", true, {year: 2024});
    expect([2024, 2025, 2026].map((year) => standingRelease(space, year)?.id ?? null)).toEqual([
      "office-2024-r1",
      "office-2025-r1",
      null
    ]);
    draft("office-2025-r2", true, {supersedes: "office-2025-r1", reason: "更正两处"});
    appendDecision(space.state.decisions, {
      ...{at: "2026-03-01T10:00:00.000+08:00", kind: "withdraw-release", by: "李四"},
      args: {release: "office-2024-r1", holders: [], reason: "程序有误"}
    });
    expect(listReleases(space).map((r) => [r.id, r.state])).toEqual([
      ["office-2025-r1", "已取代"],
      ["office-2024-r1", "已撤回"],
      ["office-2025-r2", "现行"]
    ]);
    expect([2024, 2025].map((year) => standingRelease(space, year)?.id ?? null)).toEqual([null, "office-2025-r2"]);
  });
});
