import {readFileSync} from "node:fs";
import {globSync} from "tinyglobby";
import {describe, expect, it} from "vitest";
import {Fault} from "../../src/fault.ts";
import {parseScheme} from "../../src/scheme/parse.ts";
import {expression, regimeNamed} from "./support.ts";

const files = globSync("test/input/bad/scheme-*.yaml").toSorted();

describe("a broken scheme", () => {
  it("has a file for every kind of fault", () => expect(files.length).toBeGreaterThan(90));

  it.each(files)("is refused with place and advice: %s", async (file) => {
    const error = await parseScheme(readFileSync(file, "utf8"), file, {regime: regimeNamed("mudan-2023"), expression}).then(
      () => null,
      (reason: unknown) => reason
    );
    expect(error).toBeInstanceOf(Fault);
    const {exit, message} = error as Fault;
    expect(exit).toBe(2);
    for (const line of message.split("\n")) expect(line).toMatch(/^test\/input\/bad\/[a-z-]+\.yaml:\d+:\d+: [^；]+；.+$/);
    await expect(`${message}\n`).toMatchFileSnapshot(`../../${file.replace("input", "output").replace(/yaml$/, "txt")}`);
  });
});
