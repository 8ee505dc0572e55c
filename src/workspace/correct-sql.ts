import type {Table} from "../contract/index.ts";
import {markSql} from "../contract/mark.ts";
import {FAULT_SEPARATOR, REASON_SEPARATOR, type ShapeRegime, shapeSql, type ValueMap} from "../contract/shape.ts";
import {verdictSql} from "../contract/verdict.ts";
import {quotedIdentifier, quotedList, quotedString} from "../sql.ts";
import {keptRows} from "../warehouse/kept-rows.ts";
import {shownText, waitingRowsSql} from "../warehouse/waiting-row.ts";
import type {Batch} from "./batch.ts";
import {ACTIONS} from "./correction-sheet.ts";

/** What becomes of a row before the contract is asked; the rest is judged as any row. */
export const FATES = {
  same: "没有改动，保持原样",
  claimed: "选了“更正”却没有改动，保持原样",
  again: "以前已按同样内容更正过",
  waive: "放弃，不再列出",
  waived: "以前已放弃"
} as const;
export type Fate = keyof typeof FATES;

/** Why a row is no correction at all: the row it is about stays as it was. It keeps its mark only where it says the same. */
const REFUSALS: Readonly<Record<string, string>> = {
  unmarked: "没有更正标记；新的行请写进原来的台账再装入，不要插在更正工作簿里",
  action: "“处理”一格不能识别；请选更正、照此为准、放弃，或留空",
  unknown: "更正标记无效，这个来源现在没有退回或挂起这一行；请用 xunheng rejects --xlsx 重新导出再改",
  done: "这一行已有更正，不能再放弃；要取消更正，请用 xunheng batch revoke 撤销那个批次",
  emptied: "整行都清空了；不要这一行的，请恢复原样并选“放弃”",
  held: "挂起的行要等所属的行装入，选“照此为准”没有用；请改正红色的格，或先补上所属的行"
};

/** What correcting one source needs. */
export interface CorrectionSource {
  readonly table: Table;
  readonly source: string;
  readonly values: ValueMap;
  readonly regime: ShapeRegime;
  /** Batches that count. */
  readonly batches: readonly Batch[];
}

/**
 * Statements that judge the rows of a workbook of corrections, set at a time, in the staging engine with `raw` and the warehouse of
 * before as `prior`.
 * Shape: they build `sorted`, every row with its `fate` (of FATES, of a refusal, or null when it was judged), and `judged`, like
 * verdictSql's, with every row of the sheet.
 */
export function correctionSteps(from: CorrectionSource): string[] {
  const {table, source, values, regime, batches} = from;
  return [
    `create or replace table known as ${waitingRowsSql(table, source, batches, "prior.")}`,
    `create or replace table earlier as ${earlierSql(from)}`,
    `create or replace table restored as ${restoredSql(table)}`,
    `create or replace table shaped as ${shapeSql(table, "restored", values, regime)}`,
    `create or replace table sorted as ${sortedSql(from)}`,
    "create or replace table todo as select * exclude (fate, row_action, row_mark) from sorted where fate is null",
    `create or replace table judged as ${judgedSql(from)}`
  ];
}

/** Rows of earlier corrections of the source: corrects, mark, status, the key's columns, and whether they are in force still. */
function earlierSql({table, source, batches}: CorrectionSource): string {
  const keys = table.key.map(quotedIdentifier);
  const rows = batches
    .filter((b) => b.source === source && b.mode === "corrections")
    .map((b) => `select corrects, ${markSql(table, null)} as mark, status, ${keys.join(", ")} from ${keptRows(b)}`);
  const none = `select '' as corrects, '' as mark, '' as status, ${keys.map((k) => `'' as ${k}`).join(", ")} limit 0`;
  return `select e.*, exists (select 1 from ${inForce(table, source)} v where ${sameKey(table, "v", "e")} and ${markSql(table, "v")} = e.mark) as in_force
from (${rows.length === 0 ? none : rows.join("\nunion all\n")}) e where corrects is not null`;
}

/** Cells left as the workbook showed them are read as the text behind them. */
function restoredSql(table: Table): string {
  const cells = table.columns.map((c) => {
    const name = quotedIdentifier(c.name);
    return `case when trim(r.${name}) = ${shownText(`k.${name}`, c)} then k.${name} else r.${name} end as ${name}`;
  });
  const first = `coalesce(${table.columns.map((c) => `nullif(trim(r.${quotedIdentifier(c.name)}), '')`).join(", ")}) as row_first`;
  return `select r.* replace (${[...cells, first].join(",\n  ")}) from raw r left join known k on k.mark = r.row_corrects`;
}

function sortedSql({table, source}: CorrectionSource): string {
  const place = "source_file, source_sheet, source_row";
  return `with asked as (
  select s.*, r.row_action, ${markSql(table, "s")} as row_mark from shaped s join (select ${place}, row_action from raw) r using (${place})
)
select a.*, case
  when a.row_corrects is null then case when row_cells > 0 then 'unmarked' end
  when row_action not in ${quotedList([...ACTIONS])} then 'action'
  when row_mark = a.row_corrects and row_action is null then 'same'
  when row_action = '放弃' then case when w.mark is not null then 'waived' when k.mark is null then 'unknown' when k.state = '更正' then 'done' else 'waive' end
  when exists (select 1 from earlier e where e.corrects = a.row_corrects and e.mark = a.row_mark and (e.in_force or e.status = 'rejected' and e.mark <> e.corrects)) then 'again'
  when k.mark is null and not exists (select 1 from earlier e where e.corrects = a.row_corrects and e.in_force) then 'unknown'
  when row_cells = 0 then 'emptied'
  when row_mark = a.row_corrects and row_action = '更正' then 'claimed'
  when row_mark = a.row_corrects and k.is_held then 'held'
end as fate
from asked a left join known k on k.mark = a.row_corrects
  left join prior.settled w on w.source_name = ${quotedString(source)} and w.mark = a.row_corrects and w.state = '放弃'`;
}

function judgedSql({table, source}: CorrectionSource): string {
  const columns = ["source_file", "source_sheet", "source_row", ...table.columns.map((c) => quotedIdentifier(c.name))].join(", ");
  const [first = ""] = table.key;
  const header = table.columns.find((c) => c.name === first)?.header ?? first;
  const key = `concat_ws('，', ${table.key.map((k) => `v.${quotedIdentifier(k)}`).join(", ")})`;
  const fault = (when: string, reason: string) => `case when ${when} then concat('${first}${REASON_SEPARATOR}', ${reason}) end`;
  const own = `exists (select 1 from known k where k.mark = v.row_corrects and ${sameKey(table, "k", "v")}) or exists (select 1 from earlier e where e.corrects = v.row_corrects and e.status = 'ok' and ${sameKey(table, "e", "v")})`;
  const taken = `exists (select 1 from ${inForce(table, source)} b where ${sameKey(table, "b", "v")})`;
  const moved = `exists (select 1 from earlier e where e.corrects = v.row_corrects and e.status = 'ok' and e.in_force and not (${sameKey(table, "e", "v")}))`;
  const faults = [
    fault("v.twins > 1", "'更正标记与别的行相同；一行只能更正一次，请删去多抄的那一行'"),
    fault(`v.status = 'ok' and ${moved}`, "'这一行已更正为另一个编号；要改编号，请先用 xunheng batch revoke 撤销那个批次'"),
    fault(
      `v.status = 'ok' and ${taken} and not (${own}) and not (${moved})`,
      `concat('${header}“', ${key}, '”已存在，是另一行；请换一个没有用过的编号，或在原来的台账里改那一行')`
    )
  ];
  const refusals = Object.entries(REFUSALS).map(([fate, reason]) => `when ${quotedString(fate)} then ${quotedString(reason)}`);
  return `with v as (
  select *, case when status in ('ok', 'rejected') then count(*) filter (where status in ('ok', 'rejected')) over (partition by row_corrects) else 0 end as twins
  from (${verdictSql(table, "todo")})
), found as (
  select *, nullif(concat_ws('${FAULT_SEPARATOR}', ${faults.join(",\n  ")}), '') as more from v
)
select ${columns}, row_corrects, nullif(concat_ws('${FAULT_SEPARATOR}', faults, more), '') as faults,
  case when more is not null or (status in ('note', 'blank') and row_corrects is not null) then 'rejected' else status end as status
from found
union all by name
select ${columns}, null as row_corrects, null as faults, 'skipped' as status from sorted where fate in ${quotedList(Object.keys(FATES))}
union all by name
select ${columns}, case when row_mark = row_corrects then row_corrects end as row_corrects, concat('${REASON_SEPARATOR}', case fate ${refusals.join(" ")} end) as faults, 'rejected' as status
from sorted where fate in ${quotedList(Object.keys(REFUSALS))}`;
}

function inForce(table: Table, source: string): string {
  return `(select * from prior.${quotedIdentifier(`${table.name}_version`)} where source_name = ${quotedString(source)} and known_to is null)`;
}

/** Whether two rows have the same key, as texts. */
function sameKey(table: Table, a: string, b: string): string {
  const text = (alias: string, k: string) => `cast(${alias}.${quotedIdentifier(k)} as varchar)`;
  return table.key.map((k) => `${text(a, k)} is not distinct from ${text(b, k)}`).join(" and ");
}
