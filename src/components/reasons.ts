import {desc, from, op} from "npm:arquero";
import type {ItemRow, LedgerRow, SchemeFacts} from "./types.js";

/** What cost a unit most. */
export interface Reason {
  readonly key: string;
  readonly name: string;
  /** Points lost, negative. */
  readonly milli: number;
  /** Rows behind it; 0 when it is not counted in rows. */
  readonly count: number;
}

const LOSSES = ["扣分", "比率", "分档", "同比", "位次", "评议", "否决"];

/**
 * The dearest reasons of a unit, dearest first: for a scheme that starts full the rules by what they cost after caps and
 * 择高返还; for one that starts at zero the contents by what was not earned.
 * Shape: the unit's ledger and items in, at most `most` reasons out.
 */
export function dearest(ledger: readonly LedgerRow[], items: readonly ItemRow[], scheme: SchemeFacts, most = 3): Reason[] {
  const reasons = scheme.start === "full" ? byRule(ledger, scheme) : byItem(items, scheme);
  return reasons.filter((r) => r.milli < 0).slice(0, most);
}

function byRule(ledger: readonly LedgerRow[], scheme: SchemeFacts): Reason[] {
  const rows = ledger
    .filter((e) => e.rule_id !== null && (LOSSES.includes(e.kind) || e.kind === "择高返还" || e.kind === "封顶返还"))
    .map((e) => ({rule: e.rule_id as string, milli: e.milli, loss: LOSSES.includes(e.kind) && e.subject !== null ? 1 : 0}));
  if (rows.length === 0) return [];
  const sums = from(rows)
    .groupby("rule")
    .rollup({milli: op.sum("milli"), count: op.sum("loss")})
    .orderby("milli", desc("count"), "rule")
    .objects() as {rule: string; milli: number; count: number}[];
  const known = new Map(scheme.rules.map((r) => [r.id, r.name]));
  return sums.flatMap(({rule, milli, count}) => {
    const name = known.get(rule);
    return name === undefined ? [] : [{key: rule, name, milli, count}];
  });
}

function byItem(items: readonly ItemRow[], scheme: SchemeFacts): Reason[] {
  const titles = new Map(scheme.items.map((i) => [i.no, i.title ?? `内容${i.no}`]));
  return items
    .flatMap(({item, full_milli, milli}) =>
      milli === null ? [] : [{key: item, name: `${titles.get(item) ?? item}未得`, milli: milli - full_milli, count: 0}]
    )
    .toSorted((a, b) => a.milli - b.milli);
}
