import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Table} from "./column.ts";
import {tableNamed} from "./index.ts";
import {markSql} from "./mark.ts";

const PROVENANCE = ["batch_id", "source_name", "source_file", "source_sheet", "source_row"];

/** One reason why a row waits: when, and what the held row says. */
interface Waiting {
  readonly when: string;
  readonly column: string;
  /** SQL of the cause and of what to do about it. */
  readonly cause: string;
  readonly advice: string;
}

/** Joins of the rows `v` to the other tables, and the reasons to wait in the order in which they are named. */
function waitingOf(table: Table): {joins: readonly string[]; waiting: readonly Waiting[]} {
  const joins: string[] = [];
  const waiting: Waiting[] = [];
  for (const [i, {column, table: parent, target}] of table.references.entries()) {
    const [alias, name] = [`r${i}`, quotedIdentifier(column)];
    const isOne = tableNamed(parent).key.length === 1;
    const rows = isOne
      ? quotedIdentifier(parent)
      : `(select distinct ${quotedIdentifier(target)} from ${quotedIdentifier(parent)})`;
    joins.push(`left join ${rows} ${alias} on ${alias}.${quotedIdentifier(target)} = v.${name}`);
    waiting.push({
      when: `v.${name} is not null and ${alias}.${quotedIdentifier(target)} is null`,
      column,
      cause: missingCause(parent, target, `v.${name}`),
      advice: quotedString(`请核对编号；编号不错的，请在${tableNamed(parent).title}表里补上这一行再装入`)
    });
  }
  for (const [i, {parent, on, when, reason, advice}] of table.holds.entries()) {
    // Mostly the parent is one that the row refers to anyway.
    const known = table.references.findIndex((r) => r.table === parent && on === `p.${r.target} = t.${r.column}`);
    const joined = known >= 0 && tableNamed(parent).key.length === 1;
    const alias = joined ? `r${known}` : `h${i}`;
    const at = (sql: string) => sql.replaceAll("p.", `${alias}.`).replaceAll("t.", "v.");
    if (!joined) joins.push(`left join ${quotedIdentifier(parent)} ${alias} on ${at(on)}`);
    const column = table.exists_on ?? table.key[0] ?? "";
    waiting.push({when: at(when), column, cause: quotedString(reason), advice: quotedString(advice)});
  }
  return {joins, waiting};
}

/**
 * SQL of the rowids (`r`) of the rows of `versions` (names a table) in force that wait for another table; null when its rows never do.
 * Cheap, because it reads no more columns than it must.
 */
export function waitingSql(table: Table, versions: string, severalSources: boolean): string | null {
  const key = table.key.map(quotedIdentifier).join(", ");
  const {joins, waiting} = waitingOf(table);
  const of = [
    ...(waiting.length > 0
      ? [
          `select v.rowid as r from ${versions} v ${joins.join("\n  ")} where v.known_to is null and (${waiting.map(({when}) => `(${when})`).join(" or ")})`
        ]
      : []),
    ...(severalSources
      ? [
          `select v.rowid as r from ${versions} v where v.known_to is null and (${key}) in (select ${key.includes(",") ? `(${key})` : key} from ${versions} where known_to is null group by ${key} having count(distinct source_name) > 1)`
        ]
      : [])
  ];
  return of.length === 0 ? null : of.join("\nunion ");
}

/**
 * Judges one table's rows against the others, over what is visible at a moment.
 * Shape: `visible` names the relation of the table's visible rows, or of all among them that may wait; parents are read by their plain
 * names (rows not held).
 * Returns SQL of one row per held row: its key columns, provenance, its `mark`, `column`, `value`, the first `cause` and what to do about it.
 * Source: 2-contract, 两个阶段.
 */
export function heldSql(table: Table, visible: string, severalSources: boolean): string {
  const key = table.key.map(quotedIdentifier).join(", ");
  const {joins, waiting} = waitingOf(table);
  const severally: Waiting = {
    when: "v.sources > 1",
    column: table.key[0] ?? "",
    cause: "concat('同一编号出现在多个来源中：', v.source_names)",
    advice: "'请在其中一个来源里删去这一行或改正编号，再装入一次'"
  };
  const causes = [...(severalSources ? [severally] : []), ...waiting].map(
    ({when, column, cause, advice}) =>
      `when ${when} then struct_pack("column" := ${quotedString(column)}, value := cast(v.${quotedIdentifier(column)} as varchar), cause := ${cause}, advice := ${advice})`
  );
  const rows = severalSources
    ? `(select *, count(distinct source_name) over (partition by ${key}) as sources, array_to_string(list_sort(list_distinct(list(source_name) over (partition by ${key}))), '、') as source_names from ${visible})`
    : visible;
  const cause =
    causes.length === 0
      ? 'null::struct("column" varchar, value varchar, cause varchar, advice varchar)'
      : `case ${causes.join("\n    ")} end`;
  return `select ${key}, ${PROVENANCE.join(", ")}, held.column as "column", held.value as value, held.cause as cause, case when starts_with(held.cause, '所属') then '请先更正所属的那一行，本行随后自动恢复' else held.advice end as advice, ${markSql(table, null)} as mark
from (select v.*, ${cause} as held from ${rows} v ${joins.join("\n  ")}) where held is not null`;
}

/** What heldSql gives, without rows. */
export function noneHeldSql(table: Table, visible: string): string {
  const said = ["column", "value", "cause", "advice", "mark"].map((name) => `null::varchar as ${quotedIdentifier(name)}`);
  const key = table.key.map(quotedIdentifier);
  return `select ${[...key, ...PROVENANCE, ...said].join(", ")} from ${visible} limit 0`;
}

/** Says why the parent is not there: rejected, held itself (both begin 所属), or unknown. */
function missingCause(parent: string, target: string, value: string): string {
  const {title} = tableNamed(parent);
  const rejected = `exists (select 1 from reject x where x."table" = ${quotedString(parent)} and (x.key = cast(${value} as varchar) or starts_with(x.key, concat(cast(${value} as varchar), '，'))))`;
  const held = `exists (select 1 from ${quotedIdentifier(`${parent}_held`)} x where x.${quotedIdentifier(target)} = ${value})`;
  return `case when ${held} then concat('所属${title}', ${value}, '正挂起') when ${rejected} then concat('所属${title}', ${value}, '未通过检查') else concat('${title}表中没有', ${value}) end`;
}
