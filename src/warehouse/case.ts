import {factType} from "../contract/fact.ts";
import {TABLES, type Table} from "../contract/index.ts";
import {FAULT_SEPARATOR, REASON_SEPARATOR, type ShapeRegime, shapeRegime, shapeSql} from "../contract/shape.ts";
import {verdictSql} from "../contract/verdict.ts";
import {type Complaint, Fault} from "../fault.ts";
import type {CalendarDay, Regime} from "../regime/types.ts";
import type {CaseRow, SchemeCase} from "../scheme/case.ts";
import {caseDifferences, type Difference} from "../scheme/case-result.ts";
import type {Scheme} from "../scheme/types.ts";
import type {LedgerEntry, ScoreResult} from "../score/types.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import {Database} from "./duckdb.ts";
import {ledgerRows, scoreDatabase} from "./scored.ts";
import {rejectSql, versionSql} from "./version.ts";
import {buildVisible} from "./visible.ts";

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
const KNOWN_AT = "9999-01-01T00:00:00+08:00";

/**
 * Scores each case in a database of its own and holds the result against what the case expects.
 * Errors: one Fault (exit 2) with every row, of all cases, that loading would reject or hold, at its place.
 * @example (await runCases(parseCases(text, file, scheme), base)).every((r) => r.differences.length === 0)
 */
export async function runCases(cases: readonly SchemeCase[], base: CaseBase): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  const complaints: Complaint[] = [];
  for (const one of cases) {
    const db = await Database.open();
    try {
      const wrong = await loadCase(db, one, shapeRegime(base.regime));
      complaints.push(...wrong);
      if (complaints.length === 0) results.push(await scoreCase(db, one, base));
    } finally {
      db.close();
    }
  }
  if (complaints.length > 0) throw new Fault(2, distinct(complaints));
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

/** Puts a case's rows through the contract into an empty database; gives what is wrong with them. */
async function loadCase(db: Database, {rows}: SchemeCase, regime: ShapeRegime): Promise<Complaint[]> {
  const loaded = ["", ...Object.keys(rows)].map((name) => `(${quotedString(name)}, false)`);
  await db.run(`create table batch as select * from (values ${loaded.join(", ")}) as v("table", revoked)`);
  await db.run(rejectSql([]));
  const complaints: Complaint[] = [];
  for (const table of TABLES) {
    for (const sql of versionSql(table, [], [])) await db.run(sql);
    const own = rows[table.name] ?? [];
    if (own.length > 0) complaints.push(...(await loadTable(db, table, own, regime)));
  }
  // Rows that are missing for a fault of their own would make others wait.
  if (complaints.length > 0) return complaints;
  await buildVisible(db);
  for (const table of TABLES) complaints.push(...(await heldComplaints(db, table, rows[table.name] ?? [])));
  return complaints;
}

async function loadTable(db: Database, table: Table, rows: readonly CaseRow[], regime: ShapeRegime): Promise<Complaint[]> {
  const columns = table.columns.map((c) => quotedIdentifier(c.name));
  const cells = table.columns.map((c) => `json_extract_string(j, ${quotedString(`$.${c.name}`)}) as ${quotedIdentifier(c.name)}`);
  const written = JSON.stringify(rows.map(({cells: own}) => own));
  // The line of the file is the row's number; several rows may share one, so that they are told apart by their order.
  await db.run(`create or replace temp table case_raw as select ${quotedString(rows[0]?.place.file ?? "")} as source_file, null::varchar as source_sheet,
    row_number() over () as source_row, null::varchar as row_fault, null::varchar as row_beyond, ${firstCell(table)} as row_first, *
    from (select ${cells.join(", ")} from (select unnest(from_json(${quotedString(written)}, '["json"]')) as j))`);
  await db.run(`create or replace temp table case_shaped as ${shapeSql(table, "case_raw", {}, regime)}`);
  const verdict = `(${verdictSql(table, "case_shaped")})`;
  const faulty = await db.rows<{source_row: number; status: string; faults: string | null}>(
    `select source_row, status, faults from ${verdict} where status <> 'ok' order by source_row`
  );
  const typed = table.columns.map((c) => `cast(${quotedIdentifier(c.name)} as ${factType(c)})`);
  const line = `case source_row ${rows.map(({place}, i) => `when ${i + 1} then ${place.line ?? 0}`).join(" ")} end`;
  await db.run(`insert into ${quotedIdentifier(`${table.name}_version`)} (batch_id, source_name, source_file, source_sheet, source_row, ${columns.join(", ")}, known_from, known_to)
    select 'case', ${quotedString(table.name)}, source_file, source_sheet, ${line}, ${typed.join(", ")}, timestamptz '2000-01-01 00:00:00+08:00', null from ${verdict} where status = 'ok'`);
  return faulty.flatMap(({source_row, status, faults}) => rowComplaints(table, rows[source_row - 1] as CaseRow, status, faults));
}

function firstCell({columns}: Table): string {
  return `coalesce(${columns.map((c) => quotedIdentifier(c.name)).join(", ")})`;
}

function rowComplaints(table: Table, row: CaseRow, status: string, faults: string | null): Complaint[] {
  if (faults === null) {
    const what = status === "blank" ? `${table.title}有一行是空的` : `${table.title}的这一行不会被装入`;
    return [
      {place: row.place, what, advice: status === "skipped" ? "它与前面的一行相同，或者像合计行，请删去或改写" : "请填写或删去"}
    ];
  }
  return faults.split(FAULT_SEPARATOR).map((one) => {
    const [column = "", reason = ""] = one.split(REASON_SEPARATOR);
    const [what = "", ...advice] = reason.split("；");
    const isLeftOut = column !== "" && row.cells[column] === undefined;
    return {
      place: row.placeOf(column),
      what: `${table.title}：${what}`,
      advice: isLeftOut ? "请补上，或写在 defaults 里" : advice.join("；") || "请改正"
    };
  });
}

async function heldComplaints(db: Database, table: Table, rows: readonly CaseRow[]): Promise<Complaint[]> {
  const held = await db.rows<{source_row: number; column: string; value: string | null; cause: string}>(
    `select source_row, "column", value, cause from ${quotedIdentifier(`${table.name}_held`)} order by source_row`
  );
  return held.map(({source_row, column, value, cause}) => {
    const near = rows.filter(({place}) => place.line === source_row);
    const row = near.find(({cells}) => cells[column] === value) ?? near[0];
    return {
      place: row?.placeOf(column) ?? null,
      what: `${table.title}：${cause}`,
      advice: "请在用例里补上所属的行，或改正编号和日期"
    };
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
