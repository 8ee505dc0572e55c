import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {canonicalJson} from "../../src/placed-yaml.ts";
import {fingerprint, newKey} from "../../src/release/key.ts";
import {signManifest} from "../../src/release/sign.ts";
import {verify} from "../../src/release/verify.ts";
import {type Decision, readDecisions, sealDecision} from "../../src/workspace/decision.ts";
import {run} from "../cli/run.ts";
import {type MadeRelease, madeRelease, RELEASE} from "./made.ts";
import {makePackage} from "./package.ts";
import {coverUp} from "./tampering.ts";

const root = mkdtempSync(join(tmpdir(), "xunheng-verify-"));
afterAll(() => rmSync(root, {recursive: true, force: true}));

let made: MadeRelease;
beforeAll(async () => {
  made = await madeRelease();
});

function copy(name: string): string {
  const place = join(root, name);
  cpSync(made.directory, place, {recursive: true});
  return place;
}

describe("verify", () => {
  it("passes a release that nobody touched, in any place, when a trusted key signed it", async () => {
    const found = await verify(copy("anywhere"), {trusted: made.trusted, record: null});
    expect(found.problems).toEqual([]);
    expect(found).toMatchObject({ok: true, unchanged: true, kind: "release", recomputed: {script: true, program: true}, notes: []});
  });

  it("names the file that was changed, for people and for programs, and ends with 1", async () => {
    const place = copy("changed");
    writeFileSync(join(place, "checks.json"), "{}\n");
    const said = await run("verify", place);
    expect(said.exit).toBe(1);
    expect(said.stdout).toMatch(/发现1处不符：\n {2}checks\.json: 内容被改动/);
    expect(said.stdout.trim().split("\n").at(-1)).toMatch(/^核验不通过：/);
    const {exit, stdout} = await run("verify", place, "--json", "--trust", join(made.space.directory, "安委办.pub.pem"));
    expect(exit).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ok: false, unchanged: false, kind: "release", release: {id: RELEASE}},
      problems: [{file: "checks.json", what: expect.stringContaining("SHA-256 不符")}],
      signatures: [{name: "安委办", valid: true, trusted: "安委办"}],
      recomputed: {script: null, program: null}
    });
  });

  it("says what the workspace's own record says of a release", async () => {
    const place = copy("recorded");
    writeFileSync(join(place, "more.txt"), "");
    const {decisions} = readDecisions(made.space.state.decisions);
    const body = {at: "2026-02-01T09:00:00.000+08:00", kind: "withdraw-release", by: "王某"} as const;
    const withdrawn = sealDecision(decisions, {...body, args: {release: RELEASE, holders: [], reason: "推迟"}});
    const asked = (record: readonly Decision[]) =>
      verify(place, {trusted: made.trusted, record: {decisions: record, space: made.space}});
    expect((await asked([...decisions, withdrawn])).fallen).toBe("已于2026-02-01撤回，理由：推迟");
    expect((await asked(decisions)).problems).toEqual([{file: "more.txt", what: "多出这个文件，清单里没有"}]);
    expect((await asked(decisions.slice(0, 1))).problems).toContainEqual({
      file: "decisions.jsonl",
      what: `工作区的决定记录里没有审定 ${RELEASE} 的决定`
    });
  });

  it("tells one approval from another that was made up to look like it", async () => {
    const place = copy("forged");
    writeFileSync(
      join(place, "scores.json"),
      readFileSync(join(place, "scores.json"), "utf8").replace('"grade": "较好"', '"grade": "好"')
    );
    coverUp(place, "全部重做");
    writeFileSync(join(place, "more.txt"), "");
    const {decisions} = readDecisions(made.space.state.decisions);
    const {problems} = await verify(place, {trusted: made.trusted, record: {decisions, space: made.space}});
    const what = "审定的决定与工作区的记录不同（工作区第2条），不是同一次审定";
    expect(problems).toContainEqual({file: "decisions.jsonl", row: 2, what});
  });

  it("runs only the script of a release whose contract or semantics is another", async () => {
    const place = copy("older");
    const path = join(place, "decisions.jsonl");
    writeFileSync(path, readFileSync(path, "utf8").replace(/"semantics":\d+/, '"semantics":1'));
    coverUp(place, "全部重做");
    const {recomputed, problems, notes} = await verify(place, {trusted: [], record: null});
    expect([recomputed, problems]).toEqual([{script: true, program: null}, []]);
    expect(notes).toEqual([expect.stringMatching(/语义版本是1，本程序是\d+：没有用本程序重算/)]);
  });

  it("refuses a key that is not there", async () => {
    const {exit, stderr} = await run("verify", made.directory, "--trust", "nobody.pem");
    expect([exit, stderr]).toEqual([2, expect.stringContaining("nobody.pem: 没有这个文件")]);
  });

  it("prints what a stranger wrote so that it looks like nothing of its own", async () => {
    const place = join(root, "stranger");
    mkdirSync(place);
    const manifest = JSON.parse(readFileSync(join(made.directory, "manifest.json"), "utf8"));
    const approver = {...manifest.release.approver, name: "王某\n核验通过：\u001b[2J\u202e"};
    writeFileSync(
      join(place, "manifest.json"),
      `${canonicalJson({...manifest, release: {...manifest.release, approver}, files: []})}\n`
    );
    const {exit, stdout} = await run("verify", place);
    expect(exit).toBe(1);
    expect(stdout).toContain("王某\\u000a核验通过：\\u001b[2J\\u202e");
    expect(stdout.split("\n").filter((line) => line.startsWith("核验通过"))).toEqual([]);
    expect(stdout).toContain("score.sql: 清单里没有这个文件，审定件里必有");
  });

  it("verifies a package of exports: its files, its signatures, and what it was made from", async () => {
    const {directory, remove} = makePackage();
    const key = newKey("sm2");
    const trusted = [{name: "安委办", algorithm: key.algorithm, fingerprint: fingerprint(key), by: "file"}] as const;
    try {
      expect(await verify(directory, {trusted, record: null})).toMatchObject({
        ...{ok: false, unchanged: true, kind: "assessment", signatures: [], problems: []},
        notes: ["本件由未经审定的结果生成，不得作为依据"]
      });
      signManifest(directory, {name: "安委办", key, at: "2026-01-20T09:00:00.000+08:00"});
      expect(await verify(directory, {trusted, record: null})).toMatchObject({ok: true, signatures: [{trusted: "安委办"}]});
      expect(await verify(directory, {trusted: [], record: null})).toMatchObject({ok: false, unchanged: true});
      rmSync(join(directory, "汇总表.csv"));
      expect(await verify(directory, {trusted, record: null})).toMatchObject({
        ok: false,
        problems: [{file: "汇总表.csv", what: "缺少这个文件"}]
      });
    } finally {
      remove();
    }
  });

  it("says so when there is no such directory, and when it is of something else", async () => {
    expect((await run("verify", join(root, "nowhere"))).stderr).toMatch(/nowhere: 没有这个目录/);
    mkdirSync(join(root, "empty"));
    const {exit, stdout} = await run("verify", join(root, "empty"));
    expect([exit, stdout]).toEqual([1, expect.stringContaining("manifest.json: 没有清单，也不像审定件")]);
  });
});
