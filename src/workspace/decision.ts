import {appendLink, type Chain, type Link, readChain, sealLink, setTornLineAside} from "./chain.ts";
import {argsComplaint, type DecisionKind} from "./decision-shape.ts";

export {DECISIONS, type DecisionKind, KIND_WORDS} from "./decision-shape.ts";

/** One line of decisions.jsonl; each names the hash of the line before. */
export interface Decision extends Link {
  readonly at: string;
  readonly kind: DecisionKind;
  readonly by: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What a decision says, before it has its place in the chain. */
export type DecisionBody = Pick<Decision, "at" | "kind" | "by" | "args">;

/** Decisions in order, and what a killed command left of a line at the end, if anything. */
export interface DecisionLog {
  readonly decisions: readonly Decision[];
  readonly torn: string | null;
}

const CHAIN: Chain<Decision> = {
  word: "决定",
  lost: "这条决定没有生效",
  restore: "请用备份恢复decisions.jsonl",
  fields: ["at", "kind", "by", "args"],
  complaint: argsComplaint
};

/**
 * Reads the decisions and follows their chain. A last line that only lacks its line end is whole, and counts.
 * Errors: Fault 2 when decisions are missing at the end, or naming the line that is no decision, does not follow from the one before, or has a kind or shape that this program
 * does not know. A torn last line is reported, not an error.
 */
export function readDecisions(path: string): DecisionLog {
  const {links, torn} = readChain(CHAIN, path);
  return {decisions: links, torn};
}

/**
 * The decision as it will stand after the others. Nothing is written.
 * @example sealDecision([], {at: "2026-01-05T09:00:00+08:00", kind: "revoke-batch", by: "张三", args: {batch: "000003-finding"}}).n // 1
 */
export function sealDecision(before: readonly Decision[], body: DecisionBody): Decision {
  return sealLink(CHAIN, before, body);
}

/**
 * Appends a decision and flushes it with its directory; call it under the lock. A torn last line is first moved to a file beside.
 * A write that fails halfway (disk full) is taken back, so that the file is as before.
 * @example appendDecision(path, {at: "2026-01-05T09:00:00+08:00", kind: "revoke-batch", by: "张三", args: {batch: "000003-finding"}})
 */
export function appendDecision(path: string, body: DecisionBody): Decision {
  return appendLink(CHAIN, path, body);
}

/**
 * Moves a torn last line to a file beside, so that the next line begins anew; call it under the lock.
 * Shape: the sentence to tell the user, or null when nothing was torn.
 */
export function setTornAside(path: string): string | null {
  return setTornLineAside(CHAIN, path);
}
