import {lstatSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {bytewise} from "../../warehouse/run.ts";
import {type FileHash, hashesOf, MANIFEST, SIGNATURES} from "../manifest.ts";

/** Something that is not as the release says: in which file, in which row of it where rows are compared. */
export interface Problem {
  readonly file: string;
  readonly row?: number;
  /** Chinese, without the final stop. */
  readonly what: string;
}

/** A file of a release or package, and whether it is as the manifest says. */
export interface CheckedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly ok: boolean;
}

/** More files, or folders in folders, than any release or package has. */
const [MOST, DEEPEST] = [100_000, 8];

/** What is in a directory: plain files, and what should not be there. */
interface Found {
  readonly paths: string[];
  readonly problems: Problem[];
}

/** Everything below a directory but manifest.json and signatures/ at its top. */
function look(directory: string, below: string, depth: number, found: Found): Found {
  const names = readdirSync(join(directory, below)).toSorted(bytewise);
  if (names.length === 0 && below !== "") found.problems.push({file: shown(below), what: "多出一个空目录"});
  for (const name of names) {
    const path = below === "" ? name : `${below}/${name}`;
    if (path === MANIFEST || path === SIGNATURES) continue;
    if (found.paths.length + found.problems.length > MOST) return found;
    const entry = lstatSync(join(directory, path));
    if (entry.isFile()) found.paths.push(path);
    else if (!entry.isDirectory()) found.problems.push({file: shown(path), what: `${kindOf(entry)}，不是普通文件`});
    else if (depth >= DEEPEST) found.problems.push({file: shown(path), what: "目录套得太深"});
    else look(directory, path, depth + 1, found);
  }
  return found;
}

function kindOf(entry: ReturnType<typeof lstatSync> & object): string {
  return entry.isSymbolicLink() ? "是链接" : entry.isFIFO() ? "是管道" : entry.isSocket() ? "是套接字" : "是设备";
}

/** A text that can be printed: control characters and directions of writing are shown as codes. */
export function printable(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu,
    (c) => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`
  );
}

/** A file's name that can be printed, cut where it is too long. */
export function shown(path: string): string {
  const safe = printable(path);
  return safe.length > 200 ? `${safe.slice(0, 200)}…` : safe;
}

/**
 * Compares every file of a directory with its manifest: size, SHA-256 and SM3; says which were changed, are missing, were added, renamed
 * or swapped, and what is no plain file.
 * Shape: the files of the manifest in its order, each with whether it is as it was; problems by file.
 * @param progress called with the number of bytes after each file
 */
export function checkFiles(
  directory: string,
  listed: readonly FileHash[],
  progress: (bytes: number) => void = () => {}
): {files: CheckedFile[]; problems: Problem[]} {
  const {paths, problems} = look(directory, "", 0, {paths: [], problems: []});
  if (paths.length + problems.length > MOST)
    return {files: [], problems: [{file: ".", what: `文件超过${MOST}个，不是审定件或导出件的目录`}]};
  const here = new Set(paths);
  const names = new Set(listed.map(({path}) => path));
  const whose = new Map(listed.map(({path, sha256}) => [sha256, path]));
  const read = (path: string) => {
    try {
      return hashesOf(join(directory, path));
    } catch {
      return null;
    }
  };
  const added = paths.filter((path) => !names.has(path)).map((path) => ({path, sha256: read(path)?.sha256 ?? ""}));
  const files: CheckedFile[] = [];
  let bytes = 0;
  for (const file of listed) {
    const {path} = file;
    if (!here.has(path)) {
      const moved = added.find(({sha256}) => sha256 === file.sha256);
      const isOdd = problems.some((p) => p.file === shown(path));
      if (!isOdd) problems.push({file: path, what: moved ? `被改名为 ${shown(moved.path)}` : "缺少这个文件"});
      files.push({path, bytes: file.bytes, sha256: file.sha256, ok: false});
      continue;
    }
    const now = read(path);
    if (!now) {
      problems.push({file: path, what: "读不了（没有权限或磁盘出错）"});
      files.push({path, bytes: file.bytes, sha256: file.sha256, ok: false});
      continue;
    }
    bytes += now.bytes;
    progress(bytes);
    const what = difference(file, now, whose);
    // A file that is what the manifest's SHA-256 says is right: then the manifest is wrong about the rest.
    if (what !== null && now.sha256 === file.sha256) problems.push({file: MANIFEST, what: `${path} 的${what}`});
    else if (what !== null) problems.push({file: path, what});
    files.push({path, bytes: now.bytes, sha256: now.sha256, ok: what === null});
  }
  for (const {path, sha256} of added) {
    const twin = whose.get(sha256);
    const what = twin === undefined ? "多出这个文件，清单里没有" : `多出这个文件，内容与 ${twin} 相同`;
    if (twin === undefined || here.has(twin)) problems.push({file: shown(path), what});
  }
  return {files, problems: problems.toSorted((a, b) => bytewise(a.file, b.file))};
}

/** What differs between a file and its line of the manifest; null: nothing. */
function difference(listed: FileHash, now: Omit<FileHash, "path">, whose: ReadonlyMap<string, string>): string | null {
  if (now.sha256 === listed.sha256) {
    if (now.bytes !== listed.bytes) return `大小写作${listed.bytes}字节，实为${now.bytes}字节`;
    return now.sm3 === listed.sm3 ? null : "SM3 写得不对";
  }
  const other = whose.get(now.sha256);
  if (other !== undefined) return `内容是 ${other} 的，文件被调换`;
  if (now.bytes !== listed.bytes) return `内容被改动：大小应为${listed.bytes}字节，实为${now.bytes}字节，SHA-256 不符`;
  return now.sm3 === listed.sm3 ? "SHA-256 与清单不符，SM3 却相符：清单被改动" : "内容被改动：SHA-256 与清单不符";
}
