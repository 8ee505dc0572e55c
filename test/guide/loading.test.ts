import {readFileSync, statSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {LOADERS} from "../../loaders/index.ts";
import {LIMITS} from "../../loaders/limits.ts";
import {buildProgram} from "../../src/cli/main.ts";
import {HEAD_ROWS} from "../../src/contract/header.ts";
import {parseWorkspace} from "../../src/workspace/workspace.ts";

const page = readFileSync("src/guide/loading.md", "utf8");

describe("the guide to loading", () => {
  it.each([...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = ""]) => [text.match(/path: (\S+?)[,}]/)?.[1], text]))(
    "has an xunheng.yaml that can be used: %s",
    (_, text = "") => {
      expect(parseWorkspace(text, "guide.yaml", "/offices/linhe").sources.length).toBeGreaterThan(1);
    }
  );

  it("states every limit as it is", () => {
    const stated = [...page.matchAll(/^\| `(\w+)` \| (\d+) \|/gm)].map(([, key, value]) => [key, Number(value)]);
    expect(Object.fromEntries(stated)).toEqual({...LIMITS});
  });

  it("names every loader with its endings", () => {
    const stated = [...page.matchAll(/^\| `(\w+)` \| .* \| ?([.\w ]*)\|$/gm)].map(([, name, endings = ""]) => [
      name,
      endings.trim()
    ]);
    const own = Object.entries(LOADERS).map(([name, {endings}]) => [name, endings.map((ending) => `.${ending}`).join(" ")]);
    expect(Object.fromEntries(stated)).toEqual(Object.fromEntries(own));
  });

  it("says where a header is looked for", () => {
    expect(page).toContain(`表头在前${HEAD_ROWS}行里找`);
  });

  it("names commands that exist", () => {
    const effects = {stdout: () => {}, stderr: () => {}, now: () => new Date(0), terminal: false};
    const commands = buildProgram(effects, () => {}).commands.map((command) => command.name());
    const named = [...new Set([...page.matchAll(/xunheng ([a-z-]+)/g)].map(([, name]) => name))];
    expect(commands).toEqual(expect.arrayContaining(named));
  });

  it("shows pictures that load quickly and say what is in them", () => {
    const pictures = [...page.matchAll(/!\[([^\]]*)\]\(\.\/([\w-]+\.png)\)/g)];
    expect(pictures.length).toBeGreaterThan(1);
    for (const [, text = "", file = ""] of pictures) {
      expect(text).toContain("演示数据");
      expect(statSync(`src/guide/${file}`).size).toBeLessThan(150_000);
    }
  });
});
