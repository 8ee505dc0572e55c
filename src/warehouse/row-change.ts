import {factType} from "../contract/fact.ts";
import type {Table} from "../contract/index.ts";
import {isFreeText, maskSql} from "../contract/mask.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Batch} from "../workspace/batch.ts";
import {keptRows} from "./kept-rows.ts";
import {keyText} from "./version.ts";

/** A column that differs; values as text, blank is null. */
export interface ColumnChange {
  readonly column: string;
  /** Its Chinese header. */
  readonly header: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A key whose row differs between two states of a table, and where the row stands (the later one; the earlier one when it is missing). */
export interface RowChange {
  readonly what: "added" | "missing" | "changed";
  readonly key: string;
  readonly batch: string;
  readonly file: string;
  readonly sheet: string | null;
  readonly row: number;
  /** Only of changed rows. */
  readonly columns: readonly ColumnChange[];
}

/** The columns of `row_change` in the order of RowChange, for `select`. */
export const ROW_CHANGE = 'what, key, batch, file, sheet, "row", columns';

const ORIGIN = "batch_id, source_file, source_sheet, source_row";

/**
 * The statement that puts into temp table `row_change` every key whose row differs between two relations, by typed values.
 * Shape: both relations as statedSql and versionTextSql return them; one row per key in each.
 * @param mask whether telephone and identity numbers in free text are masked
 */
export function rowChangeSql(table: Table, before: string, after: string, mask: boolean): string {
  const content = `md5(concat_ws(chr(31), ${table.columns.map((c) => `coalesce(${quotedIdentifier(c.name)}, chr(30))`).join(", ")}))`;
  const same = table.key.map((k) => `b.${quotedIdentifier(k)} is not distinct from a.${quotedIdentifier(k)}`).join(" and ");
  const shown = (sql: string, free: boolean) => (mask && free ? maskSql(sql) : sql);
  const columns = table.columns.map((c) => {
    const [was, is] = [`b.${quotedIdentifier(c.name)}`, `a.${quotedIdentifier(c.name)}`];
    const free = isFreeText(c);
    return `case when ${was} is distinct from ${is} then struct_pack("column" := ${quotedString(c.name)}, header := ${quotedString(c.header)}, "before" := ${shown(was, free)}, "after" := ${shown(is, free)}) end`;
  });
  const either = (name: string) => `case when a.content is null then b.${name} else a.${name} end`;
  return `create or replace temp table row_change as
with b as (select *, ${content} as content from ${before}), a as (select *, ${content} as content from ${after})
select case when b.content is null then 'added' when a.content is null then 'missing' else 'changed' end as what,
  case when a.content is null then ${keyText(table, "b")} else ${keyText(table, "a")} end as key,
  ${either("batch_id")} as batch, ${either("source_file")} as file, ${either("source_sheet")} as sheet, ${either("source_row")} as "row",
  case when a.content is null or b.content is null then [] else list_filter([${columns.join(", ")}], lambda x: x is not null) end as columns
from b full join a on ${same} where b.content is distinct from a.content`;
}

/** The accepted rows of batches as text of typed values, with where they stand; of several the last word on each key. */
export function statedSql(table: Table, batches: readonly Batch[]): string {
  const typed = table.columns.map((c) => {
    const name = quotedIdentifier(c.name);
    return factType(c) === "VARCHAR" ? name : `cast(cast(${name} as ${factType(c)}) as varchar) as ${name}`;
  });
  if (batches.length === 0)
    return `(select ${[...ORIGIN.split(", "), ...table.columns.map((c) => quotedIdentifier(c.name))].map((c) => `null::${c === "source_row" ? "bigint" : "varchar"} as ${c}`).join(", ")} limit 0)`;
  const rows = batches.map(
    (batch) =>
      `select ${quotedString(batch.id)} as batch_id, ${batch.n} as batch_n, source_file, source_sheet, source_row, ${typed.join(", ")} from ${keptRows(batch)} where status = 'ok'`
  );
  const all = `(${rows.join("\nunion all by name\n")})`;
  if (batches.length === 1) return all;
  const key = table.key.map(quotedIdentifier).join(", ");
  return `(select * from ${all} qualify row_number() over (partition by ${key} order by batch_n desc) = 1)`;
}

/** The rows of one source in force in a warehouse (attached under a name), as text. */
export function versionTextSql(table: Table, database: string, source: string): string {
  const texts = table.columns.map((c) => `cast(${quotedIdentifier(c.name)} as varchar) as ${quotedIdentifier(c.name)}`);
  return `(select ${ORIGIN}, ${texts.join(", ")} from ${quotedIdentifier(database)}.${quotedIdentifier(`${table.name}_version`)} where known_to is null and source_name = ${quotedString(source)})`;
}
