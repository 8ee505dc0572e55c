import {spawn} from "node:child_process";
import {cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {basename, delimiter, dirname, join, resolve} from "node:path";
import {fileURLToPath} from "node:url";
import {fault} from "../fault.ts";
import {DATA} from "../workspace/workspace.ts";
import {finishSite} from "./finish.ts";
import {readSite} from "./pages.js";

/** A workspace as the site shows it. */
export interface SiteSpace {
  readonly id: string;
  readonly dir: string;
  readonly authority: string;
  /** The regime's title. */
  readonly title: string;
  readonly as_of: string;
  /** Last day on which decisions count; default: what the workspace says. */
  readonly decisions_until?: string;
  /** 数据截止时间; default: everything loaded. */
  readonly known_at?: string;
  readonly demo: boolean;
  /** What the bar says of the approval; default 未审定. */
  readonly state?: string;
  /** The directory of the release that is shown, for readers who see releases alone. */
  readonly release?: string;
}

export type SiteAudience = "analyst" | "leadership" | ReleaseAudience;

/** Readers who see releases alone. */
export type ReleaseAudience = "organisation" | "public";

/** Whether an audience sees releases alone. */
export function isReleaseAudience(audience: SiteAudience): audience is ReleaseAudience {
  return audience === "organisation" || audience === "public";
}

/** What a build is told: the content of the file that `XUNHENG_SITE` names. */
export interface SiteOrder {
  readonly audience: SiteAudience;
  readonly spaces: readonly SiteSpace[];
}

export interface SiteTarget extends SiteOrder {
  /** The directory to write; it is replaced as a whole, and only if it is empty or an earlier site. */
  readonly to: string;
}

export interface BuildEffects {
  /** The installation: `src`, `loaders`, `data`, `node_modules`. */
  readonly root: string;
  readonly progress: (text: string) => void;
}

const INSTALLATION = fileURLToPath(new URL("../..", import.meta.url));

/** Written into every site, so that only a site is ever overwritten. */
const MARK = "xunheng-site.json";

/**
 * Builds the static site of some workspaces. Each build happens in a temporary copy of the sources, because Framework's
 * cache knows neither audience nor date.
 * Shape: writes `to`; returns the number of files in it.
 * Errors: Fault 2 when `to` holds something else; Fault 4 when a page or a data loader failed, with its message.
 * @example await buildSite({spaces, audience: "analyst", to: "dist"})
 */
export async function buildSite({to, ...order}: SiteTarget, effects: Partial<BuildEffects> = {}): Promise<{files: number}> {
  const {root, progress} = {root: INSTALLATION, progress: () => {}, ...effects};
  const target = resolve(to);
  demandReplaceable(target);
  const copy = mkdtempSync(join(tmpdir(), "xunheng-site-"));
  try {
    copyRoot(root, copy);
    const orderFile = join(copy, "site.json");
    writeFileSync(orderFile, JSON.stringify(order));
    await runFramework(copy, orderFile, progress);
    const files = finishSite(join(copy, "dist"), order);
    writeFileSync(join(copy, "dist", MARK), JSON.stringify({audience: order.audience, spaces: order.spaces.map((s) => s.id)}));
    replace(join(copy, "dist"), target);
    return {files};
  } finally {
    rmSync(copy, {recursive: true, force: true});
  }
}

function demandReplaceable(target: string): void {
  if (!existsSync(target) || existsSync(join(target, MARK)) || readdirSync(target).length === 0) return;
  throw fault(2, {place: {file: target}, what: "目录不是空的，也不是以前生成的站点", advice: "请换一个空目录，以免覆盖别的文件"});
}

/** Code is copied, so that Framework's cache is the copy's own; what is only read is linked. */
function copyRoot(root: string, copy: string): void {
  const filter = (path: string) => basename(path) !== ".observablehq";
  for (const name of ["src", "loaders", "observablehq.config.js", "package.json", "tsconfig.json"])
    cpSync(join(root, name), join(copy, name), {recursive: true, filter});
  for (const name of ["node_modules", "data"]) symlinkSync(join(root, name), join(copy, name));
}

/** Runs Framework in a process of its own: it changes globals, and its loaders need `tsx` on the path. */
async function runFramework(copy: string, order: string, progress: (text: string) => void): Promise<void> {
  const modules = join(copy, "node_modules");
  const program = join(modules, "@observablehq/framework/dist/bin/observable.js");
  const env = {
    ...process.env,
    PATH: [join(modules, ".bin"), process.env.PATH ?? ""].join(delimiter),
    XUNHENG_SITE: order,
    OBSERVABLE_TELEMETRY_DISABLE: "1",
    NO_COLOR: "1"
  };
  const child = spawn(process.execPath, [program, "build"], {cwd: copy, env, stdio: ["ignore", "pipe", "pipe"]});
  const lines: string[] = [];
  const errors: string[] = [];
  const listen = (into: string[]) => (chunk: string) => {
    into.push(chunk);
    const step = /(?:load|render) (\/[\w/-]+)/.exec(chunk);
    if (step?.[1]) progress(`生成页面 ${step[1]}`);
  };
  child.stdout.setEncoding("utf8").on("data", listen(lines));
  child.stderr.setEncoding("utf8").on("data", listen(errors));
  const code = await new Promise<number | null>((done, failed) => child.on("error", failed).on("close", done));
  if (code !== 0) throw buildFault(errors.join(""), lines.join(""));
}

/** The most telling lines of a failed build: what a data loader said, else the end of the log. */
function buildFault(errors: string, log: string) {
  const lines = (text: string) =>
    text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "" && !line.startsWith("at "));
  const own = lines(errors).filter((line) => /[\u4e00-\u9fff].*；/u.test(line));
  const told = own.length > 0 ? own.slice(0, 5) : lines(errors).length > 0 ? lines(errors).slice(0, 5) : lines(log).slice(-5);
  return fault(4, {place: null, what: `站点没有生成：${told.join(" / ")}`, advice: "请先用 xunheng score 看该工作区能否计分"});
}

/** Puts the new site where the old one was; the old one goes only when the new one stands beside it. */
function replace(fresh: string, target: string): void {
  mkdirSync(dirname(target), {recursive: true});
  const beside = `${target}.new`;
  rmSync(beside, {recursive: true, force: true});
  cpSync(fresh, beside, {recursive: true});
  const old = `${target}.old`;
  rmSync(old, {recursive: true, force: true});
  if (existsSync(target)) renameSync(target, old);
  renameSync(beside, target);
  rmSync(old, {recursive: true, force: true});
}

/** The order of a build, for loaders; in a preview, which has none, every sample at its own date. */
export function readOrder(file = process.env.XUNHENG_SITE): SiteOrder {
  return readSite(file, join(DATA, "samples"));
}
