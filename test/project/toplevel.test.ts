import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {ROOT, tracked} from "./tracked.ts";

const TOP_LEVEL = new Set([
  ".biome.json",
  ".ci",
  ".gitattributes",
  ".gitignore",
  ".npmrc",
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "data",
  "loaders",
  "observablehq.config.js",
  "package-lock.json",
  "package.json",
  "src",
  "test",
  "tsconfig.json"
]);
const CODE = /^(src|loaders)\/.*\.(ts|js|sql)$/;
const LIMIT = 400;

describe("the repository", () => {
  it("holds nothing at the top but what is expected there", () => {
    const top = new Set(tracked().map((path) => path.split("/")[0] as string));
    expect([...top].filter((name) => !TOP_LEVEL.has(name))).toEqual([]);
  });

  it("names no folder of somebody's machine", () => {
    const folder = /(?<![\w.:/)\]}-])\/(work|tmp|root|home|Users|var\/tmp)\//;
    expect(linesLike(folder)).toEqual([]);
  });

  it("names no package registry", () => {
    const host = /\bregistry\.[a-z0-9-]+\.[a-z]+|\bnpmmirror\.|\bcnpmjs\.|\/\/[^/\s]*(artifactory|nexus|jfrog)/i;
    expect(linesLike(host)).toEqual([]);
  });

  it("leaves nothing for later", () => {
    const later = /\b(TODO|FIXME|XXX|HACK)\b|\b(it|test|describe)\.(skip|only|todo)\b/;
    expect(linesLike(later, /^(src|loaders|test|data|\.ci)\/.*\.(ts|js|mjs|sql|yaml)$/)).toEqual([]);
  });

  it("keeps only pages as Markdown under src", () => {
    const loose = tracked(/^src\/.*\.md$/).filter((path) => !/^src\/(index\.md|\[space\]\/|guide\/)/.test(path));
    expect(loose).toEqual([]);
  });
});

describe("code", () => {
  it("knows no regime by name, except in a path to a sample", () => {
    const ids = readdirSync(join(ROOT, "data/regimes")).flatMap((file) => /^(.+?)(-\d+)?\.yaml$/.exec(file)?.[1] ?? []);
    expect(ids.length).toBeGreaterThanOrEqual(5);
    const name = new RegExp(`${ids.join("|")}|牡丹区|湖南省|山东省|公主岭|海南省`);
    const named = tracked(CODE).filter((path) => name.test(withoutComments(text(path)).replace(/data\/samples\/[\w-]+/g, "")));
    expect(named).toEqual([]);
  });

  it(`has no file longer than ${LIMIT} lines`, () => {
    expect(tracked(CODE).filter((path) => text(path).split("\n").length > LIMIT + 1)).toEqual([]);
  });
});

/** Lines of tracked text files that match, as `path:line: text`. This file, made of such patterns, is left out. */
function linesLike(pattern: RegExp, paths = /./): string[] {
  const unread = /^(package-lock\.json|LICENSE|test\/project\/toplevel\.test\.ts)$|\.(xlsx?|parquet|csv|zip|png)$/;
  return tracked(paths, unread).flatMap((path) =>
    text(path)
      .split("\n")
      .flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}: ${line.trim().slice(0, 120)}`] : []))
  );
}

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)(\/\/|--\s).*/gm, "");
}

function text(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}
