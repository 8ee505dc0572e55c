import {createHash} from "node:crypto";
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync
} from "node:fs";
import {basename, dirname, join} from "node:path";
import {fault, type Place} from "../fault.ts";
import {argsComplaint, type DecisionKind} from "./decision-shape.ts";
import {flushDirectory, flushFile} from "./flush.ts";

export {DECISIONS, type DecisionKind, KIND_WORDS} from "./decision-shape.ts";

/** One line of decisions.jsonl; each names the hash of the line before. */
export interface Decision {
  readonly n: number;
  readonly at: string;
  readonly kind: DecisionKind;
  readonly by: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly prev: string;
  readonly hash: string;
}

/** What a decision says, before it has its place in the chain. */
export type DecisionBody = Pick<Decision, "at" | "kind" | "by" | "args">;

/** Decisions in order, and what a killed command left of a line at the end, if anything. */
export interface DecisionLog {
  readonly decisions: readonly Decision[];
  readonly torn: string | null;
}

const RESTORE = "请用备份恢复decisions.jsonl";

/**
 * Reads the decisions and follows their chain. A last line that only lacks its line end is whole, and counts.
 * Errors: Fault 2 when decisions are missing at the end, or naming the line that is no decision, does not follow from the one before, or has a kind or shape that this program
 * does not know. A torn last line is reported, not an error.
 */
export function readDecisions(path: string): DecisionLog {
  const {decisions, torn} = readLog(path);
  return {decisions, torn: torn === null ? null : torn.toString("utf8")};
}

function readLog(path: string): {decisions: Decision[]; torn: Buffer | null} {
  const log = existsSync(path) ? readLines(path) : {decisions: [], torn: null};
  checkEnd(path, log.decisions);
  return log;
}

/** How many decisions there were when the last one was written, and its hash: lines taken from the end would not be missed otherwise. */
interface End {
  readonly n: number;
  readonly hash: string;
}

function endFile(path: string): string {
  return join(dirname(path), "decisions.end");
}

/** Errors: Fault 2 when decisions are missing at the end. A kill between a decision and its mark leaves the mark behind, which is no fault. */
function checkEnd(path: string, decisions: readonly Decision[]): void {
  const file = endFile(path);
  const end = existsSync(file) ? (parsed(readFileSync(file, "utf8")) as unknown as End | null) : null;
  if (end === null || decisions[end.n - 1]?.hash === end.hash) return;
  const missing = end.n - decisions.length;
  const what = missing > 0 ? `末尾少了${missing}条决定，记录被改动过` : `第${end.n}条决定不是原来的那一条，记录被改动过`;
  throw fault(2, {place: {file: path}, what, advice: RESTORE});
}

function writeEnd(path: string, {n, hash}: End): void {
  const file = endFile(path);
  writeFileSync(`${file}.new`, `${JSON.stringify({n, hash})}\n`);
  flushFile(`${file}.new`);
  renameSync(`${file}.new`, file);
}

function readLines(path: string): {decisions: Decision[]; torn: Buffer | null} {
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(0x0a) + 1;
  const lines = bytes.subarray(0, end).toString("utf8").split("\n").slice(0, -1);
  const decisions: Decision[] = [];
  for (const [i, line] of lines.entries()) {
    const place = {file: path, line: i + 1};
    const decision = parsed(line);
    if (!decision) throw fault(2, {place, what: "不是完整的决定记录", advice: RESTORE});
    if (!follows(decision, decisions))
      throw fault(2, {place, what: `第${i + 1}条决定与前一条接不上，记录被改动过`, advice: RESTORE});
    checkShape(decision, place);
    decisions.push(decision);
  }
  const tail = bytes.subarray(end);
  if (tail.length === 0) return {decisions, torn: null};
  const last = parsed(tail.toString("utf8"));
  if (!last || !follows(last, decisions)) return {decisions, torn: tail};
  checkShape(last, {file: path, line: decisions.length + 1});
  return {decisions: [...decisions, last], torn: null};
}

/**
 * The decision as it will stand after the others. Nothing is written.
 * @example sealDecision([], {at: "2026-01-05T09:00:00+08:00", kind: "revoke-batch", by: "张三", args: {batch: "000003-finding"}}).n // 1
 */
export function sealDecision(before: readonly Decision[], {at, kind, by, args}: DecisionBody): Decision {
  const body = {n: before.length + 1, at, kind, by, args, prev: before.at(-1)?.hash ?? ""};
  return {...body, hash: hashOf(body)};
}

/**
 * Appends a decision and flushes it with its directory; call it under the lock. A torn last line is first moved to a file beside.
 * A write that fails halfway (disk full) is taken back, so that the file is as before.
 * @example appendDecision(path, {at: "2026-01-05T09:00:00+08:00", kind: "revoke-batch", by: "张三", args: {batch: "000003-finding"}})
 */
export function appendDecision(path: string, body: DecisionBody): Decision {
  setTornAside(path);
  const {decisions} = readLog(path);
  const decision = sealDecision(decisions, body);
  const file = openSync(path, "a+");
  try {
    const {size} = fstatSync(file);
    const isOpen = size > 0 && readFileSync(path).at(-1) !== 0x0a;
    try {
      writeFileSync(file, `${isOpen ? "\n" : ""}${JSON.stringify(decision)}\n`);
      fsyncSync(file);
    } catch (error) {
      ftruncateSync(file, size);
      throw error;
    }
  } finally {
    closeSync(file);
  }
  writeEnd(path, decision);
  flushDirectory(dirname(path));
  return decision;
}

/**
 * Moves a torn last line to a file beside, so that the next line begins anew; call it under the lock.
 * Shape: the sentence to tell the user, or null when nothing was torn.
 */
export function setTornAside(path: string): string | null {
  const {decisions, torn} = readLog(path);
  if (torn === null) return null;
  let aside = `${path}.torn-${decisions.length + 1}`;
  for (let i = 2; existsSync(aside); i++) aside = `${path}.torn-${decisions.length + 1}-${i}`;
  writeFileSync(aside, torn);
  flushFile(aside);
  const file = openSync(path, "r+");
  try {
    ftruncateSync(file, fstatSync(file).size - torn.length);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  flushDirectory(dirname(path));
  return `决定记录的最后一行没有写完（写它的命令中途被终止），这条决定没有生效，残行已移到 ${basename(aside)}；如仍需要，请重新作出决定`;
}

function follows({hash, ...body}: Decision, before: readonly Decision[]): boolean {
  return body.n === before.length + 1 && body.prev === (before.at(-1)?.hash ?? "") && hash === hashOf(body);
}

function checkShape(decision: Decision, place: Place): void {
  const complaint = argsComplaint(decision);
  if (complaint) throw fault(2, {place, ...complaint});
}

function hashOf({n, at, kind, by, args, prev}: Omit<Decision, "hash">): string {
  return createHash("sha256")
    .update(JSON.stringify([n, at, kind, by, args, prev]))
    .digest("hex");
}

function parsed(line: string): Decision | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Decision) : null;
  } catch {
    return null;
  }
}
