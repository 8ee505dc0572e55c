import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
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
    for (const path of filesOf(made.directory)) {
      let [tried, named] = [0, 0];
      const said = new Set<string>();
      for (const [how, change] of Object.entries(BYTES))
        for (let i = 0; i < (how === "翻转一位" || how === "截短" ? rounds(2) : 1); i++) {
          const copy = copyOf(made.directory, join(root, "bytes"));
          change(join(copy, path), 7919 * (i + 1) + 13);
          const {ok, unchanged, problems} = await check(copy);
          tried += 1;
          expect(ok || unchanged, `${how} ${path}`).toBe(false);
          const mine = problems.filter(({file, what}) => file === path || what.includes(path === "manifest.json" ? "清单" : path));
          if (mine.length > 0) named += 1;
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
