import {points} from "../../score/score.ts";
import {leavingTables} from "../../site/leaving.ts";
import type {Scored} from "../../warehouse/scored.ts";

/** A unit's result, and where it lost most. */
export interface UnitLine {
  readonly scheme: string;
  readonly unit_code: string;
  readonly unit_name: string;
  readonly unit_kind: string;
  readonly peer_group: string | null;
  readonly covered: string;
  readonly covered_because: string | null;
  readonly milli: number | null;
  readonly grade: string | null;
  readonly rank: number | null;
  readonly provisional: boolean;
  /** Names of what lowered the grade or the score at one stroke. */
  readonly vetoes: readonly string[];
  /** Contents that cost most, dearest first: `双重预防6.00分`. */
  readonly reasons: readonly string[];
}

/** An overdue finding; words that the audience may not see are null. */
export interface OverdueLine {
  readonly finding_id: string;
  readonly scored_unit: string | null;
  readonly unit_name: string;
  readonly severity: string;
  readonly description: string | null;
  readonly due_on: string | null;
  readonly days: number | null;
}

/** A content of the regime with what was found in it. */
export interface ItemLine {
  readonly no: string;
  readonly title: string;
  readonly findings: number;
  readonly major: number;
  readonly units: number;
}

/** The result of a period in figures, as it may be told to those who lead. */
export interface Overview {
  readonly units: readonly UnitLine[];
  /** Inspections that ended in the period, and places looked at. */
  readonly inspections: number;
  readonly visits: number;
  /** Findings of the period. `major` by severity; `hazards`: 重大隐患. */
  readonly findings: {
    readonly count: number;
    readonly major: number;
    readonly serious: number;
    readonly hazards: number;
    readonly done: number;
    readonly overdue: number;
  };
  /** Contents with findings of the period, most first. */
  readonly items: readonly ItemLine[];
  /** All findings that are overdue on 统计截止日, whenever they were found; longest first. */
  readonly overdue: readonly OverdueLine[];
  /** 督办措施 and 通报表扬 of the period by kind, in the contract's order. */
  readonly actions: readonly {readonly kind: string; readonly count: number}[];
}

/** 通报表扬: no measure, told of apart. */
export const PRAISE = "通报表扬";

/** Kinds of actions that are told of; the others are matters of persons and cases, or papers between the team and its office. */
const TOLD_ACTIONS = ["约谈", "挂牌督办", "交办", "行业移交", "曝光", "通报批评", PRAISE] as const;

/**
 * Figures of a result for documents. Clues, cases and what is not fed back are counted nowhere.
 * @example (await overviewOf(scored)).findings.count
 */
export async function overviewOf(scored: Scored): Promise<Overview> {
  const {db, result, regime} = scored;
  const {rowsOf, visible} = await leavingTables(scored, "leadership");
  await db.set("period_from", result.period.from, "date");
  await db.set("period_to", result.period.to, "date");
  const [finding, text, inspection, action] = [
    await rowsOf("finding", "finding"),
    await rowsOf("finding-text", "finding"),
    await rowsOf("inspection", "inspection"),
    await rowsOf("action", "action")
  ];
  // Days are told only where they may be; which period a row belongs to is asked of the facts themselves.
  await db.run(`create or replace temp table told_finding as
    select distinct on (t.finding_id) t.* exclude (found_on), a.found_on between getvariable('period_from') and getvariable('period_to') as is_recent
    from (${finding}) t join (select finding_id, min(found_on) as found_on from finding_all group by finding_id) a using (finding_id)
    order by t.finding_id, t.scored_unit nulls last`);
  const names = new Map(result.schemes.flatMap((s) => s.units.map((u) => [u.unit_code, u.unit_name] as const)));
  const [count] = await db.rows<Record<string, number>>(`select count(*) as count, count(*) filter (severity = '重大') as major,
    count(*) filter (severity = '较大') as serious, count(*) filter (hazard_level = '重大' and nature is not distinct from '事故隐患') as hazards,
    count(*) filter (is_done) as done, count(*) filter (state = '逾期') as overdue from told_finding where is_recent`);
  const items = await db.rows<Omit<ItemLine, "title">>(`select split_part(item, '.', 1) as no, count(*) as findings,
    count(*) filter (severity = '重大') as major, count(distinct scored_unit) as units
    from told_finding where is_recent group by 1 order by 2 desc, try_cast(no as integer), no`);
  const overdue = await db.rows<OverdueLine>(`select f.finding_id, f.scored_unit, f.unit_code as unit_name, f.severity,
    ${visible("finding", "description") ? "t.description" : "null"} as description, ${visible("finding", "due_on") ? "cast(f.due_on as varchar)" : "null"} as due_on, f.days_overdue as days
    from told_finding f left join (select distinct on (finding_id) * from (${text}) order by finding_id) t on t.finding_id = f.finding_id
    where f.state = '逾期' order by f.days_overdue desc nulls last, f.finding_id`);
  const unitNames = new Map(
    (
      await db.rows<{unit_code: string; unit_name: string}>(
        "select distinct on (unit_code) unit_code, unit_name from unit_asof order by unit_code, valid_from desc"
      )
    ).map((u) => [u.unit_code, u.unit_name])
  );
  const actions = await db.rows<{kind: string; count: number}>(
    `select kind, count(distinct action_id) as count from (${action}) where taken_on between getvariable('period_from') and getvariable('period_to') or taken_on is null group by kind`
  );
  const number = async (sql: string) => Number(await db.value(sql));
  return {
    units: await unitLines(scored),
    inspections: await number(
      `select count(distinct a.inspection_id) from inspection_all a where a.scored_unit is not null and a.extended_from is null and a.ended_on between getvariable('period_from') and getvariable('period_to') and a.inspection_id in (select inspection_id from (${inspection}))`
    ),
    visits: await number(
      `select count(*) from visit_asof v join inspection_asof i using (inspection_id) where i.extended_from is null and i.ended_on between getvariable('period_from') and getvariable('period_to') and v.inspection_id in (select inspection_id from (${inspection}))`
    ),
    findings: {
      ...{
        count: Number(count?.count),
        major: Number(count?.major),
        serious: Number(count?.serious),
        hazards: Number(count?.hazards)
      },
      ...{done: Number(count?.done), overdue: Number(count?.overdue)}
    },
    items: items.map((i) => ({
      ...{no: i.no, title: regime.items.find(({no}) => no === i.no)?.title ?? `内容${i.no}`},
      ...{findings: Number(i.findings), major: Number(i.major), units: Number(i.units)}
    })),
    overdue: overdue.map((f) => ({
      ...f,
      unit_name: names.get(f.scored_unit ?? "") ?? unitNames.get(f.unit_name) ?? f.unit_name,
      days: f.days === null ? null : Number(f.days)
    })),
    actions: TOLD_ACTIONS.flatMap((kind) => {
      const found = actions.find((a) => a.kind === kind);
      return found ? [{kind, count: Number(found.count)}] : [];
    })
  };
}

/** Units of all schemes in the order of the office, with what cost them most. */
async function unitLines({db, schemes, regime, result}: Scored): Promise<UnitLine[]> {
  const lost = await db.rows<{scheme: string; unit_code: string; item: string; lost: number}>(
    "select scheme, unit_code, item, full_milli - milli as lost from item_score where milli < full_milli order by scheme, unit_code, lost desc, item_no"
  );
  const titles = new Map(
    schemes.flatMap(({scheme, plan}) =>
      plan.items.map(({no, title}) => [`${scheme.id} ${no}`, title ?? regime.items.find((i) => i.no === no)?.title ?? `内容${no}`])
    )
  );
  return result.schemes.flatMap(({scheme, units}) =>
    units.map((u) => ({
      ...{scheme, unit_code: u.unit_code, unit_name: u.unit_name, unit_kind: u.unit_kind, peer_group: u.peer_group},
      ...{covered: u.covered, covered_because: u.covered_because, milli: u.milli, grade: u.grade, rank: u.rank},
      provisional: u.provisional,
      vetoes: [...new Set(u.vetoes.map((v) => v.name))],
      reasons: lost
        .filter((l) => l.scheme === scheme && l.unit_code === u.unit_code && u.milli !== null)
        .slice(0, 3)
        .map((l) => `${titles.get(`${scheme} ${l.item}`) ?? l.item}${points(Number(l.lost))}分`)
    }))
  );
}
