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
