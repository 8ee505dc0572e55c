import {outsideView} from "../regime/secrecy.ts";
import type {Regime} from "../regime/types.ts";
import {quotedIdentifier} from "../sql.ts";
import {arrowIpc} from "../warehouse/arrow.ts";
import type {Database} from "../warehouse/duckdb.ts";
import {modelSql} from "../warehouse/model.ts";
import {type Visible, visibleColumns} from "./audience.ts";
import type {SiteAudience} from "./build.ts";

/** A mart of coverage: src/models/mart/<name>.sql. */
interface CoverageMart {
  readonly name: string;
  readonly limit: number;
  /** Columns that are as visible as a column of the contract; the others say only what the document asks and how far it is done. */
  readonly from: Readonly<Record<string, string>>;
}

const [ID, STARTED, ENDED] = ["inspection.inspection_id", "inspection.started_on", "inspection.ended_on"];
const [PLANNED, PLANNED_TO] = ["inspection.planned_from", "inspection.planned_to"];

const MARTS: readonly CoverageMart[] = [
  {
    name: "coverage-unit",
    limit: 20_000,
    from: {
      ...{covered_on: ENDED, covering_id: ID, under_way_id: ID, extended_id: ID, extended_by: "inspection.extended_from"},
      ...{exempt_id: ID, exempt_on: STARTED, last_ended_on: ENDED, planned_id: ID, planned_from: PLANNED}
    }
  },
  {name: "coverage-quota", limit: 1_000, from: {reached_on: "visit.visited_on"}},
  {name: "coverage-round", limit: 10_000, from: {inspection_id: ID, started_on: STARTED, ended_on: ENDED}},
  {name: "coverage-county", limit: 50_000, from: {inspection_id: ID, visits: "visit.visit_id", findings: "finding.finding_id"}},
  {
    name: "coverage-visit",
    limit: 50_000,
    from: {
      ...{inspection_id: ID, kind: "inspection.kind", round_no: "inspection.round_no", team_no: "inspection.team_no"},
      ...{started_on: STARTED, ended_on: ENDED, planned_from: PLANNED, planned_to: PLANNED_TO}
    }
  }
];

/**
 * The marts that the page 覆盖 shows, as Arrow IPC streams by file name. Outside the office a regime that keeps its inspections secret
 * shows none of their rows: who was covered, how often and when would tell them.
 * Needs: buildLaw. Errors: RangeError when a mart has more rows than its page is made for.
 */
export async function coverageMarts(
  db: Database,
  regime: Regime,
  day: string,
  audience: SiteAudience
): Promise<Record<string, Uint8Array>> {
  const visible = visibleColumns(regime, audience, day);
  const isSealed = audience !== "analyst" && outsideView(regime, day).clause !== null;
  const files: Record<string, Uint8Array> = {};
  for (const mart of MARTS) {
    const sql = modelSql(`mart/${mart.name}`);
    const count = Number(await db.value(`select count(*) from (${sql})`));
    if (count > mart.limit) throw new RangeError(`${mart.name} 有${count}行，超过页面能承受的${mart.limit}行`);
    const select = await visibleSelect(db, sql, mart, visible);
    files[`${mart.name}.arrow`] = await arrowIpc(db, isSealed ? `${select} where false` : select);
  }
  return files;
}

async function visibleSelect(db: Database, sql: string, {from}: CoverageMart, visible: Visible): Promise<string> {
  const columns = (await db.rows<{column_name: string}>(`describe ${sql}`)).map((c) => c.column_name);
  const shown = columns.filter((column) => {
    const [table, source] = from[column]?.split(".") ?? [];
    return table === undefined || source === undefined || visible(table, source);
  });
  return `select ${shown.map(quotedIdentifier).join(", ")} from (${sql})`;
}
