import {cpSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {quotedIdentifier, quotedString} from "../sql.ts";
import {Database} from "../warehouse/duckdb.ts";
import {ROOT} from "../workspace/workspace.ts";

/** Hand-written SQL, the office's rules, reference digests. */
export const BENCH = join(ROOT, "test", "bench");

/** Tables of the synthetic office, each a CSV of that name. */
export const BENCH_TABLES = ["unit", "inspection", "finding", "rectification"] as const;

/** How large an office is. */
export interface OfficeSize {
  readonly findings: number;
  readonly units: number;
}

/**
 * Writes a synthetic office of any size: a workspace with its regime, scheme of 60 rules, and four CSV files.
 * Shape: findings rows in finding.csv, three times as many in rectification.csv, one inspection a unit; the same bytes of
 * data for the same size, made by SQL.
 */
export async function writeOffice(directory: string, {findings, units}: OfficeSize): Promise<void> {
  cpSync(join(BENCH, "office"), directory, {recursive: true});
  const db = await Database.open(":memory:");
  try {
    await db.set("findings", findings, "bigint");
    await db.set("units", units, "bigint");
    await db.run(benchSql("generate"));
    for (const table of BENCH_TABLES)
      await db.run(
        `copy (from ${quotedIdentifier(`bench_${table}`)}) to ${quotedString(join(directory, `${table}.csv`))} (format csv, header)`
      );
  } finally {
    db.close();
  }
}

/** The text of one of the SQL files in test/bench. */
export function benchSql(name: string): string {
  return readFileSync(join(BENCH, `${name}.sql`), "utf8");
}
