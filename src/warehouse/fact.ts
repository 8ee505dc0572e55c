import {FACTS} from "../contract/fact.ts";
import {STAGES, TABLES, type Table} from "../contract/index.ts";
import {isFreeText, shownSql} from "../contract/mask.ts";
import type {Period} from "../regime/period.ts";
import {parameterOn} from "../regime/resolve.ts";
import type {CalendarDay, Regime} from "../regime/types.ts";
import type {Scheme} from "../scheme/types.ts";
import {quotedIdentifier, quotedString, valuesSql} from "../sql.ts";
import {clockTables} from "./clock.ts";
import type {Database} from "./duckdb.ts";
import {modelSql} from "./model.ts";

/** The three cut-offs. known_at null: everything loaded. */
export interface CutOffs {
  readonly as_of: string;
  readonly decisions_until: string;
  readonly known_at: string | null;
}

/** What the facts of a day are built by, beside the cut-offs. */
export interface FactOptions {
  readonly regime: Regime;
  readonly calendar: readonly CalendarDay[];
  readonly year: number;
  /** A finding that is taken as never found: for what it cost. */
  readonly without?: string | undefined;
}

/** Columns of a fact, `null` for all; a score needs only those its rules name. */
export type Needed = ReadonlySet<string> | null;

/**
 * Builds what does not depend on a scheme: every table as of the day, decisions, the state of every finding.
 * Needs: the visible tables (openWarehouse, or buildVisible for an earlier moment). Time arrives as session variables.
 */
export async function prepareFacts(
  db: Database,
  when: CutOffs,
  {regime, calendar, year, without}: FactOptions,
  scheme: Pick<Scheme, "extension">
): Promise<void> {
  await db.set("as_of", when.as_of, "date");
  await db.set("decisions_until", when.decisions_until, "date");
  await db.set("year", year, "bigint");
  // Without any 整改情况报告 loaded nobody can be said to be late with one.
  await db.run("set variable has_response = (select count(*) > 0 from batch where \"table\" = 'response' and not revoked)");
  const extension = extensionRule(regime, scheme, when.as_of);
  await db.set("extension_max", extension.max_times, "bigint");
  await db.run(`set variable extension_late = ${!extension.apply_before_due}`);
  await db.run(
    `create or replace temp table stage_order as select * from (values ${STAGES.map((s, i) => `(${quotedString(s)}, ${i + 1})`).join(", ")}) as v(stage, stage_no)`
  );
  await db.run(modelSql("fact/objection"));
  for (const table of TABLES) await db.run(asOfSql(table, without));
  await db.run(modelSql("fact/appeal_effective"));
  await clockTables(db, regime, calendar);
  await db.run(modelSql("fact/finding_state"));
}

/** What the office's own scheme allows, asked for in time, else what the regime does; at most 0 times: 延期 moves nothing. */
function extensionRule(
  regime: Regime,
  {extension}: Pick<Scheme, "extension">,
  day: string
): {readonly max_times: number; readonly apply_before_due: boolean} {
  if (extension) return {max_times: extension.max_times, apply_before_due: true};
  const allowed = parameterOn(regime)("extension", day) as {max_times: number; apply_before_due: boolean} | undefined;
  return allowed ?? {max_times: 0, apply_before_due: true};
}

/**
 * Builds the facts of a scheme: units with their coverage, and `<grain>_fact` for every grain; `finding_found` and
 * `accident_found` are the same rows as they were before 异议复核.
 */
export async function buildFacts(
  db: Database,
  scheme: Scheme,
  regime: Regime,
  period: Period,
  needed: Needed = null
): Promise<void> {
  await db.set("period_from", period.from, "date");
  await db.set("period_to", period.to, "date");
  await db.set("round_no", period.round_no);
  await db.set("several", scheme.several_inspections);
  await regimeTables(db, scheme, regime, period);
  for (const model of ["fact/unit_chain", "fact/inspection_state", "fact/finding_fact", "fact/other_facts"])
    await db.run(modelSql(model));
  for (const {grain, columns} of FACTS) {
    const wanted = columns.map((c) => c.name).filter((name) => needed === null || grain !== "finding" || needed.has(name));
    const list = [...wanted.map(quotedIdentifier), "batch_id", "source_file", "source_sheet", "source_row"].join(", ");
    const decided = DECIDED[grain];
    const kind = grain === "finding" ? "table" : "view";
    const rows = `${grain}_view${decided ? " where variant = 'decided'" : ""}`;
    await db.run(`create or replace temp ${kind} ${grain}_fact as select ${list} from ${rows}`);
    if (decided) await db.run(await foundSql(db, grain, decided, list));
  }
  await db.run(modelSql("fact/unit_state"));
}

/** What 异议复核 calls the grains it decides upon. */
const DECIDED: Readonly<Record<string, string>> = {finding: "问题", accident: "事故"};

/** The rows of a grain that were decided upon, as they were before; mostly there are none, and no view need be worked out. */
async function foundSql(db: Database, grain: string, kind: string, list: string): Promise<string> {
  const decided = `select subject_id from appeal_effective where subject_kind = ${quotedString(kind)}`;
  const rows =
    (await db.row(`${decided} limit 1`)) === undefined
      ? `${grain}_fact limit 0`
      : `${grain}_view where variant = 'found' and ${grain}_id in (${decided})`;
  return `create or replace temp table ${grain}_found as select ${list} from ${rows}`;
}

async function regimeTables(db: Database, {applies_to}: Scheme, regime: Regime, period: Period): Promise<void> {
  const on = parameterOn(regime);
  const counted = (on("cycle", period.to) ?? on("round", period.to)) as {counts?: string[]; extended_counts?: boolean} | undefined;
  const exempt = on("exempt", period.to) as {by_extended?: string[]; by_kind?: string[]; unit_kinds?: string[]} | undefined;
  const clause = regime.parameters.exempt?.clause ?? "";
  const reasons = [
    ...(exempt?.by_extended ?? []).map((level) => ({
      level,
      kind: null as string | null,
      because: `${level}${level.length === 1 ? "级" : ""}当年已延伸巡查（${clause}）`
    })),
    ...(exempt?.by_kind ?? []).map((kind) => ({
      level: null as string | null,
      kind,
      because: `当年已安排${regime.kinds[kind] ?? kind}（${clause}）`
    }))
  ];
  const rows = reasons.flatMap((r) => (exempt?.unit_kinds ?? [null]).map((unit_kind) => ({...r, unit_kind})));
  await db.run(
    valuesSql(
      "applies_kind",
      ["unit_kind"],
      applies_to.map((kind) => [kind])
    )
  );
  const returning = (on("return_visit", period.to) as {kinds?: string[]} | undefined)?.kinds ?? [];
  const counting = counted?.counts ?? Object.keys(regime.kinds).filter((k) => !returning.includes(k));
  await db.run(
    valuesSql(
      "counting_kind",
      ["kind"],
      counting.map((kind) => [kind])
    )
  );
  await db.run(`set variable extended_counts = ${counted?.extended_counts === true}`);
  await db.run(
    valuesSql(
      "exempt_by",
      ["extended_from", "kind", "unit_kind", "because"],
      rows.map((r) => [r.level, r.kind, r.unit_kind, r.because])
    )
  );
}

/** Tables of what people say about a result: their rows count by the day on which it was said. */
const SAID_ON: Readonly<Record<string, string>> = {judgement: "judged_on", appeal: "filed_on", confirmation: "answered_on"};

/**
 * A table as of the day: rows dated later are not there, later happenings read as null. 评议, 异议复核 and 扣分确认 count by the day
 * they were made. The receipt of feedback defaults to the day it was given. A finding looked at `without` is not there.
 * Telephone and identity numbers in free text are masked here, once for everything that is built on it.
 */
function asOfSql(table: Table, without?: string): string {
  const name = quotedIdentifier(`${table.name}_asof`);
  const asOf = "getvariable('as_of')";
  const until = "getvariable('decisions_until')";
  const columns = table.columns.map((c) => {
    const column = quotedIdentifier(c.name);
    if (table.name === "inspection" && c.name === "feedback_received_on")
      return `case when coalesce(feedback_received_on, fed_back_on) <= ${asOf} then coalesce(feedback_received_on, fed_back_on) end as feedback_received_on`;
    if (table.name === "appeal" && (c.name === "decided_on" || c.name === "decision"))
      return `case when decided_on <= ${until} then ${column} end as ${column}`;
    if (isFreeText(c)) return `${shownSql(column)} as ${column}`;
    return c.event ? `case when ${column} <= ${asOf} then ${column} end as ${column}` : column;
  });
  const said = SAID_ON[table.name];
  const exists = said ? `${said} <= ${until}` : table.exists_on ? `${quotedIdentifier(table.exists_on)} <= ${asOf}` : "true";
  // What units objected to in 扣分确认 waits for a decision like any 异议.
  const rows = table.name === "appeal" ? "appeal_stated" : quotedIdentifier(table.name);
  const left = table.name === "finding" && without !== undefined ? ` and finding_id <> ${quotedString(without)}` : "";
  return `create or replace temp view ${name} as select ${columns.join(", ")}, batch_id, source_file, source_sheet, source_row from ${rows} where ${exists}${left}`;
}
