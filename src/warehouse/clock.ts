import {tableNamed} from "../contract/index.ts";
import {clockValue} from "../regime/clock.ts";
import type {CalendarDay, ClockLength, Regime} from "../regime/types.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import {buildCalendar, dueSql} from "./calendar.ts";
import type {Database} from "./duckdb.ts";

/** A due date as SQL: what to join, and the two columns it gives. */
interface ClockSql {
  readonly joins: string;
  readonly due_on: string;
  readonly state: string;
}

/**
 * Builds `calendar`, `inspection_clock` (report_due_on, response_due_on and their states) and `finding_clock` from the regime's
 * parameters report, rectify_report and finding_due.
 * A parameter with several dated values is followed by the value in force on the day its clock starts.
 */
export async function clockTables(db: Database, regime: Regime, calendar: readonly CalendarDay[]): Promise<void> {
  await buildCalendar(db, calendar);
  const report = clockSql(regime, "report", "inspection", "t");
  const response = clockSql(regime, "rectify_report", "inspection", "t");
  await db.run(`create or replace temp table inspection_clock as
select t.inspection_id, ${report.due_on} as report_due_on, ${report.state} as report_due_state,
  ${response.due_on} as response_due_on, ${response.state} as response_due_state
from inspection_asof t ${report.joins} ${response.joins}`);
  const due = clockSql(regime, "finding_due", "finding", "t");
  await db.run(`create or replace temp table finding_clock as
select t.finding_id, ${due.due_on} as due_on, ${due.state} as state from finding_asof t ${due.joins}${regime.parameters.finding_due ? "" : " limit 0"}`);
}

/**
 * `site_clock`: how long an own inspection may stay, by the parameter site_time. Grain: inspection_id. Columns: due_on DATE, due_state.
 * Needs: own_inspection, calendar.
 */
export function siteClockSql(regime: Regime): string {
  const site = clockSql(regime, "site_time", "inspection", "t");
  return `create or replace temp table site_clock as
select t.inspection_id, ${site.due_on} as due_on, ${site.state} as due_state from own_inspection t ${site.joins}`;
}

/** A parameter's clock over a table; 未规定 where the document is silent, where its value is no length, or no start day is known. */
function clockSql(regime: Regime, name: string, table: string, alias: string): ClockSql {
  const lengths = (regime.parameters[name]?.values ?? []).flatMap(({from, value}) => {
    const clock = clockValue(value);
    const start = startColumn(value, table);
    return clock && "length" in clock && start ? [{from, start: `${alias}.${quotedIdentifier(start)}`, clock}] : [];
  });
  const parts = lengths.map(({from, start, clock}, i) => ({from, start, ...dueSql(start, clock as ClockLength, `${name}_${i}`)}));
  if (parts.length === 0) return {joins: "", due_on: "null::date", state: "'未规定'"};
  // Newest first: the first whose date the start has reached.
  const chosen = (column: "due_on" | "state") =>
    `case ${parts
      .toReversed()
      .map((p) => `when ${p.start} >= date ${quotedString(p.from)} then ${p[column]}`)
      .join(" ")} end`;
  return {joins: parts.map((p) => p.joins).join("\n"), due_on: chosen("due_on"), state: `coalesce(${chosen("state")}, '未规定')`};
}

/** The column of `table` that starts the clock, or null when it starts elsewhere. */
function startColumn(value: unknown, table: string): string | null {
  const [owner, column] = String((value as {start?: unknown}).start ?? "").split(".");
  return owner === table && tableNamed(table).columns.some((c) => c.name === column) ? (column ?? null) : null;
}
