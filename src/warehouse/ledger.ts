import {extname} from "node:path";
import {fault} from "../fault.ts";
import {quotedString} from "../sql.ts";
import type {Database} from "./duckdb.ts";

/** Texts that a spreadsheet would run as a formula get a leading apostrophe. */
function safeText(column: string): string {
  return `case when regexp_matches(${column}, '^[=+@\\-\\t\\r]') then concat('''', ${column}) else ${column} end as ${column}`;
}

/**
 * Writes the ledger, one row per cause, in ledger order.
 * Shape: .parquet, or .csv with a byte order mark for spreadsheets.
 * Errors: Fault 2 for another ending, or a place that cannot be written.
 */
export async function writeLedger(db: Database, file: string): Promise<void> {
  const rows =
    "select scheme, unit_code, seq, kind, item, rule_id, subject, milli, because, breach, basis, batch, file, row from ledger order by scheme, unit_code, seq";
  const kind = extname(file);
  if (kind !== ".parquet" && kind !== ".csv")
    throw fault(2, {place: {file}, what: `不会写“${kind}”文件`, advice: "请用 .parquet 或 .csv"});
  const safe = `select * replace (${["item", "rule_id", "subject", "because", "breach", "basis", "file"].map(safeText).join(", ")}) from (${rows})`;
  try {
    await db.run(
      kind === ".parquet"
        ? `copy (${rows}) to ${quotedString(file)} (format parquet, compression zstd)`
        : `copy (select "\ufeffscheme" as "\ufeffscheme", * exclude ("\ufeffscheme") from (select scheme as "\ufeffscheme", * exclude (scheme) from (${safe}))) to ${quotedString(file)} (format csv, header)`
    );
  } catch (error) {
    throw fault(2, {
      place: {file},
      what: `写不了台账（${(error as Error).message.split("\n")[0]}）`,
      advice: "请核对目录是否存在、能否写入"
    });
  }
}
