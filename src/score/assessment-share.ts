import type {AssessmentUse, UsedResult} from "./assessment.ts";
import {points} from "./score.ts";
import type {Milli, Plan} from "./types.ts";

/** A part of the indicator's full points, as whole numbers with the words for it; or why there is none. */
export type Share = {readonly num: number; readonly den: number; readonly words: string} | {readonly why: string};

/** The full score: 100 points. */
const WHOLE = 100_000;

/**
 * The whole score as a share of 100, after vetoes; points above 100 (a bonus) are not counted, because no indicator gives more than
 * its full points.
 * @example wholeShare(result, "巡查") // {num: 89400, den: 100000, words: "巡查得分89.40分"}
 */
export function wholeShare({score}: UsedResult, word: string): Share {
  if (score.milli === null) return {why: `各项${word}内容均不涉及，没有得分`};
  const beyond = score.milli > WHOLE ? "，加分超出100分的部分不计" : "";
  return {num: Math.min(score.milli, WHOLE), den: WHOLE, words: `${word}得分${score.score}分${beyond}`};
}

/**
 * A rule's points as a share of what it can lose at most (start zero: earn at most), after 择高返还 and the rule's own cap.
 * The item's floor, caps of groups and vetoes do not reach it: it is the rule that counts here, not the score.
 */
export function ruleShare(plan: Plan, {id, name, most_milli}: NonNullable<AssessmentUse["rule"]>, {tally}: UsedResult): Share {
  const rule = plan.rules.find((r) => r.id === id);
  const called = `规则${id}“${name}”`;
  const rows = tally.filter((row) => row.rule_id === id);
  const isOut = tally.some((row) => row.bucket === "na" && (row.rule_id === id || row.rule_id === `item:${rule?.item}`));
  if (isOut) return {why: `${called}不涉及该单位`};
  if (rows.some((row) => row.bucket === "pending")) return {why: `${called}尚未评议`};
  const value = rows.reduce((sum, row) => sum + row.raw_milli, 0);
  const bounded = Math.min(most_milli, Math.max(0, plan.start === "full" ? -value : value));
  const words = `${called}${plan.start === "full" ? `至多扣${points(most_milli)}分，扣${points(bounded)}分` : `至多得${points(most_milli)}分，得${points(bounded)}分`}`;
  return {num: plan.start === "full" ? most_milli - bounded : bounded, den: most_milli, words};
}

/**
 * `full` × num ÷ den in milli-points, rounded half away from zero to a hundredth of a point; exact.
 * Errors: RangeError for a divisor that is not positive.
 * @example scaled(10000, 89450, 100000) // 8950: 8.945 is rounded up
 */
export function scaled(full: Milli, num: number, den: number): Milli {
  if (den <= 0) throw new RangeError("除数应大于0");
  const [n, d] = [BigInt(full) * BigInt(num), 10n * BigInt(den)];
  const sign = n < 0n ? -1n : 1n;
  return 10 * Number(sign * ((2n * n * sign + d) / (2n * d)));
}
