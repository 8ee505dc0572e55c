import type {Period} from "../regime/period.ts";
import type {Grain, Scheme} from "../scheme/types.ts";
import type {Database} from "./duckdb.ts";
import {buildFacts, type CutOffs, type FactOptions, prepareFacts} from "./fact.ts";

/** The grains whose facts a scheme compares with a year earlier; none when it compares nothing. */
export function comparedGrains({rules}: Pick<Scheme, "rules">): Grain[] {
  return [...new Set(rules.flatMap(({measure, over}) => (measure.kind === "change" && over ? [over] : [])))];
}

/**
 * Keeps the facts as they were a year earlier, known what is known today: `<grain>_before` for each grain compared, `coverage_before`.
 * Leaves the fact views as of that day: prepareFacts and buildFacts for the day itself follow, then settleBefore.
 * Shape of coverage_before: unit_code, exposure, is_inspected (in the same window a year earlier).
 * Source: 4-scheme, change.
 */
export async function buildBefore(db: Database, when: CutOffs, base: FactOptions, scheme: Scheme, period: Period): Promise<void> {
  const as_of = yearEarlier(when.as_of);
  const from = yearEarlier(period.from);
  const to = yearEarlier(period.to);
  await prepareFacts(db, {...when, as_of}, {...base, year: base.year - 1}, scheme);
  await buildFacts(db, scheme, base.regime, {...period, from, to, round_no: null});
  for (const grain of comparedGrains(scheme))
    await db.run(`create or replace temp table ${grain}_before as select * from ${grain}_fact`);
  await db.run(
    "create or replace temp table coverage_before as select unit_code, exposure, covered = '已巡查' as is_inspected from unit_state"
  );
  await db.set("before_as_of", as_of, "date");
  await db.set("before_period_from", from, "date");
  await db.set("before_period_to", to, "date");
}

/** Gives what belonged to units since dissolved to their heirs of today. */
export async function settleBefore(db: Database, scheme: Scheme): Promise<void> {
  for (const grain of comparedGrains(scheme))
    await db.run(`create or replace temp table ${grain}_before as
      select b.* replace (coalesce(h.heir_code, b.scored_unit) as scored_unit)
      from ${grain}_before b left join heir h on h.unit_code = b.scored_unit`);
  await db.run(`create or replace temp table coverage_before as
    select coalesce(h.heir_code, b.unit_code) as unit_code, sum(b.exposure)::bigint as exposure, bool_or(b.is_inspected) as is_inspected
    from coverage_before b left join heir h on h.unit_code = b.unit_code group by 1`);
}

/**
 * The same day a year earlier; 29 February becomes the 28th.
 * @example yearEarlier("2024-02-29") // "2023-02-28"
 */
export function yearEarlier(day: string): string {
  const rest = day.slice(4) === "-02-29" ? "-02-28" : day.slice(4);
  return `${String(Number(day.slice(0, 4)) - 1).padStart(4, "0")}${rest}`;
}
