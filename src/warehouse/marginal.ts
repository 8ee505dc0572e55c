import type {Scheme} from "../scheme/types.ts";
import {type DiffSide, diffResults} from "../score/diff.ts";
import type {Milli, ScoreResult, UnitScore} from "../score/types.ts";
import {quotedString} from "../sql.ts";
import type {Database} from "./duckdb.ts";
import {ledgerRows, type Scored, scoreDatabase} from "./scored.ts";

/** What a unit's score would be without a finding. */
export interface Marginal {
  readonly unit_code: string;
  /** The score without the finding, in milli-points. */
  readonly without_milli: Milli;
  /** The score without it minus the score: what it really cost, after caps, ratios and repeats. */
  readonly marginal_milli: Milli;
  /** How the difference comes about; null where there is none and no row names the finding. */
  readonly story: string | null;
}

/**
 * Scores the workspace once more as if a finding had never been found: repeats, counts and ratios follow.
 * Shape: one row per scored unit, in the order of the result. Units: milli-points.
 * Source: 4-scheme, explain.
 * @example (await marginals(scored, "F1")).find((m) => m.unit_code === "990101")?.marginal_milli // 500
 */
export async function marginals(scored: Scored, finding_id: string): Promise<Marginal[]> {
  const {space, regime, when, calendar, year, result} = scored;
  const schemes = await touchedSchemes(scored, finding_id);
  if (schemes.length === 0) return [];
  const db = await scored.again();
  try {
    const without = await scoreDatabase(db, {
      regime,
      schemes,
      calendar,
      when,
      known_at: result.known_at,
      year,
      round: space.round,
      without: finding_id
    });
    const units = (r: typeof result): UnitScore[] => r.schemes.flatMap((s) => s.units);
    const other = new Map(units(without).map((u) => [u.unit_code, u.milli]));
    const named = new Set(await scored.db.list(`select distinct unit_code from ledger where ${namesSql(finding_id)}`));
    const rows: Marginal[] = [];
    for (const {unit_code, milli} of units(result)) {
      const without_milli = other.has(unit_code) ? (other.get(unit_code) ?? null) : milli;
      if (milli === null || without_milli === null) continue;
      const marginal_milli = without_milli - milli;
      const isTold = marginal_milli !== 0 || named.has(unit_code);
      const side = async (label: string, r: typeof result, from: Database): Promise<DiffSide> => {
        const plans = scored.schemes.map((s) => s.plan);
        return {label, result: onlyUnit(r, unit_code), plans, ledger: await ledgerRows(from, unit_code), rulings: []};
      };
      const story = isTold
        ? diffResults(await side("没有这个问题时", without, db), await side("现在", result, scored.db)).units[0]?.story
        : null;
      rows.push({unit_code, without_milli, marginal_milli, story: story ?? null});
    }
    return rows;
  } finally {
    db.close();
  }
}

/** Schemes whose scores may depend on the finding: those that place it, and those that read counts of findings elsewhere. */
async function touchedSchemes({db, schemes}: Scored, finding_id: string): Promise<Scheme[]> {
  const placed = new Set(
    await db.list(
      `select scheme from finding_all where finding_id = ${quotedString(finding_id)} and scored_unit is not null union select scheme from ledger where ${namesSql(finding_id)}`
    )
  );
  return schemes.map((s) => s.scheme).filter((s) => placed.has(s.id) || /finding_(count|severity)/.test(s.canonical));
}

/** Rows that name the finding, those as first found among them. */
function namesSql(finding_id: string): string {
  return `subject in (${quotedString(finding_id)}, ${quotedString(`${finding_id}@原`)})`;
}

function onlyUnit(result: ScoreResult, unit: string): ScoreResult {
  const schemes = result.schemes.map((s) => ({...s, units: s.units.filter((u) => u.unit_code === unit)}));
  return {...result, schemes: schemes.filter((s) => s.units.length > 0)};
}
