import type {Assessment, AssessmentUse} from "../score/assessment.ts";
import type {UseSpec} from "./assessment.ts";
import type {Context} from "./context.ts";
import {pointsText} from "./decimal.ts";

/**
 * What several uses say to each other: for one kind of unit no two claim the same points, and the parts fit into the indicator.
 * `specs` are the uses as written: a rule that does not exist is still no whole score.
 */
export function checkClaims(
  c: Context,
  indicator: Assessment["indicator"],
  uses: readonly AssessmentUse[],
  specs: readonly UseSpec[]
): void {
  const repeated = new Set<number>();
  for (const [i, use] of uses.entries()) {
    const path = ["assessment", "uses", i];
    const before = [...uses.slice(0, i).keys()].filter((j) => isShared(uses[j] as AssessmentUse, use));
    for (const {code} of use.map) {
      const j = before.find((other) => uses[other]?.map.some((pair) => pair.code === code));
      if (j === undefined) continue;
      c.sayKey([...path, "map", code], `考核项 ${code} 已在第${j + 1}项里替代`, "一个考核项只能替代一次，请删去一处");
    }
    checkItems(c, [...path, "map"], use, indicator.code);
    for (const {code, item} of use.map) {
      const j = before.find((other) => uses[other]?.map.some((pair) => pair.item === item && pair.code !== code));
      if (j !== undefined) c.say([...path, "map", code], `内容 ${item} 已在第${j + 1}项里替代别的考核项`, ONCE);
    }
    const j = before.find((other) => isSame(use, specs[i], uses[other], specs[other]));
    if (j === undefined) continue;
    repeated.add(i);
    const claimed = specs[i]?.rule ? `规则 ${specs[i]?.rule} 的分值` : "全部得分";
    c.say(
      [...path, "what"],
      `${claimed}已在第${j + 1}项里用过`,
      "同一分值不能用两次，请删去一项，或写不同的 rule、互不重叠的 unit_kinds"
    );
  }
  for (const i of uses.keys()) checkFull(c, indicator, uses, i, repeated);
}

const ONCE = "同一内容的得分不能用两次，请删去一处";

/** Within one map: an item stands for one code, and no code is the indicator itself, which holds what is counted in. */
function checkItems(c: Context, path: readonly (string | number)[], {map}: AssessmentUse, indicator: string): void {
  for (const [k, {code, item}] of map.entries()) {
    const first = map.slice(0, k).find((pair) => pair.item === item);
    if (first) c.say([...path, code], `内容 ${item} 已用来替代 ${first.code}`, ONCE);
    if (code === indicator)
      c.sayKey([...path, code], `考核项 ${code} 就是年度指标本身`, "请写它所替代的考核项的编号，或改 year_indicator 的 code");
  }
}

function checkFull(
  c: Context,
  {code, full_milli: whole}: Assessment["indicator"],
  uses: readonly AssessmentUse[],
  i: number,
  repeated: ReadonlySet<number>
): void {
  const use = uses[i] as AssessmentUse;
  const own = use.full_milli ?? 0;
  const path = ["assessment", "uses", i, "full"];
  if (own > whole) {
    c.say(path, `满分${pointsText(own)}超过指标 ${code} 的${pointsText(whole)}`, "请改小");
    return;
  }
  if (!counts(use) || repeated.has(i)) return;
  const parts = uses.filter((other, j) => j <= i && counts(other) && !repeated.has(j) && isShared(other, use));
  const sum = parts.reduce((total, {full_milli}) => total + (full_milli ?? 0), 0);
  if (sum > whole)
    c.say(
      path,
      `各项满分合计${pointsText(sum)}，超过指标 ${code} 的${pointsText(whole)}`,
      "请调整各项 full；没有写 full 的一项占整个指标"
    );
}

/** Whether two uses reach a unit of the same kind. */
function isShared(a: AssessmentUse, b: AssessmentUse): boolean {
  return a.unit_kinds.some((kind) => b.unit_kinds.includes(kind));
}

/** Whether two uses take the same points: both add them, or one contradicts the other on the same thing. */
function isSame(
  a: AssessmentUse | undefined,
  aSpec: UseSpec | undefined,
  b: AssessmentUse | undefined,
  bSpec: UseSpec | undefined
): boolean {
  if (!a || !b || a.force === "替代" || b.force === "替代" || aSpec?.rule !== bSpec?.rule) return false;
  return (counts(a) && counts(b)) || a.what === b.what;
}

/** Whether a use adds points to the indicator. */
function counts({force}: AssessmentUse): boolean {
  return force === "依据" || force === "纳入";
}
