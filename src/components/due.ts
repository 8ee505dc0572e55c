import {daysBetween} from "./format.js";
import type {FindingRow} from "./types.js";

/** Findings that need somebody: overdue and open, and those that fall due soon. */
export interface DueList {
  readonly overdue: readonly FindingRow[];
  readonly soon: readonly FindingRow[];
}

/**
 * What is overdue on a day, and what falls due within some days from it; each finding once, most urgent first.
 * Shape: rows of the finding mart in. Units: calendar days, the day itself included.
 */
export function dueList(findings: readonly FindingRow[], as_of: string, days = 30): DueList {
  const once = [...new Map(findings.map((f) => [f.finding_id, f])).values()];
  const byDue = (a: FindingRow, b: FindingRow) => Number(a.due_on) - Number(b.due_on) || (a.finding_id < b.finding_id ? -1 : 1);
  return {
    overdue: once.filter((f) => f.state === "逾期").toSorted(byDue),
    soon: once.filter((f) => isSoon(f, as_of, days)).toSorted(byDue)
  };
}

function isSoon({is_done, due_on}: FindingRow, as_of: string, days: number): boolean {
  if (is_done || due_on === null) return false;
  const left = daysBetween(as_of, due_on);
  return left >= 0 && left <= days;
}

/** How many of them are major. */
export function majorCount(findings: readonly FindingRow[]): number {
  return findings.filter((f) => f.severity === "重大").length;
}
