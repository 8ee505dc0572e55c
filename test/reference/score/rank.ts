// Grades and ranks.
//
// Readings taken: a score below every grade has the lowest; of the units that can be ranked each has one more than the number of
// better ones within kind and peer_group.

import {milli} from "../fraction.ts";
import type {SchemeSpec} from "../input.ts";

/** The grade of a score, lowered by the vetoes' `grade_at_most`. */
export function gradeOf({grades}: SchemeSpec, score: number, at_most: readonly string[]): string | null {
  const best = [...grades].sort((a, b) => b.from - a.from);
  const reached = best.findIndex(({from}) => score >= milli(from));
  const places = [
    reached < 0 ? best.length - 1 : reached,
    ...at_most.map((name) => best.findIndex((grade) => grade.name === name))
  ];
  return best[Math.max(...places)]?.name ?? null;
}

/** 1, 2, 2, 4 within the group; null for a unit that is not ranked. */
export function rankOf(
  unit: {readonly group: string; readonly milli: number | null; readonly ranked: boolean},
  all: readonly {readonly group: string; readonly milli: number | null; readonly ranked: boolean}[]
): number | null {
  const mine = unit.milli;
  if (mine === null || !unit.ranked) return null;
  return 1 + all.filter((other) => other.ranked && other.group === unit.group && other.milli !== null && other.milli > mine).length;
}
