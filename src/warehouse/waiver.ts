import {TABLES} from "../contract/index.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Database} from "./duckdb.ts";

/** A rejected or held row, once, by its mark. */
export interface MarkedRow {
  readonly source: string;
  readonly table: string;
  readonly file: string;
  readonly sheet: string | null;
  readonly row: number;
  readonly mark: string;
  /** What was done about it; null when it is still open. */
  readonly state: string | null;
}

/** Every rejected and held row with its mark, by file and row. */
export function markedRows(db: Database): Promise<MarkedRow[]> {
  const held = TABLES.map(
    ({name}) =>
      `select source_name, ${quotedString(name)} as "table", source_file, source_sheet, source_row, mark from ${quotedIdentifier(`${name}_held`)}`
  );
  return db.rows<MarkedRow>(`select distinct r.source_name as source, r."table", r.source_file as file, r.source_sheet as sheet, r.source_row as "row", r.mark, s.state
from (select source_name, "table", source_file, source_sheet, source_row, mark from reject union ${held.join(" union ")}) r
left join settled s on s.source_name = r.source_name and s.mark = r.mark
order by file, sheet nulls first, "row"`);
}
