/** A name for use in SQL, always quoted. */
export function quotedIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text for use in SQL. */
export function quotedString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A list of texts for use after `in`; an empty list matches nothing. */
export function quotedList(texts: readonly string[]): string {
  return texts.length === 0 ? "(null)" : `(${texts.map(quotedString).join(", ")})`;
}

/**
 * Whether a text is one of some: like `in`, which the engine turns into a join, so that a statement with thirty of them takes twenty times as
 * long to plan. Null for a null text or no texts.
 */
export function amongSql(sql: string, texts: readonly string[]): string {
  return texts.length === 0 ? "null::boolean" : `list_contains([${texts.map(quotedString).join(", ")}], ${sql})`;
}

/** A temporary table of text columns; empty when there are no rows. */
export function valuesSql(name: string, columns: readonly string[], rows: readonly (readonly (string | null)[])[]): string {
  const cell = (value: string | null) => (value === null ? "null" : quotedString(value));
  const create = `create or replace temp table ${name} (${columns.map((c) => `${quotedIdentifier(c)} varchar`).join(", ")})`;
  return rows.length === 0
    ? create
    : `${create}; insert into ${name} values ${rows.map((r) => `(${r.map(cell).join(", ")})`).join(", ")}`;
}
