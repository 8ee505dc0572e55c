import {rmSync} from "node:fs";
import {join} from "node:path";
import {shapeRegime} from "../contract/shape.ts";
import {writeLedger} from "../export/ledger.ts";
import {runChecks} from "../warehouse/check.ts";
import {cutOffs} from "../warehouse/cut-offs.ts";
import {Database} from "../warehouse/duckdb.ts";
import {keptColumns} from "../warehouse/kept-column.ts";
import {buildLaw} from "../warehouse/law.ts";
import {openRules, type Phase, scoreDatabase} from "../warehouse/scored.ts";
import {openWarehouse} from "../warehouse/warehouse.ts";
import {readCalendar} from "../workspace/calendar.ts";
import {load} from "../workspace/load.ts";
import {openWorkspace, type Workspace} from "../workspace/workspace.ts";
import {BENCH_TABLES, benchSql} from "./office.ts";

/** Seconds of one run: what the program does, phase by phase, what is written by hand, and what the law asks afterwards. */
export type Seconds = Readonly<
  Record<"load" | "ledger_file" | Phase | "hand_load" | "hand_tally" | "group" | "law" | "checks", number>
>;

/** One run over a fresh state. */
export interface Run {
  readonly seconds: Seconds;
  readonly digest: string;
  /** Rows in which the program's tally and the one written by hand differ. */
  readonly differing: number;
  readonly ledger_rows: number;
  readonly rules: number;
}

/** A committed moment for batches: nothing here reads a clock but `now`. */
const LOADED_AT = "2026-01-10T00:00:00.000+08:00";

/**
 * Loads and scores a synthetic office once, side by side with plain DuckDB doing the irreducible part by hand-written SQL.
 * @param now seconds of a steady clock
 */
export async function measure(directory: string, now: () => number): Promise<Run> {
  const space = openWorkspace(directory);
  rmSync(space.state.directory, {recursive: true, force: true});
  const hand_load = await handLoad(directory, now);
  const {regime, schemes} = await openRules(space);
  const when = cutOffs(space, {});
  const loading = stopwatch(now);
  const {tables, failures} = await load(space, {at: LOADED_AT, as_of: when.as_of, regime: shapeRegime(regime)});
  const loaded = loading();
  for (const table of BENCH_TABLES)
    if (failures.length > 0 || tables[table]?.new !== tables[table]?.read || tables[table]?.held !== 0)
      throw new Error(`测速数据没有全部装入：${table}`);
  const db = await openWarehouse(space);
  try {
    const seconds: Partial<Record<Phase, number>> = {};
    const lap = stopwatch(now);
    const {digest} = await scoreDatabase(db, {
      regime,
      schemes,
      calendar: readCalendar(space.directory),
      when,
      known_at: LOADED_AT,
      year: space.year,
      round: null,
      columns: "needed",
      phase: (ended) => {
        seconds[ended] = (seconds[ended] ?? 0) + lap();
      }
    });
    lap();
    await writeLedger(db, join(space.directory, "ledger.parquet"));
    const ledger_file = lap();
    await db.run(benchSql("tally"));
    const hand_tally = lap();
    await db.run(benchSql("group"));
    const group = lap();
    const differing = Number(await db.value(DIFFERING));
    const ledger_rows = Number(await db.value("select count(*) from ledger"));
    const calendar = readCalendar(space.directory);
    const kept = await keptColumns(db, space.state.batches);
    lap();
    await buildLaw(db, {regime, calendar, when, year: space.year, named_units: space.named_units, kept, extension: null});
    const law = lap();
    await runChecks(db, {regime, when, kept});
    const checks = lap();
    return {
      seconds: {...(seconds as Record<Phase, number>), load: loaded, ledger_file, hand_load, hand_tally, group, law, checks},
      digest,
      differing,
      ledger_rows,
      rules: schemes.reduce((sum, {rules}) => sum + rules.length, 0)
    };
  } finally {
    db.close();
  }
}

async function handLoad(directory: Workspace["directory"], now: () => number): Promise<number> {
  const db = await Database.open(":memory:");
  try {
    for (const table of BENCH_TABLES) await db.set(`${table}_csv`, join(directory, `${table}.csv`));
    const lap = stopwatch(now);
    await db.run(benchSql("load"));
    return lap();
  } finally {
    db.close();
  }
}

/** Seconds since the last call. */
function stopwatch(now: () => number): () => number {
  let last = now();
  return () => {
    const before = last;
    last = now();
    return last - before;
  };
}

const COLUMNS = "unit_code, rule_id, n, num::bigint, den::bigint, raw_milli";
const DIFFERING = `with ours as (select ${COLUMNS} from scheme_tally where bucket = ''), hand as (select ${COLUMNS} from hand_tally)
select count(*) from ((from ours except from hand) union all (from hand except from ours))`;
