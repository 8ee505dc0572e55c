import {stringify} from "yaml";
import type {Scheme} from "./types.ts";

/** Keys in the order in which people read a scheme; others follow in their own order. */
const ORDER = [
  ...["id", "name", "document_no", "issued_by", "issued_on", "regime", "effective_from", "applies_to", "period", "start"],
  ...["several_inspections", "uninspected", "extension", "grades", "items", "caps", "bonus_cap", "rules"],
  ...["no", "title", "item", "breach", "basis", "over", "year_by", "window", "where", "applies", "needs", "because"]
];

/**
 * A scheme as YAML text; parsing it gives the same scheme.
 * @example await parseScheme(printScheme(scheme), file, base)
 */
export function printScheme(scheme: Pick<Scheme, "canonical">): string {
  return stringify(JSON.parse(scheme.canonical), {
    lineWidth: 0,
    // With 1.1 in mind every text that could be a date or a number is quoted.
    version: "1.1",
    sortMapEntries: ({key: a}, {key: b}) => rank(a) - rank(b)
  });
}

function rank(key: unknown): number {
  const name = String((key as {value?: unknown}).value ?? key);
  const at = ORDER.indexOf(name);
  return at < 0 ? ORDER.length : at;
}
