import {daysBetween, isoDay} from "../format.js";
import type {BookParameter} from "../regime/book.js";
import type {CoverageData, CoverageUnit} from "./types.js";

/** Units in use of the stretches that run now: those that a rule is for, or all of them where there is none. */
export function currentUnits(units: readonly CoverageUnit[]): CoverageUnit[] {
  const current = units.filter((u) => u.is_current && u.went_on === null);
  const ruled = current.filter((u) => u.parameter !== null);
  return ruled.length > 0 ? ruled : current;
}

/** Units in use that the document has inspected without saying how often, beside those that a rule is for. */
export function freeUnits(units: readonly CoverageUnit[]): CoverageUnit[] {
  const isRuled = units.some((u) => u.is_current && u.parameter !== null);
  return isRuled ? units.filter((u) => u.is_current && u.went_on === null && u.parameter === null) : [];
}

/** Units that stretches of the past were to cover and did not. */
export function missedUnits(units: readonly CoverageUnit[]): CoverageUnit[] {
  return units.filter((u) => !u.is_current && u.is_owed && u.state !== "已巡查");
}

/** How far a stretch has come: units done, and time gone. Days count both ends. */
export interface Progress {
  readonly need: number;
  readonly have: number;
  readonly under_way: number;
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly passed: number;
}

/**
 * How far the stretches that run now have come; several groups of a round are one. Null without units.
 * @example progressOf(units, "2025-12-31")?.have
 */
export function progressOf(units: readonly CoverageUnit[], as_of: string): Progress | null {
  const current = currentUnits(units);
  if (current.length === 0) return null;
  const from = current.map((u) => isoDay(u.stretch_from)).toSorted()[0] ?? as_of;
  const to =
    current
      .map((u) => isoDay(u.stretch_to))
      .toSorted()
      .at(-1) ?? as_of;
  const days = daysBetween(from, to) + 1;
  const count = (state: CoverageUnit["state"]) => current.filter((u) => u.state === state).length;
  return {
    ...{need: current.length, have: count("已巡查"), under_way: count("巡查中"), from, to, days},
    passed: Math.max(0, Math.min(days, daysBetween(from, as_of) + 1))
  };
}

/** Uncovered units of the stretches that run now: those being inspected, then by rank. */
export function waitingUnits(units: readonly CoverageUnit[]): CoverageUnit[] {
  const open = currentUnits(units).filter((u) => u.state !== "已巡查");
  return open.toSorted(
    (a, b) => Number(b.state === "巡查中") - Number(a.state === "巡查中") || (a.rank_next ?? 0) - (b.rank_next ?? 0)
  );
}

/** A parameter that the document has; undefined where it is silent. */
export function ruleOf({parameters}: CoverageData["book"], name: string): BookParameter | undefined {
  return parameters.find((p) => p.name === name && !p.silent);
}

/** What is said where the document is silent. */
export function silence({text}: CoverageData["book"]): string {
  return text === "摘录" ? "所据文本为网页摘录，未见此规定" : "制度未规定";
}

/** Kinds of units in the order in which they come. */
export function kindsOf(units: readonly CoverageUnit[]): string[] {
  return [...new Set(units.map((u) => u.unit_kind))];
}

/** How many days are left: 还有3天, 当日到期, 已过2天. */
export function leftText(as_of: string, day: Date): string {
  const left = daysBetween(as_of, day);
  return left > 0 ? `还有${left}天` : left === 0 ? "当日到期" : `已过${-left}天`;
}
