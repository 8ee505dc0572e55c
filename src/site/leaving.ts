import {outsideView} from "../regime/secrecy.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Database} from "../warehouse/duckdb.ts";
import {modelSql} from "../warehouse/model.ts";
import {outsideTables} from "../warehouse/outside.ts";
import type {Scored} from "../warehouse/scored.ts";
import {type Visible, visibleColumns} from "./audience.ts";
import type {SiteAudience} from "./build.ts";
import {hiddenVetoes, outsideResult, outsideRows} from "./outside.ts";

/** What an audience may see of a scored database. */
export interface Leaving {
  readonly visible: Visible;
  /** A mart's select with the rows that may be told, all its columns. Grain: the fact or table that it comes from; null: results. */
  rowsOf(name: string, grain: string | null): Promise<string>;
  /** A mart's select with the rows and columns that may be told. */
  select(name: string, grain: string | null): Promise<string>;
}

/**
 * Makes ready what leaves the office for an audience: `unit_score` and `item_score` hold the result as it may be told, and for others
 * than analysts the tables of src/models/outside. Every call makes them anew.
 * @example db.rows(await (await leavingTables(scored, "leadership")).select("ledger", null))
 */
export async function leavingTables(scored: Scored, audience: SiteAudience): Promise<Leaving> {
  const {db, regime, when} = scored;
  const visible = visibleColumns(regime, audience, when.as_of);
  const isOutside = audience !== "analyst";
  if (isOutside) await outsideTables(db, outsideView(regime, when.as_of));
  await resultTables(scored, isOutside ? await hiddenVetoes(scored, visible) : () => false);
  if (isOutside) await outsideResult(scored, visible);
  const rowsOf = async (name: string, grain: string | null) => {
    const sql = modelSql(`mart/${name}`);
    return isOutside ? outsideRows(db, {name, grain, sql}, scored, visible) : sql;
  };
  const select = async (name: string, grain: string | null) => visibleSelect(db, `(${await rowsOf(name, grain)})`, grain, visible);
  return {visible, rowsOf, select};
}

/** A mart without the columns that the audience may not see. */
export async function visibleSelect(db: Database, sql: string, grain: string | null, visible: Visible): Promise<string> {
  const columns = (await db.rows<{column_name: string}>(`describe ${sql.slice(1, -1)}`)).map((c) => c.column_name);
  const kept = columns.filter((c) => grain === null || visible(grain, c));
  return `select ${kept.map(quotedIdentifier).join(", ")} from ${sql}`;
}

/** The result as tables, so that the page shows what `score --json` prints and nothing computed anew. */
async function resultTables({db, result}: Scored, isHidden: (rule: string, subject: string | null) => boolean): Promise<void> {
  const units = result.schemes.flatMap(({scheme, units}, scheme_no) =>
    units.map(({unit_code, covered, covered_because, milli, grade, rank, provisional, provisional_because, vetoes}) => ({
      ...{scheme, scheme_no, unit_code, covered, covered_because, milli, grade, rank, provisional},
      provisional_because: provisional_because.join("；"),
      vetoes: JSON.stringify(vetoes.map((v) => (isHidden(v.rule_id, v.subject) ? {...v, subject: null} : v)))
    }))
  );
  const items = result.schemes.flatMap(({scheme, units}) =>
    units.flatMap(({unit_code, items}) =>
      items.map(({item, full, score, applies}, item_no) => ({
        ...{scheme, unit_code, item, item_no, applies},
        full_milli: milliOf(full),
        milli: score === null ? null : milliOf(score)
      }))
    )
  );
  await jsonTable(db, "unit_score", units, {
    ...{
      scheme: "VARCHAR",
      scheme_no: "INTEGER",
      unit_code: "VARCHAR",
      covered: "VARCHAR",
      covered_because: "VARCHAR",
      milli: "INTEGER"
    },
    ...{grade: "VARCHAR", rank: "INTEGER", provisional: "BOOLEAN", provisional_because: "VARCHAR", vetoes: "VARCHAR"}
  });
  await jsonTable(db, "item_score", items, {
    ...{scheme: "VARCHAR", unit_code: "VARCHAR", item: "VARCHAR", item_no: "INTEGER", full_milli: "INTEGER", milli: "INTEGER"},
    applies: "BOOLEAN"
  });
}

/** Rows as a temporary table with the columns as typed. */
export async function jsonTable(
  db: Database,
  name: string,
  rows: readonly object[],
  columns: Readonly<Record<string, string>>
): Promise<void> {
  const shape = quotedString(JSON.stringify([columns]));
  await db.run(`create or replace temp table ${name} as
    select unnest(from_json(${quotedString(JSON.stringify(rows))}, ${shape}), recursive := true)`);
}

/** Milli-points of a printed score of at most three places: `"93.50"` is 93500. */
function milliOf(points: string): number {
  return Math.round(Number(points) * 1000);
}
