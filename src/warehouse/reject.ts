import {TABLES} from "../contract/index.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Workspace} from "../workspace/workspace.ts";
import type {Database} from "./duckdb.ts";
import {openWarehouse} from "./warehouse.ts";

/** A row that is not in the facts. `cause` is null for rejects; for held rows it says what they wait for. */
export interface RejectRow {
  readonly source: string;
  readonly table: string;
  readonly file: string;
  readonly sheet: string | null;
  readonly row: number;
  readonly column: string | null;
  readonly value: string | null;
  readonly reason: string;
  readonly cause: string | null;
}

/** All rejected and held rows, by file and row. */
export async function listRejects(space: Workspace): Promise<RejectRow[]> {
  const db = await openWarehouse(space);
  try {
    return await rejectRows(db);
  } finally {
    db.close();
  }
}

/** As listRejects, over an open warehouse. An identity number is shown masked. */
export async function rejectRows(db: Database): Promise<RejectRow[]> {
  const person = TABLES.flatMap((t) => t.columns.filter((c) => c.type === "person").map((c) => c.name));
  const header = `case ${TABLES.flatMap((t) => t.columns.map((c) => `when "table" = ${quotedString(t.name)} and "column" = ${quotedString(c.name)} then ${quotedString(c.header)}`)).join(" ")} end`;
  const masked = `case when "column" in (${person.map(quotedString).join(", ")}) and length(value) >= 15 then concat(left(value, 3), '************', right(value, 2)) else value end`;
  const held = TABLES.map(
    ({name}) =>
      `select source_name, ${quotedString(name)} as "table", source_file, source_sheet, source_row, "column", value, cause as reason, cause from ${quotedIdentifier(`${name}_held`)}`
  );
  return db.rows<RejectRow>(`select source_name as source, "table", source_file as file, source_sheet as sheet, source_row as "row", coalesce(${header}, nullif("column", '')) as "column", ${masked} as value, reason, cause
from (select source_name, "table", source_file, source_sheet, source_row, "column", value, reason, null as cause from reject
union all
${held.join("\nunion all\n")})
order by file, sheet nulls first, "row", "column", reason`);
}
