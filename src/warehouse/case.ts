import {factType} from "../contract/fact.ts";
import {TABLES, type Table} from "../contract/index.ts";
import {shapeRegime} from "../contract/shape.ts";
import {type Complaint, Fault} from "../fault.ts";
import type {CalendarDay, Regime} from "../regime/types.ts";
import type {SchemeCase} from "../scheme/case.ts";
import {caseDifferences, type Difference} from "../scheme/case-result.ts";
import type {Scheme} from "../scheme/types.ts";
import type {LedgerEntry, ScoreResult} from "../score/types.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import {type ShapedCase, type ShapedRow, shapeCases} from "./case-rows.ts";
import {Database} from "./duckdb.ts";
import {ledgerRows, scoreDatabase} from "./scored.ts";
import {rejectSql, versionSql} from "./version.ts";
import {buildVisible, buildVisibleHere} from "./visible.ts";

/** What cases are run against. */
export interface CaseBase {
  readonly scheme: Scheme;
  readonly regime: Regime;
  readonly calendar: readonly CalendarDay[];
}

/** What came of a case. `ledger`: all rows of the units that came out otherwise. */
export interface CaseResult {
  readonly one: SchemeCase;
  readonly differences: readonly Difference[];
  readonly ledger: readonly LedgerEntry[];
  readonly result: ScoreResult;
}

/** When a case's rows became known; nothing of a case depends on it. */
const KNOWN_AT = "2000-01-01T00:00:00+08:00";

/**
 * Scores each case in a session of its own and holds the result against what the case expects.
 * Errors: one Fault (exit 2) with every row, of all cases, that loading would reject or hold, at its place.
 * @example (await runCases(parseCases(text, file, scheme), base)).every((r) => r.differences.length === 0)
 */
export async function runCases(cases: readonly SchemeCase[], base: CaseBase): Promise<CaseResult[]> {
  const shaped = await shapeCases(cases, shapeRegime(base.regime));
  const complaints = shaped.flatMap((one) => one.complaints);
  const empty = await openEmpty();
  try {
    const results = await runShaped(empty, cases, shaped, base, complaints);
    if (complaints.length > 0) throw new Fault(2, distinct(complaints));
    return results;
  } finally {
    empty.close();
  }
}

/** Every table without rows: building them takes longer than scoring a case. */
async function openEmpty(): Promise<Database> {
  const db = await Database.open();
  await db.run(`create table batch ("table" varchar, revoked boolean)`);
  await db.run(rejectSql([]));
  for (const table of TABLES) for (const sql of versionSql(table, [], [])) await db.run(sql);
  await buildVisible(db);
  return db;
}

/** The results of the cases, until one has complaints, which are added to the others. */
async function runShaped(
  empty: Database,
  cases: readonly SchemeCase[],
  shaped: readonly ShapedCase[],
  base: CaseBase,
  complaints: Complaint[]
): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const [i, one] of cases.entries()) {
    const own = shaped[i] as ShapedCase;
    // Rows missing for a fault of their own would make others wait.
    if (own.complaints.length > 0) continue;
    const db = await empty.beside();
    try {
      complaints.push(...(await loadCase(db, one, own)));
      if (complaints.length === 0) results.push(await scoreCase(db, one, base));
    } finally {
      db.close();
    }
  }
  return results;
}

async function scoreCase(db: Database, one: SchemeCase, {scheme, regime, calendar}: CaseBase): Promise<CaseResult> {
  const {as_of, decisions_until, year, round} = one;
  const when = {as_of, decisions_until, known_at: null};
  const result = await scoreDatabase(db, {regime, schemes: [scheme], calendar, when, known_at: KNOWN_AT, year, round});
  const ledger = await ledgerRows(db);
  const differences = caseDifferences(one, result.schemes[0]?.units ?? [], ledger);
  const units = new Set(differences.map((d) => d.unit_code));
  return {one, differences, ledger: ledger.filter((row) => units.has(row.unit_code)), result};
}

/** Puts a case's rows in place of those of the case before, as if each table had been loaded; gives those that wait for another. */
async function loadCase(db: Database, one: SchemeCase, {rows}: ShapedCase): Promise<Complaint[]> {
  const loaded = ["", ...Object.keys(rows)].map((name) => `(${quotedString(name)}, false)`);
  await db.run(`delete from batch; insert into batch values ${loaded.join(", ")}`);
  for (const table of TABLES) {
    await db.run(`delete from ${quotedIdentifier(`${table.name}_version`)}`);
    const own = rows[table.name] ?? [];
    if (own.length > 0) await db.run(insertSql(table, own, one.place.file));
  }
  await buildVisibleHere(db, new Set(Object.keys(rows).filter((name) => rows[name]?.length)));
  const complaints: Complaint[] = [];
  for (const {name} of TABLES) if (rows[name]?.length) complaints.push(...(await heldComplaints(db, name, one)));
  return complaints;
}

function insertSql(table: Table, rows: readonly ShapedRow[], file: string): string {
  const columns = table.columns.map((c) => quotedIdentifier(c.name));
  const typed = table.columns.map((c) => `cast(json_extract_string(j, ${quotedString(`$.cells.${c.name}`)}) as ${factType(c)})`);
  return `insert into ${quotedIdentifier(`${table.name}_version`)} (batch_id, source_name, source_file, source_sheet, source_row, ${columns.join(", ")}, known_from, known_to)
    select 'case', ${quotedString(table.name)}, ${quotedString(file)}, null, cast(json_extract_string(j, '$.line') as bigint), ${typed.join(", ")}, timestamptz '2000-01-01 00:00:00+08:00', null
    from (select unnest(from_json(${quotedString(JSON.stringify(rows))}, '["json"]')) as j)`;
}

async function heldComplaints(db: Database, name: string, {rows}: SchemeCase): Promise<Complaint[]> {
  const table = TABLES.find((t) => t.name === name) as Table;
  const held = await db.rows<{source_row: number; column: string; value: string | null; cause: string}>(
    `select source_row, "column", value, cause from ${quotedIdentifier(`${name}_held`)} order by source_row`
  );
  return held.map(({source_row, column, value, cause}) => {
    const near = (rows[name] ?? []).filter(({place}) => place.line === source_row);
    const row = near.find(({cells}) => cells[column] === value) ?? near[0];
    const advice = "请在用例里补上所属的行，或改正编号和日期";
    return {place: row?.placeOf(column) ?? null, what: `${table.title}：${cause}`, advice};
  });
}

/** What is wrong in the file's common rows is wrong in every case: said once. */
function distinct(complaints: readonly Complaint[]): Complaint[] {
  const seen = new Set<string>();
  return complaints.filter(({place, what}) => {
    const key = `${place?.line}:${place?.column}:${what}`;
    return !seen.has(key) && seen.add(key);
  });
}
