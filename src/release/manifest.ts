import {createHash} from "node:crypto";
import {closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {z} from "zod";
import {fault} from "../fault.ts";
import {canonicalJson} from "../placed-yaml.ts";
import {bytewise} from "../warehouse/run.ts";
import {flushFile} from "../workspace/flush.ts";
import type {ReleaseHead} from "./stamp.ts";

/** A file of a release or package, by what it holds. */
export interface FileHash {
  /** Below the directory, with `/`. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex, as are all hashes here. */
  readonly sha256: string;
  readonly sm3: string;
}

/** What every manifest has: of a release (`kind: "release"`) and of a package of exports. */
export interface ManifestBase {
  readonly format: 1;
  readonly kind: string;
  /** Sorted bytewise by path; the manifest itself and signatures/ are outside. */
  readonly files: readonly FileHash[];
}

/** The manifest of a release: all of it follows from the approve decision and the files. */
export interface ReleaseManifest extends ManifestBase {
  readonly kind: "release";
  readonly release: Omit<ReleaseHead, "manifest" | "fallen">;
  /** The approve or supersede line in decisions.jsonl. */
  readonly decision: {readonly n: number; readonly at: string; readonly hash: string};
  readonly authority: string;
  readonly regime: string;
  readonly year: number;
  readonly demo: boolean;
  readonly as_of: string;
  readonly decisions_until: string;
  readonly known_at: string;
  readonly run: string;
  readonly digest: string;
  readonly provisional: boolean;
  readonly semantics: number;
  readonly contract: number;
  readonly versions: {readonly program: string; readonly node: string; readonly duckdb: string};
}

/** The manifest of a package of exports: it names the release that it was made from, or null for 未审定. */
export interface PackageManifest extends ManifestBase {
  readonly release: {readonly id: string; readonly manifest: string} | null;
  readonly [key: string]: unknown;
}

export type Manifest = ReleaseManifest | PackageManifest;

/** A manifest that was read, with what its own bytes are. */
export interface ReadManifest {
  readonly manifest: Manifest;
  /** SHA-256 and SM3 of manifest.json itself: what holders compare, what is signed. */
  readonly sha256: string;
  readonly sm3: string;
}

export const MANIFEST = "manifest.json";
export const SIGNATURES = "signatures";

/** A manifest beyond this is no manifest of ours. */
const MANIFEST_BYTES = 64 * 2 ** 20;

/** Folders in folders beyond this are none of ours. */
const DEEPEST = 8;

const CHUNK = 2 ** 20;

/**
 * Every file of a directory with its hashes, sorted bytewise; manifest.json and signatures/ at its top are left out.
 * Errors: Fault 2 for a link, a pipe or a device, or folders too deep.
 * @example fileHashes("offices/x/.xunheng/releases/x-2025-r1").map((f) => f.path)
 */
export function fileHashes(directory: string): FileHash[] {
  return filePaths(directory).map((path) => ({path, ...hashesOf(join(directory, path))}));
}

/** The paths of fileHashes, without reading the files. */
export function filePaths(directory: string): string[] {
  return walk(directory, "", 0).toSorted(bytewise);
}

function walk(directory: string, below: string, depth: number): string[] {
  if (depth > DEEPEST)
    throw fault(2, {place: {file: join(directory, below)}, what: "目录套得太深", advice: "这不是审定件或导出件的目录"});
  return readdirSync(join(directory, below)).flatMap((name) => {
    const path = below === "" ? name : `${below}/${name}`;
    if (path === MANIFEST || path === SIGNATURES) return [];
    const entry = lstatSync(join(directory, path));
    if (entry.isDirectory()) return walk(directory, path, depth + 1);
    if (entry.isFile()) return [path];
    throw fault(2, {place: {file: join(directory, path)}, what: "不是普通文件（链接、管道或设备）", advice: "请用原来的文件替换"});
  });
}

/** Size, SHA-256 and SM3 of a file, read in pieces. */
export function hashesOf(path: string): Omit<FileHash, "path"> {
  const [sha256, sm3] = [createHash("sha256"), createHash("sm3")];
  const file = openSync(path, "r");
  const buffer = Buffer.allocUnsafe(CHUNK);
  let bytes = 0;
  try {
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
      const piece = buffer.subarray(0, read);
      sha256.update(piece);
      sm3.update(piece);
      bytes += read;
    }
  } finally {
    closeSync(file);
  }
  return {bytes, sha256: sha256.digest("hex"), sm3: sm3.digest("hex")};
}

/**
 * One hash for what a release holds: SHA-256 over `sha256  path` lines (as sha256sum prints them) of all files but decisions.jsonl,
 * which names it.
 * @example contentHash(fileHashes(dir)) === decision.args.content
 */
export function contentHash(files: readonly Pick<FileHash, "path" | "sha256">[]): string {
  const lines = files.filter(({path}) => path !== "decisions.jsonl").map(({path, sha256}) => `${sha256}  ${path}\n`);
  return createHash("sha256").update(lines.join("")).digest("hex");
}

/** The bytes of a manifest: canonical JSON (keys sorted, no blanks) and a line end. */
export function manifestText(manifest: Manifest): string {
  return `${canonicalJson(manifest)}\n`;
}

/**
 * Writes manifest.json beside the files that it lists, and flushes it.
 * @param about everything but `files`, which are listed as they are there
 * @returns SHA-256 of manifest.json
 * @example writeManifest(dir, {format: 1, kind: "assessment", release: {id, manifest}})
 */
export function writeManifest(directory: string, about: Omit<ReleaseManifest, "files"> | Omit<PackageManifest, "files">): string {
  const text = manifestText({...about, files: fileHashes(directory)} as Manifest);
  const path = join(directory, MANIFEST);
  writeFileSync(path, text);
  flushFile(path);
  return createHash("sha256").update(text).digest("hex");
}

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const text = z.string().max(2000);
const whole = z.int().min(0);
const name = text.nullable();

const files = z
  .array(z.strictObject({path: z.string().min(1).max(1000).refine(isInside), bytes: whole, sha256: hex, sm3: hex}))
  .max(100_000);

const releaseSchema = z.strictObject({
  format: z.literal(1),
  kind: z.literal("release"),
  release: z.strictObject({
    id: z.string().regex(/^[a-z0-9-]{1,200}$/),
    approver: z.strictObject({name: text, post: text, organ: text}),
    on: date,
    meeting: name,
    document_no: name,
    waivers: z.array(z.strictObject({what: text, reason: text})).max(1000),
    supersedes: name
  }),
  decision: z.strictObject({n: z.int().min(1), at: text, hash: hex}),
  authority: text,
  regime: text,
  year: z.int().min(1949).max(2999),
  demo: z.boolean(),
  as_of: date,
  decisions_until: date,
  known_at: text,
  run: hex,
  digest: hex,
  provisional: z.boolean(),
  semantics: whole,
  contract: whole,
  versions: z.strictObject({program: text, node: text, duckdb: text}),
  files
});

const packageSchema = z.looseObject({
  format: z.literal(1),
  kind: z.string().regex(/^[a-z][a-z0-9-]{0,49}$/),
  release: z.strictObject({id: z.string().regex(/^[a-z0-9-]{1,200}$/), manifest: hex}).nullable(),
  files
});

/** Whether a path stays below its directory and reads the same on every system. */
function isInside(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  if (/[\\:\u0000-\u001f]/.test(path)) return false;
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

/**
 * Reads manifest.json of a release or package. Nothing is compared with the files yet.
 * Errors: Fault 2 when there is none, or it is not what this program writes: shape, order, paths that lead outside, bytes that are not
 * canonical.
 */
export function readManifest(directory: string): ReadManifest {
  const file = join(directory, MANIFEST);
  const place = {file};
  const bytes = manifestBytes(file);
  const value = parsed(bytes);
  const isRelease = typeof value === "object" && value !== null && "kind" in value && value.kind === "release";
  const checked = (isRelease ? releaseSchema : packageSchema).safeParse(value);
  if (!checked.success) {
    const path = checked.error.issues[0]?.path.join(".") || "整个文件";
    throw fault(2, {place, what: `清单的 ${path} 缺少或不对`, advice: "清单被改动过，或由另一个版本写成；请用原来的文件"});
  }
  const manifest = checked.data as unknown as Manifest;
  if (manifest.files.some(({path}, i) => i > 0 && bytewise(manifest.files[i - 1]?.path ?? "", path) >= 0))
    throw fault(2, {place, what: "清单里的文件没有按路径排序，或写重了", advice: "清单被改动过，请用原来的文件"});
  if (manifestText(manifest) !== bytes.toString("utf8"))
    throw fault(2, {place, what: "清单不是规范写法（键的顺序、空白或编码）", advice: "清单被改动过，请用原来的文件"});
  const hash = (algorithm: string) => createHash(algorithm).update(bytes).digest("hex");
  return {manifest, sha256: hash("sha256"), sm3: hash("sm3")};
}

function manifestBytes(file: string): Buffer {
  const entry = lstatSync(file, {throwIfNoEntry: false});
  const place = {file};
  if (!entry) throw fault(2, {place, what: "没有清单", advice: "请指出审定件或导出件的目录，里面应有 manifest.json"});
  if (!entry.isFile()) throw fault(2, {place, what: "清单不是普通文件", advice: "请用原来的文件"});
  if (entry.size > MANIFEST_BYTES) throw fault(2, {place, what: "清单太大", advice: "这不是巡衡写成的清单，请用原来的文件"});
  return readFileSync(file);
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return null;
  }
}

/** Whether a manifest is of a release. */
export function isRelease(manifest: Manifest): manifest is ReleaseManifest {
  return manifest.kind === "release";
}
