import {TABLES, tableNamed} from "../contract/index.ts";
import type {Regime} from "../regime/types.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";

/** Tables whose columns a regime may name. */
const FOLLOWED = ["inspection", "member", "visit", "response"] as const;
/** What inspection_day, inspection_flag and visit_flag hold already. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {inspection: ["date", "boolean"], visit: ["boolean"]};

/**
 * What lets a model follow a column that a regime names, without naming it: `<table>_value` of inspection, member, visit and response
 * holds, for each row by its key and each column that the regime's parameters name, the value as text (dates as 2025-03-01, yes and
 * no as true and false; no row for blank). `column_word` gives every column's Chinese header, the variables `words` and `kinds` the
 * regime's own words for things and for kinds of inspection.
 * Reads: the tables as of the day.
 */
export function followedSql(regime: Regime): string {
  const named = namedColumns(regime);
  const headers = TABLES.flatMap((t) =>
    t.columns.map((c) => `(${quotedString(`${t.name}.${c.name}`)}, ${quotedString(c.header)})`)
  );
  return [
    ...FOLLOWED.map((table) => valueSql(table, named)),
    `create or replace temp table column_word as select * from (values ${headers.join(", ")}) as v(name, header)`,
    `set variable words = ${mapSql(regime.words)}`,
    `set variable kinds = ${mapSql(regime.kinds)}`
  ].join(";\n");
}

function mapSql(words: Readonly<Record<string, string>>): string {
  const list = (values: readonly string[]) => `[${values.map(quotedString).join(", ")}]::varchar[]`;
  return `map(${list(Object.keys(words))}, ${list(Object.values(words))})`;
}

/** What stays secret is named too, but nobody follows it. */
function namedColumns(regime: Regime): ReadonlySet<string> {
  const values = Object.values(regime.parameters).flatMap((p) => (p.name === "secret" ? [] : p.values));
  return new Set([...JSON.stringify(values).matchAll(/"([a-z]+\.[a-z_]+)"/g)].map(([, name = ""]) => name));
}

function valueSql(table: (typeof FOLLOWED)[number], named: ReadonlySet<string>): string {
  const {key, columns} = tableNamed(table);
  const keys = key.map(quotedIdentifier).join(", ");
  const followed = columns.filter((c) => named.has(`${table}.${c.name}`) && !ELSEWHERE[table]?.includes(c.type));
  const selects = followed.map(
    (c) =>
      `select ${keys}, ${quotedString(`${table}.${c.name}`)} as name, cast(${quotedIdentifier(c.name)} as varchar) as value from ${table}_asof where ${quotedIdentifier(c.name)} is not null`
  );
  const none = `select ${keys}, null::varchar as name, null::varchar as value from ${table}_asof limit 0`;
  return `create or replace temp table ${table}_value as ${selects.length === 0 ? none : selects.join(" union all ")}`;
}
