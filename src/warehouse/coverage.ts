import type {Regime} from "../regime/types.ts";
import type {Database} from "./duckdb.ts";
import {valuesSql} from "./law.ts";
import {modelSql} from "./model.ts";

/** The tables that say how far units, quotas and campaigns have come; src/models/law/coverage*.sql documents each column. */
const MODELS = ["coverage", "coverage_quota", "coverage_round"] as const;

/**
 * Builds `coverage_unit`, `coverage_quota`, `coverage_round`, `coverage_county` and `coverage_visit` in the session of `db`.
 * Needs: the base tables of buildLaw. Errors: none of its own.
 * @example await buildCoverage(law.db, law)
 */
export async function buildCoverage(db: Database, {regime}: {readonly regime: Regime}): Promise<void> {
  await db.run(valuesSql("regime_kind", ["kind", "word"], Object.entries(regime.kinds)));
  for (const model of MODELS) await db.run(modelSql(`law/${model}`));
}
