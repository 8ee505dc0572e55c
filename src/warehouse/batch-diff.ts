import {type Table, tableNamed} from "../contract/index.ts";
import {maskSql} from "../contract/mask.ts";
import {FAULT_SEPARATOR, REASON_SEPARATOR} from "../contract/shape.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Batch} from "../workspace/batch.ts";
import type {Database} from "./duckdb.ts";
import {keptRows} from "./kept-rows.ts";
import {ROW_CHANGE, rowChangeSql, statedSql} from "./row-change.ts";
import {keyText} from "./version.ts";

/** A rejected row of a batch, and what its key was before. */
export interface RejectedNow {
  readonly key: string | null;
  readonly file: string;
  readonly sheet: string | null;
  readonly row: number;
  readonly reasons: readonly {readonly header: string | null; readonly reason: string}[];
  /** 有效 when the key was accepted before, 退回 when it was rejected before too; null when it is new or cannot be read. */
  readonly before: "有效" | "退回" | null;
}

/** How many rows of a batch differ from what its source said before. */
export interface DiffCounts {
  readonly added: number;
  readonly missing: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
}

/** With what a batch is compared. */
export interface Compared {
  /** What its source said before: a batch, or a snapshot with the additions and corrections after it. */
  readonly before: readonly Batch[];
  /** Whether keys that are not in the batch are missing: additions and corrections leave the other rows alone. */
  readonly whole: boolean;
}

/**
 * What a source said just before one of its batches: its last snapshot that counts, with the additions and corrections since.
 * @param revoked ids of batches that do not count
 */
export function saidBefore(batches: readonly Batch[], batch: Batch, revoked: ReadonlySet<string>): Compared {
  const mine = batches.filter((b) => b.source === batch.source && b.table === batch.table && b.n < batch.n && !revoked.has(b.id));
  const last = mine.findLastIndex((b) => b.mode === "snapshot");
  return {before: mine.slice(Math.max(last, 0)), whole: batch.mode === "snapshot"};
}

/**
 * Compares a batch with others of its table, set at a time: temp tables `row_change` (added, missing, changed) and `rejected_now`.
 * Errors: whatever the engine says of a batch it cannot read.
 */
export async function diffBatch(db: Database, batch: Batch, {before, whole}: Compared, mask: boolean): Promise<DiffCounts> {
  const table = tableNamed(batch.table);
  await db.run(rowChangeSql(table, statedSql(table, before), statedSql(table, [batch]), mask));
  await db.run(rejectedSql(table, batch, before, mask));
  const readable = table.key.map((k) => `${quotedIdentifier(k)} is not null`).join(" and ");
  // A row that is there but rejected keeps the earlier one in force: it is not missing.
  await db.run(
    `delete from row_change where what = 'missing' and (${!whole} or key in (select ${keyText(table, "r")} from read_parquet(${quotedString(batch.rows)}) r where status = 'rejected' and ${readable}))`
  );
  const counts = await db.row<Omit<DiffCounts, "unchanged"> & {good: number}>(
    `select count(*) filter (where what = 'added') as added, count(*) filter (where what = 'missing') as missing, count(*) filter (where what = 'changed') as changed, (select count(*) from rejected_now) as rejected,
(select count(*) from read_parquet(${quotedString(batch.rows)}) where status = 'ok') as good from row_change`
  );
  if (!counts) throw new Error("没有数");
  const {good, ...rest} = counts;
  return {...rest, unchanged: good - rest.added - rest.changed};
}

/** The differences of one kind by key, as JSON texts chunk by chunk. */
export function changeTexts(db: Database, what: "added" | "missing" | "changed"): AsyncGenerator<readonly string[]> {
  return db.texts(
    `select cast(to_json(c) as varchar) from (select ${ROW_CHANGE} from row_change where what = ${quotedString(what)} order by key) c`
  );
}

/** The rejected rows, those first whose key was accepted before; JSON texts chunk by chunk. */
export function rejectedTexts(db: Database): AsyncGenerator<readonly string[]> {
  return db.texts(
    `select cast(to_json(r) as varchar) from (select key, file, sheet, "row", reasons, "before" from rejected_now order by "before" is distinct from '有效', file, sheet nulls first, "row") r`
  );
}

function rejectedSql(table: Table, batch: Batch, before: readonly Batch[], mask: boolean): string {
  const person = table.columns.filter((c) => c.type === "person").map((c) => c.name);
  const part = (k: string) =>
    person.includes(k)
      ? `case when length(r.${quotedIdentifier(k)}) >= 15 then concat(left(r.${quotedIdentifier(k)}, 3), '************', right(r.${quotedIdentifier(k)}, 2)) else r.${quotedIdentifier(k)} end`
      : `r.${quotedIdentifier(k)}`;
  const header = `case split_part(f, chr(31), 1) ${table.columns.map((c) => `when ${quotedString(c.name)} then ${quotedString(c.header)}`).join(" ")} end`;
  const said = `substr(f, strpos(f, '${REASON_SEPARATOR}') + 1)`;
  const reasons = `list_transform(string_split(r.faults, '${FAULT_SEPARATOR}'), lambda f: struct_pack(header := ${header}, reason := ${mask ? maskSql(said) : said}))`;
  const keys = (status: string) =>
    before.length === 0
      ? "(select null::varchar as key limit 0)"
      : `(${before.map(({rows}) => `select ${keyText(table, "s")} as key from read_parquet(${quotedString(rows)}) s where status = '${status}'`).join(" union ")})`;
  const readable = table.key.map((k) => `r.${quotedIdentifier(k)} is not null`).join(" and ");
  return `create or replace temp table rejected_now as
select case when ${readable} then concat_ws('，', ${table.key.map(part).join(", ")}) end as key, r.source_file as file, r.source_sheet as sheet, r.source_row as "row", ${reasons} as reasons,
  case when not (${readable}) then null when g.key is not null then '有效' when x.key is not null then '退回' end as "before"
from ${keptRows(batch)} r
left join ${keys("ok")} g on g.key = ${keyText(table, "r")}
left join ${keys("rejected")} x on x.key = ${keyText(table, "r")}
where r.status = 'rejected'`;
}
