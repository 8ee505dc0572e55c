import type {Regime} from "../regime/types.ts";
import type {Database} from "./duckdb.ts";
export async function clockTables(db: Database, regime: Regime): Promise<void> {
  await db.run("create or replace temp table calendar as select date '2025-01-01' as day, true as is_workday, true as published");
  await db.run(
    "create or replace temp table inspection_clock as select inspection_id, null::date as report_due_on, '未规定' as report_due_state, null::date as response_due_on, '未规定' as response_due_state from inspection_asof"
  );
  await db.run(
    "create or replace temp table finding_clock as select finding_id, null::date as due_on, '未规定' as state from finding_asof limit 0"
  );
}
