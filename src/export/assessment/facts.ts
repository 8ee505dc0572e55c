import type {Leaving} from "../../site/leaving.ts";
import type {Scored} from "../../warehouse/scored.ts";
import {answeredRows} from "../confirm/tally.ts";

/** What stands behind a ledger row. */
export interface RowFact {
  readonly fact: string | null;
  readonly on: string | null;
  /** The article of law that the finding names. */
  readonly law: string | null;
  readonly evidence: string | null;
}

/** Facts by grain and subject, and evidence of 评议 by unit and rule. */
export type FactOf = (grain: string | null, subject: string | null, unit: string, rule: string | null) => RowFact | null;

type Row = Readonly<Record<string, string | number | boolean | null>>;

/** Marts that ledger rows are about, with the column that names the subject. */
const SUBJECTS = [
  {mart: "finding", grain: "finding", subject: "finding_id"},
  {mart: "finding-text", grain: "finding", subject: "finding_id"},
  {mart: "action", grain: "action", subject: "action_id"},
  {mart: "accident", grain: "accident", subject: "accident_id"},
  {mart: "tip", grain: "tip", subject: "tip_id"},
  {mart: "inspection", grain: "inspection", subject: "inspection_id"}
] as const;

/**
 * The facts behind the ledger's rows, as far as the audience may see them: what is kept back by the marts is not here either.
 * Needs: leavingTables.
 */
export async function ledgerFacts({db, year}: Scored, {select, visible}: Leaving): Promise<FactOf> {
  const facts = new Map<string, Row>();
  for (const {mart, grain, subject} of SUBJECTS) {
    if (!visible(grain, subject)) continue;
    const sql = `from (${await select(mart, grain)}) where ${subject} in (select regexp_replace(subject, '@原$', '') from ledger)`;
    for (const row of await db.rows<Row>(`select * ${sql}`)) {
      const key = `${grain} ${row[subject]}`;
      facts.set(key, {...facts.get(key), ...row});
    }
  }
  const judged = visible("judgement", "evidence") ? await db.rows<Row>(judgedSql(year)) : [];
  const evidence = new Map(judged.map((row) => [`${row.unit_code} ${row.rule_id}`, text(row.evidence)]));
  return (grain, subject, unit, rule) => {
    if (subject === null) {
      const given = evidence.get(`${unit} ${rule}`);
      return given ? {fact: null, on: null, law: null, evidence: given} : null;
    }
    const row = facts.get(`${grain} ${subject.replace(/@原$/, "")}`);
    return row && grain !== null ? (TOLD[grain]?.(row) ?? null) : null;
  };
}

/** Evidence of judgements; of a unit that took another's place its own first. Reads: judgement_asof, heir, secret_word. */
function judgedSql(year: number): string {
  return `select coalesce(h.heir_code, j.unit_code) as unit_code, j.rule_id, j.evidence from judgement_asof j
    left join heir h on h.unit_code = j.unit_code
    where j.year = ${year} and j.evidence is not null and not exists (select 1 from secret_word w where contains(j.evidence, w.word))
    qualify row_number() over (partition by coalesce(h.heir_code, j.unit_code), j.rule_id order by j.unit_code = coalesce(h.heir_code, j.unit_code) desc, j.unit_code) = 1`;
}

const TOLD: Readonly<Record<string, (row: Row) => RowFact>> = {
  finding: (row) => ({
    fact: text(row.description),
    on: text(row.found_on),
    law: text(row.violated),
    evidence: joined([named("巡查", row.inspection_id), named("点位", row.visit_id), named("重大隐患判定依据：", row.criterion)])
  }),
  action: (row) => ({
    fact: joined([text(row.kind), text(row.result)]),
    on: text(row.taken_on),
    law: null,
    evidence: joined([text(row.by_office), text(row.document_no)])
  }),
  accident: (row) => ({
    fact: joined([
      `${text(row.accident_grade) ?? ""}${text(row.accident_type) ?? ""}` || null,
      counted("死亡", row.deaths, "人"),
      counted("重伤", row.injuries, "人"),
      counted("直接经济损失", row.loss_wan, "万元")
    ]),
    on: text(row.occurred_on),
    law: null,
    evidence: joined([text(row.concluded_by), text(row.document_no)])
  }),
  tip: (row) => ({fact: joined([text(row.channel), text(row.outcome)]), on: text(row.received_on), law: null, evidence: null}),
  inspection: (row) => ({fact: named("", row.kind), on: text(row.ended_on), law: null, evidence: named("巡查", row.inspection_id)})
};

function text(value: Row[string] | undefined): string | null {
  return value === null || value === undefined || value === "" ? null : String(value);
}

function named(word: string, value: Row[string] | undefined): string | null {
  const given = text(value);
  return given === null ? null : `${word}${given}`;
}

function counted(word: string, value: Row[string] | undefined, unit: string): string | null {
  const given = text(value);
  return given === null || Number(given) === 0 ? null : `${word}${Number(given)}${unit}`;
}

function joined(parts: readonly (string | null)[]): string | null {
  return parts.filter((part) => part !== null).join("，") || null;
}

/** What units said in 扣分确认 and what was decided, by unit, rule and subject; null where nothing was said. */
export async function opinions(
  scored: Scored,
  {visible}: Leaving
): Promise<(unit: string, rule: string | null, subject: string | null) => string | null> {
  const {db, year} = scored;
  if ((await db.row(`select 1 from confirmation_asof where year = ${year} limit 1`)) === undefined) return () => null;
  const current = new Set(
    (await answeredRows(scored)).rows.flatMap(({row, is_current}) =>
      is_current ? [`${row.unit_code} ${row.rule_id} ${row.subject}`] : []
    )
  );
  const reason = visible("confirmation", "reason") ? "c.reason" : "null";
  // A finding, accident or inspection has one decision whoever asked.
  const rows = await db.rows<Row>(`with c as (
      select * from confirmation_asof where year = ${year}
      qualify row_number() over (partition by unit_code, rule_id, subject order by answered_on desc, answer = '异议' desc, digest desc) = 1
    ), ruled as (
      select c.unit_code, c.rule_id, c.subject, arg_max(a.decision, (a.decided_on, a.appeal_id)) as decision, max(a.decided_on) as decided_on
      from c join appeal_asof a on a.subject_kind = c.subject_kind and a.subject_id = c.subject and a.decided_on >= c.answered_on
      where c.answer = '异议' and a.decision is not null and (a.unit_code = c.unit_code or c.subject_kind in ('问题', '事故', '覆盖'))
      group by all
    )
    select c.unit_code, c.rule_id, c.subject, c.answer, c.answered_on,
      case when not exists (select 1 from secret_word w where contains(${reason}, w.word)) then ${reason} end as reason,
      r.decision, r.decided_on
    from c left join ruled r on r.unit_code = c.unit_code and r.rule_id = c.rule_id and r.subject = c.subject
    order by c.unit_code, c.rule_id, c.subject`);
  const said = new Map(
    rows.map((row) => {
      const key = `${row.unit_code} ${row.rule_id} ${row.subject}`;
      return [key, opinionText({...row, is_stale: !current.has(key)})];
    })
  );
  return (unit, rule, subject) => said.get(`${unit} ${rule} ${subject?.replace(/@原$/, "") ?? rule}`) ?? null;
}

function opinionText({answer, answered_on, reason, is_stale, decision, decided_on}: Row): string {
  const why = reason === null ? "" : `：${reason}`;
  const stale = is_stale === true ? "（对此前结果的答复）" : "";
  const ruling = answer === "异议" ? `；${decision === null ? "复核未决定" : `${decided_on}复核${decision}`}` : "";
  return `${answer}（${answered_on}）${why}${stale}${ruling}`;
}
