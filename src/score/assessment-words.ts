import type {Appraised, AssessmentUse, UsedResult} from "./assessment.ts";
import type {Share} from "./assessment-share.ts";
import {points} from "./score.ts";
import type {Covered, Milli} from "./types.ts";

/** How far a unit has been inspected this year, as a clause of a sentence. */
export function coveredText(covered: Covered, word: string, because: string | null = null): string {
  const texts: Record<Covered, string> = {
    已巡查: `本年度已${word}`,
    巡查中: `本年度${word}尚未结束`,
    当年不再安排: `本年度不再安排${word}`,
    未巡查: `本年度未${word}`
  };
  return `${texts[covered]}${because === null ? "" : `：${because}`}`;
}

/** Why an indicator of a 参考, 依据 or 纳入 has the points it has. */
export function becauseOf({
  use,
  share,
  full,
  milli,
  entered,
  covered,
  result,
  word
}: {
  readonly use: AssessmentUse;
  readonly share: Share;
  readonly full: Milli;
  readonly milli: Milli | null;
  readonly entered: Appraised | null;
  readonly covered: Covered;
  readonly result: UsedResult | null;
  readonly word: string;
}): string {
  if (result === null) return "why" in share ? share.why : "";
  const from = sourceText(result, covered, word);
  if ("why" in share || milli === null) return `${from}${"why" in share ? share.why : ""}`;
  const worth = `${from}${share.words}，按满分${points(full)}分折合${points(milli)}分`;
  const vetoed = use.rule !== null && result.score.vetoes.length > 0 ? ["否决或降等不改变单条规则的得分"] : [];
  return [worth, ...vetoed, effectText(use, milli, entered), ...provisionalText(result)].join("；");
}

/** Why an item of the assessment has the inspection's points. */
export function replacedBecause({
  own,
  item,
  num,
  den,
  inspected,
  result,
  word
}: {
  readonly own: Appraised;
  readonly item: string;
  readonly num: Milli;
  readonly den: Milli;
  readonly inspected: Milli;
  readonly result: UsedResult;
  readonly word: string;
}): string {
  const worth = `${word}内容${item}得${points(num)}分（满分${points(den)}分），按满分${points(own.full_milli)}分折合${points(inspected)}分`;
  const vetoed = result.score.vetoes.length > 0 ? ["否决或降等不改变单项内容的得分"] : [];
  return [worth, `替代考核表的${points(own.points_milli)}分`, ...vetoed, ...provisionalText(result)].join("；");
}

/** Why an item of the assessment keeps its own points, or has none. */
export function ownBecause({
  own,
  code,
  item,
  isInspected,
  covered,
  word
}: {
  readonly own: Appraised | null;
  readonly code: string;
  readonly item: string;
  readonly isInspected: boolean;
  readonly covered: Covered;
  readonly word: string;
}): string {
  if (own === null) return `年度考核表里没有该单位${code}这一项，无从替代`;
  const keeps = `仍按考核表的${points(own.points_milli)}分`;
  if (isInspected) return `${word}内容${item}不涉及该单位，${keeps}`;
  return `${covered === "已巡查" ? `${word}不在本年度` : coveredText(covered, word)}，不替代，${keeps}`;
}

function sourceText({source, year, level}: UsedResult, covered: Covered, word: string): string {
  if (source === "本年巡查") return "";
  if (source === "沿用上次") return `${coveredText(covered, word)}，沿用${year}年的结果：`;
  return `${coveredText(covered, word)}，采用${level ?? "上级"}延伸巡查的结果：`;
}

function effectText({force}: AssessmentUse, milli: Milli, entered: Appraised | null): string {
  if (force === "参考") return "仅供参考，不计入考核得分";
  if (force === "依据") {
    if (entered === null) return "供考核作依据，考核办采纳前不计入";
    return `考核办已评定${points(entered.points_milli)}分，以评定为准`;
  }
  if (entered === null || entered.points_milli === milli) return "计入考核得分";
  return `计入考核得分（考核表另填${points(entered.points_milli)}分，不计，请核对）`;
}

function provisionalText({score}: UsedResult): string[] {
  if (!score.provisional) return [];
  return [`得分暂定${score.provisional_because.length > 0 ? `（${score.provisional_because.join("、")}）` : ""}`];
}
