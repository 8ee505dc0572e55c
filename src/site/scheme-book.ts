import {factOf} from "../contract/fact.ts";
import {TABLES} from "../contract/index.ts";
import {escalateWords, weightWords} from "../scheme/measure-words.ts";
import type {Band, Cost, Measure, Rule, Scheme, Value} from "../scheme/types.ts";
import type {Plan} from "../score/types.ts";

/**
 * A scheme as the page 制度 shows it: what every rule counts and what it costs, in words.
 * Shape: a checked scheme and its plan in; plain JSON out, points as numbers of a point.
 */
export function schemeBook(scheme: Scheme, plan: Plan) {
  const {id, name, document_no, issued_by, issued_on, effective_from, applies_to, period, start, uninspected, grades, items} =
    scheme;
  return {
    ...{id, name, document_no, issued_by, issued_on, effective_from, applies_to, period, start, uninspected},
    grades: grades.map((g) => ({name: g.name, from_milli: g.from_milli})),
    items: items.map(({no, title, full_milli, applies}) => ({no, title, full_milli, applies: applies?.text ?? null})),
    bonus_cap_milli: plan.bonus_cap_milli,
    caps: scheme.caps,
    rules: scheme.rules.map(ruleLine)
  };
}

function ruleLine(rule: Rule) {
  const {id, name, breach, basis, over, where, applies, cap_milli, highest_of, measure} = rule;
  return {
    id,
    item: rule.placed_item,
    name,
    breach,
    basis,
    measure: measure.kind,
    over: over === null ? null : factOf(over).title,
    where: where?.text ?? null,
    applies: applies?.text ?? null,
    cap_milli,
    cost: measureText(measure, highest_of !== null, over) + repeatedText(rule)
  };
}

function repeatedText({weight, escalate, over}: Rule): string {
  if (over === null) return "";
  return (weight ? weightWords(weight, over) : "") + (escalate ? escalateWords(escalate, over) : "");
}

function measureText(measure: Measure, dearest: boolean, over: Rule["over"]): string {
  const once = dearest ? "，同一事项只按最高一项计" : "";
  switch (measure.kind) {
    case "deduct":
      return `${measure.once ? "有则一次扣" : "每项扣"}${costText(measure.cost, over)}${once}`;
    case "bonus":
      return `每项加${costText(measure.cost, over)}${once}`;
    case "ratio":
      return ratioText(measure);
    case "steps":
      return `按${valueText(measure.value)}分档：${bandsText(measure.bands)}`;
    case "change":
      return `按${valueText(measure.value)}比上年同期的增减分档：${bandsText(measure.bands)}`;
    case "percentile":
      return `按${valueText(measure.value)}在${measure.within ? "本组" : ""}同类单位中的位次（比它差的单位所占比率）分档：${bandsText(measure.bands)}`;
    case "judge":
      return `评议，${points(measure.from_milli, "")}至${points(measure.to_milli)}`;
    case "veto":
      return measure.score_milli === null
        ? `一票否决：等次最高为“${measure.grade_at_most}”`
        : `一票否决：得分计${points(measure.score_milli)}`;
  }
}

function bandsText(bands: readonly Band[]): string {
  return bands.map((b, i) => `${i === bands.length - 1 ? "其余" : `${share(b)}以上`}${points(b.milli)}`).join("；");
}

function ratioText({of, among, points_milli, target, at_least}: Extract<Measure, {kind: "ratio"}>): string {
  const what = `（${of.text}）占${among ? `（${among.text}）` : "全部"}的比率`;
  if (target) return `${what}低于${share(target)}的，每低1个百分点扣${points(target.lose_milli)}，至多${points(points_milli)}`;
  if (at_least) return `${what}达到${share(at_least)}计${points(points_milli)}，否则不计`;
  return `${what}，按比例计，满${points(points_milli)}`;
}

function valueText(value: Value): string {
  const what =
    "count" in value
      ? `数量${value.count ? `（${value.count.text}）` : ""}`
      : "sum" in value
        ? `合计（${value.sum.text}）`
        : `比率（${value.ratio.of.text}${value.ratio.among ? `，在${value.ratio.among.text}之中` : ""}）`;
  return value.per ? `每个监管对象的${what}` : what;
}

function costText(cost: Cost, over: Rule["over"]): string {
  if (!("table" in cost))
    return /^[\d.]+$/.test(cost.expression.text.trim()) ? `${cost.expression.text.trim()}分` : `（${cost.expression.text}）分`;
  const order = over === null ? [] : (TABLES.find((t) => t.name === over)?.columns.find((c) => c.name === cost.by)?.values ?? []);
  return cost.table
    .toSorted((a, b) => order.indexOf(a.value) - order.indexOf(b.value))
    .map(({value, milli}) => `${value}${points(milli)}`)
    .join("、");
}

function points(milli: number, unit = "分"): string {
  return `${milli / 1000}${unit}`;
}

function share({num, den}: {num: number; den: number}): string {
  return den === 1 ? String(num) : `${Number(((100 * num) / den).toFixed(2))}%`;
}
