import {factOf} from "../contract/fact.ts";
import {type Cycle, periodOf} from "../regime/period.ts";
import {parameterOn} from "../regime/resolve.ts";
import {scopeSql} from "../scheme/scope.ts";
import type {Expression, Rule, Scheme, Value} from "../scheme/types.ts";
import type {Explanation} from "../score/explain.ts";
import {quotedString} from "../sql.ts";
import type {Database} from "./duckdb.ts";
import type {Marginal} from "./marginal.ts";
import type {Scored} from "./scored.ts";

/** What is known of a finding besides its rows. */
export interface FindingCost {
  readonly finding_id: string;
  /** Its rows, by unit. */
  readonly explained: readonly Explanation[];
  readonly marginals: readonly Marginal[];
}

/** A finding as a scheme sees it. */
interface Placed {
  readonly scored_unit: string | null;
  readonly unit_code: string;
  readonly is_counted: boolean;
  readonly inspection_id: string | null;
}

/**
 * Sentences on why a finding cost nothing, or less or more than its rows say: struck, 未归属, not counted, outside the period,
 * 不涉及, no condition holds, capped, under a veto; and the ratios it is counted in.
 * Shape: Chinese sentences without the final stop; none when the rows say it all. Needs a scored database.
 */
export async function findingReasons(scored: Scored, cost: FindingCost): Promise<string[]> {
  const {db, schemes, when} = scored;
  const id = quotedString(cost.finding_id);
  const later = await db.value<string>(
    `select cast(found_on as varchar) from finding where finding_id = ${id} and found_on > date ${quotedString(when.as_of)}`
  );
  if (later) return [`发现日期${later}在统计截止日${when.as_of}之后，还不计分`];
  const struck = await db.value<string>(
    `select concat_ws('，', appeal_id, decided_by, document_no, decided_on) from appeal_effective where subject_kind = '问题' and decision = '撤销' and subject_id = ${id}`
  );
  const general = [...(struck ? [`异议复核撤销（${struck}），不再计分，原扣分已撤去`] : []), ...(await withdrawnReason(db, id))];
  if (struck) return general;
  const placed: {scheme: Scheme; row: Placed}[] = [];
  for (const {scheme} of schemes) {
    const row = await db.row<Placed>(
      `select scored_unit, unit_code, is_counted, inspection_id from finding_all where scheme = ${quotedString(scheme.id)} and finding_id = ${id}`
    );
    if (row) placed.push({scheme, row});
  }
  const charged = placed.filter((p) => p.row.scored_unit !== null);
  if (charged.length === 0) {
    const kinds = schemes.flatMap((s) => s.scheme.applies_to).join("、");
    return [...general, `未归属：责任单位${placed[0]?.row.unit_code ?? ""}及其上级都不属于评分办法适用的单位类别（${kinds}）`];
  }
  const each = [];
  for (const {scheme, row} of charged) each.push(...(await schemeReasons(scored, scheme, row, cost)));
  return [...general, ...each];
}

async function withdrawnReason(db: Database, id: string): Promise<string[]> {
  const source = await db.value<string>(`select source_name from finding_withdrawn where key = ${id}`);
  return source ? [`来源${source}最近一次的文件里已经没有这个问题（撤走），在作出决定以前仍然计入`] : [];
}

async function schemeReasons(scored: Scored, scheme: Scheme, row: Placed, cost: FindingCost): Promise<string[]> {
  const unit = scored.result.schemes.flatMap((s) => s.units).find((u) => u.unit_code === row.scored_unit);
  if (!unit || unit.milli === null)
    return [
      `计分单位${unit?.unit_name ?? ""}（${row.scored_unit}）${unit?.covered ?? "不在名单里"}，没有得分${unit?.covered_because ? `：${unit.covered_because}` : ""}`
    ];
  if (!row.is_counted) return [await replacedReason(scored.db, scheme, row)];
  const held = await rulesHeld(scored, scheme, row, cost);
  const rows = cost.explained.find((e) => e.unit_code === unit.unit_code)?.milli ?? 0;
  const marginal = cost.marginals.find((m) => m.unit_code === unit.unit_code);
  return marginal?.story && marginal.marginal_milli !== -rows ? [...held, marginal.story] : held;
}

/** Which inspection of the unit is counted instead. */
async function replacedReason(db: Database, scheme: Scheme, {inspection_id}: Placed): Promise<string> {
  const other = await db.value<string>(
    `select concat(inspection_id, '（', ended_on, '结束）') from inspection_all where scheme = ${quotedString(scheme.id)} and is_counted and ended_on is not null and unit_code = (select i.unit_code from inspection_all i where i.scheme = ${quotedString(scheme.id)} and i.inspection_id = ${quotedString(inspection_id ?? "")}) and inspection_id <> ${quotedString(inspection_id ?? "")} order by ended_on desc, inspection_id desc limit 1`
  );
  return `所属巡查${inspection_id}之后同一单位又有巡查${other ?? ""}，办法取最近一次巡查，本问题不计入`;
}

interface Held {
  readonly rule: Rule;
  readonly is_held: boolean;
  readonly is_inside: boolean;
  readonly is_figured: boolean;
  readonly year: string | null;
}

/** What each rule over findings makes of the finding. */
async function rulesHeld(scored: Scored, scheme: Scheme, row: Placed, cost: FindingCost): Promise<string[]> {
  const rules = scheme.rules.filter((r) => r.over === "finding");
  if (rules.length === 0) return [];
  const states = await ruleStates(scored, scheme, rules, cost.finding_id);
  const absent = new Set(
    await scored.db.list(
      `select rule_id from tally where scheme = ${quotedString(scheme.id)} and unit_code = ${quotedString(row.scored_unit ?? "")} and bucket = 'na'`
    )
  );
  const charged = new Set(cost.explained.flatMap((e) => e.entries.map((x) => x.rule_id)));
  const held = states.filter((s) => s.is_held);
  const rowHeld = held.filter((s) => isRow(s.rule));
  const outside = held.filter((s) => !s.is_inside && (isRow(s.rule) || charged.size === 0));
  const rowRules = rules.filter(isRow).length;
  return [
    ...(rowHeld.length === 0 ? [`评分办法针对问题逐条计分的${rowRules}条规则，没有一条的条件成立`] : []),
    ...outside.map((s) => outsideText(s, scored)),
    ...held.filter((s) => s.is_inside).flatMap((s) => insideReason(s, absent, charged))
  ];
}

function isRow({measure: {kind}}: Rule): boolean {
  return kind === "deduct" || kind === "bonus" || kind === "veto";
}

function outsideText({rule, year}: Held, {result}: Scored): string {
  const column = factOf("finding").columns.find((c) => c.name === rule.year_by);
  const named = column ? column.doc.split(/[：；，]/)[0] : "日期";
  const why = year === null ? `没有${named}` : `${named}${year}不在计分期间（${result.period.from}至${result.period.to}）之内`;
  return `不计入规则${rule.id}“${rule.name}”：${why}`;
}

function insideReason({rule, is_figured}: Held, absent: ReadonlySet<string>, charged: ReadonlySet<string | null>): string[] {
  const name = `规则${rule.id}“${rule.name}”`;
  if (rule.placed_item !== null && absent.has(`item:${rule.placed_item}`))
    return [`巡查内容${rule.placed_item}对该单位不涉及，${name}不计`];
  if (absent.has(rule.id)) return [`${name}对该单位不涉及`];
  const {kind} = rule.measure;
  if (kind === "veto") return [`触发一票否决${name}`];
  if (kind !== "deduct" && kind !== "bonus") return is_figured ? [`计入${name}的计算`] : [];
  if (kind === "deduct" && rule.measure.once) return [`${name}不论几条只扣一次，本问题在其中`];
  return charged.has(rule.id) ? [] : [`${name}的条件成立，分值为0`];
}

/** Evaluates conditions, windows and ratios on the finding itself. */
async function ruleStates(
  {db, regime, when, year, result}: Scored,
  scheme: Scheme,
  rules: readonly Rule[],
  finding_id: string
): Promise<Held[]> {
  const cycle = (parameterOn(regime)("cycle", when.as_of) ?? null) as Cycle | null;
  const period = periodOf(scheme.period, year, when.as_of, cycle, result.period.round_no);
  await db.set("period_from", period.from, "date");
  await db.set("period_to", period.to, "date");
  await db.set("round_no", period.round_no);
  const columns = rules.flatMap((rule, i) => [
    `${scopeSql({...rule, window: "all"})} as held_${i}`,
    `coalesce(${scopeSql({...rule, where: null})}, false) as inside_${i}`,
    `${figuredSql(rule)} as figured_${i}`,
    `${rule.year_by ? `cast("${rule.year_by}" as varchar)` : "null"} as year_${i}`
  ]);
  const row =
    (await db.row(
      `select ${columns.join(", ")} from finding_all where scheme = ${quotedString(scheme.id)} and finding_id = ${quotedString(finding_id)}`
    )) ?? {};
  return rules.map((rule, i) => ({
    rule,
    is_held: row[`held_${i}`] === true,
    is_inside: row[`inside_${i}`] === true,
    is_figured: row[`figured_${i}`] === true,
    year: row[`year_${i}`] === null ? null : String(row[`year_${i}`])
  }));
}

/** Whether the finding is in the denominator of a ratio, or among what is counted or summed. */
function figuredSql({measure}: Rule): string {
  const holds = (e: Expression | null) => (e ? `coalesce((${e.sql}), false)` : "true");
  if (measure.kind === "ratio") return holds(measure.among);
  if (measure.kind !== "steps" && measure.kind !== "change" && measure.kind !== "percentile") return "false";
  const value: Value = measure.value;
  if ("ratio" in value) return holds(value.ratio.among);
  return "sum" in value ? `coalesce((${value.sum.sql}) <> 0, false)` : holds(value.count);
}
