// The tally of a unit, as far as the text fixes it.
//
// Readings taken: rows of 0 are not counted; rules without rows have no line; a measure that is one row of the ledger has n 1, a
// veto n = its rows and raw_milli 0; items that left have an `na` line of rule `item:<no>`.

import type {TallyLine} from "../input.ts";
import {compareBytes, groupBy} from "../value.ts";
import type {Scored} from "./unit.ts";

const SINGLE: readonly string[] = ["比率", "分档", "同比", "位次", "评议"];

/** The lines of a unit, by rule_id and bucket. */
export function tallyOf(unit_code: string, scored: Scored): TallyLine[] {
  const lines: TallyLine[] = [];
  const add = (rule_id: string, bucket: string, n: number, raw_milli: number) =>
    lines.push({unit_code, rule_id, bucket, n, raw_milli});
  for (const id of scored.na) add(id, "na", 1, 0);
  const sums = groupBy(
    [
      ...scored.charges.map((c) => ({
        id: c.rule.id,
        bucket: c.bucket,
        n: c.n,
        milli: c.rule.bonus === undefined ? -c.milli : c.milli
      })),
      ...scored.returned.map((c) => ({
        id: c.rule.id,
        bucket: "returned",
        n: c.n,
        milli: c.rule.bonus === undefined ? c.milli : -c.milli
      })),
      ...scored.vetoes.map(({rule}) => ({id: rule.id, bucket: "", n: 1, milli: 0})),
      ...scored.pending.map(({rule, n}) => ({id: rule.id, bucket: "pending", n, milli: 0})),
      ...scored.lines
        .filter((line) => SINGLE.includes(line.kind))
        .map((line) => ({id: line.rule_id ?? "", bucket: "", n: 1, milli: line.milli}))
    ],
    ({id, bucket}) => JSON.stringify([id, bucket])
  );
  for (const group of sums.values()) {
    const {id = "", bucket = ""} = group[0] ?? {};
    const total = (of: (part: {n: number; milli: number}) => number) => group.reduce((sum, part) => sum + of(part), 0);
    add(
      id,
      bucket,
      total((part) => part.n),
      total((part) => part.milli)
    );
  }
  return lines.sort((a, b) => compareBytes(a.rule_id, b.rule_id) || compareBytes(a.bucket, b.bucket));
}
