import {existsSync, mkdirSync, readdirSync, statSync, writeFileSync} from "node:fs";
import {basename, join, resolve} from "node:path";
import {fault} from "../fault.ts";
import {parsePlaced} from "../placed-yaml.ts";
import {parseRegime} from "../regime/parse.ts";
import type {Regime} from "../regime/types.ts";
import {templateBook} from "./template/book.ts";
import {BOOK, configText} from "./template/config.ts";
import {DATA, findDefinition, openWorkspace, readWritten, shownPath} from "./workspace.ts";

/** What a new workspace is for. */
export interface InitOptions {
  readonly regime: string;
  /** The office's name; null leaves a place to fill in. */
  readonly authority: string | null;
  readonly year: number;
}

/** The JSON of `xunheng init --json`. */
export interface InitResult {
  readonly directory: string;
  readonly regime: string;
  readonly schemes: readonly string[];
  /** Files written, and files that were there already. */
  readonly written: readonly string[];
  readonly kept: readonly string[];
  /** What is still to be filled in before a first load. */
  readonly todo: readonly string[];
}

const CONFIG = "xunheng.yaml";
/** What a directory may hold and still become a workspace: its own definitions, and what systems put everywhere. */
const OWN = [CONFIG, BOOK, "regimes", "schemes", "calendars", ".xunheng", ".git", ".gitignore", ".DS_Store", "Thumbs.db"];

/**
 * Makes a workspace: xunheng.yaml and the workbook of templates. Files that are there are never overwritten.
 * Errors: Fault 2 for a name that cannot be an id, an unknown regime, a directory with other things in it, a workspace of
 * another regime, or when there is nothing to add.
 * @example await initWorkspace("offices/linhe", {regime: "x", authority: null, year: 2026})
 */
export async function initWorkspace(path: string, {regime: id, authority, year}: InitOptions): Promise<InitResult> {
  const directory = resolve(path);
  checkDirectory(directory, path);
  const {text, file} = findDefinition("regimes", id, existsSync(directory) ? directory : null);
  const regime = parseRegime(text, file);
  const schemes = schemesOf(regime, directory);
  const there = [CONFIG, BOOK].filter((name) => existsSync(join(directory, name)));
  if (there.includes(CONFIG)) sameRegime(directory, regime);
  if (there.length === 2) {
    throw fault(2, {
      place: {file: shownPath(directory)},
      what: "已经是工作区，文件都在，没有写入任何东西",
      advice: `要重新生成 ${CONFIG} 或 ${BOOK}，请先把原来的改名`
    });
  }
  const contents = new Map<string, string | Uint8Array>();
  if (!there.includes(CONFIG)) contents.set(CONFIG, configText({regime, schemes, authority, year}));
  if (!there.includes(BOOK)) contents.set(BOOK, await templateBook(regime));
  mkdirSync(directory, {recursive: true});
  for (const [name, content] of contents) writeFileSync(join(directory, name), content, {flag: "wx"});
  return {
    directory: path,
    regime: regime.id,
    schemes: schemes.map((s) => s.id),
    written: [...contents.keys()],
    kept: there,
    todo: [
      ...(contents.has(CONFIG) && authority === null ? [`在 ${CONFIG} 里填上本单位全称（authority）`] : []),
      ...(schemes.length === 0 ? [`制度 ${regime.id} 还没有评分办法：在 schemes/ 里写一份，并填到 ${CONFIG} 的 schemes`] : [])
    ]
  };
}

function checkDirectory(directory: string, path: string): void {
  const name = basename(directory);
  if (!/^[a-z0-9-]+$/.test(name)) {
    const near = name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "");
    throw fault(2, {
      place: {file: path},
      what: `目录名“${name}”不能作工作区的编号`,
      advice: `只能用小写字母、数字和-${near === "" ? "，如 linhe-2026" : `，如 ${near}`}`
    });
  }
  if (!existsSync(directory)) return;
  if (!statSync(directory).isDirectory()) throw fault(2, {place: {file: path}, what: "是文件，不是目录", advice: "请换一个名字"});
  const others = readdirSync(directory).filter((entry) => !OWN.includes(entry));
  if (others.length === 0 || existsSync(join(directory, CONFIG))) return;
  const more = others.length > 3 ? `等${others.length}个` : "";
  throw fault(2, {
    place: {file: path},
    what: `目录不是空的（有 ${others.sort().slice(0, 3).join("、")}${more}），没有写入任何东西`,
    advice: "请换一个新目录，建好以后再把台账放进去"
  });
}

/** Only what is missing is added to a workspace, and only under the rules it already has. */
function sameRegime(directory: string, regime: Regime): void {
  const space = openWorkspace(directory);
  if (space.regime === regime.id) return;
  throw fault(2, {
    place: {file: shownPath(join(directory, CONFIG))},
    what: `已经是制度 ${space.regime} 的工作区，没有写入任何东西`,
    advice: `请用 --regime ${space.regime}，或换一个新目录`
  });
}

/** Schemes of a regime: the workspace's own, then the program's. */
function schemesOf({id}: Regime, directory: string): {id: string; name: string}[] {
  const found = new Map<string, string>();
  for (const place of [join(directory, "schemes"), join(DATA, "schemes")]) {
    for (const file of existsSync(place) ? readdirSync(place).sort() : []) {
      if (!/^[\w-]+\.yaml$/.test(file)) continue;
      const {value} = parsePlaced(readWritten(join(place, file)), file);
      const scheme = value as {id?: unknown; regime?: unknown; name?: unknown} | null;
      if (scheme?.regime === id && scheme.id === file.slice(0, -5) && !found.has(scheme.id))
        found.set(scheme.id, String(scheme.name));
    }
  }
  return [...found].map(([scheme, name]) => ({id: scheme, name}));
}
