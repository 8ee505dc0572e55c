import {parseScheme} from "../../src/scheme/parse.ts";
import {planOf} from "../../src/scheme/plan.ts";
import type {Scheme} from "../../src/scheme/types.ts";
import type {LedgerEntry, Plan, ScoredUnit, ScoreResult, TallyRow, UnitScore} from "../../src/score/types.ts";
import type {EngineOptions} from "../../src/warehouse/duckdb.ts";
import {createExpressionParser} from "../../src/warehouse/expression.ts";
import {ledgerRows} from "../../src/warehouse/scored.ts";
import {scoreRows} from "../facts.ts";
import type {Case} from "./case.ts";
import {schemeText} from "./scheme.ts";

/** All that a score leaves behind. */
export interface Looked {
  readonly result: ScoreResult;
  readonly units: readonly UnitScore[];
  readonly ledger: readonly LedgerEntry[];
  readonly tally: readonly TallyRow[];
  readonly plan: Plan;
  /** What scoreUnits was given. */
  readonly before: readonly ScoredUnit[];
  readonly bonus_cap_milli: number;
}

let engine: Awaited<ReturnType<typeof createExpressionParser>> | null = null;

/** The case's scheme, checked; the engine behind it stays open for the next one. */
export async function parsed({land, scheme}: Pick<Case, "land" | "scheme">, text = schemeText(scheme)): Promise<Scheme> {
  engine ??= await createExpressionParser();
  return parseScheme(text, "generated.yaml", {regime: land.regime, expression: engine});
}

/** Scores a case in an engine of its own. */
export async function scoreCase(one: Case, options: EngineOptions = {}): Promise<Looked> {
  const scheme = await parsed(one);
  const {as_of, decisions_until, year, round} = one;
  const when = {as_of, decisions_until, known_at: null};
  return scoreRows(
    one.rows,
    {regime: one.land.regime, schemes: [scheme]},
    async (db, result) => ({
      result,
      units: result.schemes.flatMap((s) => s.units),
      ledger: await ledgerRows(db),
      tally: await db.rows<TallyRow>("select * exclude (scheme) from tally"),
      plan: planOf(scheme),
      before: await db.rows<ScoredUnit>(
        "select unit_code, unit_name, unit_kind, peer_group, sort_order, covered, covered_because, due_unpublished as provisional, pending_appeals from unit_all order by sort_order nulls last, unit_code"
      ),
      bonus_cap_milli: scheme.bonus_cap_milli ?? 0
    }),
    {when, year, round, ...options}
  );
}
