import {fileURLToPath} from "node:url";
import {workOffline} from "./src/site/offline.js";
import {header, pagesFor, readSite, withSpaces} from "./src/site/pages.js";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

workOffline(at("src"));
const site = readSite(process.env.XUNHENG_SITE, at("data/samples"));

export default {
  root: "src",
  output: "dist",
  title: "巡衡",
  style: "components/theme.css",
  globalStylesheets: [],
  head: '<link rel="icon" href="data:,">',
  header: ({path}) => header(site, path),
  footer: "巡衡 · 本页数据随站点生成，打开时不访问任何外部网络",
  markdownIt: withSpaces(site),
  sidebar: false,
  pager: false,
  toc: false,
  search: false,
  preserveExtension: true,
  dynamicPaths: site.spaces.flatMap(({id}) => pagesFor(site).map(({path}) => `/${id}/${path}`))
};
