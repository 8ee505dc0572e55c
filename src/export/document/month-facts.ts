import {maskVariable} from "../../contract/mask.ts";
import {fixedDay} from "../../regime/clock.ts";
import {quotedList, quotedString} from "../../sql.ts";
import {buildLaw} from "../../warehouse/law.ts";
import type {Scored} from "../../warehouse/scored.ts";
import {UNIT_NAMES} from "./inspected.ts";
import {TELLABLE} from "./told.ts";

/** What a month's report covers: from the day after the last report's to this one's. */
export interface MonthSpan {
  readonly month: string;
  /** The last day of the month before's report; this one begins the day after. */
  readonly before: string;
  readonly due_on: string;
  /** The day up to which facts are known: the last of the month, or 统计截止日. */
  readonly until: string;
}

/** An inspection of the span. */
export interface MonthInspection {
  readonly inspection_id: string;
  readonly unit_name: string;
  readonly started_on: string | null;
  readonly ended_on: string;
  readonly reported_on: string | null;
  readonly fed_back_on: string | null;
  readonly unannounced: boolean | null;
  readonly places: number;
  readonly findings: number;
  readonly slips: number;
}

/** What was written down at the places of the span; of each `asked` places, so many yes. */
export interface MonthPlaces {
  readonly places: number;
  /** Different enterprises. */
  readonly firms: number;
  readonly shown: number;
  readonly signed: number;
  readonly slipped: number;
  readonly slips: number;
  readonly recorded: number;
}

/** A finding of the span, counted; only those that are `told` are listed. */
export interface MonthFinding {
  readonly finding_id: string;
  readonly unit_name: string;
  readonly layer: string;
  readonly item: string;
  readonly severity: string;
  readonly hazard_level: string | null;
  readonly fix_now: boolean | null;
  readonly five_missing: string | null;
  readonly description: string;
  readonly due_on: string | null;
  readonly done_on: string | null;
  readonly state: string;
  readonly days_overdue: number | null;
  readonly is_told: boolean;
  /** Found in the span, or before it. */
  readonly is_new: boolean;
}

/** Everything that a month's report is drafted from. */
export interface MonthFacts {
  readonly span: MonthSpan;
  readonly inspections: readonly MonthInspection[];
  readonly places: MonthPlaces;
  /** Findings of the span's inspections, then those of earlier ones that are not put right. */
  readonly findings: readonly MonthFinding[];
  readonly actions: readonly {readonly kind: string; readonly count: number}[];
  /** Findings put right in the span. */
  readonly done: number;
  /** Trips of the calendar month; null where the regime asks for no number. */
  readonly trips: {readonly have: number; readonly need: number; readonly clause: string} | null;
  /** Different enterprises of the year so far. */
  readonly firms_year: number;
}

/** The span of a month's report. @example monthSpan("2025-03", 30, "2025-12-31").before // "2025-02-28" */
export function monthSpan(month: string, fixed_day: number, as_of: string): MonthSpan {
  const [year = 0, no = 1] = month.split("-").map(Number);
  const last = `${no === 1 ? year - 1 : year}-${String(no === 1 ? 12 : no - 1).padStart(2, "0")}`;
  const end = fixedDay(month, 31).due_on ?? "";
  return {
    month,
    before: fixedDay(last, fixed_day).due_on ?? "",
    due_on: fixedDay(month, fixed_day).due_on ?? "",
    until: as_of < end ? as_of : end
  };
}

/** The facts of a month. Needs: a scored database. */
export async function monthFacts(scored: Scored, span: MonthSpan): Promise<MonthFacts> {
  const {db} = scored;
  const within = (column: string) =>
    `${column} > date ${quotedString(span.before)} and ${column} <= date ${quotedString(span.due_on)}`;
  const inspections = await db.rows<MonthInspection>(`select i.inspection_id, coalesce(u.unit_name, i.unit_code) as unit_name,
  cast(i.started_on as varchar) as started_on, cast(i.ended_on as varchar) as ended_on, cast(i.reported_on as varchar) as reported_on,
  cast(i.fed_back_on as varchar) as fed_back_on, i.unannounced, coalesce(v.places, 0) as places, coalesce(f.findings, 0) as findings, coalesce(v.slips, 0) as slips
from inspection_asof i
left join ${UNIT_NAMES} u on u.unit_code = i.unit_code
left join (select inspection_id, count(*) as places, count(distinct slip_no) as slips from visit_asof group by inspection_id) v on v.inspection_id = i.inspection_id
left join (select inspection_id, count(*) as findings from finding_state where variant = 'decided' group by inspection_id) f on f.inspection_id = i.inspection_id
where i.extended_from is null and ${within("i.ended_on")} order by i.ended_on, i.inspection_id`);
  const ids = quotedList(inspections.map((i) => i.inspection_id));
  const places = (await db.row<MonthPlaces>(`select count(*) as places, count(distinct coalesce(credit_code, place_name)) as firms,
  count(*) filter (where credentials_shown) as shown, count(*) filter (where record_signed) as signed, count(slip_no) as slipped,
  count(distinct slip_no) as slips, count(*) filter (where recorded) as recorded
from visit_asof where inspection_id in ${ids}`)) as MonthPlaces;
  const findings =
    await db.rows<MonthFinding>(`select f.finding_id, coalesce(u.unit_name, f.unit_code) as unit_name, f.layer, f.item, f.severity, f.hazard_level,
  f.fix_now, f.five_missing, f.description, cast(f.due_on as varchar) as due_on, cast(f.done_on as varchar) as done_on, f.state, f.days_overdue,
  ${TELLABLE} as is_told, coalesce(f.inspection_id in ${ids}, false) as is_new
from finding_state f left join ${UNIT_NAMES} u on u.unit_code = f.unit_code
where f.variant = 'decided' and (f.inspection_id in ${ids} or (f.done_on is null and f.found_on <= date ${quotedString(span.before)}))
order by is_new desc, list_position(['重大', '较大', '一般'], f.severity), f.finding_id`);
  const actions = await db.rows<{kind: string; count: number}>(
    `select kind, count(*) as count from action_asof where ${within("taken_on")} group by kind order by kind`
  );
  const done = Number(await db.value(`select count(*) from finding_state where variant = 'decided' and ${within("done_on")}`));
  const firms_year = Number(
    await db.value(`select count(distinct coalesce(v.credit_code, v.place_name)) from visit_asof v join inspection_asof i on i.inspection_id = v.inspection_id
where i.extended_from is null and v.visited_on between date ${quotedString(`${span.month.slice(0, 4)}-01-01`)} and date ${quotedString(span.until)}`)
  );
  return {span, inspections, places, findings, actions, done, firms_year, trips: await tripsOf(scored, span)};
}

/** Trips of the calendar month as the coverage page counts them: in a database of their own, so that nothing of the result changes. */
async function tripsOf(scored: Scored, {month}: MonthSpan): Promise<MonthFacts["trips"]> {
  const {regime, calendar, when, schemes, space} = scored;
  if (!regime.parameters.month_quota) return null;
  const db = await scored.again();
  try {
    await db.run(maskVariable(space));
    await buildLaw(db, {
      ...{regime, calendar, when},
      year: Number(month.slice(0, 4)),
      named_units: space.named_units,
      kept: await scored.kept(),
      extension: schemes.find(({scheme}) => scheme.extension)?.scheme.extension ?? null
    });
    const row = await db.row<{have: number; need: number; clause: string}>(
      `select have, need, clause from coverage_quota where parameter = 'month_quota' and stretch_from = date ${quotedString(`${month}-01`)}`
    );
    return row ?? null;
  } finally {
    db.close();
  }
}
