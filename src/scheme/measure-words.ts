import {tableNamed} from "../contract/index.ts";
import {OTHERS} from "./cost.ts";
import {bandWords, decimalWords, multipleWords, percentWords, pointWords, type Words} from "./number-words.ts";
import {columnTitle, eachOf, joinWords, nounOf, scopeWords} from "./scope-words.ts";
import type {Band, Cost, Empty, Escalate, Expression, Grain, Measure, Rule, Scheme, Value, Weight} from "./types.ts";

type Of<K extends Measure["kind"]> = Extract<Measure, {kind: K}>;
type Over = Rule & {readonly over: Grain};

/**
 * What a rule counts and what it costs or gives, as a sentence without its final stop.
 * Every kind of measure is here: a new one does not compile before it has words.
 */
export function measureWords(rule: Rule, scheme: Scheme): Words {
  const {measure, over} = rule;
  if (measure.kind === "judge") return [judgeWords(measure, scheme)];
  if (over === null) throw new RangeError(`rule ${rule.id} looks at nothing`);
  const on: Over = {...rule, over};
  const scope = scopeWords(on, scheme);
  switch (measure.kind) {
    case "deduct":
      return deductWords(on, measure, scope);
    case "bonus":
      return joinWords(scope, `，每${eachOf(over)}`, costWords(measure.cost, over, "加"));
    case "ratio":
      return joinWords(scope, ratioWords(measure, scheme, nounOf(over)));
    case "steps":
      return joinWords(
        scope,
        "，按",
        valueWords(measure.value, over),
        "分档：",
        stepWords(measure.value, over, measure.bands, scheme),
        absentWords(measure.value, measure.empty)
      );
    case "change":
      return joinWords(
        scope,
        "，按",
        valueWords(measure.value, over),
        "比上年同期的增幅分档：",
        changeWords(measure.bands, scheme)
      );
    case "percentile":
      return joinWords(scope, "，按", valueWords(measure.value, over), percentileWords(measure, scheme), perWords(measure.value));
    case "veto":
      return joinWords(
        scope,
        `，有一${eachOf(over)}就一票否决：${vetoWords(measure)}`,
        over === "accident" ? "；事故尚未批复结案的为否决待定，得分暂定" : ""
      );
  }
}

function deductWords(rule: Over, {cost, once}: Of<"deduct">, scope: Words): Words {
  const {over, weight, escalate} = rule;
  const isSame = !("table" in cost) && isConstant(cost.expression) && weight === null;
  const charge = once
    ? joinWords(
        `，只要有一${eachOf(over)}就`,
        costWords(cost, over, "扣"),
        isSame ? "，只扣一次" : `，有几${eachOf(over)}的只按最重的一${eachOf(over)}扣一次`
      )
    : joinWords(`，每${eachOf(over)}`, costWords(cost, over, "扣"));
  return joinWords(scope, charge, weight ? weightWords(weight, over) : "", escalate ? escalateWords(escalate, over) : "");
}

/** `扣0.5分`, an expression in points, or a price list. */
function costWords(cost: Cost, over: Grain, verb: "扣" | "加"): Words {
  if (!("table" in cost)) {
    const {expression} = cost;
    return isConstant(expression) ? [`${verb}${expression.text.trim()}分`] : [verb, {sql: expression.text}, "分"];
  }
  const prices = inOrder(cost.table, over, cost.by).map(
    ({value, milli}) => `${value}${milli === 0 ? `不${verb}` : pointWords(milli)}`
  );
  return [`按${columnTitle(over, cost.by)}${verb}分：${prices.join("、")}`];
}

function isConstant({columns, text}: Expression): boolean {
  return columns.length === 0 && /^[\d.]+$/.test(text.trim());
}

/** Values in the contract's own order, 其他 and free texts as written. */
function inOrder<T extends {readonly value: string}>(table: readonly T[], over: Grain, by: string): readonly T[] {
  const values = tableNamed(over).columns.find((c) => c.name === by)?.values ?? [];
  const rank = ({value}: T) => (values.includes(value) ? values.indexOf(value) : values.length + (value === OTHERS ? 1 : 0));
  return table.toSorted((a, b) => rank(a) - rank(b));
}

/** Values not listed weigh 1, or what 其他 says. */
/** How a column weighs a row, as the end of a sentence; empty when it does not. */
export function weightWords({by, table}: Weight, over: Grain): string {
  const times = (milli: number) => (milli === 0 ? "不扣" : milli === 1000 ? "照扣" : `乘以${milli / 1000}`);
  const listed = inOrder(table, over, by).filter(({value, milli}) => value !== OTHERS && milli !== 1000);
  const rest = table.find(({value}) => value === OTHERS)?.milli ?? 1000;
  const factors = [...listed.map(({value, milli}) => `${value}${times(milli)}`), `其余${times(rest)}`];
  return listed.length === 0 && rest === 1000 ? "" : `；再按${columnTitle(over, by)}加权：${factors.join("、")}`;
}

/** How repeats cost more, as the end of a sentence. */
export function escalateWords({by, multiples}: Escalate, over: Grain): string {
  const later = multiples
    .slice(1)
    .map((m, i) => `第${i + 2}${eachOf(over)}${i === multiples.length - 2 ? "起" : ""}按${multipleWords(m)}`);
  return `；${by.map((name) => columnTitle(over, name)).join("和")}相同的按先后加重：${later.join("、")}（该栏空着的不算重复）`;
}

function ratioWords({of, among, points_milli, target, at_least, empty}: Of<"ratio">, {start}: Scheme, noun: string): Words {
  const share = joinWords("，", shareWords(of, among), "，算比率");
  const most = pointWords(points_milli);
  const none = emptyWords(empty, `没有可算的${noun}的`);
  if (at_least) {
    const bound = percentWords(at_least.num, at_least.den);
    return joinWords(
      share,
      start === "full" ? `：达到${bound}的不扣，达不到的扣${most}` : `：达到${bound}的得${most}，达不到的不得分`,
      none
    );
  }
  if (target) {
    const lose = `：低于${percentWords(target.num, target.den)}的，每低1个百分点扣${pointWords(target.lose_milli)}，不足1个百分点的按比例，至多扣${most}`;
    return joinWords(share, lose, none);
  }
  return joinWords(share, start === "full" ? `：比率100%的不扣，0的扣${most}，其间按比例扣` : `：得${most}乘以这个比率`, none);
}

function shareWords(of: Expression, among: Expression | null): Words {
  if (!among) return joinWords("以全部为分母、其中符合", {sql: of.text}, "的为分子");
  return joinWords("以其中符合", {sql: among.text}, "的为分母、又符合", {sql: of.text}, "的为分子");
}

function valueWords(value: Value, over: Grain): Words {
  const per = value.per === null ? "" : `除以${columnTitle("unit", value.per)}（每一个监管对象平均）`;
  if ("sum" in value) return joinWords("各", eachOf(over), {sql: value.sum.text}, "的合计", per);
  if ("ratio" in value) {
    return joinWords("比率（", shareWords(value.ratio.of, value.ratio.among), "）", per);
  }
  const counted =
    value.count && value.count.text.trim() !== "true"
      ? joinWords("其中符合", {sql: value.count.text}, `的${eachOf(over)}数`)
      : [`${eachOf(over)}数`];
  return joinWords(counted, per);
}

function gain(scheme: Scheme): (band: Band) => string {
  return ({milli}) => (scheme.start === "full" ? (milli === 0 ? "不扣" : `扣${pointWords(milli)}`) : `得${pointWords(milli)}`);
}

function stepWords(value: Value, over: Grain, bands: readonly Band[], scheme: Scheme): string {
  const isShare = "ratio" in value && value.per === null;
  const unit = "count" in value && value.per === null ? eachOf(over) : "";
  return bandWords(bands, (b) => (isShare ? percentWords(b.num, b.den) : `${decimalWords(b)}${unit}`), gain(scheme));
}

function changeWords(bands: readonly Band[], scheme: Scheme): string {
  const list = bandWords(bands, (b) => percentWords(b.num, b.den), gain(scheme));
  const points = bands.map((b) => b.milli);
  const worst = scheme.start === "full" ? Math.max(...points) : Math.min(...points);
  return `${list}；上年同期为0而今年不为0的${gain(scheme)({num: 0, den: 1, milli: worst})}，两年都为0的按增幅0；上年同期没有可比的，本规则不涉及（增幅为负即下降）`;
}

function percentileWords({better, within, bands}: Of<"percentile">, scheme: Scheme): string {
  const peers = within === null ? "同类单位" : "同类、同一考核分组的单位";
  const list = bandWords(bands, (b) => percentWords(b.num, b.den), gain(scheme));
  return `，${better === "low" ? "越低越好" : "越高越好"}，看其他已巡查的${peers}中比本单位差的占多少：${list}；其他单位不足5个的，本规则不涉及`;
}

function judgeWords({from_milli, to_milli}: Of<"judge">, {start}: Scheme): string {
  const range = `由评议人在${pointWords(from_milli)}到${pointWords(to_milli)}之间评定，写明理由、评议人和日期`;
  return `${range}；${start === "full" ? `评定的分比${pointWords(to_milli)}少多少就扣多少` : "评多少得多少"}；还没有评议的，得分暂定`;
}

function vetoWords({score_milli, grade_at_most}: Of<"veto">): string {
  const score = score_milli === null ? null : `得分${score_milli === 0 ? "" : "至多"}计${pointWords(score_milli)}`;
  const grade = grade_at_most === null ? null : `等次最高为“${grade_at_most}”`;
  return [score, grade].filter((effect) => effect !== null).join("，");
}

/** What becomes of a rule when there is nothing to divide by; a plain count or sum always is a number. */
function absentWords(value: Value, empty: Empty): string {
  if (value.per !== null) return perWords(value);
  return "ratio" in value ? emptyWords(empty, "没有可算的") : "";
}

function perWords({per}: Value): string {
  return per === null ? "" : `；${columnTitle("unit", per)}空着或为0的，不涉及`;
}

function emptyWords(empty: Empty, when: string): string {
  switch (empty) {
    case "na":
      return `；${when}，本规则不涉及`;
    case "full":
      return `；${when}，按最好的计`;
    case "zero":
      return `；${when}，按最差的计`;
  }
}
