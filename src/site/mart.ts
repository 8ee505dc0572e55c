import {zipSync} from "fflate";
import {STAGES} from "../contract/index.ts";
import {outsideView} from "../regime/secrecy.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import {arrowIpc} from "../warehouse/arrow.ts";
import type {Database} from "../warehouse/duckdb.ts";
import {modelSql} from "../warehouse/model.ts";
import {outsideTables} from "../warehouse/outside.ts";
import type {Scored} from "../warehouse/scored.ts";
import {type Visible, visibleColumns} from "./audience.ts";
import type {SiteAudience} from "./build.ts";
import {lawMarts} from "./law-mart.ts";
import {hiddenVetoes, outsideResult, outsideRows, untoldRows} from "./outside.ts";
import {qualityMart} from "./quality-mart.ts";
import {regimeBook} from "./regime-book.ts";
import {compareRegimes, knownRegimes} from "./regime-comparison.ts";
import {schemeBook} from "./scheme-book.ts";
import {factLabels} from "./words.ts";

/** Files that finding-text is cut into. */
export const TEXT_PARTS = 16;

/** Marts that come from a fact or table, with the row limit that their page is made for. */
const MARTS = [
  {name: "unit", grain: null, limit: 10_000},
  {name: "item", grain: null, limit: 200_000},
  {name: "ledger", grain: null, limit: 1_000_000},
  {name: "finding", grain: "finding", limit: 200_000},
  {name: "finding-text", grain: "finding", limit: 200_000},
  {name: "inspection", grain: "inspection", limit: 50_000},
  {name: "event", grain: "rectification", limit: 800_000},
  {name: "action", grain: "action", limit: 100_000},
  {name: "accident", grain: "accident", limit: 50_000},
  {name: "tip", grain: "tip", limit: 50_000},
  {name: "response", grain: "response", limit: 50_000}
] as const;

/**
 * The marts of a space as one zip: `space.json`, `regime.json`, `scheme.json` and an Arrow IPC stream a mart; finding-text
 * in 16 parts; for analysts `quality.json`. Only columns and rows that the audience may see are in it; src/models/mart documents each column.
 * Errors: RangeError when a mart has more rows than its page is made for.
 */
export async function martZip(scored: Scored, audience: SiteAudience): Promise<Uint8Array> {
  const {db, regime, schemes, when} = scored;
  const visible = visibleColumns(regime, audience, when.as_of);
  const isOutside = audience !== "analyst";
  if (isOutside) await outsideTables(db, outsideView(regime, when.as_of));
  await resultTables(scored, isOutside ? await hiddenVetoes(scored, visible) : () => false);
  if (isOutside) await outsideResult(scored, visible);
  const rowsOf = (name: string, grain: string | null) => {
    const sql = modelSql(`mart/${name}`);
    return isOutside ? outsideRows(db, {name, grain, sql}, scored, visible) : sql;
  };
  const unassigned = await db.value(
    `select count(distinct finding_id) from (${await rowsOf("finding", "finding")}) where scored_unit is null`
  );
  const provisional = await db.value("select coalesce(bool_or(provisional), false) from unit_score");
  const files: Record<string, Uint8Array> = {
    "space.json": json(spaceFacts(scored, audience, {unassigned_count: Number(unassigned), provisional: provisional === true})),
    "regime.json": json(regimeBook(regime, when.as_of)),
    "comparison.json": json(compareRegimes(knownRegimes(scored.space.directory, regime), when.as_of)),
    "scheme.json": json(schemes.map(({scheme, plan}) => schemeBook(scheme, plan)))
  };
  if (!isOutside) files["quality.json"] = json(await qualityMart(scored));
  for (const {name, grain, limit} of MARTS) {
    const sql = `(${await rowsOf(name, grain)})`;
    const count = Number(await db.value(`select count(*) from ${sql}`));
    if (count > limit) throw new RangeError(`${name} 有${count}行，超过页面能承受的${limit}行`);
    const select = await visibleSelect(db, sql, grain, visible);
    if (name !== "finding-text") files[`${name}.arrow`] = await arrowIpc(db, select);
    else
      for (let part = 0; part < TEXT_PARTS; part++)
        files[`${name}-${part}.arrow`] = await arrowIpc(
          db,
          `select * exclude (text_part) from (${select}) where text_part = ${part}`
        );
  }
  Object.assign(files, await lawMarts(scored, audience, isOutside ? await untoldRows(db) : undefined));
  return zipSync(files, {level: 0, mtime: new Date("1980-01-01T00:00:00")});
}

/** A mart without the columns that the audience may not see. */
async function visibleSelect(db: Database, sql: string, grain: string | null, visible: Visible): Promise<string> {
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

async function jsonTable(
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

/** What every page of the space needs to know. */
function spaceFacts(
  {space, regime, schemes, result, when}: Scored,
  audience: SiteAudience,
  told: {unassigned_count: number; provisional: boolean}
) {
  const {run, digest, as_of, decisions_until, known_at, period, unassigned, warnings} = result;
  const secret = outsideView(regime, when.as_of);
  return {
    id: space.id,
    authority: space.authority,
    demo: space.demo,
    audience,
    regime: {id: regime.id, title: regime.title, words: regime.words, kinds: regime.kinds, text: regime.text},
    run,
    digest,
    as_of,
    decisions_until,
    known_at,
    period,
    unassigned: audience === "analyst" ? unassigned : [],
    ...told,
    warnings: audience === "analyst" ? warnings : [],
    secrecy:
      audience === "analyst" || secret.clause === null
        ? null
        : {clause: secret.clause, what: secret.what, until: secret.until !== null},
    stages: STAGES,
    labels: factLabels(),
    schemes: schemes.map(({scheme, plan}) => ({
      id: scheme.id,
      name: scheme.name,
      document_no: scheme.document_no,
      start: scheme.start,
      applies_to: scheme.applies_to,
      grades: plan.grades,
      items: plan.items,
      rules: plan.rules.map(({id, item, name, measure, grade_at_most}) => ({id, item, name, measure, grade_at_most}))
    }))
  };
}

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
