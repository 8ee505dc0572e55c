import {cpSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, describe, expect, test} from "vitest";
import {main} from "../../src/cli/main.ts";
import {loadedSample} from "../samples/loaded.ts";

const home = mkdtempSync(join(tmpdir(), "xunheng-samples-"));

afterAll(() => rmSync(home, {recursive: true, force: true}));

async function run(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const now = () => new Date("2026-01-20T02:00:00Z");
  const exit = await main(args, {stdout: (t) => void out.push(t), stderr: (t) => void err.push(t), now, terminal: false});
  return {exit, stdout: out.join(""), stderr: err.join("")};
}

const MEETING = ["--meeting", "2026年第1次会议"];

/** Who approves each sample. */
const SAMPLES: readonly (readonly [string, readonly string[]])[] = [
  ["mudan-2023", ["--post", "区安委会主任"]],
  ["hunan-2021", ["--post", "省安委会主任", ...MEETING]],
  ["shandong-2018", ["--post", "省政府安委会副主任", ...MEETING]],
  ["hainan-2016", ["--post", "省安委会主任", ...MEETING]],
  ["gongzhuling", ["--post", "市安委会办公室主任"]]
];

describe.each(SAMPLES)("%s", (id, who) => {
  test("is refused while something stands in its way, approved once every reason is written, and holds", async () => {
    const office = join(home, id);
    cpSync(await loadedSample(id), office, {recursive: true});
    const approving = ["approve", "-w", office, "--by", "张三", "--on", "2026-01-20", ...who];
    const refused = await run(...approving);
    expect(refused.exit).toBe(3);
    await expect(refused.stderr.replaceAll(office, id)).toMatchFileSnapshot(`../output/release/refused-${id}.txt`);
    const names = [...(refused.stderr.split("\n").at(-2) ?? "").matchAll(/--waive '([^']+)=理由'/g)].map(([, name]) => name);
    const waivers = names.flatMap((name) => ["--waive", `${name}=已向审定人书面说明`]);
    const approved = await run(...approving, ...waivers, "--json");
    expect(approved.exit, approved.stderr).toBe(0);
    const {release, digest} = JSON.parse(approved.stdout);
    expect(release).toMatch(new RegExp(`^${id}-20(18|25)-r1$`));
    const verified = await run("verify", join(office, ".xunheng", "releases", release), "--json");
    const said = JSON.parse(verified.stdout);
    expect(said.problems, verified.stdout).toEqual([]);
    expect(verified.exit).toBe(1);
    const score = JSON.parse((await run("score", "-w", office, "--json")).stdout);
    expect(score.digest).toBe(digest);
  }, 120_000);
});
