import type {ScoreResult} from "../../score/types.ts";
import {chineseDate} from "../official/date.ts";

/**
 * The period of a result as a document names it.
 * @example periodWords({kind: "year", from: "2025-01-01", to: "2025-12-31", round_no: null}) // "2025年度"
 */
export function periodWords({kind, from, to, round_no}: ScoreResult["period"]): string {
  const [start, end] = [from.slice(0, 4), to.slice(0, 4)];
  if (kind === "year") return `${start}年度`;
  if (kind === "round" && round_no !== null) return `${start === end ? start : `${start}—${end}`}年第${round_no}轮`;
  return start === end ? `${start}年` : `${start}—${end}年`;
}

/** The days of a period in a sentence. @example stretchOf({from: "2025-01-01", to: "2025-12-31"}) // "2025年1月1日至2025年12月31日" */
export function stretchOf({from, to}: Pick<ScoreResult["period"], "from" | "to">): string {
  return `${chineseDate(from)}至${chineseDate(to)}`;
}

/** A share in per cent, one decimal; nothing to share is —. @example percent(1, 3) // "33.3%" */
export function percent(part: number, whole: number): string {
  return whole === 0 ? "—" : `${(Math.round((part * 1000) / whole) / 10).toFixed(1)}%`;
}
