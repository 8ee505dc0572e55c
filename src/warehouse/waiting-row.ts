import type {Column, Table} from "../contract/index.ts";
import {markSql} from "../contract/mark.ts";
import {CONTROLS} from "../contract/shape.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Batch} from "../workspace/batch.ts";
import {keptRows} from "./kept-rows.ts";
import {maskedPerson} from "./reject.ts";

/** Characters that a cell of a workbook takes; a spreadsheet program cuts off what is beyond 32,767. */
const CELL_CHARS = 32_000;

/**
 * The rejected and held rows of one source as the batches hold them, one a mark, with the place it was read at first.
 * Columns: mark, is_held, source_file, source_sheet, source_row, state, and the table's columns as text.
 * @param batches all batches; those that `reject` does not name are left out
 * @param prior prefix of the warehouse's tables where it is attached (`prior.`)
 */
export function waitingRowsSql(table: Table, source: string, batches: readonly Batch[], prior = ""): string {
  const names = table.columns.map((c) => quotedIdentifier(c.name));
  const text = names.map((name) => `cast(v.${name} as varchar) as ${name}`).join(", ");
  const place = "source_file, source_sheet, source_row";
  const from = quotedString(source);
  const mine = batches.filter((b) => b.source === source && b.table === table.name);
  const rejected = mine.map(
    (
      b
    ) => `select false as is_held, ${quotedString(b.id)} as batch_id, ${markSql(table, "r")} as mark, ${place}, ${names.join(", ")} from ${keptRows(b)} r
where status = 'rejected' and exists (select 1 from ${prior}reject j where j.batch_id = ${quotedString(b.id)})`
  );
  const held = `select true as is_held, v.batch_id, h.mark, v.source_file, v.source_sheet, v.source_row, ${text} from ${prior}${quotedIdentifier(`${table.name}_version`)} v
join ${prior}${quotedIdentifier(`${table.name}_held`)} h on v.source_name = h.source_name and ${table.key.map((k) => `v.${quotedIdentifier(k)} = h.${quotedIdentifier(k)}`).join(" and ")}
where v.known_to is null and v.source_name = ${from}`;
  return `select w.*, s.state from (
  select * exclude (batch_id) from (${[...rejected, held].join("\nunion all by name\n")}) r
  where is_held or exists (select 1 from ${prior}reject j where j.batch_id = r.batch_id and j.mark = r.mark)
  qualify row_number() over (partition by mark order by is_held, batch_id desc, ${place}) = 1
) w left join ${prior}settled s on s.source_name = ${from} and s.mark = w.mark`;
}

/**
 * A row's text as a workbook of corrections shows it: no identity number, no invisible characters, nothing that a spreadsheet
 * program would cut off or read as an escape. A cell left as shown is read as the text behind it.
 */
export function shownText(sql: string, {type}: Column): string {
  if (type === "person")
    return `case when regexp_matches(${sql}, '^(\\d{15}|\\d{17}[0-9Xx])$') then ${maskedPerson(sql)} else ${shownPlain(sql)} end`;
  return shownPlain(sql);
}

function shownPlain(sql: string): string {
  const clean = `regexp_replace(regexp_replace(${sql}, '${CONTROLS}', '\u{fffd}', 'g'), '_x([0-9A-Fa-f]{4})_', '＿x\\1_', 'g')`;
  return `case when length(${sql}) > ${CELL_CHARS} then concat(left(${clean}, ${CELL_CHARS}), '……（后面略）') else ${clean} end`;
}
