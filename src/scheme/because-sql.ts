import type {FactView} from "../contract/fact.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Template} from "./types.ts";

/** The sentence of a row, from its template; the rule's name where there is none. */
export function rowBecause(template: Template | null, {columns}: FactView, name: string): string {
  if (!template) return quotedString(name);
  const parts = template.map((part) => {
    if ("text" in part) return quotedString(part.text);
    return shownColumn(part.column, columns.find((c) => c.name === part.column)?.type ?? "VARCHAR");
  });
  return `concat(${parts.join(", ")})`;
}

function shownColumn(name: string, type: string): string {
  const column = quotedIdentifier(name);
  if (type === "DECIMAL(28,6)") return `coalesce(regexp_replace(cast(${column} as varchar), '\\.?0+$', ''), '不详')`;
  if (type === "BOOLEAN") return `case when ${column} then '是' when not ${column} then '否' else '不详' end`;
  return `coalesce(cast(${column} as varchar), '不详')`;
}

/**
 * The sentence of a figure, from its template.
 * @param shown SQL of the numbers it may show, by name; each gives a text
 * @param plain the sentence where there is no template
 */
export function figureBecause(
  template: Template | null,
  shown: Readonly<Record<string, string>>,
  plain: readonly string[]
): string {
  if (!template) return `concat(${plain.join(", ")})`;
  return `concat(${template.map((part) => ("text" in part ? quotedString(part.text) : (shown[part.column] ?? "''"))).join(", ")})`;
}
