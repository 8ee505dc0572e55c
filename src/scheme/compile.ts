import {quotedString} from "../sql.ts";
import {figureSql} from "./figure-sql.ts";
import {planSql} from "./plan-sql.ts";
import {chargedRowsSql, foundRowsSql, hitRowsSql, isRowRule, originsSql, vetoSql} from "./row-sql.ts";
import {isPlain, scannedChargesSql, scannedHitsSql, scans} from "./scan-sql.ts";
import {factTable, scopeSql} from "./scope.ts";
import {ruleTitle} from "./title.ts";
import type {Rule, Scheme} from "./types.ts";

/**
 * A scheme as SQL: statements that fill the tables which the models applied, tally, cap and ledger read.
 * Reads the fact views (`finding_fact` …), `finding_found`, `accident_found`, `scored`, `judged`, `appeal_effective`; for change also
 * `coverage_before` and `<grain>_before`; and the session variables period_from, period_to, round_no, as_of, before_….
 */
export interface CompiledScheme {
  /** scheme_item, scheme_rule, scheme_cap, scheme_grade, scheme_start: the scheme as data. */
  readonly plan: readonly string[];
  /** absent, item_absent: what does not apply to a unit. */
  readonly applicability: readonly string[];
  /** hit, figure, veto_hit, found_hit: what happened, before highest_of and caps. */
  readonly causes: readonly string[];
  /**
   * Views that only the ledger reads. charged: every row that costs or gives, with its sentence and source; origin: where the subjects
   * of compared rules came from.
   */
  readonly views: readonly string[];
}

const ROW = "cost bigint, because varchar, batch_id varchar, source_file varchar, source_row bigint";

/**
 * Compiles a scheme.
 * Units: milli-points as BIGINT; a row's cost is rounded half away from zero once.
 * Source: 4-scheme, Measures, Direction, Order and arithmetic (steps 0 and 1).
 */
export function compileScheme(scheme: Scheme): CompiledScheme {
  const rows = scheme.rules.filter(isRowRule);
  const single = rows.filter((rule) => !isPlain(rule));
  const decided = rows.filter(({measure, over}) => measure.kind === "deduct" && (over === "finding" || over === "accident"));
  return {
    plan: planSql(scheme),
    applicability: [
      tableSql("absent", "unit_code varchar, rule_id varchar, bucket varchar", scheme.rules.flatMap(absentSql)),
      tableSql("item_absent", "unit_code varchar, item varchar", itemAbsentSql(scheme))
    ],
    causes: [
      tableSql("hit", "unit_code varchar, rule_id varchar, subject varchar, highest varchar, cost bigint, bucket varchar", [
        ...scans(rows).map(scannedHitsSql),
        ...single.map(named(hitRowsSql))
      ]),
      tableSql(
        "figure",
        "unit_code varchar, rule_id varchar, kind varchar, num hugeint, den hugeint, milli bigint, because varchar, batch_id varchar, source_file varchar, source_row bigint",
        scheme.rules.flatMap((rule) => figureSql(rule, scheme.start).map((sql) => named(() => sql)(rule)))
      ),
      tableSql(
        "veto_hit",
        "unit_code varchar, rule_id varchar, subject varchar, score_milli bigint, grade_at_most varchar, is_pending boolean, because varchar, batch_id varchar, source_file varchar, source_row bigint",
        scheme.rules.filter(({measure}) => measure.kind === "veto").map(named(vetoSql))
      ),
      tableSql("found_hit", `unit_code varchar, rule_id varchar, subject varchar, ${ROW}`, decided.map(named(foundRowsSql)))
    ],
    views: [
      viewSql("charged", "unit_code, rule_id, subject, cost, because, batch_id, source_file, source_row", [
        ...scans(rows).map(scannedChargesSql),
        ...single.map(named(chargedRowsSql))
      ]),
      viewSql("origin", "unit_code, grain, subject, batch_id, source_file, source_row", originsSql(rows))
    ]
  };
}

/** A rule's select under the rule's number, name and article, for whoever reads the script. */
function named<R extends Rule>(select: (rule: R) => string): (rule: R) => string {
  return (rule) => `-- ${ruleTitle(rule)}\n${select(rule)}`;
}

function viewSql(name: string, columns: string, selects: readonly string[]): string {
  const none = `select ${columns
    .split(", ")
    .map((column) => (column === "cost" || column === "source_row" ? "null::bigint" : "null::varchar"))
    .join(", ")} where false`;
  return `create or replace temp view ${name} (${columns}) as\n${selects.length === 0 ? none : selects.join("\nunion all\n")}`;
}

function tableSql(name: string, columns: string, selects: readonly string[]): string {
  const create = `create or replace temp table ${name} (${columns})`;
  return selects.length === 0 ? create : `${create};\ninsert into ${name}\n${selects.join("\nunion all\n")}`;
}

/** Rules that are 不涉及 to a unit: by their own condition, or for want of rows. */
function absentSql(rule: Rule): string[] {
  const id = quotedString(rule.id);
  const parts: string[] = [];
  if (rule.applies) parts.push(`select unit_code, ${id}, 'na' from unit_fact where not coalesce((${rule.applies.sql}), false)`);
  if (rule.needs && rule.over) {
    const enough = `select scored_unit from ${factTable(rule)} where ${scopeSql(rule)} and coalesce((${rule.needs.count.sql}), false) group by scored_unit having count(*) >= ${rule.needs.at_least}`;
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
