import {fault, nearestName} from "../../fault.ts";
import {parameterOn} from "../../regime/resolve.ts";
import {explainSubject} from "../../score/explain.ts";
import {groupBy} from "../../score/group.ts";
import type {LedgerEntry, Milli} from "../../score/types.ts";
import {quotedList, quotedString} from "../../sql.ts";
import {type FindingDue, findingDues} from "../../warehouse/finding-due.ts";
import {findingHistories, type HistoryEvent} from "../../warehouse/finding-history.ts";
import {findingReasons} from "../../warehouse/finding-reason.ts";
import {type Marginal, marginals} from "../../warehouse/marginal.ts";
import {ledgerRows, type Scored} from "../../warehouse/scored.ts";
import {UNIT_NAMES} from "../document/inspected.ts";

/** A finding as its file has it: as 异议复核 left it; as first found where it was struck. Days ISO. */
export interface FiledFinding {
  readonly finding_id: string;
  readonly is_struck: boolean;
  readonly unit_code: string;
  readonly unit_name: string;
  readonly layer: string;
  readonly item: string;
  readonly severity: string;
  readonly description: string;
  readonly found_on: string;
  readonly category: string | null;
  readonly industry: string | null;
  readonly nature: string | null;
  readonly hazard_level: string | null;
  readonly criterion: string | null;
  readonly violated: string | null;
  readonly fault: string | null;
  readonly source: string | null;
  readonly requirement: string | null;
  readonly fix_now: boolean | null;
  readonly measure: string | null;
  readonly owner: string | null;
  readonly fund_wan: string | null;
  readonly plan: string | null;
  readonly lead_name: string | null;
  readonly supervisor_name: string | null;
  readonly due_on: string | null;
  readonly done_on: string | null;
  readonly closed_on: string | null;
  readonly state: string;
  readonly days_overdue: number | null;
  readonly inspection_id: string | null;
  readonly inspection_kind: string | null;
  readonly started_on: string | null;
  readonly ended_on: string | null;
  readonly visit_id: string | null;
  readonly place_name: string | null;
  readonly record_no: string | null;
  readonly record_signed: boolean | null;
  readonly signer_role: string | null;
  readonly slip_no: string | null;
  readonly recorded: boolean | null;
  readonly batch: string | null;
  readonly file: string | null;
  readonly row: number | null;
}

/** What a finding cost a unit. */
export interface FiledCost {
  readonly unit_code: string;
  readonly unit_name: string;
  readonly milli: Milli;
  readonly entries: readonly LedgerEntry[];
}

/** What happened, when, and where that is written. */
export type CardEvent = Pick<HistoryEvent, "on_date" | "what" | "detail" | "batch" | "file" | "row" | "late">;

/** A finding with everything that happened to it. */
export interface Card {
  readonly finding: FiledFinding;
  readonly due: FindingDue | null;
  /** What happened to it, and to the whole inspection it was found in: 约谈, 整改情况报告 and the like. */
  readonly history: readonly CardEvent[];
  readonly costs: readonly FiledCost[];
  /** What the score would be without it; null: not asked for. */
  readonly marginals: readonly Marginal[] | null;
  /** Why it cost nothing, or other than its rows say; only where marginals were asked for. */
  readonly reasons: readonly string[];
}

const PLAIN = [
  ...["finding_id", "unit_code", "layer", "item", "severity", "description", "category", "industry", "nature", "hazard_level"],
  ...["criterion", "violated", "fault", "source", "requirement", "fix_now", "measure", "owner", "plan", "state", "days_overdue"],
  ...["inspection_id", "visit_id"]
]
  .map((name) => `f.${name}`)
  .join(", ");
const TEXTS = ["found_on", "fund_wan", "due_on", "done_on", "closed_on"]
  .map((name) => `cast(f.${name} as varchar) as ${name}`)
  .join(", ");

/**
 * The findings of a condition over `f`, each once, in the order of the regime's contents.
 * Needs: a scored database. @example await filedFindings(scored, "f.finding_id = 'W-0042'")
 */
export async function filedFindings({db}: Scored, condition: string): Promise<FiledFinding[]> {
  return db.rows<FiledFinding>(`select ${PLAIN}, ${TEXTS}, f.variant = 'found' as is_struck, coalesce(u.unit_name, f.unit_code) as unit_name,
  l.unit_name as lead_name, s.unit_name as supervisor_name, i.kind as inspection_kind, cast(i.started_on as varchar) as started_on, cast(i.ended_on as varchar) as ended_on,
  v.place_name, v.record_no, v.record_signed, v.signer_role, v.slip_no, v.recorded,
  f.batch_id as batch, concat_ws(' ', f.source_file, f.source_sheet) as file, f.source_row as "row"
from (select *, row_number() over (partition by finding_id order by variant) as n from finding_state) f
left join ${UNIT_NAMES} u on u.unit_code = f.unit_code
left join ${UNIT_NAMES} l on l.unit_code = f.lead_code
left join ${UNIT_NAMES} s on s.unit_code = f.supervisor_code
left join inspection_asof i on i.inspection_id = f.inspection_id
left join visit_asof v on v.visit_id = f.visit_id
where f.n = 1 and (${condition})
order by try_cast(split_part(f.item, '.', 1) as integer), f.item, f.found_on, f.finding_id`);
}

/** Findings of a unit: its own, and those below it that a scheme charges to it. */
export async function unitFindings(scored: Scored, unit_code: string): Promise<FiledFinding[]> {
  const code = quotedString(unit_code);
  return filedFindings(
    scored,
    `f.unit_code = ${code} or f.finding_id in (select finding_id from finding_all where scored_unit = ${code})
      or f.finding_id in (select replace(subject, '@原', '') from ledger where unit_code = ${code} and subject is not null)`
  );
}

/** A finding by its number. Errors: Fault 2 for one that is not there by 统计截止日, naming the nearest. */
export async function filedFinding(scored: Scored, finding_id: string): Promise<FiledFinding> {
  const id = quotedString(finding_id);
  const [found] = await filedFindings(scored, `f.finding_id = ${id}`);
  if (found) return found;
  const near = nearestName(
    finding_id,
    await scored.db.list(`select finding_id from finding_asof order by levenshtein(finding_id, ${id}), finding_id limit 20`)
  );
  throw fault(2, {
    place: null,
    what: `到${scored.when.as_of}为止没有问题 ${finding_id}`,
    advice: near ? `是否指 ${near}？` : "请核对编号；退回或挂起的行见 xunheng rejects"
  });
}

/**
 * The cards of findings, in their order.
 * @param withMarginal whether to score once more without each: exact, and each time as slow as scoring
 * @param progress told after each card
 */
export async function cardsOf(
  scored: Scored,
  findings: readonly FiledFinding[],
  withMarginal: boolean,
  progress: (done: number, of: number) => void = () => {}
): Promise<Card[]> {
  const ids = findings.map((f) => f.finding_id);
  const ledger = await ledgerRows(scored.db);
  const bySubject = groupBy(ledger, (e) => e.subject?.replace(/@原$/, "") ?? "");
  const dues = await findingDues(scored, ids);
  const histories = await findingHistories(scored.db, ids);
  const inspections = await inspectionEvents(scored, [...new Set(findings.flatMap((f) => f.inspection_id ?? []))]);
  const rules = new Set(scored.schemes.flatMap((s) => s.scheme.rules.filter((r) => r.over === "finding").map((r) => r.id)));
  const names = new Map(scored.result.schemes.flatMap((s) => s.units).map((u) => [u.unit_code, u.unit_name]));
  const cards: Card[] = [];
  for (const finding of findings) {
    const {finding_id} = finding;
    const rows = bySubject.get(finding_id) ?? [];
    const explained = explainSubject(rows, finding_id, (e) => e.rule_id !== null && rules.has(e.rule_id));
    const costs = explained.map((e) => ({...e, unit_name: names.get(e.unit_code) ?? e.unit_code}));
    const changes = withMarginal ? await marginals(scored, finding_id) : null;
    const reasons = changes === null ? [] : await findingReasons(scored, {finding_id, explained, marginals: changes});
    cards.push({
      ...{finding, due: dues.get(finding_id) ?? null, costs},
      history: byDate([...(histories.get(finding_id) ?? []), ...(inspections.get(finding.inspection_id ?? "") ?? [])]),
      ...{marginals: changes, reasons}
    });
    progress(cards.length, findings.length);
  }
  return cards;
}

function byDate(events: readonly CardEvent[]): CardEvent[] {
  return events.toSorted((a, b) => (a.on_date ?? "9999").localeCompare(b.on_date ?? "9999"));
}

/** Measures that name a whole inspection and none of its findings, and the unit's reports on it. */
async function inspectionEvents({db}: Scored, inspections: readonly string[]): Promise<Map<string, CardEvent[]>> {
  const ids = quotedList(inspections);
  const source = `batch_id as batch, concat_ws(' ', source_file, source_sheet) as file, source_row as "row", null as late`;
  const rows = await db.rows<CardEvent & {inspection_id: string}>(`select * exclude (n) from (
select 1 as n, inspection_id, cast(taken_on as varchar) as on_date, concat(kind, '（全次）') as what,
  nullif(concat_ws('，', by_office, document_no, result), '') as detail, ${source} from action_asof where finding_id is null and inspection_id in ${ids}
union all
select 2, inspection_id, cast(submitted_on as varchar), concat(kind, '整改情况报告'), nullif(concat_ws('，', document_no, case when has_handling then '含处理意见' end), ''), ${source}
from response_asof where inspection_id in ${ids}
) order by inspection_id, on_date, n, what, "row"`);
  return groupBy(rows, (row) => row.inspection_id);
}

/** The clauses that a breach is of, as the rules that charged it name them, and the schemes' own articles. */
export function breachesOf({costs}: Card): {readonly breaches: readonly string[]; readonly bases: readonly string[]} {
  const entries = costs.flatMap((c) => c.entries);
  const distinct = (texts: readonly (string | null)[]) => [...new Set(texts.flatMap((text) => text ?? []))];
  return {breaches: distinct(entries.map((e) => e.breach)), bases: distinct(entries.map((e) => e.basis))};
}

/** Clauses that the regime's loop and hand-over are under, on the day found: what was to be done with the finding. */
export function loopOf(
  {regime}: Scored,
  {found_on}: FiledFinding
): {readonly clause: string; readonly stages: readonly string[]} | null {
  const loop = parameterOn(regime)("loop", found_on) as {stages: readonly string[]} | undefined;
  if (!loop || loop.stages.length === 0) return null;
  return {clause: regime.parameters.loop?.clause ?? "", stages: loop.stages};
}
