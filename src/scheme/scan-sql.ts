import {quotedIdentifier, quotedString} from "../sql.ts";
import {becauseSql, costSql, isOnce, labelSql, ORIGIN, type RowRule, subjectOf} from "./row-sql.ts";
import {COUNTED, conditionSql, factTable} from "./scope.ts";
import {ruleTitle} from "./title.ts";

/** Whether a rule needs nothing but the row itself: such rules of a grain are all found in one look at each fact. */
export function isPlain(rule: RowRule): boolean {
  return rule.escalate === null && !isOnce(rule);
}

/** Plain rules by what they look at; each group is one pass. */
export function scans(rules: readonly RowRule[]): RowRule[][] {
  const plain = rules.filter(isPlain);
  return [...new Set(plain.map(({over}) => over))].map((over) => plain.filter((rule) => rule.over === over));
}

/** Rows of plain rules over one grain, as hitRowsSql gives those of one rule. */
export function scannedHitsSql(rules: readonly RowRule[]): string {
  const compared = rules.map((rule) => (rule.highest_of === null ? null : `cast(${quotedIdentifier(rule.highest_of)} as varchar)`));
  const labels = rules.map((rule) => (rule.weight === null ? null : labelSql(rule)));
  return `select unit_code, rule_id, subject, highest, cost, bucket from (
  select scored_unit as unit_code, ${ruleIdSql(rules)} as rule_id, ${subjectSql(rules)} as subject,
    ${byRule(compared, "null")} as highest,
    ${byRule(
      rules.map((rule) => costSql(rule)),
      "0"
    )} as cost,
    ${byRule(labels, "''")} as bucket
  from ${foundSql(rules)}
) where cost > 0`;
}

/** Rows of plain rules over one grain, as chargedRowsSql gives those of one rule. */
export function scannedChargesSql(rules: readonly RowRule[]): string {
  const because = rules.map(becauseSql);
  return `select unit_code, rule_id, subject, cost, because, batch_id, source_file, source_row from (
  select scored_unit as unit_code, ${ruleIdSql(rules)} as rule_id, ${subjectSql(rules)} as subject,
    ${byRule(
      rules.map((rule) => costSql(rule)),
      "0"
    )} as cost,
    ${byRule(because, "''")} as because, ${ORIGIN}
  from ${foundSql(rules)}
) where cost > 0`;
}

/** Facts with the number of each rule whose condition they meet; a fact that meets several comes several times. */
function foundSql(rules: readonly RowRule[]): string {
  const [first] = rules as readonly [RowRule, ...RowRule[]];
  const conditions = rules.map(
    (rule, i) => `      -- ${ruleTitle(rule)}\n      case when ${conditionSql(rule)} then ${i + 1}::usmallint end`
  );
  return `(
    select *, unnest(list_filter([
${conditions.join(",\n")}
    ], lambda x: x is not null)) as rule_no
    from ${factTable(first)} where ${COUNTED}
  )`;
}

function ruleIdSql(rules: readonly RowRule[]): string {
  return `list_extract([${rules.map(({id}) => quotedString(id)).join(", ")}], rule_no)`;
}

function subjectSql(rules: readonly RowRule[]): string {
  const [first] = rules as readonly [RowRule, ...RowRule[]];
  return subjectOf(first);
}

/** A value for each rule; rules that have the same share a branch. */
function byRule(values: readonly (string | null)[], otherwise: string): string {
  const numbers = new Map<string, number[]>();
  for (const [i, value] of values.entries()) if (value !== null) numbers.set(value, [...(numbers.get(value) ?? []), i + 1]);
  if (numbers.size === 0) return otherwise;
  const cases = [...numbers].map(([value, of]) => `when rule_no in (${of.join(", ")}) then ${value}`);
  return `case ${cases.join("\n      ")} else ${otherwise} end`;
}
