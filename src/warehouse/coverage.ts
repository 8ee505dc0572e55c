import type {Database} from "./duckdb.ts";
import {modelSql} from "./model.ts";

/** How far units, quotas and campaigns have come; src/models/law/coverage*.sql documents each column. */
const MODELS = ["coverage", "coverage_quota", "coverage_round"] as const;

/**
 * Builds `coverage_unit`, `coverage_quota`, `coverage_round`, `coverage_county` and `coverage_visit` in the session of `db`.
 * Needs: the base tables of buildLaw, which calls this. Errors: none of its own.
 */
export async function buildCoverage(db: Database): Promise<void> {
  for (const model of MODELS) await db.run(modelSql(`law/${model}`));
}
