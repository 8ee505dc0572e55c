import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import {afterEach, beforeEach, expect, test} from "vitest";
import {serveSite} from "../../src/site/serve.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "xunheng-serve-"));
  writeFileSync(join(directory, "index.html"), "<p>巡衡</p>");
  writeFileSync(join(directory, "index.html.gz"), gzipSync("<p>巡衡</p>"));
});
afterEach(() => rmSync(directory, {recursive: true, force: true}));

test("serves a site on this machine alone, compressed", async () => {
  const {url, close} = await serveSite(directory, 0);
  try {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const response = await fetch(url);
    expect([response.status, response.headers.get("content-encoding"), await response.text()]).toEqual([
      200,
      "gzip",
      "<p>巡衡</p>"
    ]);
    expect((await fetch(`${url}../../etc/passwd`)).status).toBe(404);
  } finally {
    await close();
  }
});

test("passes over a port that is taken", async () => {
  const first = await serveSite(directory, 0);
  const port = Number(new URL(first.url).port);
  const second = await serveSite(directory, port);
  expect(Number(new URL(second.url).port)).toBeGreaterThan(port);
  await Promise.all([first.close(), second.close()]);
});
