import {lstatSync, mkdirSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join, relative, resolve} from "node:path";
import {Fault, fault} from "../fault.ts";
import type {EngineOptions} from "../warehouse/duckdb.ts";
import type {Decision} from "../workspace/decision.ts";
import {shownPath} from "../workspace/workspace.ts";
import {isRelease, MANIFEST, type PackageManifest, type ReadManifest, type ReleaseManifest, readManifest} from "./manifest.ts";
import {PARTS} from "./office-file.ts";
import {releaseDirectory} from "./settle.ts";
import {checkSignatures, type SignatureCheck} from "./sign.ts";
import {standings} from "./standing.ts";
import type {TrustedKey} from "./trust.ts";
import {checkDecisions, compareRecord} from "./verify/decisions.ts";
import {type CheckedFile, checkFiles, type Problem, shown} from "./verify/files.ts";
import {checkResult, type Recompute, remakeRelease, rerunScript} from "./verify/recompute.ts";

/** What verify is asked with, beside the directory. */
export interface VerifyOptions extends EngineOptions {
  /** Keys that the asker answers for (readTrusted). */
  readonly trusted: readonly TrustedKey[];
  /** The workspace's own record, whose chain was followed; null: it is not at hand. */
  readonly record: {readonly decisions: readonly Decision[]; readonly space: Parameters<typeof releaseDirectory>[0]} | null;
  /** Told what is being done. */
  readonly progress?: ((text: string) => void) | undefined;
}

/** What verify found. */
export interface Verification {
  /** Everything holds, and a key that is trusted signed it. */
  readonly ok: boolean;
  /** Whether what is there is what was written, whoever signed it. */
  readonly unchanged: boolean;
  /** `release`, or the kind of a package of exports; null when there is no readable manifest. */
  readonly kind: string | null;
  /** The release, or the one that a package names; null for a package of 未审定 data. */
  readonly release: {readonly id: string; readonly manifest: string} | null;
  /** What a release says of its approval. */
  readonly about: ReleaseManifest | null;
  /** SHA-256 and SM3 of manifest.json. */
  readonly manifest: {readonly sha256: string; readonly sm3: string} | null;
  readonly files: readonly CheckedFile[];
  readonly problems: readonly Problem[];
  readonly signatures: readonly SignatureCheck[];
  /** Whether score.sql and this program gave the same result; null: not tried. */
  readonly recomputed: {readonly script: boolean | null; readonly program: boolean | null};
  /** Why the release no longer stands, as the workspace's record says; null: it stands, or no record is at hand. */
  readonly fallen: string | null;
  /** What could not be told, in words. */
  readonly notes: readonly string[];
}

/**
 * Verifies a release or a package of exports, offline and without the office that made it: files against the manifest, the chain of
 * decisions, the approval against both, the ledger against the scores; a release is computed again by its own script in a sealed engine
 * and by this program, and every row compared. Nothing is written below the directory.
 * Errors: Fault 2 when there is no such directory. Everything else that is wrong is a problem.
 * @example (await verify("审定件/office-2025-r1", {trusted: [], record: null})).problems
 */
export async function verify(directory: string, options: VerifyOptions): Promise<Verification> {
  if (!lstatSync(directory, {throwIfNoEntry: false}) || !isDirectory(directory))
    throw fault(2, {place: {file: shownPath(directory)}, what: "没有这个目录", advice: "请指出审定件或导出件的目录"});
  const read = readOr(directory);
  if ("problem" in read) return unreadable(directory, read.problem);
  const {progress = () => {}} = options;
  progress("核对各文件的哈希");
  const {files, problems} = checkFiles(directory, read.manifest.files, (bytes) =>
    progress(`核对各文件的哈希：${Math.round(bytes / 2 ** 20)} MiB`)
  );
  const signatures = checkSignatures(directory, options.trusted);
  const found = isRelease(read.manifest)
    ? await verifyRelease(directory, read.manifest, {files, problems}, options)
    : verifyPackage(read.manifest, options);
  const all = [...problems, ...found.problems, ...signatureProblems(signatures)];
  const isSigned = signatures.some((s) => s.valid && s.trusted !== null);
  const release = isRelease(read.manifest) ? {id: read.manifest.release.id, manifest: read.sha256} : read.manifest.release;
  const fallen = standings(options.record?.decisions ?? []).find(({id}) => id === release?.id)?.fallen ?? null;
  return {
    ok: all.length === 0 && fallen === null && isSigned,
    unchanged: all.length === 0,
    kind: read.manifest.kind,
    release,
    about: isRelease(read.manifest) ? read.manifest : null,
    manifest: {sha256: read.sha256, sm3: read.sm3},
    ...{files, problems: all, signatures},
    recomputed: {script: found.script, program: found.program},
    fallen,
    notes: found.notes
  };
}

function isDirectory(path: string): boolean {
  try {
    return lstatSync(join(path, ".")).isDirectory();
  } catch {
    return false;
  }
}

/** The manifest, or why it cannot be read. */
function readOr(directory: string): ReadManifest | {readonly problem: string} {
  try {
    return readManifest(directory);
  } catch (error) {
    if (error instanceof Fault) return {problem: error.complaints[0]?.what ?? error.message};
    throw error;
  }
}

function unreadable(directory: string, what: string): Verification {
  const other = lstatSync(join(directory, PARTS.decisions), {throwIfNoEntry: false}) ? "" : "，也不像审定件";
  return {
    ...{ok: false, unchanged: false, kind: null, release: null, about: null, manifest: null, files: [], signatures: []},
    problems: [{file: MANIFEST, what: `${what}${other}`}],
    recomputed: {script: null, program: null},
    fallen: null,
    notes: []
  };
}

/** Files without which a release cannot be computed again. */
const ESSENTIAL = [PARTS.office, PARTS.regime, PARTS.calendar, PARTS.scores, PARTS.ledger, PARTS.script, PARTS.decisions];

interface Found {
  readonly problems: readonly Problem[];
  readonly script: boolean | null;
  readonly program: boolean | null;
  readonly notes: readonly string[];
}

/** Everything about a release but its hashes and signatures. */
async function verifyRelease(
  directory: string,
  manifest: ReleaseManifest,
  {files, problems: broken}: {readonly files: readonly CheckedFile[]; readonly problems: readonly Problem[]},
  options: VerifyOptions
): Promise<Found> {
  const problems = [...checkDecisions(directory, manifest, files), ...recordProblems(directory, manifest, options.record)];
  const isThere = (path: string) => files.some((f) => f.path === path && f.ok);
  if (isThere(PARTS.scores) && isThere(PARTS.ledger))
    problems.push(...(await attempt(directory, PARTS.ledger, () => checkResult(directory, manifest))));
  // What is changed elsewhere cannot say which rows of the ledger are right.
  const changed = broken.filter(({file}) => file !== PARTS.ledger);
  const listed = new Set(manifest.files.map(({path}) => path));
  const lacking = ESSENTIAL.filter((path) => !listed.has(path));
  problems.push(...lacking.map((file) => ({file, what: "清单里没有这个文件，审定件里必有"})));
  if (changed.length + lacking.length > 0) {
    const notes = ["文件与清单不符，没有重算；先用原来的文件替换以上各处，再核验一次"];
    return {problems, script: null, program: null, notes};
  }
  const scratch = mkdtempSync(join(tmpdir(), "xunheng-verify-"));
  try {
    const recompute = engineOf(options, scratch);
    const script = await attempt(directory, PARTS.script, () => rerunScript(directory, manifest, recompute));
    mkdirSync(join(scratch, "made"));
    const program: Found = await remade(directory, manifest, recompute);
    // The program repeats what the script found: told once, and of a file nothing general after something definite.
    const told = [...broken, ...problems, ...script];
    const isTold = (p: Problem) => told.some((t) => t.file === p.file && (p.row === undefined || p.row === t.row));
    const rest = program.problems.filter((p) => !isTold(p));
    const isSame = program.program === null ? null : program.problems.length === 0;
    const found = [...script, ...rest].toSorted((a, b) => causeRank(a) - causeRank(b));
    return {problems: [...problems, ...found], script: script.length === 0, program: isSame, notes: program.notes};
  } finally {
    rmSync(scratch, {recursive: true, force: true});
  }
}

function engineOf({threads, memory, progress = () => {}}: VerifyOptions, scratch: string): Recompute {
  return {threads, memory, scratch, progress};
}

async function remade(directory: string, manifest: ReleaseManifest, recompute: Recompute): Promise<Found> {
  try {
    return await remakeRelease(directory, manifest, recompute);
  } catch (error) {
    return {problems: [failure(directory, PARTS.facts, error)], script: null, program: false, notes: []};
  }
}

/** What others follow from comes first: facts and rules, the script, the scores, the ledger, the rest. */
function causeRank({file}: Problem): number {
  const causes = [PARTS.facts, PARTS.regime, PARTS.schemes, PARTS.calendar, PARTS.office, PARTS.script, PARTS.scores, PARTS.ledger];
  const rank = causes.findIndex((name) => file === name || file.startsWith(`${name}/`));
  return rank < 0 ? causes.length : rank;
}

/** What a step found; when it fails on what it is given, that. */
async function attempt(directory: string, file: string, step: () => Promise<Problem[]>): Promise<Problem[]> {
  try {
    return await step();
  } catch (error) {
    return [failure(directory, file, error)];
  }
}

function failure(directory: string, file: string, error: unknown): Problem {
  const own = (text: string) => text.replaceAll(`${directory}/`, "");
  if (!(error instanceof Fault)) return {file, what: `读不出来（${shown(own((error as Error).message.split("\n")[0] ?? ""))}）`};
  const [complaint] = error.complaints;
  const place = complaint?.place?.file;
  const below = place === undefined ? "" : relative(directory, resolve(place));
  return {file: below === "" || below.startsWith("..") ? file : shown(below), what: own(complaint?.what ?? error.message)};
}

/** What a workspace's record says of a release that somebody holds. */
function recordProblems(directory: string, manifest: ReleaseManifest, record: VerifyOptions["record"]): Problem[] {
  if (record === null) return [];
  return compareRecord(directory, manifest, record.decisions);
}

/** A package names the release it was made from: with a workspace at hand, whether that is so and still stands. */
function verifyPackage({release}: PackageManifest, {record}: VerifyOptions): Found {
  const nothing = {script: null, program: null};
  if (release === null) return {...nothing, problems: [], notes: ["本件由未经审定的结果生成，不得作为依据"]};
  if (record === null)
    return {...nothing, problems: [], notes: [`本件说由审定结果 ${release.id} 生成；用 -w 指出工作区可核对它是否还有效`]};
  const standing = standings(record.decisions).find(({id}) => id === release.id);
  if (!standing) return {...nothing, problems: [{file: MANIFEST, what: `工作区没有审定结果 ${release.id}`}], notes: []};
  try {
    const {sha256} = readManifest(releaseDirectory(record.space, release.id));
    const what = `所说的审定结果 ${release.id} 的清单与工作区的不同（工作区的是 ${sha256}）`;
    return sha256 === release.manifest
      ? {...nothing, problems: [], notes: [`本件所说的审定结果 ${release.id} 与工作区的是同一份`]}
      : {...nothing, problems: [{file: MANIFEST, what}], notes: []};
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return {
      ...nothing,
      problems: [],
      notes: [`工作区里的审定件 ${release.id} 打不开，没有核对清单：${error.complaints[0]?.what ?? ""}`]
    };
  }
}

function signatureProblems(signatures: readonly SignatureCheck[]): Problem[] {
  return signatures.flatMap(({name, problem, files}) =>
    problem === null ? [] : [{file: files[0] ?? `signatures/${name}`, what: `签名“${name}”无效：${problem}`}]
  );
}
