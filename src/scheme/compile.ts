import type {FactView} from "../contract/fact.ts";
import {factOf} from "../contract/fact.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Cost, Expression, Measure, Rule, Scheme, Template, Value} from "./types.ts";

/**
 * A scheme as SQL: statements that fill the tables which tally.sql and ledger.sql read.
 * Reads the fact views (`finding_fact` …), `finding_found`, `accident_found`, `unit_fact`, `scored` and the session variables
 * period_from, period_to, round_no, as_of, year.
 */
export interface CompiledScheme {
  /** scheme_item, scheme_rule, scheme_cap: the scheme as data. */
  readonly plan: readonly string[];
  /** absent, item_absent: what does not apply to a unit. */
  readonly applicability: readonly string[];
  /** hit, figure, veto_hit, found_hit: what happened, before highest_of and caps. */
  readonly causes: readonly string[];
}

/**
 * Compiles a scheme.
 * Units: milli-points as BIGINT; a row's cost is rounded half away from zero once.
 * Source: 4-scheme, Measures, Direction, Order and arithmetic (steps 0 and 1).
 */
export function compileScheme(scheme: Scheme): CompiledScheme {
  const start = scheme.start;
  const hits = scheme.rules.filter(isRowRule).map(hitSql);
  const figures = scheme.rules.flatMap((rule) => figureSql(rule, start));
  const vetoes = scheme.rules.filter(({measure}) => measure.kind === "veto").map(vetoSql);
  const found = scheme.rules
    .filter((rule) => rule.measure.kind === "deduct" && (rule.over === "finding" || rule.over === "accident"))
    .map(foundSql);
  return {
    plan: planSql(scheme),
    applicability: [
      createTable("absent", "unit_code varchar, rule_id varchar, bucket varchar", scheme.rules.flatMap(absentSql)),
      createTable("item_absent", "unit_code varchar, item varchar", itemAbsentSql(scheme))
    ],
    causes: [
      createTable(
        "hit",
        "unit_code varchar, rule_id varchar, grain varchar, subject varchar, highest_of varchar, highest varchar, cost bigint, because varchar, batch_id varchar, source_file varchar, source_row bigint",
        hits
      ),
      createTable(
        "figure",
        "unit_code varchar, rule_id varchar, kind varchar, num hugeint, den hugeint, milli bigint, because varchar, batch_id varchar, source_file varchar, source_row bigint",
        figures
      ),
      createTable(
        "veto_hit",
        "unit_code varchar, rule_id varchar, subject varchar, score_milli bigint, grade_at_most varchar, is_pending boolean, because varchar, batch_id varchar, source_file varchar, source_row bigint",
        vetoes
      ),
      createTable(
        "found_hit",
        "unit_code varchar, rule_id varchar, subject varchar, cost bigint, because varchar, batch_id varchar, source_file varchar, source_row bigint",
        found
      )
    ]
  };
}

function createTable(name: string, columns: string, selects: readonly string[]): string {
  const create = `create or replace temp table ${name} (${columns})`;
  return selects.length === 0 ? create : `${create};\ninsert into ${name}\n${selects.join("\nunion all\n")}`;
}

function isRowRule({measure}: Rule): boolean {
  return measure.kind === "deduct" || measure.kind === "bonus";
}

function planSql({items, rules, caps, start, bonus_cap_milli}: Scheme): string[] {
  const text = (value: string | null) => (value === null ? "null" : quotedString(value));
  const capOf = (id: string) => caps.find((c) => c.rules.includes(id))?.id ?? null;
  const cell = (values: readonly (string | number | boolean | null)[]) =>
    `(${values.map((v) => (typeof v === "string" || v === null ? text(v) : String(v))).join(", ")})`;
  const insert = (name: string, rows: readonly string[]) =>
    rows.length === 0 ? "" : `;\ninsert into ${name} values\n${rows.join(",\n")}`;
  return [
    `create or replace temp table scheme_item (item varchar, full_milli bigint)${insert(
      "scheme_item",
      items.map((i) => cell([i.no, i.full_milli]))
    )}`,
    `create or replace temp table scheme_rule (rule_id varchar, item varchar, measure varchar, cap_milli bigint, cap_id varchar, breach varchar, basis varchar)${insert(
      "scheme_rule",
      rules.map((r) => cell([r.id, r.placed_item, r.measure.kind, r.cap_milli, capOf(r.id), r.breach, r.basis]))
    )}`,
    `create or replace temp table scheme_cap (cap_id varchar, cap_milli bigint, item varchar)${insert(
      "scheme_cap",
      caps.map((c) => cell([c.id, c.cap_milli, rules.find((r) => c.rules.includes(r.id))?.placed_item ?? null]))
    )}`,
    `create or replace temp table scheme_start as select ${quotedString(start)} as start, ${bonus_cap_milli ?? "null"}::bigint as bonus_cap_milli`
  ];
}

/** Rules that are 不涉及 to a unit, and judgements not yet made. */
function absentSql(rule: Rule): string[] {
  const id = quotedString(rule.id);
  const parts: string[] = [];
  if (rule.applies) parts.push(`select unit_code, ${id}, 'na' from unit_fact where not coalesce((${rule.applies.sql}), false)`);
  if (rule.needs && rule.over) {
    const enough = `select scored_unit from ${factOf(rule.over).name} where ${scope(rule)} and coalesce((${rule.needs.count.sql}), false) group by scored_unit having count(*) >= ${rule.needs.at_least}`;
    parts.push(
      `select unit_code, ${id}, 'na' from unit_fact where unit_code not in (select scored_unit from (${enough}) where scored_unit is not null)`
    );
  }
  return parts;
}

function itemAbsentSql({items}: Scheme): string[] {
  // A sub-item looked at is part of its item, and an item looked at has all its sub-items.
  const outside = items.map(({no}) => {
    const seen = `len(list_filter(string_split(items, '、'), lambda x: x = ${quotedString(no)} or starts_with(x, ${quotedString(`${no}.`)}) or starts_with(${quotedString(no)}, concat(x, '.')))) > 0`;
    return `select unit_code, ${quotedString(no)} from scored where items is not null and not ${seen}`;
  });
  const applies = items.flatMap(({no, applies}) =>
    applies ? [`select unit_code, ${quotedString(no)} from unit_fact where not coalesce((${applies.sql}), false)`] : []
  );
  return [...applies, ...outside];
}

/** Rows that a rule looks at: counted, of a scored unit, in its window, where its predicate holds. */
function scope(rule: Rule): string {
  const where = rule.where ? ` and coalesce((${rule.where.sql}), false)` : "";
  return `is_counted and scored_unit is not null and ${inWindow(rule)}${where}`;
}

function inWindow({window, year_by, over}: Rule): string {
  if (window === "all" || !year_by) return "true";
  const by = quotedIdentifier(year_by);
  if (typeof window === "object")
    return `${by} > getvariable('as_of') - interval ${window.months} month and ${by} <= getvariable('as_of')`;
  const dated = `${by} between getvariable('period_from') and getvariable('period_to')`;
  // A round is its inspections; what belongs to no inspection is taken by its date.
  if (over === "finding" || over === "visit" || over === "inspection")
    return `(case when getvariable('round_no') is not null${over === "inspection" ? "" : " and inspection_id is not null"} then coalesce(round_no = getvariable('round_no'), false) else ${dated} end)`;
  return dated;
}

/** Points of an expression or a table, as whole milli-points; never negative, 0 where nothing is known. */
function costSql(cost: Cost): string {
  if ("expression" in cost) return `greatest(0, coalesce(${milliSql(cost.expression)}, 0))`;
  const by = quotedIdentifier(cost.by);
  const other = cost.table.find(({value}) => value === "其他");
  const cases = cost.table
    .filter(({value}) => value !== "其他")
    .map(({value, milli}) => `when ${quotedString(value)} then ${milli}`);
  return `case ${by} ${cases.join(" ")} else ${other?.milli ?? 0} end`;
}

/** One rounding, half away from zero, from the expression's own decimals to thousandths. */
function milliSql({sql}: Expression): string {
  return `cast(cast((${sql}) as decimal(28,3)) * 1000 as bigint)`;
}

/** Where a fact came from: batch, file (and sheet), row. */
const ORIGIN = "batch_id, concat_ws(' ', source_file, source_sheet) as source_file, source_row";

function hitSql(rule: Rule): string {
  const measure = rule.measure as Extract<Measure, {kind: "deduct" | "bonus"}>;
  const fact = factOf(rule.over ?? "");
  const because = templateSql(rule.because, fact, rule.name);
  const rows = `select scored_unit as unit_code, ${quotedIdentifier(fact.subject)} as subject, ${rule.highest_of ? `cast(${quotedIdentifier(rule.highest_of)} as varchar)` : "null"} as highest, ${costSql(measure.cost)} as cost, ${because} as because, ${ORIGIN} from ${fact.name} where ${scope(rule)}`;
  const constant = `${quotedString(rule.id)} as rule_id, ${quotedString(rule.over ?? "")} as grain`;
  const highest = rule.highest_of ? quotedString(rule.highest_of) : "null";
  if (measure.kind === "deduct" && measure.once) return onceSql(constant, rows);
  return `select unit_code, ${constant}, subject, ${highest}, highest, cost, because, batch_id, source_file, source_row from (${rows}) where cost > 0`;
}

/** The dearest row's cost, once; the first five ids are named. */
function onceSql(constant: string, rows: string): string {
  const dearest = (column: string) => `arg_min(${column}, (-cost, subject))`;
  return `select unit_code, ${constant}, null, null, null, max(cost), concat(${dearest("because")}, '（', array_to_string(list_slice(list(subject order by subject), 1, 5), '、'), case when count(*) > 5 then concat('等', count(*), '项') else '' end, '）'), ${dearest("batch_id")}, ${dearest("source_file")}, ${dearest("source_row")} from (${rows}) where cost > 0 group by unit_code`;
}

/** Rows as they were first found, for subjects that 异议复核 changed: shown and taken back. */
function foundSql(rule: Rule): string {
  const measure = rule.measure as Extract<Measure, {kind: "deduct"}>;
  const fact = factOf(rule.over ?? "");
  const because = templateSql(rule.because, fact, rule.name);
  return `select unit_code, rule_id, subject, cost, because, batch_id, source_file, source_row from (select scored_unit as unit_code, ${quotedString(rule.id)} as rule_id, ${quotedIdentifier(fact.subject)} as subject, ${costSql(measure.cost)} as cost, ${because} as because, ${ORIGIN} from ${rule.over}_found where ${scope(rule)}) where cost > 0`;
}

function vetoSql(rule: Rule): string {
  const measure = rule.measure as Extract<Measure, {kind: "veto"}>;
  const fact = factOf(rule.over ?? "");
  const pending = rule.over === "accident" ? "not is_concluded" : "false";
  const subject = quotedIdentifier(fact.subject);
  return `select scored_unit, ${quotedString(rule.id)}, ${subject}, ${measure.score_milli ?? "null"}, ${measure.grade_at_most === null ? "null" : quotedString(measure.grade_at_most)}, ${pending}, concat(${templateSql(rule.because, fact, rule.name)}${rule.over === "accident" ? `, case when is_concluded then concat('（', concat_ws(' ', concluded_by, document_no), '）') else '（尚未批复结案）' end` : ""}), ${ORIGIN} from ${fact.name} t where ${scope(rule)}
    and not exists (select 1 from appeal_effective a where a.subject_kind = '否决' and a.decision = '撤销' and a.subject_id in (t.${subject}, ${quotedString(rule.id)}) and a.unit_code = t.scored_unit)`;
}

/** Ratios, steps and judgements: one figure a unit; milli null when 不涉及. */
function figureSql(rule: Rule, start: Scheme["start"]): string[] {
  const {measure} = rule;
  if (measure.kind === "judge") return [judgeSql(rule, measure, start)];
  if (measure.kind !== "ratio" && measure.kind !== "steps") return [];
  const value: Value = measure.kind === "ratio" ? {ratio: {of: measure.of, among: measure.among}, per: null} : measure.value;
  const milli = measure.kind === "ratio" ? ratioMilli(measure, start) : stepsMilli(measure, start);
  const kind = measure.kind === "ratio" ? "比率" : "分档";
  return [
    `select unit_code, ${quotedString(rule.id)}, ${quotedString(kind)}, num, den, ${milli}, ${figureBecause(rule, value)}, null, null, null from (${countedSql(rule, value)})`
  ];
}

/** num and den of every scored unit; both integers. */
function countedSql(rule: Rule, value: Value): string {
  const fact = factOf(rule.over ?? "");
  const [num, den] = fraction(value);
  const rows = `select scored_unit, ${num} as num, ${den} as den from ${fact.name} where ${scope(rule)} group by scored_unit`;
  if (value.per === null)
    return `select s.unit_code, coalesce(r.num, 0)::hugeint as num, coalesce(r.den, ${"ratio" in value ? 0 : "sum" in value ? 1000000 : 1})::hugeint as den from scored s left join (${rows}) r on r.scored_unit = s.unit_code`;
  const base = `coalesce(r.den, ${"ratio" in value ? 0 : "sum" in value ? 1000000 : 1})`;
  return `select s.unit_code, coalesce(r.num, 0)::hugeint as num, (${base} * coalesce(u.${quotedIdentifier(value.per)}, 0))::hugeint as den from scored s join unit_fact u on u.unit_code = s.unit_code left join (${rows}) r on r.scored_unit = s.unit_code`;
}

function fraction(value: Value): [string, string] {
  const holds = (e: Expression | null) => (e ? `coalesce((${e.sql}), false)` : "true");
  if ("ratio" in value)
    return [
      `count(*) filter (where ${holds(value.ratio.among)} and ${holds(value.ratio.of)})`,
      `count(*) filter (where ${holds(value.ratio.among)})`
    ];
  if ("sum" in value) return [`coalesce(sum(cast(cast((${value.sum.sql}) as decimal(28,6)) * 1000000 as hugeint)), 0)`, "1000000"];
  return [`count(*) filter (where ${holds(value.count)})`, "1"];
}

/** Integer division rounded half away from zero; both numbers ≥ 0, the divisor > 0. */
export function rounded(num: string, den: string): string {
  return `((2 * (${num})::hugeint + (${den})) // (2 * (${den})::hugeint))`;
}

function ratioMilli({points_milli, target, at_least, empty}: Extract<Measure, {kind: "ratio"}>, start: Scheme["start"]): string {
  const worst = start === "full" ? -points_milli : 0;
  const best = start === "full" ? 0 : points_milli;
  const none = {na: "null", full: String(best), zero: String(worst)}[empty];
  let milli: string;
  if (at_least) milli = `case when num * ${at_least.den} >= ${at_least.num} * den then ${best} else ${worst} end`;
  else if (target) {
    const short = `greatest(0, ${target.num} * den - num * ${target.den})`;
    milli = `-least(${points_milli}, ${rounded(`${target.lose_milli} * 100 * ${short}`, `${target.den} * den`)})`;
  } else milli = start === "full" ? `-${rounded(`${points_milli} * (den - num)`, "den")}` : rounded(`${points_milli} * num`, "den");
  return `cast(case when den = 0 then ${none} else ${milli} end as bigint)`;
}

function stepsMilli({bands, empty}: Extract<Measure, {kind: "steps"}>, start: Scheme["start"]): string {
  const sign = start === "full" ? "-" : "";
  const sorted = bands.toSorted((a, b) => b.num * a.den - a.num * b.den);
  const values = bands.map((b) => b.milli);
  const [best, worst] = start === "full" ? [Math.min(...values), Math.max(...values)] : [Math.max(...values), Math.min(...values)];
  const none = {na: "null", full: `${sign}${best}`, zero: `${sign}${worst}`}[empty];
  const cases = sorted.map((b) => `when num * ${b.den} >= ${b.num} * den then ${sign}${b.milli}`);
  return `cast(case when den = 0 then ${none} ${cases.join(" ")} end as bigint)`;
}

function judgeSql(rule: Rule, {from_milli, to_milli}: Extract<Measure, {kind: "judge"}>, start: Scheme["start"]): string {
  const milli = start === "full" ? `points_milli - ${to_milli}` : "points_milli";
  const points = "printf('%d.%02d', points_milli // 1000, (points_milli % 1000) // 10)";
  const because = `concat(reason, '（评议', ${points}, '分，', judged_by, coalesce(concat('评议、', reviewed_by, '复核'), '评议'), '，', judged_on, '）')`;
  return `select unit_code, ${quotedString(rule.id)}, '评议', ${from_milli}::hugeint, ${to_milli}::hugeint, case when is_na then null else ${milli} end, ${because}, batch_id, source_file, source_row from judged where rule_id = ${quotedString(rule.id)} and (is_na or points_milli between ${from_milli} and ${to_milli})`;
}

/** The sentence of a row, from its template; the rule's name where there is none. */
function templateSql(template: Template | null, {columns}: FactView, name: string): string {
  if (!template) return quotedString(name);
  const parts = template.map((part) => {
    if ("text" in part) return quotedString(part.text);
    return shownColumn(part.column, columns.find((c) => c.name === part.column)?.type ?? "VARCHAR");
  });
  return `concat(${parts.join(", ")})`;
}

function shownColumn(name: string, type: string): string {
  const column = quotedIdentifier(name);
  if (type === "DECIMAL(28,6)") return `coalesce(regexp_replace(cast(${column} as varchar), '\\.?0+$', ''), '不详')`;
  if (type === "BOOLEAN") return `case when ${column} then '是' when not ${column} then '否' else '不详' end`;
  return `coalesce(cast(${column} as varchar), '不详')`;
}

function figureBecause({because, name}: Rule, value: Value): string {
  if (!because) return `concat(${quotedString(name)}, '：', num, case when den = 1 then '' else concat('/', den) end)`;
  const scale = "sum" in value ? " // 1000000" : "";
  return `concat(${because.map((part) => ("text" in part ? quotedString(part.text) : part.column === "num" ? `num${scale}` : part.column === "den" ? `den${scale}` : "''")).join(", ")})`;
}
