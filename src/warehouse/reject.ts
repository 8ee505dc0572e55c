import {TABLES} from "../contract/index.ts";
import {quotedIdentifier, quotedList, quotedString} from "../sql.ts";
import type {Workspace} from "../workspace/workspace.ts";
import type {Database} from "./duckdb.ts";
import {openWarehouse} from "./warehouse.ts";

/** One fault of a row that is not in the facts. `cause` is null for rejects; for held rows it says what they wait for. */
export interface RejectRow {
  readonly source: string;
  readonly table: string;
  readonly file: string;
  readonly sheet: string | null;
  readonly row: number;
  /** The Chinese header; null when the row as a whole is meant. */
  readonly column: string | null;
  readonly value: string | null;
  /** What is wrong, and what to do about it. */
  readonly reason: string;
  readonly advice: string;
  readonly cause: string | null;
  /** Fingerprint of the row (see markSql): what corrections and decisions name it by. */
  readonly mark: string;
  /** What was done about it; null while it is open. */
  readonly state: "更正" | "放弃" | null;
}

/** Which faults to list. */
export interface RejectOptions {
  /** Also those of rows that were corrected or waived. */
  readonly all?: boolean;
}

/** Rejected and held rows, by file and row. */
export async function listRejects(space: Workspace, options: RejectOptions = {}): Promise<RejectRow[]> {
  const db = await openWarehouse(space);
  try {
    return await rejectRows(db, options);
  } finally {
    db.close();
  }
}

/** As listRejects, over an open warehouse. An identity number in a column of persons is shown masked. */
export async function rejectRows(db: Database, {all = false}: RejectOptions = {}): Promise<RejectRow[]> {
  const header = `case ${TABLES.flatMap((t) => t.columns.map((c) => `when "table" = ${quotedString(t.name)} and "column" = ${quotedString(c.name)} then ${quotedString(c.header)}`)).join(" ")} end`;
  return db.rows<RejectRow>(`select source_name as source, "table", source_file as file, source_sheet as sheet, source_row as "row", coalesce(${header}, nullif("column", '')) as "column",
  case when "column" in ${quotedList(PERSON_COLUMNS)} then ${maskedPerson("value")} else value end as value, ${whatSql("reason")} as reason, coalesce(advice, ${adviceSql("reason")}) as advice, cause, mark, state
from (${waitingSql()})${all ? "" : " where state is null"}
order by file, sheet nulls first, "row", "column", reason`);
}

/** Rows of a table that are rejected or held and wait for a person: neither corrected nor waived. */
export async function countOpen(db: Database, table: string): Promise<number> {
  const rows = `select distinct source_name, source_file, source_sheet, source_row, mark from (${waitingSql(table)}) where state is null`;
  return Number(await db.value(`select count(*) from (${rows})`));
}

/**
 * Every fault of every rejected and held row as the warehouse has it, with its state.
 * Columns: source_name, table, batch_id, source_file, source_sheet, source_row, column (contract name, or empty), value, reason, advice
 * (null: in the reason, after the last ；), cause, mark, state.
 */
export function waitingSql(table?: string): string {
  const tables = TABLES.filter(({name}) => table === undefined || name === table);
  const held = tables.map(
    ({name}) =>
      `select source_name, ${quotedString(name)} as "table", batch_id, source_file, source_sheet, source_row, "column", value, cause as reason, advice, cause, mark from ${quotedIdentifier(`${name}_held`)}`
  );
  const own = table === undefined ? "" : ` where "table" = ${quotedString(table)}`;
  return `select w.*, s.state from (
  select source_name, "table", batch_id, source_file, source_sheet, source_row, "column", value, reason, null::varchar as advice, null::varchar as cause, mark from reject${own}
  union all
  ${held.join("\n  union all\n  ")}
) w left join settled s on s.source_name = w.source_name and s.mark = w.mark`;
}

/** What is wrong: a reason up to its last ；. */
export function whatSql(reason: string): string {
  return `regexp_extract(${reason}, '^(.*?)(；[^；]*)?$', 1)`;
}

/** What to do: a reason after its last ；. */
export function adviceSql(reason: string): string {
  return `coalesce(nullif(regexp_extract(${reason}, '；([^；]*)$', 1), ''), '请对照原件改正')`;
}

/** Columns that hold a person's number, by contract name. */
export const PERSON_COLUMNS = [...new Set(TABLES.flatMap((t) => t.columns.filter((c) => c.type === "person").map((c) => c.name)))];

/** An identity number in a column of persons, masked. */
export function maskedPerson(sql: string): string {
  return `case when length(${sql}) >= 15 then concat(left(${sql}, 3), '************', right(${sql}, 2)) else ${sql} end`;
}
