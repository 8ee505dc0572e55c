import {readdirSync, readFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {complaintText} from "../../src/fault.ts";
import {KNOWN, regimeCheck} from "../../src/regime/coverage.ts";
import {readRegime} from "../../src/regime/parse.ts";

const INPUT = new URL("../input/bad/", import.meta.url);
const files = readdirSync(INPUT).filter((name) => /^regime-.*\.yaml$/.test(name));

/** What a user is told about a file: the parser's complaints, or if it has none those of `regime check`. */
function told(file: string): string {
  const {regime, placed, complaints} = readRegime(readFileSync(new URL(file, INPUT), "utf8"), file);
  return [...complaints, ...(regime ? regimeCheck(regime, KNOWN, placed.at) : [])].map((one) => `${complaintText(one)}\n`).join("");
}

describe("a regime file with a fault", () => {
  it.each(files)("%s is answered with place and advice", async (file) => {
    const text = told(file);
    expect(text).not.toBe("");
    for (const line of text.trimEnd().split("\n")) expect(line).toMatch(/^regime-[a-z-]+\.yaml:\d+:\d+: [^；]+；.+$/);
    await expect(text).toMatchFileSnapshot(`../output/bad/${file.replace(".yaml", ".txt")}`);
  });
});
