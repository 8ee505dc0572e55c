import {readdirSync, readFileSync, writeFileSync} from "node:fs";
import {extname, join} from "node:path";
import {gzipSync} from "node:zlib";
import {fault} from "../fault.ts";
import type {SiteOrder} from "./build.ts";
import {text} from "./pages.js";

/** Files worth a compressed copy. */
const TEXT = new Set([".html", ".js", ".css", ".json", ".arrow", ".csv", ".svg"]);

/** Addresses that are names, not places: nothing ever fetches them. */
const NAMESPACE = /^https?:\/\/www\.w3\.org\//;

/**
 * What Framework leaves to do: Chinese where it writes English, a check that every page was built and that nothing points
 * outside, and a `.gz` beside each file.
 * Shape: the built directory in; the number of files written out.
 * Errors: Fault 4 naming the page that failed to build, or the file with a foreign address.
 */
export function finishSite(directory: string, order: SiteOrder): number {
  const files = readdirSync(directory, {recursive: true, withFileTypes: true}).filter((f) => f.isFile());
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    const shown = path.slice(directory.length + 1);
    if (extname(path) === ".html") writeFileSync(path, chinese(readFileSync(path, "utf8"), spaceTitle(shown, order)));
    if ([".html", ".js", ".css"].includes(extname(path))) inspect(readFileSync(path, "utf8"), shown);
    if (TEXT.has(extname(path))) writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), {level: 9}));
  }
  return files.length;
}

function spaceTitle(path: string, {spaces}: SiteOrder): string | null {
  return spaces.find((s) => path.startsWith(`${s.id}/`))?.authority ?? null;
}

/** The page's language, its whole title, and leave to enlarge it. */
function chinese(html: string, authority: string | null): string {
  return html
    .replace("<html>", '<html lang="zh-CN">')
    .replace(", maximum-scale=1", "")
    .replace(/<meta name="generator"[^>]*>\n?/, "")
    .replace(
      /<title>([^<]*) \| 巡衡<\/title>/,
      (_, title) => `<title>${title}${authority ? ` · ${text(authority)}` : ""} · 巡衡</title>`
    );
}

function inspect(text: string, file: string): void {
  if (text.includes("observablehq--error"))
    if (file.endsWith(".html")) throw fault(4, {place: {file}, what: "页面有语法错误", advice: "请修正这一页的源文件"});
  const foreign = [...text.matchAll(/https?:\/\/[\w.-]+\.[a-z]{2,}[^\s"'`)<>\\]*/g)]
    .map(([url]) => url)
    .find((url) => !NAMESPACE.test(url));
  if (foreign) throw fault(4, {place: {file}, what: `含有外部地址 ${foreign}`, advice: "站点不得引用外部网络，请去掉"});
}
