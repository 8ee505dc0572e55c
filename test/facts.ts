import {factType} from "../src/contract/fact.ts";
import {TABLES} from "../src/contract/index.ts";
import {parseRegime} from "../src/regime/parse.ts";
import type {Regime} from "../src/regime/types.ts";
import {parseScheme} from "../src/scheme/parse.ts";
import type {Scheme} from "../src/scheme/types.ts";
import type {ScoreResult} from "../src/score/types.ts";
import {quotedIdentifier, quotedString} from "../src/sql.ts";
import {Database, type EngineOptions} from "../src/warehouse/duckdb.ts";
import {createExpressionParser} from "../src/warehouse/expression.ts";
import type {CutOffs} from "../src/warehouse/fact.ts";
import {scoreDatabase} from "../src/warehouse/scored.ts";
import {rejectSql, versionSql} from "../src/warehouse/version.ts";
import {buildVisible} from "../src/warehouse/visible.ts";
import {readCalendar} from "../src/workspace/calendar.ts";
import {findDefinition} from "../src/workspace/workspace.ts";

/** Typed rows per table; columns left out are null (or the contract's fallback). */
export type Rows = Readonly<Record<string, readonly Readonly<Record<string, string | number | boolean | null | undefined>>[]>>;

/** Read once: it takes a while. */
const CALENDAR = readCalendar(null);

export const WHEN: CutOffs = {as_of: "2025-12-31", decisions_until: "2026-01-10", known_at: null};

/** A warehouse in memory that holds the rows given, as if they had been loaded. */
export async function openRows(rows: Rows, options: EngineOptions = {}): Promise<Database> {
  const db = await Database.open(":memory:", options);
  await db.run(rejectSql([]));
  const loaded = ["", ...Object.keys(rows)].map((name) => `(${quotedString(name)}, false)`);
  await db.run(`create table batch as select * from (values ${loaded.join(", ")}) as v("table", revoked)`);
  for (const table of TABLES) {
    for (const sql of versionSql(table, [], [])) await db.run(sql);
    const mine = rows[table.name] ?? [];
    if (mine.length === 0) continue;
    const cells = table.columns.map((c) => {
      const value = `cast(json_extract_string(j, ${quotedString(`$.${c.name}`)}) as ${factType(c)})`;
      return c.fallback === null ? value : `coalesce(${value}, cast(${quotedString(c.fallback)} as ${factType(c)}))`;
    });
    await db.run(`insert into ${quotedIdentifier(`${table.name}_version`)} select 'b', ${quotedString(table.name)}, ${quotedString(`${table.name}.csv`)}, null, row_number() over () + 1, ${cells.join(", ")}, timestamptz '2026-01-05 00:00:00+08:00', null
      from (select unnest(from_json(${quotedString(JSON.stringify(mine))}, '["json"]')) as j)`);
  }
  await buildVisible(db);
  return db;
}

/** A regime and schemes by id or text, checked. */
export async function openSchemes(regimeId: string, ...schemes: readonly string[]): Promise<{regime: Regime; schemes: Scheme[]}> {
  const definition = findDefinition("regimes", regimeId, null);
  const regime = parseRegime(definition.text, definition.file);
  const expression = await createExpressionParser();
  try {
    const parsed: Scheme[] = [];
    for (const scheme of schemes) {
      const {text, file} = scheme.includes("\n") ? {text: scheme, file: "scheme.yaml"} : findDefinition("schemes", scheme, null);
      parsed.push(await parseScheme(text, file, {regime, expression}));
    }
    return {regime, schemes: parsed};
  } finally {
    expression.close();
  }
}

/** Scores rows; the database is given to `look` before it closes. */
export async function scoreRows<T>(
  rows: Rows,
  rules: {regime: Regime; schemes: readonly Scheme[]},
  look: (db: Database, result: ScoreResult) => Promise<T> | T,
  {when = WHEN, year = 2025, round = null, ...options}: {when?: CutOffs; year?: number; round?: string | null} & EngineOptions = {}
): Promise<T> {
  const db = await openRows(rows, options);
  try {
    return await look(
      db,
      await scoreDatabase(db, {...rules, calendar: CALENDAR, when, known_at: "2026-01-05T00:00:00+08:00", year, round})
    );
  } finally {
    db.close();
  }
}
