import {createHash} from "node:crypto";
import {type BigIntStats, closeSync, existsSync, openSync, readdirSync, readSync, statSync} from "node:fs";
import {basename, dirname, relative, resolve, sep} from "node:path";
import {glob, isDynamicPattern} from "tinyglobby";
import {type Fault, fault, nearestName} from "../src/fault.ts";
import type {LoaderContext, Source} from "./loader.ts";

/** What tells that a file is still the same: its place on disk, its size, and when it was last changed. */
export interface FileStamp {
  readonly path: string;
  readonly said: string;
}

/**
 * The stamp of a file as it is now; null when it is gone.
 * @example fileStamp("a.csv")?.said === before.said // nobody has written to it
 */
export function fileStamp(path: string): FileStamp | null {
  const stats: BigIntStats | undefined = statSync(path, {bigint: true, throwIfNoEntry: false});
  return stats ? {path, said: [stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join(" ")} : null;
}

/** One file of a source. */
export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  /** As shown to people: relative to xunheng.yaml, with `/`. */
  readonly file: string;
}

/**
 * The files a source names, in the order of their bytes so that every machine loads them alike. Lock files of office
 * programs (`~$…`) are left out.
 * Errors: Fault 2 when there is none, with the nearest name there is.
 */
export async function sourceFiles(source: Source, {root}: Pick<LoaderContext, "root">): Promise<SourceFile[]> {
  const {path: written, name} = source;
  if (!written) {
    throw fault(2, {
      place: {file: "xunheng.yaml"},
      what: `来源 ${name} 没有写path`,
      advice: "请写上文件的路径，例如 path: 问题台账.xlsx"
    });
  }
  const shown = (path: string) => relative(root, path).split(sep).join("/");
  const literal = resolve(root, written);
  if (existsSync(literal)) {
    const stats = statSync(literal);
    if (!stats.isDirectory() && !stats.isFile()) {
      throw fault(2, {place: {file: written}, what: "不是普通文件（是管道、设备或套接字）", advice: "请先存成文件，再写它的路径"});
    }
    if (stats.isDirectory()) {
      throw fault(2, {
        place: {file: written},
        what: "是文件夹，不是文件",
        advice: `请写明其中的文件，例如 ${written.replace(/\/+$/, "")}/*.csv`
      });
    }
    return [{path: literal, file: shown(literal)}];
  }
  const pattern = written.replaceAll("\\", "/");
  if (!isDynamicPattern(pattern)) throw missingFile(written, literal, name);
  const found = await glob(pattern, {cwd: root, absolute: true, onlyFiles: true, expandDirectories: false, ignore: ["**/~$*"]});
  if (found.length === 0) {
    throw fault(2, {place: {file: written}, what: "没有文件符合这个写法", advice: `请核对xunheng.yaml中来源 ${name} 的path`});
  }
  return found
    .map((path) => ({path: resolve(path), file: shown(resolve(path))}))
    .sort((a, b) => Buffer.compare(Buffer.from(a.file), Buffer.from(b.file)));
}

function missingFile(written: string, path: string, name: string): Fault {
  if (written.includes("\\")) {
    const advice = `路径里请用 /，例如 ${written.replaceAll("\\", "/")}`;
    return fault(2, {place: {file: written}, what: "没有这个文件", advice});
  }
  const folder = dirname(path);
  if (!existsSync(folder)) {
    return fault(2, {
      place: {file: written},
      what: "没有这个文件，也没有它的文件夹",
      advice: `请核对xunheng.yaml中来源 ${name} 的path`
    });
  }
  const near = nearestName(basename(path), readdirSync(folder).sort());
  return fault(2, {
    place: {file: written},
    what: "没有这个文件",
    advice: near ? `是否指 ${near}？请核对xunheng.yaml中来源 ${name} 的path` : `请核对xunheng.yaml中来源 ${name} 的path`
  });
}

/** Reads a file piece by piece, so that its size does not matter. Errors: Fault 2 when it cannot be read. */
export function* fileChunks({path, file}: SourceFile, start = 0, size = 4 * 1024 * 1024): Generator<Buffer, void, undefined> {
  const handle = openFile(path, file);
  try {
    for (let at = start; ; ) {
      const buffer = Buffer.allocUnsafe(size);
      const length = readSync(handle, buffer, 0, size, at);
      if (length === 0) return;
      yield buffer.subarray(0, length);
      at += length;
    }
  } finally {
    closeSync(handle);
  }
}

function openFile(path: string, file: string): number {
  try {
    return openSync(path, "r");
  } catch {
    throw fault(2, {place: {file}, what: "打不开这个文件", advice: "请核对它的读取权限，并关闭正在使用它的程序"});
  }
}

/** SHA-256 of a file, hex. */
export function fileSha256(file: SourceFile): string {
  const hash = createHash("sha256");
  for (const chunk of fileChunks(file)) hash.update(chunk);
  return hash.digest("hex");
}
