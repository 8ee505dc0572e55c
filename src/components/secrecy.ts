import type {SpaceFacts, UnitRow} from "./types.js";

type Space = Pick<SpaceFacts, "secrecy" | "regime">;

/**
 * Why something is not on the page: the regime keeps it secret, by which clause; null where nothing is kept back.
 * @example keptBack(space) // "按制度保密（第九条（二））"
 */
export function keptBack({secrecy}: Pick<SpaceFacts, "secrecy">): string | null {
  return secrecy ? `按制度保密（${secrecy.clause}）` : null;
}

/** How a unit counts as done: 已巡查, or 已反馈 where nothing is told before the feedback. */
export function doneWord({secrecy, regime}: Space): string {
  return secrecy?.until ? "已反馈" : `已${regime.words.inspection ?? "巡查"}`;
}

/** Why a unit has no score, when the regime lets nobody know whether it was inspected; null for other units. */
export function notTold({covered}: Pick<UnitRow, "covered">, {secrecy, regime}: Space): string | null {
  if (covered !== "未反馈") return null;
  const {inspection = "巡查"} = regime.words;
  return `本期没有全部反馈的${inspection}。有没有进行过，${secrecy ? keptBack({secrecy}) : "按制度保密"}；反馈之后才显示得分。`;
}
