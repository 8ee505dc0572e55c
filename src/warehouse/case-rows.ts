import {TABLES, type Table} from "../contract/index.ts";
import {FAULT_SEPARATOR, REASON_SEPARATOR, type ShapeRegime, shapeSql} from "../contract/shape.ts";
import {verdictSql} from "../contract/verdict.ts";
import type {Complaint} from "../fault.ts";
import type {CaseRow, SchemeCase} from "../scheme/case.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import {Database, type Row} from "./duckdb.ts";

/** A row as the contract read it: canonical texts, and the line of the file it was written in. */
export interface ShapedRow {
  readonly cells: Readonly<Record<string, string | null>>;
  readonly line: number;
}

/** The rows of one case by table, and what is wrong with those that loading would not take. */
export interface ShapedCase {
  readonly rows: Readonly<Record<string, readonly ShapedRow[]>>;
  readonly complaints: readonly Complaint[];
}

/**
 * Puts the rows of all cases through the contract, just as loading does: types, fallbacks, checks, one row a key in each case.
 * Shape: one result a case, in their order. The tables of all cases are typed together, because that is what takes time.
 */
export async function shapeCases(cases: readonly SchemeCase[], regime: ShapeRegime): Promise<ShapedCase[]> {
  const db = await Database.open();
  try {
    const results = cases.map(() => ({rows: {} as Record<string, readonly ShapedRow[]>, complaints: [] as Complaint[]}));
    for (const table of TABLES) {
      const named = cases.flatMap(({rows}, i) => (rows[table.name] ? [i] : []));
      const written = named.flatMap((i) => (cases[i]?.rows[table.name] ?? []).map((row) => ({i, row})));
      if (written.length > 0) await typeRows(db, table, written, regime);
      for (const i of named) {
        const own = written.length === 0 ? [] : await judged(db, table, i);
        const result = results[i] as (typeof results)[number];
        result.rows[table.name] = own.filter((row) => row.status === "ok").map((row) => shapedRow(table, row, written));
        result.complaints.push(...own.filter((row) => row.status !== "ok").flatMap((row) => rowComplaints(table, row, written)));
      }
    }
    return results;
  } finally {
    db.close();
  }
}

type Written = readonly {readonly i: number; readonly row: CaseRow}[];

/** Types the rows of a table; `source_sheet` holds the number of the case, `source_row` that of the row. */
async function typeRows(db: Database, table: Table, written: Written, regime: ShapeRegime): Promise<void> {
  const names = table.columns.map((c) => quotedIdentifier(c.name));
  const cells = table.columns.map(
    (c) => `json_extract_string(j, ${quotedString(`$.cells.${c.name}`)}) as ${quotedIdentifier(c.name)}`
  );
  const rows = JSON.stringify(written.map(({i, row}, n) => ({i, n, cells: row.cells})));
  await db.run(`create or replace temp table case_raw as select 'case' as source_file, source_sheet, source_row, null::varchar as row_fault, null::varchar as row_corrects,
    null::varchar as row_beyond, coalesce(${names.join(", ")}) as row_first, ${names.join(", ")}
    from (select json_extract_string(j, '$.i') as source_sheet, cast(json_extract_string(j, '$.n') as bigint) as source_row, ${cells.join(", ")}
      from (select unnest(from_json(${quotedString(rows)}, '["json"]')) as j))`);
  await db.run(`create or replace temp table case_shaped as ${shapeSql(table, "case_raw", {}, regime)}`);
}

/** What becomes of each row of one case. */
function judged(db: Database, table: Table, i: number): Promise<Row[]> {
  const own = `(select * from case_shaped where source_sheet = ${quotedString(String(i))})`;
  return db.rows(`select * from (${verdictSql(table, own)}) order by source_row`);
}

function shapedRow(table: Table, row: Row, written: Written): ShapedRow {
  const cells = table.columns.map(({name}) => [name, row[name] as string | null]);
  return {cells: Object.fromEntries(cells), line: written[Number(row.source_row)]?.row.place.line ?? 0};
}

function rowComplaints(table: Table, {source_row, status, faults}: Row, written: Written): Complaint[] {
  const {place, cells, placeOf} = (written[Number(source_row)] as Written[number]).row;
  if (faults === null) {
    const what = status === "blank" ? `${table.title}有一行是空的` : `${table.title}的这一行不会被装入`;
    return [{place, what, advice: status === "blank" ? "请填写或删去" : "它与前面的一行相同，或者像合计行、说明行，请删去或改写"}];
  }
  return String(faults)
    .split(FAULT_SEPARATOR)
    .map((one) => {
      const [column = "", reason = ""] = one.split(REASON_SEPARATOR);
      const [what = "", ...advice] = reason.split("；");
      if (column !== "" && cells[column] === undefined) advice.splice(0, advice.length, "请补上，或写在 defaults 里");
      // Words for a row of a file and for an office's own values mean nothing to someone who writes a case.
      const said = what.replace(/在第\d+行也有且/, "写了两次且");
      const advised = advice.filter((text) => !text.includes("xunheng.yaml")).join("；");
      return {place: placeOf(column), what: `${table.title}：${said}`, advice: advised || "请改正"};
    });
}
