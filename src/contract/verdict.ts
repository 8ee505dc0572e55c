import {amongSql, quotedIdentifier, quotedString} from "../sql.ts";
import type {Column, Table} from "./column.ts";
import {DOORS, GROUP} from "./header.ts";
import {markSql} from "./mark.ts";
import {FAULT_SEPARATOR, REASON_SEPARATOR} from "./shape.ts";

/** First words of notes that stand below a table. */
export const NOTES = "^(注|说明|填表|制表|审核|单位负责人)";
/** First words of rows that add up others. */
export const TOTALS = "^(合计|小计|总计|共计|累计)";

/**
 * Says of every shaped row what becomes of it.
 * Shape: a relation as shapeSql returns it in; out the same rows with `status`: ok, rejected, skipped (合计 rows, repeated
 * headers, exact repeats), note (below the table: not read), blank; duplicates of a key with other content are rejected, all of them.
 * @param mapped `columns:` of the source: the office's own headers, which may stand among the rows again
 * @param all where the file's last good row is looked for, when `shaped` has only those rows that need a verdict
 */
export function verdictSql(table: Table, shaped: string, mapped: Readonly<Record<string, string>> = {}, all = shaped): string {
  const columns = table.columns.map((c) => quotedIdentifier(c.name));
  const first = "regexp_replace(row_first, '[\\s\\x{A0}\\x{3000}]', '', 'g')";
  const key = table.key.map(quotedIdentifier);
  // A row with a number of its own is a row, however its first words read.
  const number = `regexp_replace(${key[0]}, '[\\s\\x{A0}\\x{3000}]', '', 'g')`;
  const unkeyed = `(${key[0]} is null or regexp_matches(${number}, '${TOTALS}|${NOTES}') or (row_cells <= 1 and regexp_matches(${number}, '\\p{Han}')))`;
  const headers = `(${table.columns.map((c) => `coalesce(${amongSql(quotedIdentifier(c.name), headerTexts(c, mapped))}, false)::int`).join(" + ")})`;
  const content = `concat_ws(chr(31), ${columns.map((c) => `coalesce(${c}, chr(30))`).join(", ")})`;
  const same = key.map((k) => `d.${k} = case when s.status in ('ok', 'rejected') then s.${k} end`).join(" and ");
  const other =
    "case when s.source_file = d.first_file and s.source_row = d.first_row then concat('第', d.last_row, '行') else concat('第', d.first_row, '行') end";
  const reason = `concat('${table.key[0]}${REASON_SEPARATOR}${table.columns.find((c) => c.name === table.key[0])?.header}“', s.${key[0]}, '”在', ${other}, '也有且内容不同；每个编号只能有一行，请改正编号，或留一行照此为准、其余放弃')`;
  // A row without a value of the contract is none, unless something is wrong with it as a whole: then nothing of it could be read.
  return `with last_good as (
  select source_file, source_sheet, max(source_row) as last_row from ${all} where faults is null group by all
), seen as (
  select s.*, case
    when faults is null then 'ok'
    when row_cells = 0 and not contains(concat('${FAULT_SEPARATOR}', faults), '${FAULT_SEPARATOR}${REASON_SEPARATOR}') then
      case when s.source_row > coalesce(l.last_row, 0) and regexp_matches(${first}, '${NOTES}') then 'note' else 'blank' end
    when ${unkeyed} and regexp_matches(${first}, '${TOTALS}') then 'skipped'
    when ${headers} >= 2 then 'skipped'
    when s.source_row > coalesce(l.last_row, 0) and ${unkeyed} and (regexp_matches(${first}, '${NOTES}') or (row_cells <= 1 and regexp_matches(${first}, '\\p{Han}'))) then 'note'
    else 'rejected' end as status
  from ${shaped} s left join last_good l on l.source_file = s.source_file and l.source_sheet is not distinct from s.source_sheet
), doubled as (
  select ${key.join(", ")}, count(distinct ${content}) as contents, count(*) filter (where status = 'ok') as good,
    arg_min(source_file, (source_file, source_sheet, source_row)) as first_file,
    arg_min(source_sheet, (source_file, source_sheet, source_row)) as first_sheet,
    arg_min(source_row, (source_file, source_sheet, source_row)) as first_row,
    arg_max(source_row, (source_file, source_sheet, source_row)) as last_row
  from seen semi join (
    select ${key.join(", ")} from seen where status in ('ok', 'rejected') and ${key.map((k) => `${k} is not null`).join(" and ")} group by all having count(*) > 1
  ) again using (${key.join(", ")})
  where status in ('ok', 'rejected') group by all
)
select s.* exclude (status, faults, row_first, row_cells),
  case when d.contents > 1 then concat_ws('${FAULT_SEPARATOR}', s.faults, ${reason}) else s.faults end as faults,
  case when d.contents > 1 then 'rejected'
    when s.status = 'ok' and d.good > 1 and not (s.source_file = d.first_file and s.source_sheet is not distinct from d.first_sheet and s.source_row = d.first_row) then 'skipped'
    else s.status end as status
from seen s left join doubled d on ${same}`;
}

/**
 * A header that stands among the rows again and names its columns in another order: what follows would be read under the wrong columns.
 * Shape: a relation like verdictSql's in; the first such row of all, with the header of a column and the text that stands there instead.
 */
export function turnedSql(table: Table, verdict: string, mapped: Readonly<Record<string, string>> = {}): string {
  const texts = new Map(table.columns.map((c) => [c, headerTexts(c, mapped)]));
  const own = table.columns.map((c) => `coalesce(${amongSql(quotedIdentifier(c.name), texts.get(c) ?? [])}, false)::int`);
  const known = amongSql("cell.text", [...texts.values()].flat());
  const door = `regexp_matches(text, '${DOORS.join("|")}')`;
  const wrong = table.columns.map((c) => {
    const name = quotedIdentifier(c.name);
    return `case when not ${amongSql(name, texts.get(c) ?? [])} then struct_pack(header := ${quotedString(c.header)}, text := ${name}) end`;
  });
  return `select source_file as file, source_sheet as sheet, source_row as "row", cell.header, cell.text
from (select source_file, source_sheet, source_row, unnest(list_filter([${wrong.join(", ")}], lambda x: x is not null)) as cell
  from ${verdict} where status = 'skipped' and ${own.join(" + ")} >= 2)
where ${known} or ${door.replace("text", "cell.text")}
order by file, sheet, "row", cell.header limit 1`;
}

/** What a cell of a repeated header holds: the contract's words for its column and the office's, as written and as cells are folded. */
function headerTexts({name, header}: Column, mapped: Readonly<Record<string, string>>): string[] {
  const own = Object.entries(mapped).flatMap(([text, target]) => (target === name ? [text.split(GROUP).at(-1) ?? ""] : []));
  return [...new Set([header, name, ...own.flatMap((text) => [text, text.normalize("NFKC")])])];
}

/**
 * Counts rows per file and sheet.
 * @param before the newest versions of the same source (columns typed), or null before its first load
 * @param replaced SQL list of the marks of rows for which a correction stands: they bring nothing; null when there is none
 */
export function countSql(table: Table, verdict: string, before: string | null, replaced: string | null = null): string {
  const same = table.columns
    .map((c) => `s.${quotedIdentifier(c.name)} is not distinct from cast(b.${quotedIdentifier(c.name)} as varchar)`)
    .join(" and ");
  // The status belongs to the key: as a condition of its own it keeps the engine from joining by hash.
  const on = table.key
    .map((k) => `case when s.status = 'ok' then s.${quotedIdentifier(k)} end = cast(b.${quotedIdentifier(k)} as varchar)`)
    .join(" and ");
  const known = before === null ? "false" : `b.${quotedIdentifier(table.key[0] ?? "")} is not null`;
  const stands = replaced === null ? "false" : `${markSql(table, "s")} in ${replaced}`;
  const counted = (name: string, when: string) => `count(*) filter (where ${when}) as "${name}"`;
  return `select s.source_file, s.source_sheet,
  ${counted("read", "status in ('ok', 'rejected', 'skipped')")},
  ${counted("new", `status = 'ok' and not (${known}) and not (${stands})`)},
  ${counted("unchanged", before === null ? "false" : `status = 'ok' and (${stands} or ${known} and ${same})`)},
  ${counted("changed", before === null ? "false" : `status = 'ok' and ${known} and not (${stands}) and not (${same})`)},
  ${counted("rejected", "status = 'rejected'")},
  ${counted("skipped", "status = 'skipped'")},
  ${counted("notes", "status = 'note'")}
from ${verdict} s${before === null ? "" : ` left join ${before} b on ${on}`}
group by 1, 2 order by 1, 2`;
}

/** What a batch keeps: accepted and rejected rows as text, and in `corrects` the mark of the row that one corrects. */
export function keptSql(table: Table, verdict: string): string {
  return `select source_file, source_sheet, source_row, status, faults, row_corrects as corrects, ${table.columns.map((c) => quotedIdentifier(c.name)).join(", ")} from ${verdict} where status in ('ok', 'rejected')`;
}
