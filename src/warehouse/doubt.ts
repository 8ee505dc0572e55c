import type {Period} from "../regime/period.ts";
import {blankRowsSql} from "../scheme/row-sql.ts";
import type {Scheme} from "../scheme/types.ts";
import type {Database} from "./duckdb.ts";
import type {CutOffs} from "./fact.ts";

/** What makes one wonder about a score, scheme by scheme: judgements not used, a scheme in force too late. */
export async function schemeDoubts(db: Database, scheme: Scheme, period: Period): Promise<string[]> {
  const judged = scheme.rules.filter((r) => r.measure.kind === "judge").map((r) => r.id);
  const foreign = await db.rows<{unit_code: string; rule_id: string; appeal_id: string | null}>(
    "select j.unit_code, j.rule_id, j.appeal_id from judged j join unit_state u on u.unit_code = j.unit_code left join figure f on f.unit_code = j.unit_code and f.rule_id = j.rule_id where f.rule_id is null order by all"
  );
  const unused = foreign.map(({unit_code, rule_id, appeal_id}) =>
    judged.includes(rule_id)
      ? `评议：单位 ${unit_code} 规则 ${rule_id} 的分值${appeal_id === null ? "" : `（异议 ${appeal_id} 变更的）`}超出规则范围，未采用`
      : `评议：办法 ${scheme.id} 没有评议规则 ${rule_id}（单位 ${unit_code}），未采用`
  );
  const doubts = [...unused, ...(await blankDoubts(db, scheme)), ...(await exposureDoubts(db, scheme))];
  const {id, effective_from} = scheme;
  if (!effective_from || effective_from <= period.to) return doubts;
  return [...doubts, `办法 ${id} 自${effective_from}起施行，计分期间${period.from}至${period.to}在它之前`];
}

/** Rows that cost nothing because the column their points go by is blank. */
async function blankDoubts(db: Database, {rules}: Scheme): Promise<string[]> {
  const selects = rules.flatMap(blankRowsSql);
  if (selects.length === 0) return [];
  const blank = await db.rows<{rule_id: string; column: string; n: number; subjects: string}>(
    `select rule_id, "column", count(*) as n, array_to_string(list(subject order by subject)[:5], '、') as subjects from (${selects.join(" union all ")}) group by all order by all`
  );
  return blank.map(
    ({rule_id, column, n, subjects}) => `规则 ${rule_id}：${n}行的 ${column} 是空的，计0分（${subjects}${n > 5 ? "等" : ""}）`
  );
}

/** Units without the number that a rule divides by. */
async function exposureDoubts(db: Database, {rules}: Scheme): Promise<string[]> {
  const dividing = rules.filter(
    ({measure: m}) => (m.kind === "steps" || m.kind === "change" || m.kind === "percentile") && m.value.per
  );
  if (dividing.length === 0) return [];
  const units = await db.list(
    "select u.unit_code from scored s join unit_fact u on u.unit_code = s.unit_code where coalesce(u.exposure, 0) = 0 order by all"
  );
  if (units.length === 0) return [];
  return [`没有监管对象数（exposure）的单位：${units.join("、")}；规则 ${dividing.map((r) => r.id).join("、")} 对它们不涉及`];
}

/** What makes one wonder about all of a workspace's scores: tables never loaded, decisions about nothing, units without an heir. */
export async function spaceDoubts(db: Database, {as_of, decisions_until}: CutOffs): Promise<string[]> {
  const missing = await db.list(
    "select t.title from (values ('response', '整改情况报告'), ('rectification', '整改记录')) as t(name, title) where t.name not in (select \"table\" from batch where not revoked)"
  );
  const lost = await db.rows<{appeal_id: string; subject_kind: string; subject_id: string}>(`
    select appeal_id, subject_kind, subject_id from appeal_asof a
    where (subject_kind = '问题' and subject_id not in (select finding_id from finding_asof))
      or (subject_kind = '事故' and subject_id not in (select accident_id from accident_asof))
      or (subject_kind = '覆盖' and subject_id not in (select inspection_id from inspection_asof))
    order by appeal_id`);
  const idle = await db.rows<{appeal_id: string; subject_kind: string; decision: string}>(`
    select appeal_id, subject_kind, decision from appeal_effective
    where (subject_kind = '问题' and decision = '变更' and new_severity is null and new_unit_code is null)
      or (subject_kind = '评议' and decision = '变更' and new_points is null)
      or (subject_kind in ('事故', '否决') and decision = '变更') or subject_kind = '计分'
      or (subject_kind = '覆盖' and (decision = '撤销' or new_unit_code is null))
    order by appeal_id`);
  const ruled = await db.rows<{
    appeal_id: string;
    subject_kind: string;
    subject_id: string;
    unit_code: string;
    new_unit_code: string | null;
  }>(`
    select appeal_id, subject_kind, subject_id, unit_code, new_unit_code from appeal_effective
    where (subject_kind = '否决' and decision = '撤销') or (subject_kind = '覆盖' and decision = '变更' and new_unit_code is not null)
    order by appeal_id`);
  const orphans = await db.list(
    "select distinct unit_code from unit_version_now where unit_code not in (select unit_code from heir) order by unit_code"
  );
  return [
    ...missing.map((title) => `没有装入过${title}：${title === "整改记录" ? "所有问题都按没有整改计" : "迟报不计分"}`),
    ...lost.map((a) => `异议 ${a.appeal_id} 的对象（${a.subject_kind} ${a.subject_id}）不在数据里，决定没有作用`),
    ...idle.map((a) => `异议 ${a.appeal_id}：对${a.subject_kind}的“${a.decision}”没有写明改成什么，或这类决定不改变计分，没有作用`),
    ...ruled.map((a) =>
      a.subject_kind === "否决"
        ? `异议 ${a.appeal_id}：撤销单位 ${a.unit_code} 的否决（${a.subject_id}）`
        : `异议 ${a.appeal_id}：巡查 ${a.subject_id} 改记到单位 ${a.new_unit_code}`
    ),
    ...orphans.map((code) => `单位 ${code} 已停用，顺着承继单位找不到还在的单位，它的问题归不到单位`),
    ...(decisions_until < as_of ? [`决定只计到${decisions_until}，早于统计截止日${as_of}`] : [])
  ];
}
