import {cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {basename, join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {buildSite, type SiteSpace} from "../../src/site/build.ts";
import {finishSite} from "../../src/site/finish.ts";
import {ROOT} from "../../src/workspace/workspace.ts";

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "xunheng-build-"));
});
afterEach(() => rmSync(scratch, {recursive: true, force: true}));

const nothing = {spaces: [], audience: "analyst"} as const;

test("a directory that holds something else is not replaced", async () => {
  writeFileSync(join(scratch, "论文.docx"), "重要");
  await expect(buildSite({...nothing, to: scratch})).rejects.toThrow("目录不是空的");
  expect(readdirSync(scratch)).toEqual(["论文.docx"]);
});

/** A copy of the installation that a test may spoil. */
function installation(): string {
  const root = join(scratch, "root");
  mkdirSync(root);
  for (const name of ["src", "loaders", "observablehq.config.js", "package.json", "tsconfig.json"])
    cpSync(join(ROOT, name), join(root, name), {recursive: true, filter: (path) => basename(path) !== ".observablehq"});
  for (const name of ["node_modules", "data"]) symlinkSync(join(ROOT, name), join(root, name));
  return root;
}

test("a page with a syntax error fails the build, and the site that was there stays", async () => {
  const to = join(scratch, "site");
  mkdirSync(to);
  writeFileSync(join(to, "xunheng-site.json"), "{}");
  const root = installation();
  writeFileSync(join(root, "src/index.md"), "# 巡衡\n\n```js\nconst = 1;\n```\n");
  await expect(buildSite({...nothing, to}, {root})).rejects.toThrow(/index\.html: 页面有语法错误/);
  expect(readdirSync(to)).toEqual(["xunheng-site.json"]);
});

test("a workspace without data is one sentence that names it", async () => {
  const dir = join(scratch, "empty");
  mkdirSync(dir);
  writeFileSync(
    join(dir, "xunheng.yaml"),
    "authority: 甲\nregime: hainan-2016\nschemes: [hainan-2016-county]\nyear: 2025\nas_of: 2025-12-31\nsources: []\n"
  );
  const space: SiteSpace = {id: "empty", dir, authority: "甲", title: "制度", as_of: "2025-12-31", demo: true};
  await expect(buildSite({spaces: [space], audience: "analyst", to: join(scratch, "site")})).rejects.toThrow(
    /工作区 empty 还没有数据/
  );
});

test("an address outside stops the finish, a namespace does not", () => {
  writeFileSync(join(scratch, "a.js"), 'const ns = "http://www.w3.org/2000/svg";');
  expect(finishSite(scratch, nothing)).toBe(1);
  writeFileSync(join(scratch, "b.js"), 'fetch("https://example.com/x")');
  expect(() => finishSite(scratch, nothing)).toThrow("含有外部地址 https://example.com/x");
});

test("pages say their language and may be enlarged", () => {
  const html =
    '<!DOCTYPE html>\n<html>\n<head><meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1">\n<meta name="generator" content="x">\n<title>得分 | 巡衡</title>';
  mkdirSync(join(scratch, "mudan"));
  writeFileSync(join(scratch, "mudan/score.html"), html);
  finishSite(scratch, {audience: "analyst", spaces: [{id: "mudan", dir: "", authority: "某办", title: "", as_of: "", demo: true}]});
  const finished = readFileSync(join(scratch, "mudan/score.html"), "utf8");
  expect(finished).toContain('<html lang="zh-CN">');
  expect(finished).toContain("<title>得分 · 某办 · 巡衡</title>");
  expect(finished).not.toMatch(/maximum-scale|generator/);
});
