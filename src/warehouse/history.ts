import type {Table} from "../contract/index.ts";
import {markSql} from "../contract/mark.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Batch} from "../workspace/batch.ts";

/** A decision that withdrawn rows of a source, as of one of its batches, no longer count. */
export interface AcceptedWithdrawal {
  readonly source: string;
  readonly batch_n: number;
  readonly at: string;
}

/** Where a row came from: columns of every version table. */
export const PROVENANCE = ["batch_id", "source_name", "source_file", "source_sheet", "source_row"] as const;

/** A row's key as one text, for lists and messages. */
export function keyText(table: Table, alias: string): string {
  return `concat_ws('，', ${table.key.map((k) => `cast(${alias}.${quotedIdentifier(k)} as varchar)`).join(", ")})`;
}

/**
 * The statement that builds `<table>_version` where a source has several batches: a version begins where the content differs from the
 * one before, or where the row comes back after its absence was accepted; it ends where the next begins, its absence is accepted, or a
 * correction with another key takes its place.
 * What comes first is told by the numbers of batches, never by times: a clock may stand still or go back.
 * @param seen SQL of the accepted rows of all batches, with batch_n
 */
export function historySql(table: Table, seen: string, batches: readonly Batch[], accepted: readonly AcceptedWithdrawal[]): string {
  const columns = table.columns.map((c) => quotedIdentifier(c.name)).join(", ");
  const content = table.columns.map((c) => `coalesce(cast(${quotedIdentifier(c.name)} as varchar), chr(30))`).join(", ");
  const key = table.key.map(quotedIdentifier).join(", ");
  const gone = goneSql(table, batches, accepted);
  const said = `select *, concat_ws(chr(31), ${content}) as content from (${seen})`;
  const create = `create table ${quotedIdentifier(`${table.name}_version`)} as`;
  const shown = `${PROVENANCE.join(", ")}, ${columns}, known_from`;
  if (gone === null)
    return `${create}
with marked as (
  select *, lag(content) over (partition by source_name, ${key} order by batch_n) as before from (${said})
), kept as (select * from marked where before is null or before <> content)
select ${shown}, lead(known_from) over (partition by source_name, ${key} order by batch_n) as known_to from kept`;
  return `${create}
with said as materialized (${said}), line as (
  select *, false as is_gone from said union all by name ${gone}
), marked as (
  select *, lag(content) over (partition by source_name, ${key} order by batch_n, is_gone) as before from line
), kept as (
  select * from marked where case when is_gone then before is not null else before is null or before <> content end
), dated as (
  select *, lead(known_from) over (partition by source_name, ${key} order by batch_n, is_gone) as known_to from kept
)
select ${shown}, known_to from dated where not is_gone`;
}

/**
 * Rows of keys that a decision let go, as of the last batch before it, or that a correction gave another key; null when there is none.
 * Reads `said` and `replaced`.
 */
function goneSql(table: Table, batches: readonly Batch[], accepted: readonly AcceptedWithdrawal[]): string | null {
  const key = table.key.map(quotedIdentifier).join(", ");
  const parts = accepted.flatMap(({source, batch_n, at}) => {
    const snapshots = snapshotsOf(batches, source).filter((b) => b.n <= batch_n);
    const last = snapshots.at(-1);
    if (!last || snapshots.length < 2) return [];
    return [
      `select source_name, ${key}, ${batch_n} as batch_n, cast(${quotedString(at)} as timestamptz) as known_from, true as is_gone from (
  select source_name, ${key}, max(batch_n) as last_n, bool_or(batch_n in (${snapshots.map(({n}) => n).join(", ")})) as is_whole
  from said where source_name = ${quotedString(source)} and batch_n <= ${batch_n} group by all
) v where last_n < ${last.n} and is_whole and not exists (select 1 from read_parquet(${quotedString(last.rows)}) r where ${sameKey(table)})`
    ];
  });
  const all = [...parts, ...movedSql(table, batches)];
  return all.length === 0 ? null : all.join("\nunion all by name\n");
}

/** Rows whose correction has another key: they end where it begins. */
function movedSql(table: Table, batches: readonly Batch[]): string[] {
  const key = table.key.map(quotedIdentifier);
  const same = key.map((k) => `t.${k} is not distinct from s.${k}`).join(" and ");
  return batches
    .filter(({mode}) => mode === "corrections")
    .map(
      ({
        source,
        n,
        at
      }) => `select s.source_name, ${key.map((k) => `s.${k}`).join(", ")}, ${n} as batch_n, cast(${quotedString(at)} as timestamptz) as known_from, true as is_gone
from said s join replaced p on p.source_name = s.source_name and p.mark = ${markSql(table, "s")}
where s.source_name = ${quotedString(source)} and p.batch_n = ${n} and s.batch_n < ${n}
  and not exists (select 1 from said t where t.source_name = s.source_name and t.batch_n = ${n} and ${same})`
    );
}

/**
 * Statements that build `<table>_withdrawn`: keys in force that a snapshot of their source brought once, and that neither its last
 * snapshot has, not even rejected, nor an addition or correction since. What only additions and corrections brought was never in a
 * snapshot and cannot go missing from one.
 */
export function withdrawnSql(table: Table, batches: readonly Batch[]): string[] {
  const name = quotedIdentifier(`${table.name}_withdrawn`);
  const statements = [`create table ${name} (source_name varchar, batch_id varchar, key varchar)`];
  const version = quotedIdentifier(`${table.name}_version`);
  const same = sameKey(table);
  const isIn = (files: readonly Batch[]) =>
    `exists (select 1 from read_parquet([${files.map(({rows}) => quotedString(rows)).join(", ")}]) r where r.status = 'ok' and ${same})`;
  for (const source of new Set(batches.map((b) => b.source))) {
    const snapshots = snapshotsOf(batches, source);
    const last = snapshots.at(-1);
    if (!last || snapshots.length < 2) continue;
    const others = batches.filter((b) => b.source === source && b.mode !== "snapshot");
    const since = others.filter((b) => b.n > last.n);
    const conditions = [
      `v.source_name = ${quotedString(source)}`,
      "v.known_to is null",
      `not exists (select 1 from read_parquet(${quotedString(last.rows)}) r where ${same})`,
      ...(others.length > 0 ? [isIn(snapshots)] : []),
      ...(since.length > 0 ? [`not ${isIn(since)}`] : [])
    ];
    statements.push(
      `insert into ${name} select v.source_name, ${quotedString(last.id)}, ${keyText(table, "v")} from ${version} v where ${conditions.join(" and ")}`
    );
  }
  return statements;
}

function snapshotsOf(batches: readonly Batch[], source: string): Batch[] {
  return batches.filter((b) => b.source === source && b.mode === "snapshot");
}

/** Whether a kept row `r` and a typed row `v` have the same key. */
function sameKey(table: Table): string {
  return table.key
    .map((k) => `r.${quotedIdentifier(k)} is not distinct from cast(v.${quotedIdentifier(k)} as varchar)`)
    .join(" and ");
}
