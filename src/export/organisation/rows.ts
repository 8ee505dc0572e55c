import {quotedIdentifier, quotedList, quotedString} from "../../sql.ts";
import type {Database} from "../../warehouse/duckdb.ts";
import type {OfficialRow} from "./tenure.ts";
import type {Exemption, OrganisationDecision, OrganisationFinding} from "./types.ts";
import type {UnitVersion} from "./unit-book.ts";

/** Whether a column of a grain may be seen by the organisation department. */
export type Seen = (grain: string, column: string) => boolean;

/** Decisions on a unit that the department is told of; clues, cases and what is only passed on are not among them. */
const DECISIONS = ["约谈", "挂牌督办", "通报批评", "通报表扬", "曝光", "追责", "行政处罚"];

/** Decisions that can be contested: they count from the day they take effect. */
const CONTESTED = ["追责", "行政处罚"];

/** Offices whose cases are told by themselves, and by nobody else. */
const DISCIPLINE = "纪委|监委|纪检|监察委|巡察|派驻";

const EXEMPTION = "尽职免责|尽职免予|容错|免予问责|免于问责|免予追责|免于追责";

/** Columns of a finding that go out, where the contract and the regime show them; a day up to the feedback is told where the regime lets it. */
const TEXTS = [
  "layer",
  "item",
  "severity",
  "hazard_level",
  "category",
  "industry",
  "violated",
  "fault",
  "due_source",
  "state"
] as const;
const DAYS = ["arose_on", "found_on", "due_on", "done_on", "closed_on"] as const;

/** A finding as it is read, with what its tenures need. */
export interface FindingRow extends Omit<OrganisationFinding, "unit_name" | "is_major" | "is_overdue"> {
  readonly scheme: string;
  /** The day it was found and whose it is, for the chain of units, whether shown or not. */
  readonly anchor_on: string;
  readonly anchor_unit: string;
}

/**
 * Findings of the scored units: found in the period, or not closed when it began. Clues, what is not fed back and secret units are left out; a finding of a secret unit stands without its code.
 * Needs: leavingTables. Grain: finding_id, scored_unit.
 */
export function findingRows(db: Database, from: string, seen: Seen): Promise<FindingRow[]> {
  const text = (c: string) => (seen("finding", c) ? `a.${quotedIdentifier(c)}` : "null");
  const day = (c: string) => (seen("finding", c) ? told(`a.${quotedIdentifier(c)}`) : "null::date");
  const columns = [
    ...TEXTS.map((c) => `${text(c)}::varchar as ${quotedIdentifier(c)}`),
    ...DAYS.map((c) => `strftime(${day(c)}, '%Y-%m-%d') as ${quotedIdentifier(c)}`)
  ];
  const days = seen("finding", "days_overdue") ? `case when ${told("a.due_on")} is not null then a.days_overdue end` : "null";
  return db.rows<FindingRow>(`select a.scheme, a.finding_id, a.scored_unit, case when a.unit_code not in (select unit_code from secret_unit) then ${text("unit_code")} end as unit_code,
      ${columns.join(", ")}, ${days}::bigint as days_overdue,
      a.finding_id in (select subject_id from appeal_asof where subject_kind = '问题' and decided_on is null) as is_disputed,
      strftime(a.found_on, '%Y-%m-%d') as anchor_on, a.unit_code as anchor_unit
    from finding_all a left join outside_finding o on o.finding_id = a.finding_id
    where a.scored_unit is not null and (a.found_on >= ${quotedString(from)}::date or coalesce(a.closed_on >= ${quotedString(from)}::date, true))
      and a.finding_id in (select finding_id from outside_shown)
      and a.scored_unit not in (select unit_code from secret_unit)
    qualify row_number() over (partition by a.finding_id, a.scored_unit order by a.scheme) = 1
    order by a.scored_unit, a.finding_id`);
}

/** A day that may be told: any, where the regime keeps none back, else one after the feedback. */
function told(day: string): string {
  return `case when o.told_on is null or ${day} > o.told_on then ${day} end`;
}

/** Decisions on scored units in effect in the period, and 挂牌督办 not yet closed when it began. Needs: leavingTables. */
export function decisionRows(db: Database, {from, to}: {from: string; to: string}, seen: Seen): Promise<OrganisationDecision[]> {
  const column = (c: string) => (seen("action", c) ? `a.${quotedIdentifier(c)}` : "null");
  const day = (c: string) => `strftime(${seen("action", c) ? told(`a.${quotedIdentifier(c)}`) : "null::date"}, '%Y-%m-%d') as ${c}`;
  return db.rows<OrganisationDecision>(`select a.action_id, a.kind, a.scored_unit,
      case when a.unit_code not in (select unit_code from secret_unit) then ${column("unit_code")} end as unit_code,
      ${["taken_on", "effective_on", "closed_on"].map(day).join(", ")},
      case when a.finding_id not in (select subject from closed_subject) then ${column("finding_id")} end as finding_id,
      ${column("by_office")} as by_office, ${column("document_no")} as document_no
    from (${actions()}) a ${TOLD_ACTION}
    where ${OPEN_ACTION}
      and (coalesce(a.effective_on, a.taken_on) between ${quotedString(from)}::date and ${quotedString(to)}::date
        or (a.kind = '挂牌督办' and a.taken_on < ${quotedString(from)}::date and coalesce(a.closed_on >= ${quotedString(from)}::date, true)))
    order by a.scored_unit, coalesce(a.effective_on, a.taken_on), a.action_id`);
}

function actions(): string {
  return `select * from action_all where scored_unit is not null and kind in ${quotedList(DECISIONS)}
      and (kind not in ${quotedList(CONTESTED)} or effective_on is not null)
    qualify row_number() over (partition by action_id, scored_unit order by scheme) = 1`;
}

const TOLD_ACTION = `left join outside_finding f on f.finding_id = a.finding_id left join outside_inspection i on i.inspection_id = a.inspection_id
      cross join lateral (select greatest(f.told_on, i.told_on) as told_on) o`;

const OPEN_ACTION = `a.action_id not in (select subject from closed_subject) and a.scored_unit not in (select unit_code from secret_unit)
      and not regexp_matches(coalesce(a.by_office, ''), '${DISCIPLINE}')`;

/**
 * Decisions whose text speaks of 尽职免责: of measures in effect and of 异议复核 decided. Their text is not among the columns: it may also say
 * that nobody is exempt. Needs: leavingTables.
 */
export async function exemptionRows(db: Database): Promise<Exemption[]> {
  const measures =
    await db.rows<Exemption>(`select distinct a.action_id as id, '督办措施' as source, a.kind as decision, a.finding_id, a.unit_code,
      strftime(coalesce(a.effective_on, a.taken_on), '%Y-%m-%d') as decided_on, a.by_office as by, a.document_no
    from (${actions()}) a where ${OPEN_ACTION} and regexp_matches(coalesce(a.result, ''), '${EXEMPTION}')`);
  const reviews =
    await db.rows<Exemption>(`select a.appeal_id as id, '异议复核' as source, a.decision, case when a.subject_kind = '问题' then a.subject_id end as finding_id,
      a.unit_code, strftime(a.decided_on, '%Y-%m-%d') as decided_on, a.decided_by as by, a.document_no
    from appeal_asof a where a.decided_on is not null and a.decision is not null and regexp_matches(coalesce(a.grounds, ''), '${EXEMPTION}')
      and a.subject_id not in (select subject from closed_subject) and a.unit_code not in (select unit_code from secret_unit)
      and not regexp_matches(coalesce(a.decided_by, ''), '${DISCIPLINE}')`);
  const key = ({source, id}: Exemption) => `${source}\u001f${id}`;
  return [...measures, ...reviews].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Rows of 任职 as of 统计截止日. Needs: leavingTables. */
export function officialRows(db: Database): Promise<OfficialRow[]> {
  return db.rows<OfficialRow>(`select person_id, person_name, unit_code, post, duty, portfolio, acting,
      strftime(from_on, '%Y-%m-%d') as from_on, strftime(to_on, '%Y-%m-%d') as to_on, appoint_doc
    from official_asof where unit_code not in (select unit_code from secret_unit) order by person_id, unit_code, post, from_on`);
}

/** All units through time. */
export function unitRows(db: Database): Promise<UnitVersion[]> {
  // Years before 1000 keep their four digits, so that days compare as texts.
  const day = (c: string) => `cast(${c} as varchar) as ${c}`;
  return db.rows<UnitVersion>(`select unit_code, unit_name, unit_kind, parent_code, successor_code, ${day("valid_from")}, ${day("valid_to")}
    from unit_version_now order by unit_code, valid_from`);
}
