import {quotedIdentifier, quotedString} from "../sql.ts";
import {figureBecause} from "./because-sql.ts";
import {factTable, type Moment, scopeSql} from "./scope.ts";
import type {Band, Expression, Measure, Rule, Scheme, Value} from "./types.ts";

/** Sums are kept in millionths. */
const SUM_UNITS = 1_000_000;

/** Peers below which a place among them says nothing. */
const FEWEST_PEERS = 5;

/**
 * One figure a unit: unit_code, rule_id, kind, num, den, milli (null when 不涉及), because, batch_id, source_file, source_row.
 * Empty for rules that go row by row and for vetoes.
 */
export function figureSql(rule: Rule, start: Scheme["start"]): string[] {
  const {measure} = rule;
  switch (measure.kind) {
    case "judge":
      return [judgeSql(rule, measure, start)];
    case "ratio":
      return [ratioSql(rule, measure, start)];
    case "steps":
      return [stepsSql(rule, measure, start)];
    case "change":
      return [changeSql(rule, measure, start)];
    case "percentile":
      return [percentileSql(rule, measure, start)];
    default:
      return [];
  }
}

function figure(rule: Rule, kind: string, milli: string, because: string, from: string): string {
  return `select unit_code, ${quotedString(rule.id)}, ${quotedString(kind)}, num, den, cast(${milli} as bigint), ${because}, null, null, null from (${from})`;
}

/** Integer division rounded half away from zero; both numbers ≥ 0, the divisor > 0. */
export function rounded(num: string, den: string): string {
  return `((2 * (${num})::hugeint + (${den})) // (2 * (${den})::hugeint))`;
}

function ratioSql(
  rule: Rule,
  {of, among, points_milli, target, at_least, empty}: Extract<Measure, {kind: "ratio"}>,
  start: Scheme["start"]
) {
  const worst = target ? -Math.min(points_milli, mostShort(target)) : start === "full" ? -points_milli : 0;
  const best = start === "full" ? 0 : points_milli;
  const none = {na: "null", full: String(best), zero: String(worst)}[empty];
  let milli: string;
  if (at_least) milli = `case when num * ${at_least.den} >= ${at_least.num} * den then ${best} else ${worst} end`;
  else if (target) {
    const short = `greatest(0, ${target.num} * den - num * ${target.den})`;
    milli = `-least(${points_milli}, ${rounded(`${target.lose_milli} * 100 * ${short}`, `${target.den} * den`)})`;
  } else milli = start === "full" ? `-${rounded(`${points_milli} * (den - num)`, "den")}` : rounded(`${points_milli} * num`, "den");
  const value: Value = {ratio: {of, among}, per: null};
  return figure(
    rule,
    "比率",
    `case when den = 0 then ${none} else ${milli} end`,
    fractionBecause(rule, value),
    valueSql(rule, value)
  );
}

/** What a share of 0 loses, before the most that can be lost. */
function mostShort({num, den, lose_milli}: {num: number; den: number; lose_milli: number}): number {
  return Number((2n * BigInt(lose_milli) * 100n * BigInt(num) + BigInt(den)) / (2n * BigInt(den)));
}

function stepsSql(rule: Rule, {value, bands, empty}: Extract<Measure, {kind: "steps"}>, start: Scheme["start"]) {
  // Without the number a unit is divided by, nothing can be said; with nothing to count, `empty` says what that is worth.
  const most = Math.max(...bands.map((b) => b.milli));
  const none = value.per
    ? "null"
    : {na: "null", full: start === "full" ? "0" : String(most), zero: start === "full" ? String(-most) : "0"}[empty];
  return figure(
    rule,
    "分档",
    `case when den = 0 then ${none} else ${bandSql(bands, start)} end`,
    fractionBecause(rule, value),
    valueSql(rule, value)
  );
}

/** Points of the band that num ÷ den (den > 0) falls in; what lies below the last band takes the last. */
function bandSql(bands: readonly Band[], start: Scheme["start"], num = "num", den = "den"): string {
  const cases = bands.slice(0, -1).map((b) => `when ${num} * ${b.den} >= ${b.num} * ${den} then ${signed(b, start)}`);
  const last = bands.at(-1);
  const rest = last ? signed(last, start) : 0;
  return cases.length === 0 ? String(rest) : `case ${cases.join(" ")} else ${rest} end`;
}

function signed({milli}: Band, start: Scheme["start"]): number {
  return start === "full" ? -milli : milli;
}

/** The points of the worst band. */
function worstOf(bands: readonly Band[], start: Scheme["start"]): number {
  return Math.min(...bands.map((b) => signed(b, start)));
}

/** num and den of every scored unit, whole numbers; den 0 when there is nothing to divide by. */
function valueSql(rule: Rule, value: Value, moment: Moment = "now"): string {
  const {num, den} = fraction(value);
  const rows = `select scored_unit, ${num} as num, ${den} as den from ${factTable(rule, moment)} where ${scopeSql(rule, moment)} group by scored_unit`;
  const units = moment === "now" ? "scored" : "coverage_before";
  const base = `coalesce(r.den, ${"ratio" in value ? 0 : denominator(value)})::hugeint`;
  if (value.per === null)
    return `select s.unit_code, coalesce(r.num, 0)::hugeint as num, ${base} as den from ${units} s left join (${rows}) r on r.scored_unit = s.unit_code`;
  const divisors = moment === "now" ? "unit_fact" : "coverage_before";
  return `select s.unit_code, coalesce(r.num, 0)::hugeint as num, ${base} * greatest(0, coalesce(u.${quotedIdentifier(value.per)}, 0)) as den from ${units} s join ${divisors} u on u.unit_code = s.unit_code left join (${rows}) r on r.scored_unit = s.unit_code`;
}

function denominator(value: Value): number {
  return "sum" in value ? SUM_UNITS : 1;
}

function fraction(value: Value): {num: string; den: string} {
  const holds = (e: Expression | null) => (e ? `coalesce((${e.sql}), false)` : "true");
  if ("ratio" in value)
    return {
      num: `count(*) filter (where ${holds(value.ratio.among)} and ${holds(value.ratio.of)})`,
      den: `count(*) filter (where ${holds(value.ratio.among)})`
    };
  if ("sum" in value)
    return {
      num: `coalesce(sum(cast(cast((${value.sum.sql}) as decimal(28,6)) * ${SUM_UNITS} as hugeint)), 0)`,
      den: String(SUM_UNITS)
    };
  return {num: `count(*) filter (where ${holds(value.count)})`, den: "1"};
}

/** The two numbers as they are, and their quotient, each as a text. */
function fractionBecause({because, name}: Rule, value: Value): string {
  const scale = denominator(value);
  const num = `quotient_text(num, ${scale})`;
  const den = `quotient_text(den, ${scale})`;
  const isCount = !("ratio" in value) && value.per === null;
  return figureBecause(because, {num, den}, [quotedString(`${name}：`), num, ...(isCount ? [] : ["'/'", den])]);
}

/** Growth against a year earlier: num ÷ den is (now − base) ÷ base. No base: 不涉及. */
function changeSql(rule: Rule, {value, bands}: Extract<Measure, {kind: "change"}>, start: Scheme["start"]) {
  // A unit nobody inspected then had no findings because nobody looked.
  const looked = rule.over === "finding" || rule.over === "visit" || rule.over === "inspection" ? " where u.is_inspected" : "";
  const from = `select n.unit_code, n.num as now_num, n.den as now_den, b.num as base_num, b.den as base_den, n.num * b.den - b.num * n.den as num, b.num * n.den as den
    from (${valueSql(rule, value)}) n
    left join (select v.* from (${valueSql(rule, value, "before")}) v join coverage_before u on u.unit_code = v.unit_code${looked}) b on b.unit_code = n.unit_code`;
  const milli = `case when now_den = 0 or coalesce(base_den, 0) = 0 or base_num < 0 or (base_num = 0 and now_num < 0) then null
    when base_num = 0 and now_num > 0 then ${worstOf(bands, start)}
    when base_num = 0 then ${bandSql(bands, start, "0", "1")}
    else ${bandSql(bands, start)} end`;
  const shown = {
    now: "quotient_text(now_num, now_den)",
    base: "quotient_text(base_num, base_den)",
    num: "quotient_text(now_num * base_den - base_num * now_den, now_den * base_den)",
    den: "quotient_text(base_num, base_den)"
  };
  return figure(
    rule,
    "同比",
    milli,
    figureBecause(rule.because, shown, [quotedString(`${rule.name}：今年`), shown.now, "'，上年同期'", shown.base]),
    from
  );
}

/** The share of peers that are strictly worse: num of den. Fewer than five peers: 不涉及. */
function percentileSql(rule: Rule, {value, better, within, bands}: Extract<Measure, {kind: "percentile"}>, start: Scheme["start"]) {
  const item = rule.placed_item === null ? "null" : quotedString(rule.placed_item);
  const valued = `select v.unit_code, v.num, v.den, u.unit_kind, u.peer_group from (${valueSql(rule, value)}) v join unit_fact u on u.unit_code = v.unit_code
      anti join (select unit_code from absent where rule_id = ${quotedString(rule.id)} union select unit_code from item_absent where item = ${item}) a on a.unit_code = v.unit_code where v.den > 0`;
  const worse = better === "low" ? ">" : "<";
  const alike = within === null ? "" : ` and p.${within} is not distinct from o.${within}`;
  const from = `select o.unit_code, count(p.unit_code) filter (where p.num * o.den ${worse} o.num * p.den)::hugeint as num, count(p.unit_code)::hugeint as den,
      any_value(o.num) as own_num, any_value(o.den) as own_den
    from (${valued}) o left join (${valued}) p on p.unit_kind = o.unit_kind${alike} and p.unit_code <> o.unit_code group by o.unit_code`;
  const none = `select s.unit_code, coalesce(r.num, 0) as num, coalesce(r.den, 0) as den, r.own_num, r.own_den from scored s left join (${from}) r on r.unit_code = s.unit_code`;
  const shown = {value: "quotient_text(own_num, own_den)", num: "cast(num as varchar)", den: "cast(den as varchar)"};
  const plain = [quotedString(`${rule.name}：`), shown.value, "'，'", shown.den, "'个同类单位中比'", shown.num, "'个好'"];
  return figure(
    rule,
    "位次",
    `case when den < ${FEWEST_PEERS} then null else ${bandSql(bands, start)} end`,
    figureBecause(rule.because, shown, plain),
    none
  );
}

function judgeSql(rule: Rule, {from_milli, to_milli}: Extract<Measure, {kind: "judge"}>, start: Scheme["start"]): string {
  const milli = start === "full" ? `points_milli - ${to_milli}` : "points_milli";
  const points = "points_text(points_milli)";
  const because = `concat(reason, '（评议', ${points}, '分，', judged_by, coalesce('评议、' || reviewed_by || '复核', '评议'), '，', judged_on, '）')`;
  return `select unit_code, ${quotedString(rule.id)}, '评议', ${from_milli}::hugeint, ${to_milli}::hugeint, case when is_na then null else ${milli} end, ${because}, batch_id, source_file, source_row from judged where rule_id = ${quotedString(rule.id)} and (is_na or points_milli between ${from_milli} and ${to_milli})`;
}
