import {zipSync} from "fflate";
import {arrowIpc} from "../warehouse/arrow.ts";
import type {Scored} from "../warehouse/scored.ts";
import type {SiteAudience} from "./build.ts";
import {lawMarts} from "./law-mart.ts";
import {leavingTables, visibleSelect} from "./leaving.ts";
import {untoldRows} from "./outside.ts";
import {qualityMart} from "./quality-mart.ts";
import {regimeBook} from "./regime-book.ts";
import {compareRegimes, knownRegimes} from "./regime-comparison.ts";
import {schemeBook} from "./scheme-book.ts";
import {spaceFacts} from "./space-facts.ts";

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
  const {rowsOf, visible} = await leavingTables(scored, audience);
  const isOutside = audience !== "analyst";
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

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
