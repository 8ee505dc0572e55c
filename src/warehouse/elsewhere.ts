import type {Parameter, Regime} from "../regime/types.ts";
import type {Scheme} from "../scheme/types.ts";
import type {UsedResult} from "../score/assessment.ts";
import {groupBy} from "../score/group.ts";
import type {ScoreResult, TallyRow} from "../score/types.ts";
import type {Database} from "./duckdb.ts";
import {type Scoring, scoreDatabase} from "./scored.ts";

/** How many years 沿用上次 looks back. */
export const YEARS_BACK = 5;

/** Results for units not inspected in the period, and why the others have none. */
export interface Elsewhere {
  readonly found: ReadonlyMap<string, UsedResult>;
  readonly none: string;
}

/**
 * What the scheme's policy gives units that were not inspected in the period: nothing, their last result, or a higher level's.
 * Shape: unit codes in; a result for those that have one. Every computation runs in a session of its own.
 * Source: 4-scheme, `uninspected`.
 */
export async function resultsElsewhere(
  db: Database,
  scoring: Scoring,
  scheme: Scheme,
  units: readonly string[]
): Promise<Elsewhere> {
  switch (scheme.uninspected) {
    case "不评分":
      return {found: new Map(), none: "按办法不评分"};
    case "沿用上次":
      return earlierResults(db, scoring, scheme, units);
    case "采用上级结果":
      return {
        found: units.length === 0 ? new Map() : await higherResults(db, scoring, scheme, units),
        none: "也没有上级延伸巡查的结果可以采用"
      };
  }
}

/**
 * The last earlier year in which a unit was inspected, scored again as of its 31 December by the same scheme over the same data, with
 * the decisions that count today. No year before the scheme took effect: 不溯及既往.
 */
async function earlierResults(db: Database, scoring: Scoring, scheme: Scheme, units: readonly string[]): Promise<Elsewhere> {
  const found = new Map<string, UsedResult>();
  const {year} = scoring;
  const ended = new Set(await db.list<number>("select distinct year(ended_on)::bigint from inspection where ended_on is not null"));
  const all = Array.from({length: YEARS_BACK}, (_, i) => year - 1 - i);
  const lawful = all.filter((y) => scheme.effective_from === null || scheme.effective_from <= `${y}-01-01`);
  for (const earlier of lawful) {
    const wanted = units.filter((code) => !found.has(code));
    if (wanted.length === 0) break;
    if (!ended.has(earlier)) continue;
    const when = {...scoring.when, as_of: `${earlier}-12-31`};
    const then = await scoredBeside(db, {...scoring, schemes: [scheme], when, year: earlier, round: null}, async (side, result) =>
      resultsOf(side, result, (code) => (wanted.includes(code) ? {source: "沿用上次", year: earlier, level: null} : null))
    );
    for (const [code, result] of then) found.set(code, result);
  }
  return {found, none: nothingEarlier(scheme, all, lawful)};
}

function nothingEarlier({effective_from}: Scheme, all: readonly number[], lawful: readonly number[]): string {
  const limited = lawful.length < all.length ? `办法自${effective_from}起施行，不溯及以前；` : "";
  return lawful.length === 0 ? `${limited}没有可以沿用的结果` : `${limited}${lawful.at(-1)}年以来没有可以沿用的结果`;
}

/** What the same scheme gives when inspections that a higher level extended to a unit this year count as coverage. */
async function higherResults(
  db: Database,
  scoring: Scoring,
  scheme: Scheme,
  units: readonly string[]
): Promise<Map<string, UsedResult>> {
  const {year} = scoring;
  const wanted = new Set(units);
  return scoredBeside(db, {...scoring, regime: extendedCounts(scoring.regime), schemes: [scheme]}, async (side, result) => {
    const levels = new Map(
      (
        await side.rows<{
          unit_code: string;
          level: string;
        }>(`select h.heir_code as unit_code, arg_max(i.extended_from, (i.ended_on, i.inspection_id)) as level
        from inspection_all i join heir h on h.unit_code = i.unit_code
        where i.extended_from is not null and year(i.ended_on) = ${year} and i.is_counted and i.kind in (select kind from counting_kind)
        group by 1`)
      ).map((row) => [row.unit_code, row.level])
    );
    return resultsOf(side, result, (code) => {
      const level = levels.get(code);
      if (!wanted.has(code) || level === undefined) return null;
      return {source: "采用上级结果", year, level: level.length === 1 ? `${level}级` : level};
    });
  });
}

/** Scores in a session of its own, and looks at the result before that session ends. */
async function scoredBeside<T>(
  db: Database,
  scoring: Scoring,
  look: (side: Database, result: ScoreResult) => Promise<T>
): Promise<T> {
  const side = await db.beside();
  try {
    const {phase: _, ...rest} = scoring;
    return await look(side, await scoreDatabase(side, rest));
  } finally {
    side.close();
  }
}

/** The inspected units of a result that `origin` wants. */
async function resultsOf(
  side: Database,
  {schemes}: ScoreResult,
  origin: (code: string) => Pick<UsedResult, "source" | "year" | "level"> | null
): Promise<Map<string, UsedResult>> {
  const tally = groupBy(await side.rows<TallyRow>("select * exclude (scheme) from tally"), (row) => row.unit_code);
  const results = (schemes[0]?.units ?? []).flatMap((score): [string, UsedResult][] => {
    const from = score.covered === "已巡查" && score.milli !== null ? origin(score.unit_code) : null;
    return from ? [[score.unit_code, {...from, score, tally: tally.get(score.unit_code) ?? []}]] : [];
  });
  return new Map(results);
}

/** The regime read as if inspections that a higher level extended counted as coverage. */
function extendedCounts(regime: Regime): Regime {
  const reads = (parameter: Parameter): Parameter => ({
    ...parameter,
    values: parameter.values.map(({from, value}) => ({from, value: {...(value as object), extended_counts: true}}))
  });
  const {cycle, round} = regime.parameters;
  const parameters = {...regime.parameters, ...(cycle ? {cycle: reads(cycle)} : {}), round: round ? reads(round) : EXTENDED};
  return {...regime, parameters};
}

/** For a regime that knows neither cycles nor rounds, or not yet on the day. */
const EXTENDED: Parameter = {
  ...{name: "round", title: "", clause: "", modality: "可以", word: null, expected: [], interpretation: []},
  values: [{from: "0001-01-01", value: {extended_counts: true}}]
};
