import {groupBy} from "./group.ts";
import type {LedgerEntry, Milli} from "./types.ts";

/** The JSON of `xunheng explain`. */
export interface Explanation {
  readonly unit_code: string;
  readonly milli: Milli;
  readonly entries: readonly LedgerEntry[];
}

/**
 * The ledger rows of a unit, of one of its items, or those that name a finding.
 * Shape: entries in ledger order; milli is their sum: the score, the item's points, or what the finding cost.
 * @example explainUnit(ledger, "990101", {item: "6"}).milli // 15000
 */
export function explainUnit(ledger: readonly LedgerEntry[], unit: string, {item}: {item?: string | undefined} = {}): Explanation {
  const entries = ledger.filter((e) => e.unit_code === unit && (item === undefined || e.item === item));
  return {unit_code: unit, milli: total(entries), entries};
}

/** The rows that name a subject, in every unit it touches; rows as first found (`<id>@原`) among them. */
export function explainSubject(ledger: readonly LedgerEntry[], subject: string): Explanation[] {
  const entries = ledger.filter((e) => e.subject === subject || e.subject === `${subject}@原`);
  return [...groupBy(entries, (e) => e.unit_code)].map(([unit_code, rows]) => ({unit_code, milli: total(rows), entries: rows}));
}

function total(entries: readonly LedgerEntry[]): Milli {
  return entries.reduce((sum, e) => sum + e.milli, 0);
}
