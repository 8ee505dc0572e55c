import {createHash} from "node:crypto";
import {closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync, writeSync} from "node:fs";
import {fault} from "../fault.ts";

/** What the operator may do to the record. */
export const DECISIONS = [
  "accept-withdrawals",
  "revoke-batch",
  "waive",
  "approve",
  "supersede",
  "withdraw-release",
  "trust-key"
] as const;
export type DecisionKind = (typeof DECISIONS)[number];

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

/** Decisions in order, and the torn last line that was set aside, if any. */
export interface DecisionLog {
  readonly decisions: readonly Decision[];
  readonly torn: string | null;
}

/**
 * Reads the decisions and follows their chain.
 * Errors: Fault 2 naming the line whose hash does not follow from the one before. A torn last line is reported, not an error.
 */
export function readDecisions(path: string): DecisionLog {
  if (!existsSync(path)) return {decisions: [], torn: null};
  const lines = readFileSync(path, "utf8").split("\n");
  const tail = lines.pop() ?? "";
  const decisions: Decision[] = [];
  for (const [i, line] of lines.entries()) {
    const decision = parsed(line);
    const place = {file: path, line: i + 1};
    if (!decision) throw fault(2, {place, what: "不是完整的决定记录", advice: "请用备份恢复decisions.jsonl"});
    const {hash, ...body} = decision;
    const prev = decisions.at(-1)?.hash ?? "";
    if (body.n !== i + 1 || body.prev !== prev || hash !== hashOf(body))
      throw fault(2, {place, what: `第${i + 1}条决定与前一条接不上，记录被改动过`, advice: "请用备份恢复decisions.jsonl"});
    decisions.push(decision);
  }
  return {decisions, torn: tail === "" ? null : tail};
}

/**
 * Appends a decision and flushes it; call it under the lock. A torn last line is first moved to a file beside.
 * @example appendDecision(path, {at: "2026-01-05T09:00:00+08:00", kind: "revoke-batch", by: "张三", args: {batch: "000003-finding"}})
 */
export function appendDecision(path: string, decision: Pick<Decision, "at" | "kind" | "by" | "args">): Decision {
  const {decisions, torn} = readDecisions(path);
  if (torn !== null) {
    writeFileSync(`${path}.torn-${decisions.length + 1}`, torn);
    writeFileSync(`${path}.tmp`, decisions.map((d) => `${JSON.stringify(d)}\n`).join(""));
    renameSync(`${path}.tmp`, path);
  }
  const body = {n: decisions.length + 1, ...decision, prev: decisions.at(-1)?.hash ?? ""};
  const whole: Decision = {...body, hash: hashOf(body)};
  const file = openSync(path, "a");
  writeSync(file, `${JSON.stringify(whole)}\n`);
  fsyncSync(file);
  closeSync(file);
  return whole;
}

function hashOf({n, at, kind, by, args, prev}: Omit<Decision, "hash">): string {
  return createHash("sha256")
    .update(JSON.stringify([n, at, kind, by, args, prev]))
    .digest("hex");
}

function parsed(line: string): Decision | null {
  try {
    return JSON.parse(line) as Decision;
  } catch {
    return null;
  }
}
