// The value of steps, change and percentile, and the bands it falls into.
//
// Readings taken: a count or sum of no rows is 0 and not empty (`empty` is about a ratio of nothing); a null in a sum adds
// nothing; exposure is the unit's own, as of the day.

import {Fraction} from "../fraction.ts";
import type {Bands, ValueSpec} from "../input.ts";
import {holds, numberOf} from "../sql/evaluate.ts";
import type {Row} from "../value.ts";

/** What a value comes to: a number, nothing to divide by, or not applicable. */
export type Measured = Fraction | "empty" | "na";

/** A value over rows, per the unit's exposure where asked. */
export function measure(value: ValueSpec, rows: readonly Row[], unit: Row): Measured {
  const total = totalOf(value, rows);
  if (value.per === undefined || total === "empty") return total;
  const {exposure} = unit;
  return exposure instanceof Fraction && !exposure.isZero() ? total.over(exposure) : "na";
}

/** How many rows satisfy `of` among those that satisfy `among`. */
export function countRatio(
  {of, among}: {readonly of: string | number | boolean; readonly among?: string | number | boolean},
  rows: readonly Row[]
): {num: number; den: number} {
  const base = rows.filter((row) => holds(among, row));
  return {num: base.filter((row) => holds(of, row)).length, den: base.length};
}

/** The points of the band a number falls into: the highest lower bound reached, else the lowest band's. */
export function band(table: Bands, x: Fraction): number {
  const falling = [...table].sort((a, b) => Fraction.of(b[0]).compare(Fraction.of(a[0])));
  const reached = falling.find(([bound]) => x.compare(Fraction.of(bound)) >= 0) ?? falling.at(-1);
  return reached?.[1] ?? 0;
}

function totalOf({count, sum, ratio}: ValueSpec, rows: readonly Row[]): Fraction | "empty" {
  if (count !== undefined) return Fraction.ratio(rows.filter((row) => holds(count, row)).length);
  if (sum !== undefined) return rows.reduce((total, row) => total.plus(numberOf(sum, row) ?? Fraction.zero), Fraction.zero);
  if (ratio === undefined) throw new RangeError("a value is count, sum or ratio");
  const {num, den} = countRatio(ratio, rows);
  return den === 0 ? "empty" : Fraction.ratio(num, den);
}
