import {spawnSync} from "node:child_process";
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {main} from "../../src/cli/main.ts";
import {makeOffice, type Office} from "../office.ts";
import {releaseTables} from "../release/made.ts";

const page = readFileSync("src/guide/release.md", "utf8").replaceAll("linhe", "office");

/** Fences of one kind, each as its lines. */
function fences(kind: string): string[][] {
  return [...page.matchAll(new RegExp(`^\`\`\`${kind}\\n(.*?)^\`\`\`$`, "gms"))].map(([, text = ""]) => text.trim().split("\n"));
}

const bin = mkdtempSync(join(tmpdir(), "xunheng-bin-"));
let office: Office;
let told: string[] = [];

/** Runs a line of the page as if in the workspace's directory, a day after the result was fixed. */
async function xunheng(line: string): Promise<{exit: number; text: string}> {
  const words = line.split(/\s+/).slice(1);
  const args = words.map((word) => (word.startsWith(".xunheng/") || word === "." ? join(office.directory, word) : word));
  const isAlone = words[0] === "verify" && !words.includes("-w");
  told = [];
  const tell = (text: string) => void told.push(text);
  const exit = await main(isAlone || words.includes("-w") ? args : [...args, "-w", office.directory], {
    ...{stdout: tell, stderr: tell, terminal: false},
    now: () => new Date("2026-01-20T02:00:00Z")
  });
  return {exit, text: told.join("")};
}

/** The engine behind the commands of a stock duckdb: this machine may lack its command line. */
const DUCKDB = `#!${process.execPath}
const {DuckDBInstance} = await import(${JSON.stringify(import.meta.resolve("@duckdb/node-api"))});
const {readFileSync} = await import("node:fs");
const args = process.argv.slice(2);
const sql = args.includes("-c") ? args[args.indexOf("-c") + 1] : readFileSync(0, "utf8");
const db = await (await DuckDBInstance.create(":memory:")).connect();
const extracted = await db.extractStatements(sql);
for (let i = 0; i < extracted.count; i++) {
  const result = await (await extracted.prepare(i)).run();
  for (const row of await result.getRowsJson()) console.log(row.join("|"));
}
`;

function bash(line: string) {
  const place = join(office.directory, ".xunheng", "releases", "office-2025-r1");
  const env = {...process.env, PATH: `${bin}:${process.env.PATH}`, LC_ALL: "C.UTF-8"};
  const {status, stdout, stderr} = spawnSync("bash", ["-o", "pipefail", "-c", line], {cwd: place, env, encoding: "utf8"});
  return {status, text: `${stdout}${stderr}`};
}

const passphrase = process.env.XUNHENG_PASSPHRASE;

beforeAll(async () => {
  const tables = releaseTables();
  office = makeOffice({
    ...tables,
    inspection: tables.inspection.map((row, i) => ({...row, reported_on: i === 0 ? "2025-06-02" : "2025-03-20"})),
    judgement: tables.unit.flatMap(({unit_code}) =>
      ["R1-2", "R4-2"].map((rule_id) => ({
        ...{unit_code, year: 2025, rule_id, points: 2, reason: "查阅台账", judged_by: "陈某", judged_on: "2025-12-20"}
      }))
    )
  });
  await office.load();
  writeFileSync(join(bin, "duckdb"), DUCKDB, {mode: 0o755});
  writeFileSync(join(bin, "package.json"), '{"type": "module"}');
  process.env.XUNHENG_PASSPHRASE = "只用于测试";
});

afterAll(() => {
  office?.remove();
  rmSync(bin, {recursive: true, force: true});
  if (passphrase === undefined) delete process.env.XUNHENG_PASSPHRASE;
  else process.env.XUNHENG_PASSPHRASE = passphrase;
});

/** What a line of the page must say and how it must end, where that is not simply 0. */
const EXPECTED: readonly {readonly line: RegExp; readonly exit?: number; readonly says: RegExp}[] = [
  {line: /--dry-run/, exit: 3, says: /违反:report-late/},
  {line: /release list$/, says: /office-2025-r1/},
  {line: /--digest/, says: /[0-9a-f]{64}/},
  {line: /verify .* --trust/, says: /核验通过/},
  {line: /supersede/, says: /office-2025-r2/}
];

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0 && spawnSync("sha256sum", ["--version"]).status === 0;

describe("the guide to approving and verifying", () => {
  it.runIf(hasOpenssl || process.env.CI)("has commands that do what it says, from the first to the last", async () => {
    const stock = fences("bash").flat();
    const lines = fences("sh").flat();
    const last = lines.findIndex((line) => line.includes("supersede"));
    const verdicts: string[] = [];
    for (const [i, line] of lines.entries()) {
      if (i === last)
        for (const command of stock) {
          const {status, text} = bash(command);
          expect(status, `${command}\n${text}`).toBe(0);
          if (command.includes("score.sql")) expect(text.trim()).toMatch(/\|true$/);
          if (command.includes("--check")) expect(text).toBe("");
        }
      const {exit, text} = await xunheng(line);
      const expected = EXPECTED.find((e) => e.line.test(line));
      if (line.includes(" verify ")) verdicts.push(text.trim().split("\n").at(-1) ?? "");
      else expect(exit, `${line}\n${text}`).toBe(expected?.exit ?? 0);
      if (expected) expect(text, line).toMatch(expected.says);
    }
    // With -w the key is unknown until the office has decided to trust it.
    expect(verdicts.map((text) => text.slice(0, 5))).toEqual(["核验通过：", "核验未完成", "核验通过："]);
    const {exit, text} = await xunheng("xunheng verify .xunheng/releases/office-2025-r1 -w .");
    expect([exit, text]).toEqual([
      1,
      expect.stringMatching(/已于2026-01-20被 office-2025-r2 取代[\s\S]*核验不通过：内容完整，但已不是现行/)
    ]);
  });

  it("names commands and options that exist", async () => {
    const help: string[] = [];
    const tell = (text: string) => void help.push(text);
    for (const words of [
      "verify",
      "approve",
      "seal",
      "keys new",
      "keys trust",
      "release supersede",
      "export assessment",
      "export organisation"
    ])
      await main([...words.split(" "), "--help"], {stdout: tell, stderr: tell, terminal: false, now: () => new Date(0)});
    const options = [...page.matchAll(/[ `](--[a-z][a-z-]+)/g)].map(([, name = ""]) => name);
    for (const option of options.filter((name) => !["--check", "--quiet"].includes(name))) expect(help.join("")).toContain(option);
  });
});
