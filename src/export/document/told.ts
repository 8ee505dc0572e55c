import type {Regime} from "../../regime/types.ts";
import {quotedList, quotedString} from "../../sql.ts";
import type {Scored} from "../../warehouse/scored.ts";
import {UNIT_NAMES} from "./inspected.ts";

/** A finding as a unit may be told of it: as 异议复核 left it. Days ISO. */
export interface ToldFinding {
  readonly finding_id: string;
  readonly inspection_id: string | null;
  readonly unit_code: string;
  readonly unit_name: string;
  readonly unit_kind: string | null;
  readonly layer: string;
  readonly item: string;
  readonly severity: string;
  readonly description: string;
  readonly found_on: string;
  readonly visit_id: string | null;
  readonly place_name: string | null;
  readonly industry: string | null;
  readonly nature: string | null;
  readonly hazard_level: string | null;
  readonly criterion: string | null;
  readonly violated: string | null;
  readonly requirement: string | null;
  readonly handed_on: string | null;
  readonly due_on: string | null;
  readonly due_source: string;
  readonly fix_now: boolean | null;
  readonly measure: string | null;
  readonly owner: string | null;
  readonly fund_wan: string | null;
  readonly plan: string | null;
  readonly five_missing: string | null;
  readonly lead_name: string | null;
  readonly supervisor_name: string | null;
  readonly done_on: string | null;
  readonly state: string;
  readonly days_overdue: number | null;
  /** The last day it was sent back and not put right since. */
  readonly returned_on: string | null;
  /** Whether somebody asked for 异议复核 and waits for the decision. */
  readonly is_contested: boolean;
  /** The unit of a scheme that answers for it. */
  readonly scored_unit: string | null;
}

/**
 * What no unit is ever told: clues, findings that are a case of discipline or law, and what a whistle-blower reported.
 * A condition over a finding `f`.
 */
export const TELLABLE = `f.nature is distinct from '问题线索' and f.source is distinct from '举报'
  and f.finding_id not in (select finding_id from action_asof where kind in ('移送纪检监察', '立案') and finding_id is not null)`;

const COLUMNS = `f.finding_id, f.inspection_id, f.unit_code, coalesce(u.unit_name, f.unit_code) as unit_name, u.unit_kind, f.layer, f.item, f.severity, f.description,
  cast(f.found_on as varchar) as found_on, f.visit_id, v.place_name, f.industry, f.nature, f.hazard_level, f.criterion, f.violated, f.requirement,
  cast(f.handed_on as varchar) as handed_on, cast(f.due_on as varchar) as due_on, f.due_source, f.fix_now, f.measure, f.owner,
  cast(f.fund_wan as varchar) as fund_wan, f.plan, f.five_missing, l.unit_name as lead_name, s.unit_name as supervisor_name,
  cast(f.done_on as varchar) as done_on, f.state, f.days_overdue, cast(case when f.done_on is null then b.returned_on end as varchar) as returned_on,
  p.scored_unit,
  f.finding_id in (select subject_id from appeal_asof where subject_kind = '问题' and decided_on is null) as is_contested`;

/**
 * Findings that may be told to a unit, by item, severity and number; of a condition over `f`.
 * Needs: a scored database. @example await toldFindings(scored, inspectedSql("W-01"))
 */
export async function toldFindings({db}: Scored, condition: string): Promise<ToldFinding[]> {
  return db.rows<ToldFinding>(`select ${COLUMNS}
from finding_state f
left join ${UNIT_NAMES} u on u.unit_code = f.unit_code
left join ${UNIT_NAMES} l on l.unit_code = f.lead_code
left join ${UNIT_NAMES} s on s.unit_code = f.supervisor_code
left join visit_asof v on v.visit_id = f.visit_id
left join (select finding_id, max(on_date) as returned_on from rectification_asof where stage = '退回' group by finding_id) b on b.finding_id = f.finding_id
left join (select finding_id, min(scored_unit) as scored_unit from finding_all where scored_unit is not null group by finding_id) p on p.finding_id = f.finding_id
where f.variant = 'decided' and ${TELLABLE} and (${condition})
order by try_cast(split_part(f.item, '.', 1) as integer), f.item, list_position(['重大', '较大', '一般'], f.severity), f.finding_id`);
}

/** Findings of an inspection, those at its places among them. */
export function inspectedSql(inspection_id: string): string {
  return `f.inspection_id = ${quotedString(inspection_id)}`;
}

/** Findings by number. */
export function numberedSql(ids: readonly string[]): string {
  return `f.finding_id in ${quotedList(ids)}`;
}

/** A filter of a regime: every key must hold. Where it names a hazard level, a finding without a nature is taken for a hazard. */
type Filter = Readonly<Record<string, readonly string[]>>;

/** Whether a parameter speaks of a finding; a parameter that names no findings speaks of all. */
export function concerns(filters: readonly Filter[] | undefined, finding: ToldFinding): boolean {
  if (!filters) return true;
  return filters.some((filter) =>
    Object.entries(filter).every(([column, values]) => {
      const given = (finding as unknown as Record<string, string | null>)[column];
      const value = column === "nature" && filter.hazard_level ? (given ?? "事故隐患") : given;
      return value !== null && value !== undefined && values.includes(value);
    })
  );
}

export const SEVERITIES = ["重大", "较大", "一般"] as const;

/** How many findings there are of each severity, gravest first. */
export function bySeverity(findings: readonly ToldFinding[]): (readonly [string, number])[] {
  return SEVERITIES.map((severity) => [severity, findings.filter((f) => f.severity === severity).length] as const);
}

/** A part of a regime's contents with its findings; parts without any are left out. */
export function byItem({items}: Regime, findings: readonly ToldFinding[]): {title: string; no: string; findings: ToldFinding[]}[] {
  const known = items.map(({no, title}) => ({no, title, findings: findings.filter((f) => f.item.split(".")[0] === no)}));
  return known.filter((part) => part.findings.length > 0);
}
