import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Problem} from "../../src/release/verify/files.ts";
import {type Verification, verify} from "../../src/release/verify.ts";
import {type MadeRelease, madeRelease} from "../release/made.ts";
import {BYTES, copyOf, coverUp, filesOf, saidText, TAMPERINGS} from "../release/tampering.ts";
import {rounds} from "../rounds.ts";

const root = mkdtempSync(join(tmpdir(), "xunheng-tamper-"));
afterAll(() => rmSync(root, {recursive: true, force: true}));

let made: MadeRelease;
beforeAll(async () => {
  made = await madeRelease();
});

const check = (directory: string): Promise<Verification> => verify(directory, {trusted: made.trusted, record: null});

/** Ways to change the bytes of a file, each with a number for its place: facts are many and alike. */
function waysFor(path: string): [string, number][] {
  const isFact = path.startsWith("facts/");
  return Object.keys(BYTES)
    .filter((how) => !isFact || rounds(1) > 1 || ["翻转一位", "截短", "删除"].includes(how))
    .flatMap((how) => Array.from({length: how === "翻转一位" ? rounds(2) : 1}, (_, i): [string, number] => [how, i]));
}

/** Whether a problem names the file; of a signature the file that is left, of the manifest what it says of others. */
function isNamed(path: string, {file, what}: Problem): boolean {
  if (path.startsWith("signatures/")) return file.startsWith("signatures/安委办");
  return file === path || (path === "manifest.json" && what.includes("清单"));
}

describe("a release that somebody tampered with", () => {
  it("is found out, and what verify said is the matrix", async () => {
    const lines: string[] = ["改了什么 × 怎样掩饰 → verify 说了什么", ""];
    for (const {what, cover, change} of TAMPERINGS) {
      const copy = copyOf(made.directory, join(root, "hand"));
      await change(copy);
      coverUp(copy, cover);
      const found = await check(copy);
      const isHarmless = what === "另一把公钥也签";
      expect(found.ok, `${what}，${cover}`).toBe(isHarmless);
      lines.push(`${what}，${cover}\n    ${saidText(found)}`);
    }
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("../output/verify/matrix.txt");
  });

  it("is found out by name whichever file is changed, and wherever", async () => {
    const lines: string[] = ["每个文件 × 怎样改动它的字节 → verify 点名了它几次", ""];
    const copy = copyOf(made.directory, join(root, "bytes"));
    for (const path of filesOf(copy)) {
      const file = join(copy, path);
      const before = readFileSync(file);
      let [tried, named] = [0, 0];
      const said = new Set<string>();
      for (const [how, i] of waysFor(path)) {
        BYTES[how]?.(file, 7919 * (i + 1) + 13);
        const {ok, unchanged, problems} = await check(copy);
        writeFileSync(file, before);
        tried += 1;
        expect(ok || unchanged, `${how} ${path}`).toBe(false);
        const mine = problems.filter((problem) => isNamed(path, problem));
        if (mine.length > 0) named += 1;
        const hasRows = path === "decisions.jsonl" && how !== "删除" && how !== "清空";
        if (hasRows)
          expect(
            mine.some((p) => p.row !== undefined),
            `${how} ${path}`
          ).toBe(true);
        for (const {what} of mine) said.add(what.replaceAll(/\d+字节/g, "…字节").replaceAll(/[0-9a-f]{64}/g, "…"));
      }
      expect(named, path).toBe(tried);
      lines.push(`${path}: ${named}/${tried}`);
      // What is said of these depends on which hash the byte stands in, and hashes on the versions of Node and the engine.
      const isVaried = ["manifest.json", "decisions.jsonl", "ledger.parquet"].includes(path) || path.startsWith("signatures/");
      if (!isVaried) for (const one of [...said].toSorted()) lines.push(`    ${one}`);
    }
    if (rounds(1) === 1) await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("../output/verify/bytes.txt");
  });
});
