import {cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {main} from "../../src/cli/main.ts";
import {isApproval, releaseAbout} from "../../src/release/about.ts";
import {approve} from "../../src/release/approve.ts";
import {contentHash, fileHashes, manifestText, readManifest} from "../../src/release/manifest.ts";
import {readRun} from "../../src/warehouse/kept-run.ts";
import {readDecisions} from "../../src/workspace/decision.ts";
import {openWorkspace} from "../../src/workspace/workspace.ts";
import {loadedSample} from "../samples/loaded.ts";

const home = mkdtempSync(join(tmpdir(), "xunheng-approve-"));
const office = join(home, "mudan-2023");
const WHO = ["--by", "张三", "--post", "区安委会主任", "--on", "2026-01-20"];
const WAIVERS = ["评议", "异议", "退回", "挂起", "违反"].flatMap((what) => ["--waive", `${what}=已书面说明`]);

/** Runs a command line on the office, at 10 o'clock of a day. */
async function run(args: readonly string[], {day = "2026-01-20", directory = office} = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const now = () => new Date(`${day}T02:00:00Z`);
  const effects = {stdout: (t: string) => void out.push(t), stderr: (t: string) => void err.push(t), now, terminal: false};
  const exit = await main([...args, "-w", directory], effects);
  return {exit, stdout: out.join(""), stderr: err.join("")};
}

function release(directory: string, n: number): string {
  return join(directory, ".xunheng", "releases", `mudan-2023-2025-r${n}`);
}

beforeAll(async () => {
  cpSync(await loadedSample("mudan-2023"), office, {recursive: true});
});

afterAll(() => rmSync(home, {recursive: true, force: true}));

describe("an approval that may not be", () => {
  test.each([
    ["a waiver of no kind", ["--waive", "迟到=没有"], "看不懂"],
    ["a waiver without a reason", ["--waive", "退回="], "没有写明 --waive 退回"],
    ["a waiver pasted as it was printed", ["--waive", "退回=理由"], "理由还没有写"],
    ["a day that is over before the result is known", ["--on", "2026-01-05"], "早于决定计至的2026-01-10"]
  ])("ends with 2 for %s", async (_, options, text) => {
    const ran = await run(["approve", ...WHO, ...options]);
    expect(ran.stderr).toContain(text);
    expect(ran.exit).toBe(2);
  });
});

describe("a release", () => {
  let said: {manifest: string; digest: string; run: string; decision: {hash: string}};
  const directory = release(office, 1);

  beforeAll(async () => {
    const copy = join(home, "copy", "mudan-2023");
    cpSync(office, copy, {recursive: true});
    said = JSON.parse((await run(["approve", ...WHO, ...WAIVERS, "--json"])).stdout);
    const zone = process.env.TZ;
    process.env.TZ = "America/New_York";
    const waivers = ["违反", "挂起", "退回", "异议", "评议"].map((id) => ({id, reason: "已书面说明"}));
    const approver = {by: "张三", post: "区安委会主任", on: "2026-01-20", today: "2026-01-20"};
    const request = {at: "2026-01-20T10:00:00.000+08:00", approver, waivers, cut_offs: {}, threads: 1};
    try {
      await approve(openWorkspace(copy), request, "xunheng approve");
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  test("is a directory that holds all it needs", async () => {
    const files = fileHashes(directory).map((f) => f.path);
    await expect(`${files.join("\n")}\n`).toMatchFileSnapshot("../output/release/files.txt");
  });

  test("is the same bytes when it is made again from the same inputs at the same moment, elsewhere and by one thread", () => {
    const copy = release(join(home, "copy", "mudan-2023"), 1);
    expect(fileHashes(copy)).toEqual(fileHashes(directory));
    expect(readManifest(copy).sha256).toBe(said.manifest);
  });

  test("has a manifest that follows from the decision, and a decision that names the content", () => {
    const {decisions} = readDecisions(openWorkspace(office).state.decisions);
    const approval = decisions.find(isApproval);
    const files = fileHashes(directory);
    expect(approval?.hash).toBe(said.decision.hash);
    expect(approval?.args.content).toBe(contentHash(files));
    if (approval)
      expect(readFileSync(join(directory, "manifest.json"), "utf8")).toBe(manifestText({...releaseAbout(approval), files}));
    expect(readFileSync(join(directory, "decisions.jsonl"), "utf8")).toBe(
      readFileSync(join(office, ".xunheng", "decisions.jsonl"), "utf8")
    );
  });

  test("carries waivers that name no unit and no row", () => {
    const {manifest} = readManifest(directory);
    expect(JSON.stringify(manifest.release)).not.toMatch(/9901\d\d|YY-0/);
  });

  test("has a ledger that adds up and gives the digest", async () => {
    const {about} = await readRun(join(directory, "ledger.parquet"));
    expect([about.result.digest, about.result.run]).toEqual([said.digest, said.run]);
  });

  test("has a README without a place of this machine", async () => {
    const text = readFileSync(join(directory, "README.md"), "utf8");
    expect(text).not.toContain(home);
    await expect(text.replaceAll(/[0-9a-f]{16,64}/g, "…")).toMatchFileSnapshot("../output/release/README.md");
  });

  test("leaves nothing of its making behind", () => {
    expect(readdirSync(join(office, ".xunheng", "releases"))).toEqual(["mudan-2023-2025-r1"]);
    expect(statSync(join(directory, "manifest.json")).isFile()).toBe(true);
  });

  test("stands in the way of a second approval of its year", async () => {
    const {exit, stderr} = await run(["approve", ...WHO, ...WAIVERS]);
    expect(exit).toBe(3);
    expect(stderr).toContain("xunheng release supersede mudan-2023-2025-r1");
  });

  test("is listed, shown, and compared with the workspace as it stands", async () => {
    const list = JSON.parse((await run(["release", "list", "--json"])).stdout);
    expect(list.releases).toMatchObject([
      {id: "mudan-2023-2025-r1", state: "现行", fallen: null, approver: "张三", handed_out: []}
    ]);
    const shown = JSON.parse((await run(["release", "show", "mudan-2023-2025-r1", "--json"])).stdout);
    expect(shown).toMatchObject({manifest: {sha256: said.manifest}, state: "现行", signatures: []});
    const elsewhere = await run(["release", "show", directory, "--json"], {directory: home});
    expect(JSON.parse(elsewhere.stdout)).toMatchObject({manifest: {sha256: said.manifest}, state: null});
    const diff = await run(["release", "diff", "mudan-2023-2025-r1"]);
    expect(diff.stdout).toContain("没有变化");
  });

  test("is corrected by another that names it, and withdrawn with a reason", async () => {
    const corrected = [...WHO, "--by", "李四", "--post", "区安委会副主任", ...WAIVERS, "--on", "2026-02-20"];
    const without = await run(["release", "supersede", "mudan-2023-2025-r1", ...corrected], {day: "2026-02-20"});
    expect(without.stderr).toContain("没有写明 --reason");
    const because = [...corrected, "--reason", "更正两处事实", "--json"];
    const next = await run(["release", "supersede", "mudan-2023-2025-r1", ...because], {day: "2026-02-20"});
    expect(JSON.parse(next.stdout)).toMatchObject({approved: true, release: "mudan-2023-2025-r2"});
    const again = await run(["release", "supersede", "mudan-2023-2025-r1", ...because], {day: "2026-02-20"});
    expect([again.exit, again.stderr]).toEqual([3, expect.stringContaining("已于2026-02-20被 mudan-2023-2025-r2 取代")]);
    const withdraw = ["release", "withdraw", "mudan-2023-2025-r2", "--by", "张三", "--reason", "程序有误"];
    expect((await run([...withdraw, "--dry-run"])).stdout).toContain("没有写任何决定");
    expect((await run(withdraw, {day: "2026-03-01"})).stdout).toContain("已撤回 mudan-2023-2025-r2");
    expect((await run(withdraw, {day: "2026-03-01"})).exit).toBe(3);
    const list = JSON.parse((await run(["release", "list", "--json"])).stdout);
    expect(list.releases.map((r: {state: string}) => r.state)).toEqual(["已取代", "已撤回"]);
  });
});
