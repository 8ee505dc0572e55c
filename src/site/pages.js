// Plain JavaScript: Framework's configuration imports it.
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";

/** Readers of the result as it stands; the others see releases alone. */
const OFFICE = ["analyst", "leadership"];

/**
 * The pages of a space, in the order of the navigation, each with those it is built for.
 * @type {readonly {path: string, name: string, audiences: readonly string[]}[]}
 */
export const PAGES = [
  {path: "index", name: "总览", audiences: OFFICE},
  {path: "coverage", name: "覆盖", audiences: OFFICE},
  {path: "score", name: "得分", audiences: OFFICE},
  {path: "unit", name: "单位", audiences: OFFICE},
  {path: "rectify", name: "整改", audiences: OFFICE},
  {path: "organisation", name: "组织部参考", audiences: ["organisation"]},
  {path: "publication", name: "公布", audiences: ["public"]},
  {path: "regime", name: "制度", audiences: [...OFFICE, "organisation", "public"]},
  {path: "quality", name: "数据质量", audiences: ["analyst"]}
];

/**
 * The pages that an audience's site has.
 * @param {{audience: string}} site
 */
export function pagesFor({audience}) {
  return PAGES.filter(({audiences}) => audiences.includes(audience));
}

/** Where a page is; the first page of a space without 总览 is the space's own. */
function address(id, {path}) {
  return `/${id}/${path === "index" ? "" : path}`;
}

/**
 * What a build is told: the file named by `XUNHENG_SITE`, or, for a preview, every sample with a workspace.
 * @param {string | undefined} file
 * @param {string} samples where the samples are
 * @returns {{audience: string, spaces: {id: string, dir: string, authority?: string, title?: string, as_of?: string, state?: string, demo?: boolean}[]}}
 */
export function readSite(file, samples) {
  if (file) return JSON.parse(readFileSync(file, "utf8"));
  const ids = existsSync(samples) ? readdirSync(samples).filter((id) => existsSync(join(samples, id, "xunheng.yaml"))) : [];
  return {audience: "analyst", spaces: ids.map((id) => ({id, dir: join(samples, id), title: id, demo: true}))};
}

/**
 * The bar and the navigation above every page; on the start page only the product's name.
 * @param {ReturnType<typeof readSite>} site
 * @param {string} path the page, `/office-id/score`
 */
export function header(site, path) {
  const [, id, page] = path.split("/");
  const space = page && site.spaces.find((s) => s.id === id);
  if (!space) return `<div class="xh-bar"><strong><a href="/">巡衡</a></strong><span>安全生产巡查评分</span></div>`;
  const marks = [`统计截止日 ${space.as_of ?? "—"}`, stateOf(space), ...(space.demo ? ["演示数据"] : [])];
  const links = pagesFor(site).map(
    (p) => `<a href="${address(id, p)}"${p.path === page ? ' aria-current="page"' : ""}>${p.name}</a>`
  );
  return `<div class="xh-bar"><strong>${text(space.authority ?? id)}</strong><span>${text(space.title ?? "")}</span>
<span class="xh-marks">${marks.map((mark, i) => `<span class="xh-mark${i > 0 ? " xh-mark-strong" : ""}">${text(mark)}</span>`).join("")}</span></div>
<nav class="xh-nav" aria-label="页面">${links.join("")}<a class="xh-home" href="/">全部工作区</a></nav>`;
}

/**
 * A plugin of the Markdown parser: the start page's list of workspaces, where the page has `xh-spaces-here`.
 * @param {ReturnType<typeof readSite>} site
 */
export function withSpaces(site) {
  return (md) => {
    md.core.ruler.push("spaces", ({tokens}) => {
      for (const token of tokens) if (token.content.includes("xh-spaces-here")) token.content = spaceList(site);
    });
    return md;
  };
}

function spaceList(site) {
  const {spaces} = site;
  const [first] = pagesFor(site);
  if (spaces.length === 0) return "<p>本站没有工作区。</p>";
  const items = spaces.map(
    (space) => `<li><a href="${address(space.id, first)}"><b>${text(space.authority ?? space.id)}</b>${text(space.title ?? "")}<br>
<small>统计截止日 ${text(space.as_of ?? "—")} · ${text(stateOf(space))}${space.demo ? " · 演示数据" : ""}</small></a></li>`
  );
  return `<p class="xh-sentence">本站有${spaces.length}个工作区。</p>\n<ul class="xh-spaces">${items.join("")}</ul>\n`;
}

/** Whether what the pages show was approved. */
function stateOf({state}) {
  return state ?? "未审定";
}

/** Text as HTML. */
export function text(value) {
  return String(value).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
