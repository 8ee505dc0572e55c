// What each row costs or earns (step 1).
//
// Readings taken:
// - a cost that is null or below zero is 0;
// - a cost table without the row's value: 其他, else 0; a weight table without it: 其他, else 1;
// - a number, date or yes/no column finds its value in a table by its text (`3`, `2025-01-01`, `true`);
// - repeats are counted by the grain's own date, then by the row's subject, bytewise; rows without date come last; without
//   at_most nothing stops the factor;
// - once takes the dearest row with its weight; bonus rows know neither weight nor escalate;
// - tally buckets: `w:` and the value found in the weight table, `n:` and the repeat ordinal, apart by a blank.

import {factOf} from "../../../src/contract/fact.ts";
import {Fraction, milliOf} from "../fraction.ts";
import type {CostSpec, RuleSpec} from "../input.ts";
import {numberOf} from "../sql/evaluate.ts";
import {compareBytes, day, type Row, text} from "../value.ts";

/** A row of a deduct or bonus rule: how much, above zero, in thousandths. */
export interface Charge {
  readonly subject: string | null;
  readonly milli: number;
  /** The value that highest_of compares by. */
  readonly rival: string | null;
  readonly bucket: string;
  /** How many rows it stands for. */
  readonly n: number;
}

/** What a rule's rows cost or earn; rows of 0 are left out. */
export function chargesOf(rule: RuleSpec, rows: readonly Row[]): Charge[] {
  const repeats = repeatsOf(rule, rows);
  const charges = rows
    .map((row) => {
      const {factor, label} = weightOf(rule, row);
      const n = repeats.get(row) ?? 1;
      const labels = [label === null ? "" : `w:${label}`, rule.escalate ? `n:${n}` : ""];
      return {
        subject: subjectOf(rule, row),
        milli: milliOf(priceOf(rule, row).times(factor).times(escalated(rule, n))),
        rival: rule.highest_of === undefined ? null : text(row, rule.highest_of),
        bucket: labels.filter((part) => part !== "").join(" "),
        n: 1
      };
    })
    .filter((charge) => charge.milli > 0);
  if (!rule.once || charges.length === 0) return charges;
  const milli = Math.max(...charges.map((charge) => charge.milli));
  return [{subject: null, milli, rival: null, bucket: "", n: charges.length}];
}

/** What one row costs as first found: with its weight, without escalate. */
export function singleCharge(rule: RuleSpec, row: Row): number {
  return milliOf(priceOf(rule, row).times(weightOf(rule, row).factor));
}

/** The name of a row in the ledger. */
export function subjectOf(rule: RuleSpec, row: Row): string | null {
  return rule.over === undefined ? null : text(row, factOf(rule.over).subject);
}

function priceOf(rule: RuleSpec, row: Row): Fraction {
  const price = rawPrice(rule.deduct ?? rule.bonus ?? 0, row);
  return price === null || price.num < 0n ? Fraction.zero : price;
}

function rawPrice(spec: CostSpec, row: Row): Fraction | null {
  if (typeof spec === "number") return Fraction.of(spec);
  if (typeof spec === "string") return numberOf(spec, row);
  const points = looked(spec, row);
  return points === null ? null : Fraction.of(points.value);
}

function weightOf({weight}: RuleSpec, row: Row): {factor: Fraction; label: string | null} {
  const found = weight ? looked(weight, row) : null;
  return found === null ? {factor: Fraction.one, label: null} : {factor: Fraction.of(found.value), label: found.key};
}

function looked({by, table}: Exclude<CostSpec, number | string>, row: Row): {key: string; value: number} | null {
  const key = text(row, by);
  for (const name of [key, "其他"]) {
    const value = name === null ? undefined : Object.hasOwn(table, name) ? table[name] : undefined;
    if (name !== null && value !== undefined) return {key: name, value};
  }
  return null;
}

function escalated({escalate}: RuleSpec, n: number): Fraction {
  if (!escalate) return Fraction.one;
  const [factor, most] = [Fraction.of(escalate.factor), escalate.at_most === undefined ? null : Fraction.of(escalate.at_most)];
  let power = Fraction.one;
  for (let i = 1; i < n; i++) power = power.times(factor);
  return most !== null && power.compare(most) > 0 ? most : power;
}

/** Which repeat each row is, among the rule's rows with the same values in `by`. */
function repeatsOf(rule: RuleSpec, rows: readonly Row[]): Map<Row, number> {
  const repeats = new Map<Row, number>();
  if (!rule.escalate || rule.over === undefined) return repeats;
  const {year_by} = factOf(rule.over);
  const at = (row: Row) => (year_by === null ? 0 : (day(row, year_by)?.number ?? Number.MAX_SAFE_INTEGER));
  const name = (row: Row) => subjectOf(rule, row) ?? "";
  const seen = new Map<string, number>();
  for (const row of [...rows].sort((a, b) => at(a) - at(b) || compareBytes(name(a), name(b)))) {
    const values = rule.escalate.by.map((column) => text(row, column));
    const key = JSON.stringify(values);
    const n = values.includes(null) ? 1 : (seen.get(key) ?? 0) + 1;
    seen.set(key, n);
    repeats.set(row, n);
  }
  return repeats;
}
