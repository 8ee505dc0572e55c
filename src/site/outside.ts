import {TABLES} from "../contract/index.ts";
import {outsideView} from "../regime/secrecy.ts";
import {quotedIdentifier, quotedList, quotedString} from "../sql.ts";
import type {Database} from "../warehouse/duckdb.ts";
import {modelSql} from "../warehouse/model.ts";
import type {Untold} from "../warehouse/outside.ts";
import type {Scored} from "../warehouse/scored.ts";
import {ruleSight, type Visible} from "./audience.ts";

/** Marts that hold the result and no fact: outsideResult has already taken from them what may not be told. */
const RESULTS = new Set(["unit", "item"]);

/** Columns that name a unit, by the tables that refer to units. */
const UNIT_CODES = new Set([
  "scored_unit",
  ...TABLES.flatMap((t) => t.references.filter((r) => r.table === "unit").map((r) => r.column))
]);

/** Free texts of the contract, which may name an enterprise, a place or a person. */
const TEXTS = new Set(TABLES.flatMap((t) => t.columns.filter((c) => c.type === "text").map((c) => c.name)));

/**
 * Makes ready what marts for anybody outside the office are taken from: tables of src/models/outside, and `outside_rule`.
 * Needs: outsideTables, and the result as tables (unit_score, item_score).
 */
export async function outsideResult({db, schemes, result}: Scored, visible: Visible): Promise<void> {
  await db.set("period_from", result.period.from, "date");
  await db.run(modelSql("outside/result"));
  const rules = schemes.flatMap(({scheme}) => scheme.rules.map((rule) => ({scheme: scheme.id, ...ruleSight(rule, visible)})));
  await db.run(
    "create or replace temp table outside_rule (scheme varchar, rule_id varchar, name varchar, over varchar, is_silent boolean, is_dated boolean, is_hidden boolean)"
  );
  const text = (value: string | null) => (value === null ? "null" : quotedString(value));
  for (const {scheme, id, name, over, is_silent, is_dated, is_hidden} of rules)
    await db.run(
      `insert into outside_rule values (${[scheme, id, name, over].map(text).join(", ")}, ${is_silent}, ${is_dated}, ${is_hidden})`
    );
}

/** Rows of this period of units of which nothing of it may be told; none where the regime keeps nothing back. Needs: outsideResult. */
export async function untoldRows(db: Database): Promise<Untold> {
  const own = "scored_unit in (select unit_code from outside_unit) and o.anchor_on >= getvariable('period_from')";
  return {
    findings: await db.list(
      `select distinct a.finding_id from finding_all a join outside_finding o on o.finding_id = a.finding_id where ${own} and a.finding_id not in (select finding_id from outside_shown)`
    ),
    inspections: await db.list(
      `select distinct a.inspection_id from inspection_all a join outside_inspection o on o.inspection_id = a.inspection_id where ${own}`
    )
  };
}

/** Numbers of a result's vetoes that may not be told: the row is named by its rule alone. */
export async function hiddenVetoes(
  {db, result, schemes}: Scored,
  visible: Visible
): Promise<(rule: string, subject: string | null) => boolean> {
  const vetoes = result.schemes.flatMap((s) => s.units.flatMap((u) => u.vetoes));
  const subjects = vetoes.flatMap((v) => (v.subject === null ? [] : [v.subject]));
  const closed = new Set(await db.list(`select subject from closed_subject where subject in ${quotedList(subjects)}`));
  const rules = new Set(
    schemes.flatMap(({scheme}) => scheme.rules.flatMap((rule) => (ruleSight(rule, visible).is_hidden ? [rule.id] : [])))
  );
  return (rule, subject) => rules.has(rule) || (subject !== null && closed.has(subject));
}

/**
 * The rows of a mart as they may be told outside the office: without clues, cases and what is not fed back, without days up to the
 * feedback, without units and words that are secret. A mart that nobody has thought of stays empty where the regime keeps secrets.
 * Shape: the mart's select in, a select with the same columns in the same order out.
 */
export async function outsideRows(
  db: Database,
  {name, grain, sql}: {readonly name: string; readonly grain: string | null; readonly sql: string},
  {regime, when}: Pick<Scored, "regime" | "when">,
  visible: Visible
): Promise<string> {
  if (RESULTS.has(name)) return sql;
  const view = outsideView(regime, when.as_of);
  if (name === "ledger") return ledgerRows(sql, visible);
  if (grain === null) return view.clause === null ? sql : `select * from (${sql}) where false`;
  const columns = await db.rows<{column_name: string; column_type: string}>(`describe ${sql}`);
  const has = (column: string) => columns.some((c) => c.column_name === column);
  const shown = columns.map(({column_name, column_type}) => {
    const column = `r.${quotedIdentifier(column_name)}`;
    const masked = maskedColumn(column_name, column_type, has);
    return `${masked ?? column} as ${quotedIdentifier(column_name)}`;
  });
  const by = [has("finding_id") ? "f" : [], has("inspection_id") ? "i" : []].flat();
  const each = (column: string) => by.map((alias) => `${alias}.${column}`);
  const last = (column: string) => (by.length === 0 ? "null::date" : `greatest(${each(column).join(", ")}, null)`);
  const key =
    {action: "action_id", tip: "tip_id"}[grain] ??
    (has("finding_id") ? "finding_id" : has("inspection_id") ? "inspection_id" : null);
  const own = has("scored_unit") ? "r.scored_unit" : "null";
  return `select ${shown.join(", ")} from (select *, row_number() over () as outside_no from (${sql})) r
    ${has("finding_id") ? "left join outside_finding f on f.finding_id = r.finding_id" : ""}
    ${has("inspection_id") ? "left join outside_inspection i on i.inspection_id = r.inspection_id" : ""}
    cross join lateral (select ${last("told_on")} as told_on, ${last("anchor_on")} as anchor_on) t
    where ${["true", ...each("is_sealed").map((sealed) => `not coalesce(${sealed}, false)`)].join(" and ")}
      ${has("finding_id") && !has("scored_unit") ? "and r.finding_id in (select finding_id from outside_shown)" : ""}
      ${key === null ? "" : `and r.${key} not in (select subject from closed_subject)`}
      and (${own} is null or ${own} not in (select unit_code from secret_unit))
      and not coalesce(${own} in (select unit_code from outside_unit) and t.anchor_on >= getvariable('period_from'), false)
    order by r.outside_no`;
}

/** What stands in a column instead: nothing for a day up to the feedback, a secret unit, a text that names one. */
function maskedColumn(name: string, type: string, has: (column: string) => boolean): string | null {
  const column = `r.${quotedIdentifier(name)}`;
  // What was due or done on the day of a visit was also closed soon after it: then no day of the finding is told.
  const first = ["due_on", "done_on"].filter(has).map((day) => `coalesce(r.${day} > t.told_on, true)`);
  const told = (own: readonly string[]) =>
    `case when t.told_on is null or (${[...first, ...own].join(" and ")}) then ${column} end`;
  if (type === "DATE") return told([`${column} > t.told_on`]);
  if (name === "days_overdue" && has("due_on")) return told([]);
  if (name === "scored_unit") return null;
  if (UNIT_CODES.has(name)) return `case when ${column} not in (select unit_code from secret_unit) then ${column} end`;
  if (TEXTS.has(name)) return `case when not exists (${namesSecret(column)}) then ${column} end`;
  return null;
}

function namesSecret(column: string): string {
  return `select 1 from secret_word w where contains(${column}, w.word)`;
}

/** The ledger without what its sentences would tell; a rule's name stands where its sentence may not. */
function ledgerRows(sql: string, visible: Visible): string {
  const own = `regexp_replace(e.subject, '@原$', '')`;
  // Who judged and who reviewed stand between the points and the day.
  const judged = "'（评议([^（），]*分)，.*，(\\d{4}-\\d{2}-\\d{2})）$'";
  const people = visible("judgement", "judged_by") && visible("judgement", "reviewed_by");
  const reason = !visible("judgement", "reason")
    ? "r.name"
    : people
      ? "e.because"
      : `case when regexp_matches(e.because, ${judged}) then regexp_replace(e.because, ${judged}, '（评议\\1，\\2）') else r.name end`;
  return `select e.scheme, e.unit_code, e.seq, e.kind, e.item, e.rule_id,
      case when not (coalesce(r.is_hidden, false) or c.subject is not null) then e.subject end as subject, e.milli,
      case when coalesce(r.is_silent, false) or coalesce(r.is_hidden and e.subject is not null, false) or c.subject is not null or coalesce(r.is_dated and m.subject is not null, false)
        or exists (${namesSecret("e.because")}) then r.name
        when e.kind = '评议' then ${reason} else e.because end as because,
      e.breach, e.basis
    from (select *, row_number() over () as outside_no from (${sql})) e
    left join outside_rule r on r.scheme = e.scheme and r.rule_id = e.rule_id
    left join closed_subject c on c.subject = ${own}
    left join outside_masked m on m.grain = r.over and m.subject = ${own}
    where e.unit_code not in (select unit_code from outside_unit) and e.unit_code not in (select unit_code from secret_unit)
    order by e.outside_no`;
}
