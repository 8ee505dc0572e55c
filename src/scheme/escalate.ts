import type {FactView} from "../contract/fact.ts";
import type {Path} from "../placed-yaml.ts";
import type {Context} from "./context.ts";
import {isColumn} from "./cost.ts";
import {type Fraction, fractionOf} from "./decimal.ts";
import type {EscalateSpec} from "./schema.ts";
import type {Escalate, Multiple} from "./types.ts";

/** Digits a multiple may have on either side of its fraction, so that a row's cost stays exact in 38 digits. */
const MOST_DIGITS = 15;

/** How repeats cost more; null after a complaint. */
export function escalateOf(c: Context, path: Path, spec: EscalateSpec, view: FactView): Escalate | null {
  for (const [i, name] of spec.by.entries()) {
    isColumn(c, [...path, "by", i], name, view);
    if (spec.by.indexOf(name) < i) c.say([...path, "by", i], `${name} 写了两次`, "请删去一个");
  }
  const factor = above(c, [...path, "factor"], spec.factor, "每次再犯乘上的倍数");
  const at_most = above(c, [...path, "at_most"], spec.at_most, "最高的倍数");
  if (!factor || !at_most) return null;
  const multiples = multiplesOf(factor, at_most);
  if (multiples) return {by: spec.by, factor, at_most, multiples};
  c.say([...path, "factor"], `按${spec.factor}逐次相乘，到${spec.at_most}之前就不能精确计算`, "请减少小数位数，或把 at_most 改小");
  return null;
}

function above(c: Context, path: Path, value: number, what: string): Fraction | null {
  const fraction = fractionOf(value);
  if (fraction && fraction.num > fraction.den) return fraction;
  c.say(path, fraction ? `${what}${value}不大于1` : `${what}${value}不能精确计算`, "请写大于1、至多六位小数的数");
  return null;
}

/**
 * min(factor^(n−1), at_most) for n = 1, 2 … until at_most is reached; null when a power has too many digits.
 * @example multiplesOf({num: 2, den: 1}, {num: 4, den: 1}) // 1, 2, 4
 */
export function multiplesOf(factor: Fraction, at_most: Fraction): Multiple[] | null {
  const multiples: Multiple[] = [];
  let [num, den] = [1n, 1n];
  while (num * BigInt(at_most.den) < BigInt(at_most.num) * den) {
    if (String(num).length > MOST_DIGITS || String(den).length > MOST_DIGITS) return null;
    multiples.push({num: String(num), den: String(den)});
    num *= BigInt(factor.num);
    den *= BigInt(factor.den);
  }
  return [...multiples, {num: String(at_most.num), den: String(at_most.den)}];
}
