import type {BatchQuality, DecisionRow} from "./types.js";

/** Kinds of decisions in the words of the commands' help. */
const DECISIONS: Readonly<Record<string, string>> = {
  "accept-withdrawals": "接受撤走",
  "revoke-batch": "撤销批次",
  waive: "不再更正",
  approve: "审定",
  supersede: "取代审定结果",
  "withdraw-release": "撤回审定结果",
  "trust-key": "信任签名"
};

/** What a decision of the record is called. */
export function decisionWord({kind}: Pick<DecisionRow, "kind">): string {
  return DECISIONS[kind] ?? kind;
}

/**
 * What a decision is about, in one line: the batch, source, release or key, how many rows, on whose authority, the reason given.
 * @example decisionText({args: {source: "finding", marks: ["a"], reason: "重复"}}) // "finding，1行，理由：重复"
 */
export function decisionText({args}: Pick<DecisionRow, "args">): string {
  const {batch, source, release, name, marks, keys, post, meeting, document_no, supersedes, waivers, reason} = args;
  const count = Array.isArray(marks) ? marks.length : typeof keys === "number" ? keys : null;
  return [
    batch ?? source ?? release ?? name,
    count === null ? null : `${count}行`,
    ...[post, meeting, document_no],
    supersedes ? `取代${supersedes}` : null,
    Array.isArray(waivers) && waivers.length > 0 ? `豁免${waivers.length}项` : null,
    reason ? `理由：${reason}` : null
  ]
    .filter(Boolean)
    .join("，");
}

/** How a batch was loaded, and whether it still counts. */
export function batchState({mode, revoked, current}: Pick<BatchQuality, "mode" | "revoked" | "current">): string {
  if (revoked) return "已撤销";
  if (mode === "corrections") return "更正";
  return current ? "现行" : "已被后来的取代";
}

/** A moment as tables show it: day and minute. */
export function minute(at: string): string {
  return at.slice(0, 16).replace("T", " ");
}

/** Where a row stands in the office's files. */
export function placeText({
  file,
  sheet,
  row
}: {
  readonly file: string;
  readonly sheet: string | null;
  readonly row: number;
}): string {
  return `${sheet === null ? file : `${file} ${sheet}`} 第${row}行`;
}

/** A count as tables show it; nothing for 0. */
export function some(count: number): string {
  return count === 0 ? "" : count.toLocaleString("en");
}
