import {fault} from "../fault.ts";
import {parameterOn} from "../regime/resolve.ts";
import {outsideView} from "../regime/secrecy.ts";
import type {Regime} from "../regime/types.ts";
import {publicStamp, type Stamp, stampOf} from "../release/stamp.ts";
import {leavingTables} from "../site/leaving.ts";
import type {Scored} from "../warehouse/scored.ts";

/** A unit as the public is told of it: whether it was inspected, its grade, how many findings it has put right. No score, no rank. */
export interface PublishedUnit {
  readonly scheme: string;
  readonly unit_code: string;
  readonly unit_name: string;
  readonly unit_kind: string;
  readonly covered: string;
  /** The end of its last inspection of the period. */
  readonly ended_on: string | null;
  readonly grade: string | null;
  /** Whether the grade may still change: a judgement or an objection is open. */
  readonly provisional: boolean;
  readonly findings: number;
  /** Findings that were put right by 统计截止日, late or not. */
  readonly done: number;
  readonly major: number;
}

/** A hazard that the media were told of; only such a one names an enterprise. */
export interface Exposure {
  readonly taken_on: string;
  readonly unit_name: string | null;
  readonly place_name: string | null;
  readonly severity: string | null;
  readonly by_office: string | null;
  readonly document_no: string | null;
}

/** What the public is told of a result: what the regime's clause says is published, and no more. */
export interface PublicationData {
  readonly stamp: Stamp;
  /** By which clause; its own words for what is published and how. */
  readonly power: {readonly clause: string; readonly what: string; readonly how: string | null};
  readonly words: Readonly<Record<string, string>>;
  readonly period: {readonly kind: string; readonly from: string; readonly to: string; readonly round_no: string | null};
  readonly units: readonly PublishedUnit[];
  readonly exposures: readonly Exposure[];
}

/**
 * What of a result may be published. Findings that are clues, cases or not fed back are counted nowhere.
 * Shape: a scored workspace or release in; the caller demands that it is approved before anything leaves (demandApproved).
 * Errors: Fault 3 when the regime says nothing of publishing, or keeps its inspections secret.
 * @example (await publicationData(await openReleased(dir))).units[0]?.grade // "好"
 */
export async function publicationData(scored: Scored): Promise<PublicationData> {
  const power = demandPublished(scored);
  const {db, regime, result} = scored;
  const {rowsOf} = await leavingTables(scored, "public");
  const inPeriod = "between getvariable('period_from') and getvariable('period_to')";
  await db.set("period_from", result.period.from, "date");
  await db.set("period_to", result.period.to, "date");
  const units = await db.rows<PublishedUnit>(`
    with found as (select * from (${await rowsOf("finding", "finding")}) where scored_unit is not null and found_on ${inPeriod}),
      visited as (select scored_unit, max(ended_on) as ended_on from (${await rowsOf("inspection", "inspection")}) where is_counted and ended_on ${inPeriod} group by scored_unit)
    select u.scheme, u.unit_code, u.unit_name, u.unit_kind, u.covered, cast(v.ended_on as varchar) as ended_on, u.grade, u.provisional and u.grade is not null as provisional,
      (select count(*) from found f where f.scored_unit = u.unit_code) as findings,
      (select count(*) from found f where f.scored_unit = u.unit_code and f.is_done) as done,
      (select count(*) from found f where f.scored_unit = u.unit_code and (f.severity = '重大' or f.hazard_level = '重大')) as major
    from (select *, row_number() over () as unit_no from (${await rowsOf("unit", null)})) u
    left join visited v on v.scored_unit = u.unit_code
    order by u.unit_no`);
  const exposures = await db.rows<Exposure>(`
    select cast(a.taken_on as varchar) as taken_on, n.unit_name, v.place_name, f.severity, a.by_office, a.document_no
    from (select distinct on (action_id) * from (${await rowsOf("action", "action")}) where kind = '曝光' and taken_on ${inPeriod} order by action_id, scored_unit nulls last) a
    left join (select distinct on (finding_id) finding_id, severity, visit_id from (${await rowsOf("finding", "finding")}) order by finding_id, scored_unit nulls last) f on f.finding_id = a.finding_id
    left join visit_asof v on v.visit_id = f.visit_id
    left join (select distinct on (unit_code) unit_code, unit_name from unit_asof order by unit_code, valid_from desc) n on n.unit_code = a.unit_code
    order by a.taken_on, a.action_id`);
  return {
    ...{stamp: publicStamp(stampOf(scored)), power, words: regime.words},
    period: result.period,
    units: units.map((u) => ({...u, findings: Number(u.findings), done: Number(u.done), major: Number(u.major)})),
    exposures
  };
}

/**
 * The clause by which a result is published. Errors: Fault 3 when there is none, or when the regime keeps its inspections secret.
 * @example demandPublished({regime, when: {as_of: "2025-12-31"}}).clause
 */
export function demandPublished({
  regime,
  when
}: {
  readonly regime: Regime;
  readonly when: Pick<Scored["when"], "as_of">;
}): PublicationData["power"] {
  const {clause: secret} = outsideView(regime, when.as_of);
  const inspection = regime.words.inspection ?? "巡查";
  if (secret !== null)
    throw fault(3, {
      place: null,
      what: `制度${secret}要求对${inspection}的情况保密（${regime.title}）`,
      advice: "结果不能向社会公布"
    });
  const publish = parameterOn(regime)("publish", when.as_of) as {what: string; how?: string} | undefined;
  if (publish === undefined)
    throw fault(3, {
      place: null,
      what: `制度没有规定公布${inspection}结果（${regime.title}）`,
      advice: "没有依据不能公布；条款见 xunheng regime clauses"
    });
  return {clause: regime.parameters.publish?.clause ?? "", what: publish.what, how: publish.how ?? null};
}
