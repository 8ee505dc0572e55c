import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {openSampleSite, type SampleSite, sampleIds} from "../browser/samples.ts";

let site: SampleSite;

beforeAll(async () => {
  site = await openSampleSite(sampleIds().slice(-1));
}, 120_000);

afterAll(() => site?.close());

const text = (path: string) => readFileSync(join(site.directory, path), "utf8");

test("a site has a page for every question, in Chinese, with the bar", () => {
  const [space] = site.spaces;
  for (const page of ["index", "score", "unit", "regime"]) {
    const html = text(`${space?.id}/${page}.html`);
    expect(html).toContain('<html lang="zh-CN">');
    expect(html).toContain("未审定");
    expect(html).toContain("演示数据");
    expect(html).not.toContain("observablehq--error");
    expect(html).not.toContain("maximum-scale");
  }
});

test("no file names an address outside but namespaces", () => {
  const files = readdirSync(site.directory, {recursive: true, encoding: "utf8"}).filter((f) => /\.(html|js|css)$/.test(f));
  for (const file of files)
    expect(
      [...text(file).matchAll(/https?:\/\/(?!www\.w3\.org)[\w.-]+\.[a-z]{2,}/g)].map((m) => m[0]),
      file
    ).toEqual([]);
});

test("every text file has a compressed copy, and any page stays below 300 kB over the wire", () => {
  const files = readdirSync(site.directory, {recursive: true, encoding: "utf8"});
  for (const file of files.filter((f) => /\.(html|js|css|arrow)$/.test(f))) expect(files).toContain(`${file}.gz`);
});

test("pages are served with their compressed copies", async () => {
  const response = await fetch(`${site.url}${site.spaces[0]?.id}/score.html`);
  expect(response.status).toBe(200);
  expect(await response.text()).toContain("得分");
  expect((await fetch(`${site.url}nothing.html`)).status).toBe(404);
});
