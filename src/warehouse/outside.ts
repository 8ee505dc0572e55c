import type {OutsideView} from "../regime/secrecy.ts";
import {quotedIdentifier, quotedList, valuesSql} from "../sql.ts";
import type {Database} from "./duckdb.ts";
import {modelSql} from "./model.ts";

/**
 * Builds the tables that say what may leave the office: `outside_inspection`, `outside_finding`, `closed_subject`, `secret_unit`,
 * `secret_word` (src/models/outside/base.sql).
 * Needs: prepareFacts. A regime that keeps nothing secret seals nothing; clues and cases are closed under every regime.
 */
export async function outsideTables(db: Database, view: OutsideView): Promise<void> {
  const told = view.until === null ? "null::date" : quotedIdentifier(view.until);
  const kinds = view.unit_kinds.map((kind) => [kind]);
  await db.run(`create or replace temp table told as select inspection_id, ${told} as told_on from inspection_asof`);
  await db.run(valuesSql("secret_kind", ["unit_kind"], kinds));
  await db.run(`set variable has_secret = ${view.clause !== null}`);
  await db.run(`set variable has_until = ${view.until !== null}`);
  await db.run(`set variable visits_secret = ${view.hides("visit", "place_name")}`);
  await db.run(modelSql("outside/base"));
}

/** Numbers of rows that may not be told although their inspection is fed back: another of the same unit is not. */
export interface Untold {
  readonly findings: readonly string[];
  readonly inspections: readonly string[];
}

/** Seals further rows in the tables of outsideTables; views over them follow. */
export async function sealAlso(db: Database, {findings, inspections}: Untold): Promise<void> {
  await db.run(`update outside_finding set is_sealed = true where finding_id in ${quotedList(findings)}`);
  await db.run(`update outside_inspection set is_sealed = true where inspection_id in ${quotedList(inspections)}`);
  await db.run(
    `insert into closed_subject select finding_id, true from outside_finding where finding_id in ${quotedList(findings)} and finding_id not in (select subject from closed_subject)`
  );
}

/**
 * Builds the view `outside_obligation`: the rows of `obligation` that may be told outside the office, with the same columns.
 * Needs: buildLaw and the table `obligation`. Use it for whatever goes to a calendar, a page or a file of somebody else.
 * @example await outsideObligations(law.db, outsideView(law.regime, law.when.as_of))
 */
export async function outsideObligations(db: Database, view: OutsideView): Promise<void> {
  await outsideTables(db, view);
  await db.run(modelSql("outside/obligation"));
}
