import {createHash} from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync
} from "node:fs";
import {dirname, join} from "node:path";
import {fault} from "../fault.ts";
import {flushDirectory} from "../workspace/flush.ts";

/** A file of an export: its path below the place it goes to, with `/`; empty when that place is the file itself. */
export interface ExportFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A file that was written, as `--json` prints it. */
export interface WrittenFile {
  readonly path: string;
  /** Lower-case hex. */
  readonly sha256: string;
}

/**
 * Writes an export whole or not at all: beside its place first, flushed, then by one rename. `before` runs when all bytes lie ready.
 * Shape: one file with an empty path makes `to` a file, others make `to` a directory. What is there already with the same bytes stays.
 * Errors: Fault 2 when the parent is missing, or something else is there: an earlier export may hold answers that were typed in.
 * @example await writeExport("考核.xlsx", [{path: "", bytes}])
 */
export async function writeExport(
  place: string,
  files: readonly ExportFile[],
  before: (ready: readonly WrittenFile[]) => Promise<void> | void = () => {}
): Promise<WrittenFile[]> {
  // 考核/ is the directory 考核.
  const to = place.replace(/(?<=[^/\\])[/\\]+$/, "");
  checkPaths(to, files);
  if (!existsSync(dirname(to))) throw fault(2, {place: {file: to}, what: "所在的目录不存在", advice: "请先建好目录，或换一个位置"});
  const isFile = files.length === 1 && files[0]?.path === "";
  const written = files.map(({path, bytes}) => ({path: isFile ? to : path, sha256: sha256(bytes)}));
  if (isSame(to, files, isFile)) {
    await before(written);
    return written;
  }
  if (existsSync(to) && !(!isFile && isEmptyDirectory(to)))
    throw fault(2, {
      place: {file: to},
      what: "已有这个文件或目录，内容不同",
      advice: "请换一个名称，或先移走它；已填写的内容不会被覆盖"
    });
  const draft = `${to}.pending`;
  rmSync(draft, {recursive: true, force: true});
  try {
    for (const {path, bytes} of files) writeFlushed(isFile ? draft : join(draft, path), bytes);
    await before(written);
    if (!isFile && existsSync(to)) rmSync(to, {recursive: true});
    renameSync(draft, to);
    flushDirectory(dirname(to));
  } catch (error) {
    rmSync(draft, {recursive: true, force: true});
    throw error;
  }
  return written;
}

/** A name of a unit or person as a part of a file's name. @example fileName("某镇/办") // "某镇_办" */
export function fileName(text: string): string {
  const clean = text
    .normalize("NFC")
    .replace(/[\\/:*?"<>|\p{C}]/gu, "_")
    .replace(/[. ]+$/g, "");
  return [...clean].slice(0, 60).join("") || "_";
}

/** Paths come from us; a wrong one must still never lead out of the directory. */
function checkPaths(to: string, files: readonly ExportFile[]): void {
  const bad = files.find(({path}) =>
    path === "" ? files.length > 1 : path.split("/").some((part) => ["", ".", ".."].includes(part))
  );
  if (files.length === 0 || bad) throw new RangeError(`cannot write ${JSON.stringify(bad?.path ?? null)} below ${to}`);
}

function isSame(to: string, files: readonly ExportFile[], isFile: boolean): boolean {
  if (!existsSync(to)) return false;
  if (isFile) return lstatSync(to).isFile() && sameBytes(to, files[0] as ExportFile);
  if (!lstatSync(to).isDirectory()) return false;
  // Signatures are made later and lie outside of what is identical.
  const there = (
    readdirSync(to, {recursive: true, withFileTypes: true}) as {name: string; parentPath: string; isDirectory(): boolean}[]
  )
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(join(to, "signatures")));
  const known = new Map(files.map((file) => [join(to, file.path), file]));
  return there.length === files.length && there.every((path) => known.has(path) && sameBytes(path, known.get(path) as ExportFile));
}

function sameBytes(path: string, {bytes}: ExportFile): boolean {
  return lstatSync(path).size === bytes.length && readFileSync(path).equals(bytes);
}

function isEmptyDirectory(path: string): boolean {
  return lstatSync(path).isDirectory() && readdirSync(path).length === 0;
}

function writeFlushed(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), {recursive: true});
  const file = openSync(path, "wx");
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** SHA-256 of bytes, lower-case hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
