import {groupBy} from "./group.ts";
import type {LedgerEntry, Milli} from "./types.ts";

/** The JSON of `xunheng explain`. */
export interface Explanation {
  readonly unit_code: string;
  readonly milli: Milli;
  readonly entries: readonly LedgerEntry[];
}

/** Which rows of a unit are asked for; undefined: all. */
export interface Wanted {
  readonly item?: string | undefined;
  readonly rule?: string | undefined;
}

/**
 * The ledger rows of a unit, of one of its items, or of a rule.
 * Shape: entries in ledger order; milli is their sum: the score, the item's points, or what the rule came to.
 * @example explainUnit(ledger, "990101", {item: "6"}).milli // 15000
 */
export function explainUnit(ledger: readonly LedgerEntry[], unit: string, {item, rule}: Wanted = {}): Explanation {
  const entries = ledger.filter(
    (e) => e.unit_code === unit && (item === undefined || e.item === item) && (rule === undefined || e.rule_id === rule)
  );
  return {unit_code: unit, milli: total(entries), entries};
}

/** The rows of a rule, in every unit it touches; its cap's among them. */
export function explainRule(ledger: readonly LedgerEntry[], rule: string): Explanation[] {
  return byUnit(ledger.filter((e) => e.rule_id === rule));
}

/**
 * The rows that name a subject, in every unit it touches; rows as first found (`<id>@原`) among them.
 * @param isOf tells rules over the subject's own grain from others, whose subjects may bear the same name
 */
export function explainSubject(
  ledger: readonly LedgerEntry[],
  subject: string,
  isOf: (entry: LedgerEntry) => boolean = () => true
): Explanation[] {
  return byUnit(ledger.filter((e) => (e.subject === subject || e.subject === `${subject}@原`) && isOf(e)));
}

function byUnit(entries: readonly LedgerEntry[]): Explanation[] {
  return [...groupBy(entries, (e) => e.unit_code)].map(([unit_code, rows]) => ({unit_code, milli: total(rows), entries: rows}));
}

function total(entries: readonly LedgerEntry[]): Milli {
  return entries.reduce((sum, e) => sum + e.milli, 0);
}
