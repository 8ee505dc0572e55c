import {partyWord} from "../regime/check-names.ts";
import {quotedList} from "../sql.ts";
import {type CheckResult, type CheckRow, runChecks} from "../warehouse/check.ts";
import type {Database} from "../warehouse/duckdb.ts";
import type {LawOptions} from "../warehouse/law.ts";
import type {Scored} from "../warehouse/scored.ts";
import type {SiteAudience} from "./build.ts";

/** Rows of each check that the page shows; all of them are counted. */
const ROWS = 100;

/** A row of a check with its unit's name, and what the page 单位 shows of it. */
export interface CheckBookRow extends CheckRow {
  readonly unit_name: string | null;
  readonly scored_unit: string | null;
  readonly finding_id: string | null;
}

/** The office's own compliance, as the page 制度 shows it. */
export interface CheckBook {
  readonly from: string;
  readonly checks: readonly (Omit<CheckResult, "sample"> & {readonly sample: readonly CheckBookRow[]})[];
}

/**
 * What came of every check, for the office's own analysts; null for others, to whom neither results nor rows are given.
 * Shape: checks in the order of the list of checks, of each the first 100 rows found wrong.
 * Needs: buildLaw in `db`, a session beside the scored one.
 */
export async function checkBook(db: Database, law: LawOptions, scored: Scored, audience: SiteAudience): Promise<CheckBook | null> {
  if (audience !== "analyst") return null;
  const results = await runChecks(db, law, {sample: ROWS});
  const names = await unitNames(db);
  const pages = await unitPages(scored.db, results);
  return {
    from: `${law.year}-01-01`,
    checks: results.map(({sample, ...result}) => ({
      ...result,
      sample: sample.map((row) => {
        const finding_id = result.subject_kind === "问题" && pages.has(row.subject) ? row.subject : null;
        return {
          ...row,
          unit_name: names.get(row.unit_code ?? "") ?? null,
          scored_unit: pages.get(finding_id ?? row.unit_code ?? "") ?? null,
          finding_id
        };
      }),
      by: partyWord(law.regime.words, result.by)
    }))
  };
}

async function unitNames(db: Database): Promise<Map<string, string>> {
  const rows = await db.rows<{unit_code: string; unit_name: string}>(
    "select unit_code, arg_max(unit_name, valid_from) as unit_name from unit_version_now group by unit_code"
  );
  return new Map(rows.map((r) => [r.unit_code, r.unit_name]));
}

/** By finding the unit that answers for it, and every scored unit by itself: those that the page 单位 shows. */
async function unitPages(db: Database, results: readonly CheckResult[]): Promise<Map<string, string>> {
  const findings = results.flatMap((r) => (r.subject_kind === "问题" ? r.sample.map(({subject}) => subject) : []));
  const rows = await db.rows<{subject: string; unit_code: string}>(
    `select distinct unit_code as subject, unit_code from unit_all where covered is not null
    ${findings.length === 0 ? "" : `union all select finding_id, min(scored_unit) from finding_all where scored_unit is not null and finding_id in ${quotedList([...new Set(findings)])} group by 1`}`
  );
  return new Map(rows.map((r) => [r.subject, r.unit_code]));
}
