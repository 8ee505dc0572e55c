import {tableNamed} from "../contract/index.ts";
import {maskVariable} from "../contract/mask.ts";
import {fault} from "../fault.ts";
import {gradeOf, parameterOn} from "../regime/resolve.ts";
import type {CalendarDay, Regime} from "../regime/types.ts";
import {UNIT_KINDS} from "../regime/vocabulary.ts";
import {quotedIdentifier, quotedString, valuesSql} from "../sql.ts";
import {readCalendar} from "../workspace/calendar.ts";
import {openWorkspace, type Workspace} from "../workspace/workspace.ts";
import {siteClockSql} from "./clock.ts";
import {concernedSql} from "./concerned.ts";
import {buildCoverage} from "./coverage.ts";
import {cutOffs} from "./cut-offs.ts";
import type {Database} from "./duckdb.ts";
import {type CutOffs, prepareFacts} from "./fact.ts";
import {followedSql} from "./followed.ts";
import {keptColumns} from "./kept-column.ts";
import {buildLoop} from "./loop.ts";
import {modelSql} from "./model.ts";
import {buildObligations} from "./obligation.ts";
import {demandLoaded, openRules, type ScoreOptions} from "./scored.ts";
import {openWarehouse, openWarehouseAt} from "./warehouse.ts";

/** What the law is asked with: a regime, a day, and what the office's files hold. */
export interface LawOptions {
  readonly regime: Regime;
  readonly calendar: readonly CalendarDay[];
  readonly when: CutOffs;
  readonly year: number;
  /** Codes of the units that the document names, by their name there. */
  readonly named_units: Readonly<Record<string, string>>;
  /** Columns that the office's files have, as `table.column`; others cannot be asked about. */
  readonly kept: ReadonlySet<string>;
  /** How often the office's own scheme lets a deadline be extended. */
  readonly extension: {readonly max_times: number} | null;
}

/** A workspace with what its regime asks: the engine is open and holds the tables of src/models/law. */
export interface Law extends LawOptions {
  readonly space: Workspace;
  /** First day looked at: 1 January of the year. */
  readonly from: string;
  /** Last day looked at: 统计截止日, or the year's last day. */
  readonly to: string;
  readonly db: Database;
  close(): void;
}

/**
 * Opens a workspace for questions of law: what is owed, what was not done, how far coverage has come.
 * Errors: Fault 2 for a bad date or regime, for a day before the year, and when nothing has been loaded yet.
 * @example const law = await openLaw("offices/x", {as_of: "2025-12-31"}); law.close()
 */
export async function openLaw(directory: string, options: ScoreOptions = {}): Promise<Law> {
  const space = openWorkspace(directory);
  const {regime, schemes} = await openRules(space);
  const when = cutOffs(space, options);
  const year = options.year ?? space.year;
  if (when.as_of < `${year}-01-01`)
    throw fault(2, {place: null, what: `统计截止日${when.as_of}早于${year}年1月1日`, advice: "请核对 --as-of、--year"});
  const db = when.known_at ? await openWarehouseAt(space, when.known_at, options) : await openWarehouse(space, options);
  try {
    await demandLoaded(db, space, when);
    await db.run(maskVariable(space));
    const law: LawOptions = {
      regime,
      calendar: readCalendar(space.directory),
      when,
      year,
      named_units: space.named_units,
      kept: await keptColumns(db, space.state.batches),
      extension: schemes.find((s) => s.extension)?.extension ?? null
    };
    await buildLaw(db, law);
    return {...law, space, from: `${year}-01-01`, to: lastDay(year, when.as_of), db, close: () => db.close()};
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Builds the tables that obligations, checks and coverage read, in the session of `db`.
 * Needs: the visible tables. Leaves: `parameter`, `kept_column`, `named_unit`, `own_inspection`, `inspection_day`, `inspection_flag`,
 * `visit_flag`, `site_clock`, `law_finding`, `concerned`, `unit_now`, `heir`, `calendar`.
 */
export async function buildLaw(
  db: Database,
  {regime, calendar, when, year, named_units, kept, extension}: LawOptions
): Promise<void> {
  await prepareFacts(db, when, {regime, calendar, year}, {extension});
  await db.set("law_from", `${year}-01-01`, "date");
  await db.set("law_to", lastDay(year, when.as_of), "date");
  await db.run(
    valuesSql(
      "applies_kind",
      ["unit_kind"],
      UNIT_KINDS.map((kind) => [kind])
    )
  );
  await db.run(modelSql("fact/unit_chain"));
  const returning = parameterOn(regime)("return_visit", when.as_of) as {kinds?: string[]} | undefined;
  await db.run(
    valuesSql(
      "return_kind",
      ["kind"],
      (returning?.kinds ?? []).map((kind) => [kind])
    )
  );
  await db.run(valuesSql("named_unit", ["name", "unit_code"], Object.entries(named_units)));
  await db.run(
    valuesSql(
      "kept_column",
      ["name"],
      [...kept].toSorted().map((name) => [name])
    )
  );
  await db.run(parameterSql(regime));
  await db.run(modelSql("law/base"));
  await db.run(unpivotSql("inspection", "date", "inspection_day", "day"));
  await db.run(unpivotSql("inspection", "boolean", "inspection_flag", "flag"));
  await db.run(unpivotSql("visit", "boolean", "visit_flag", "flag"));
  await db.run(followedSql(regime));
  await db.run(siteClockSql(regime));
  await db.run(concernedSql(regime));
  await db.run(valuesSql("regime_kind", ["kind", "word"], Object.entries(regime.kinds)));
  await buildCoverage(db);
  await db.run(modelSql("law/function"));
  await buildLoop(db, regime, kept);
  await buildObligations(db);
}

/** Last day looked at: the year's, or 统计截止日 within it; what falls due later belongs to the next year. */
export function lastDay(year: number, as_of: string): string {
  return as_of < `${year}-12-31` ? as_of : `${year}-12-31`;
}

/** `parameter`: a row for each dated value, joined by the day that matters. */
function parameterSql(regime: Regime): string {
  const rows = Object.values(regime.parameters).flatMap(({name, clause, modality, values}) =>
    values.map(({from, value}, i) => [
      ...[name, from, values[i + 1]?.from ?? "9999-12-31", clause, modality, gradeOf(modality), JSON.stringify(value)]
    ])
  );
  return `${valuesSql("parameter_text", ["name", "from_on", "to_on", "clause", "modality", "grade", "value"], rows)};
create or replace temp table parameter as
select name, cast(from_on as date) as from_on, cast(to_on as date) as to_on, clause, modality, grade, cast(value as json) as value from parameter_text`;
}

/** The columns of one type as rows `table.column`, so that a regime's `column:` is followed by a join. */
function unpivotSql(table: "inspection" | "visit", type: "date" | "boolean", name: string, value: string): string {
  const key = `${table}_id`;
  const source = table === "inspection" ? "own_inspection" : "visit_asof";
  const columns = tableNamed(table).columns.filter((c) => c.type === type);
  const selects = columns.map(
    (c) =>
      `select ${key}, ${quotedString(`${table}.${c.name}`)} as name, ${quotedIdentifier(c.name)} as ${value} from ${source} where ${quotedIdentifier(c.name)} is not null`
  );
  return `create or replace temp table ${name} as ${selects.join(" union all ")}`;
}
