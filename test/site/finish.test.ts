import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, test} from "vitest";
import {finishSite} from "../../src/site/finish.ts";

test("an authority's name is text in the title, whatever it holds", () => {
  const directory = mkdtempSync(join(tmpdir(), "xunheng-finish-"));
  try {
    mkdirSync(join(directory, "office"));
    const page = join(directory, "office", "index.html");
    writeFileSync(page, "<!DOCTYPE html><html><head><title>总览 | 巡衡</title></head><body></body></html>");
    const space = {id: "office", dir: directory, title: "演示制度", as_of: "2025-12-31", demo: true};
    finishSite(directory, {audience: "analyst", spaces: [{...space, authority: "</title><script>alert(9)</script>"}]});
    const html = readFileSync(page, "utf8");
    expect(html).not.toContain("<script>");
    expect(html).toContain('lang="zh-CN"');
  } finally {
    rmSync(directory, {recursive: true});
  }
});
