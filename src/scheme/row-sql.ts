import {factOf} from "../contract/fact.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import {rowBecause} from "./because-sql.ts";
import {factTable, scopeSql} from "./scope.ts";
import type {Cost, Escalate, Measure, Rule, Weight} from "./types.ts";

/** A rule that charges (or gives) row by row. */
export type RowRule = Rule & {readonly measure: Extract<Measure, {kind: "deduct" | "bonus"}>};

export function isRowRule(rule: Rule): rule is RowRule {
  return rule.measure.kind === "deduct" || rule.measure.kind === "bonus";
}

/** Whether a rule's rows take part in 择高. */
export function isCompared(rule: Rule): boolean {
  return isRowRule(rule) && rule.highest_of !== null;
}

/** Whether a rule charges a unit once. */
export function isOnce({measure}: Rule): boolean {
  return measure.kind === "deduct" && measure.once;
}

/** Where a fact came from: batch, file (and sheet), row. */
export const ORIGIN = "batch_id, concat_ws(' ', source_file, source_sheet) as source_file, source_row";

/** Points of a row as whole milli-points: deduct × weight × escalate, rounded half away from zero once; never negative. */
export function costSql(rule: RowRule, {isDecided = true} = {}): string {
  const {cost} = rule.measure;
  const weight = rule.weight && factorSql(rule.weight);
  const multiple = isDecided && rule.escalate ? multipleSql(rule.escalate) : null;
  if (!weight && !multiple) return "table" in cost ? tableSql(cost) : `greatest(0, coalesce(${milliSql(cost)}, 0))`;
  // Exact in 38 digits: the points in units of 10⁻¹⁰, the weight in thousandths, the multiple as a fraction.
  const points = "table" in cost ? `(${tableSql(cost)})::hugeint * 10000000` : unitsSql(cost);
  const num = [`greatest(0, coalesce(${points}, 0))`, weight, multiple?.num].filter(Boolean).join(" * ");
  const den = `(10000000::hugeint${weight ? " * 1000" : ""}${multiple ? ` * ${multiple.den}` : ""})`;
  return `((2 * (${num}) + ${den}) // (2 * ${den}))::bigint`;
}

function tableSql({by, table}: Extract<Cost, {by: string}>): string {
  return casesSql(by, table, 0);
}

function casesSql(by: string, table: readonly {readonly value: string; readonly milli: number}[], rest: number): string {
  const other = table.find(({value}) => value === "其他");
  const cases = table.filter(({value}) => value !== "其他").map(({value, milli}) => `when ${quotedString(value)} then ${milli}`);
  if (cases.length === 0) return String(other?.milli ?? rest);
  return `case ${quotedIdentifier(by)} ${cases.join(" ")} else ${other?.milli ?? rest} end`;
}

/** One rounding, half away from zero, from the expression's own decimals to thousandths. */
function milliSql({expression}: Extract<Cost, {expression: unknown}>): string {
  return `cast(cast((${expression.sql}) as decimal(28,3)) * 1000 as bigint)`;
}

function unitsSql({expression}: Extract<Cost, {expression: unknown}>): string {
  return `cast(cast((${expression.sql}) as decimal(27,10)) * 10000000000::decimal(11,0) as hugeint)`;
}

function factorSql({by, table}: Weight): string {
  return `(${casesSql(by, table, 1000)})::hugeint`;
}

function multipleSql({multiples}: Escalate): {num: string; den: string} {
  const part = (key: "num" | "den") =>
    `(case ordinal ${multiples.map((m, i) => (i === multiples.length - 1 ? `else ${m[key]}` : `when ${i + 1} then ${m[key]}`)).join(" ")} end)::hugeint`;
  return {num: part("num"), den: part("den")};
}

/** Which rows are alike in a tally: by weight and by repeat; '' for all others. */
export function labelSql({weight, escalate}: Rule): string {
  const parts = [
    ...(weight
      ? [
          `concat('w:', case when ${quotedIdentifier(weight.by)} in (${weight.table.map((t) => quotedString(t.value)).join(", ")}) then ${quotedIdentifier(weight.by)} else '其他' end)`
        ]
      : []),
    ...(escalate ? ["concat('n:', ordinal)"] : [])
  ];
  return parts.length === 0 ? "''" : `concat_ws(' ', ${parts.join(", ")})`;
}

/** The rows a rule looks at, each numbered among its repeats where the rule escalates. */
function sourceSql(rule: RowRule): string {
  const table = factTable(rule);
  if (!rule.escalate) return `${table} where ${scopeSql(rule)}`;
  const {subject, year_by} = factOf(rule.over ?? "");
  const by = rule.escalate.by.map(quotedIdentifier);
  const order = [year_by, subject].filter((name) => name !== null).map(quotedIdentifier);
  const most = rule.escalate.multiples.length;
  return `(select *, case when ${by.map((column) => `${column} is null`).join(" or ")} then 1 else least(${most}, row_number() over (partition by scored_unit, ${by.join(", ")} order by ${order.join(", ")})) end as ordinal from ${table} where ${scopeSql(rule)})`;
}

export function subjectOf({over}: Rule): string {
  return quotedIdentifier(factOf(over ?? "").subject);
}

/** Where the subjects of compared rules came from, grain by grain: unit_code, grain, subject, batch_id, source_file, source_row. */
export function originsSql(rules: readonly RowRule[]): string[] {
  const grains = new Set(rules.filter(isCompared).map(({over}) => over ?? ""));
  return [...grains].map(
    (grain) =>
      `select scored_unit, ${quotedString(grain)}, ${quotedIdentifier(factOf(grain).subject)}, ${ORIGIN} from ${grain}_fact`
  );
}

/**
 * Rows of a rule that cost or give something, without words: unit_code, rule_id, subject, highest (null where not compared), cost, bucket.
 * A rule that charges a unit once has one row a unit, without subject.
 */
export function hitRowsSql(rule: RowRule): string {
  const highest = rule.highest_of === null ? "null" : `cast(${quotedIdentifier(rule.highest_of)} as varchar)`;
  const id = quotedString(rule.id);
  const rows = `select scored_unit as unit_code, ${subjectOf(rule)} as subject, ${highest} as highest, ${costSql(rule)} as cost, ${labelSql(rule)} as bucket from ${sourceSql(rule)}`;
  if (!isOnce(rule)) return `select unit_code, ${id}, subject, highest, cost, bucket from (${rows}) where cost > 0`;
  return `select unit_code, ${id}, null, null, max(cost), arg_min(bucket, (-cost, subject)) from (${rows}) where cost > 0 group by unit_code`;
}

/** A row's sentence, with what multiplied its points: its weight, and which repeat it is. */
export function becauseSql(rule: RowRule): string {
  const parts = [rowBecause(rule.because, factOf(rule.over ?? ""), rule.name)];
  if (rule.weight) {
    const {by, table} = rule.weight;
    const shown = ({value, milli}: Weight["table"][number]) => quotedString(milli === 1000 ? "" : `（${value}×${milli / 1000}）`);
    const other = table.find(({value}) => value === "其他");
    const cases = table.filter((t) => t !== other).map((t) => `when ${quotedString(t.value)} then ${shown(t)}`);
    const rest = other ? shown(other) : "''";
    parts.push(cases.length === 0 ? rest : `case ${quotedIdentifier(by)} ${cases.join(" ")} else ${rest} end`);
  }
  if (rule.escalate) {
    const last = rule.escalate.multiples.length;
    parts.push(
      `case when ordinal > 1 then concat('（同类第', ordinal, case when ordinal = ${last} then '次或以上）' else '次）' end) else '' end`
    );
  }
  return parts.length === 1 ? (parts[0] ?? "''") : `concat(${parts.join(", ")})`;
}

/** Rows of a rule as the ledger shows them: unit_code, rule_id, subject, cost, because, batch_id, source_file, source_row. */
export function chargedRowsSql(rule: RowRule): string {
  const rows = `select scored_unit as unit_code, ${quotedString(rule.id)} as rule_id, ${subjectOf(rule)} as subject, ${costSql(rule)} as cost, ${becauseSql(rule)} as because, ${ORIGIN} from ${sourceSql(rule)}`;
  if (!isOnce(rule)) return `select * from (${rows}) where cost > 0`;
  const dearest = (column: string) => `arg_min(${column}, (-cost, subject))`;
  return `select unit_code, ${quotedString(rule.id)}, null, max(cost), concat(${dearest("because")}, '（', array_to_string(list_slice(list(subject order by subject), 1, 5), '、'), case when count(*) > 5 then concat('等', count(*), '项') else '' end, '）'), ${dearest("batch_id")}, ${dearest("source_file")}, ${dearest("source_row")} from (${rows}) where cost > 0 group by unit_code`;
}

/** Rows as they were first found, for subjects that 异议复核 changed: shown and taken back. */
export function foundRowsSql(rule: RowRule): string {
  const because = rowBecause(rule.because, factOf(rule.over ?? ""), rule.name);
  return `select * from (select scored_unit, ${quotedString(rule.id)}, ${subjectOf(rule)}, ${costSql(rule, {isDecided: false})} as cost, ${because}, ${ORIGIN} from ${rule.over}_found where ${scopeSql(rule)}) where cost > 0`;
}

/** Rows that cost nothing because the column a table goes by is blank, where the table has no 其他: rule_id, column, subject. */
export function blankRowsSql(rule: Rule): string[] {
  if (!isRowRule(rule) || !("table" in rule.measure.cost)) return [];
  const {by, table} = rule.measure.cost;
  if (table.some(({value}) => value === "其他")) return [];
  return [
    `select ${quotedString(rule.id)} as rule_id, ${quotedString(by)} as "column", ${subjectOf(rule)} as subject from ${factTable(rule)} where ${scopeSql(rule)} and ${quotedIdentifier(by)} is null`
  ];
}

/** Vetoes that hold or wait for an accident's 批复. */
export function vetoSql(rule: Rule): string {
  const measure = rule.measure as Extract<Measure, {kind: "veto"}>;
  const fact = factOf(rule.over ?? "");
  const isAccident = rule.over === "accident";
  const pending = isAccident ? "not is_concluded" : "false";
  const subject = quotedIdentifier(fact.subject);
  const grade = measure.grade_at_most === null ? "null" : quotedString(measure.grade_at_most);
  // A decision about a rule's veto of one year says nothing of what happens later.
  const dated = fact.year_by ? ` and (a.filed_on >= t.${quotedIdentifier(fact.year_by)} or a.filed_on is null)` : "";
  const concluded = `, case when is_concluded then concat('（', concat_ws(' ', concluded_by, document_no), '）') else '（尚未批复结案）' end`;
  return `select scored_unit, ${quotedString(rule.id)}, ${subject}, ${measure.score_milli ?? "null"}, ${grade}, ${pending}, concat(${rowBecause(rule.because, fact, rule.name)}${isAccident ? concluded : officeOf(fact.columns.map((c) => c.name))}), ${ORIGIN} from ${fact.name} t where ${scopeSql(rule)}
    and not exists (select 1 from appeal_effective a where a.subject_kind = '否决' and a.decision = '撤销' and a.subject_id in (t.${subject}, ${quotedString(rule.id)}) and a.unit_code in (t.scored_unit, t.unit_code)${dated})
    and not exists (select 1 from absent a where a.rule_id = ${quotedString(rule.id)} and a.unit_code = t.scored_unit)`;
}

/** The deciding office and document, where the row names them. */
function officeOf(columns: readonly string[]): string {
  const named = ["by_office", "document_no"].filter((name) => columns.includes(name)).map(quotedIdentifier);
  if (named.length === 0) return "";
  return `, case when coalesce(${named.join(", ")}) is null then '' else concat('（', concat_ws(' ', ${named.join(", ")}), '）') end`;
}
