import {parameterOn} from "../regime/resolve.ts";
import type {Regime} from "../regime/types.ts";
import {arrowIpc} from "../warehouse/arrow.ts";
import type {Database} from "../warehouse/duckdb.ts";
import {modelSql} from "../warehouse/model.ts";
import type {SiteAudience} from "./build.ts";

/** Rows that the page 整改 is made for. */
const LIMIT = 200_000;

/** A stage of the regime's loop as the page shows it. */
export interface LoopStage {
  readonly stage_no: number;
  readonly stage: string;
  /** What records it; null: 台账不记录. */
  readonly recorded_by: string | null;
}

/**
 * What the page 整改 shows: `loop.json` (the stages of each dated loop, oldest first; kinds of 回头看; duties that no
 * table records), `loop.arrow` (where each finding
 * stands) and `owed.arrow` (what had to be done about findings).
 * Outside the office clues and cases are left out, and where inspections are secret all findings: stages would tell of visits.
 * Needs: buildLaw, and `told_obligation`; for others than analysts outsideTables.
 * Errors: RangeError when there are more rows than the page is made for.
 */
export async function loopMarts(
  db: Database,
  {regime, as_of, audience}: {readonly regime: Regime; readonly as_of: string; readonly audience: SiteAudience}
): Promise<Record<string, Uint8Array>> {
  const isOutside = audience !== "analyst";
  const cases = "select finding_id from action_asof where finding_id is not null and kind in ('移送纪检监察', '立案')";
  const shown = `select * from (${modelSql("mart/loop")}) where not getvariable('has_secret')
    and finding_id not in (select subject from closed_subject) and finding_id not in (${cases})`;
  const marts = {loop: isOutside ? shown : modelSql("mart/loop"), owed: modelSql("mart/owed")};
  const files: Record<string, Uint8Array> = {"loop.json": json(await loops(db, regime, as_of))};
  for (const [name, sql] of Object.entries(marts)) {
    const count = Number(await db.value(`select count(*) from (${sql})`));
    if (count > LIMIT) throw new RangeError(`${name} 有${count}行，超过页面能承受的${LIMIT}行`);
    files[`${name}.arrow`] = await arrowIpc(db, sql);
  }
  return files;
}

async function loops(db: Database, regime: Regime, as_of: string) {
  const rows = await db.rows<LoopStage & {from_on: string; to_on: string}>(
    "select cast(from_on as varchar) as from_on, cast(to_on as varchar) as to_on, stage_no, stage, recorded_by from loop_stage order by from_on, stage_no"
  );
  const valueOn = parameterOn(regime);
  const again = valueOn("return_visit", as_of) as {kinds?: readonly string[]} | undefined;
  const unsaid = (name: string) => {
    const value = valueOn(name, as_of) as {action?: string} | undefined;
    return value !== undefined && value.action === undefined;
  };
  return {
    unrecorded: ["report_major", "expose", "list_major", "hand_over", "hand_over_discipline", "summon"].filter(unsaid),
    return_kinds: again?.kinds ?? [],
    loops: [...new Set(rows.map((r) => r.from_on))].map((from_on) => {
      const own = rows.filter((r) => r.from_on === from_on);
      return {
        from_on,
        to_on: own[0]?.to_on ?? "",
        stages: own.map(({stage_no, stage, recorded_by}) => ({stage_no, stage, recorded_by}))
      };
    })
  };
}

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
