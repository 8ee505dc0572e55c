import {rollups} from "npm:d3-array";
import {vetoesOf} from "./data.js";
import type {ItemRow, LedgerRow, SchemeFacts, UnitRow} from "./types.js";

/** What cost a unit most. */
export interface Reason {
  /** What a click shows in the ledger. */
  readonly filter: Readonly<Record<string, string>>;
  /** The content whose points were lost, or the veto. */
  readonly name: string;
  /** The rule behind most of it, with the number of its rows where they are counted. */
  readonly mainly: string | null;
  /** Points lost in the end, after caps and 择高返还: negative. */
  readonly milli: number;
}

const LOSSES = ["扣分", "比率", "分档", "同比", "位次", "评议"];

/**
 * Where a unit lost most, dearest first: contents by full points minus what it got, each with the rule that weighs most in
 * it, and 一票否决 by what it took. Losses of contents are those of `score`, after every cap, so nothing is counted twice.
 * Shape: the unit with its own ledger rows and items in, at most `most` reasons out.
 */
export function dearest(
  unit: UnitRow,
  ledger: readonly LedgerRow[],
  items: readonly ItemRow[],
  scheme: SchemeFacts,
  most = 3
): Reason[] {
  const titles = new Map(scheme.items.map((i) => [i.no, i.title ?? `内容${i.no}`]));
  const main = mainRules(ledger, scheme);
  const lost = items.flatMap(({item, full_milli, milli}): Reason[] =>
    milli === null
      ? []
      : [{filter: {item}, name: titles.get(item) ?? item, mainly: main.get(item) ?? null, milli: milli - full_milli}]
  );
  const veto = ledger
    .filter((e) => e.kind === "否决")
    .map(
      (e): Reason => ({
        filter: {kind: e.kind},
        name: `一票否决：${vetoesOf(unit).find((v) => v.rule_id === e.rule_id)?.name ?? ""}`,
        mainly: null,
        milli: e.milli
      })
    );
  return [...veto, ...lost]
    .filter((r) => r.milli < 0)
    .toSorted((a, b) => a.milli - b.milli)
    .slice(0, most);
}

/** Of every content the rule that costs most in it, 择高返还 and the rule's own cap taken off. */
function mainRules(ledger: readonly LedgerRow[], scheme: SchemeFacts): Map<string, string> {
  const names = new Map(scheme.rules.map((r) => [r.id, r.name]));
  const rows = ledger.filter(
    (e) =>
      !e.subject?.endsWith("@原") &&
      e.item !== null &&
      names.has(e.rule_id ?? "") &&
      [...LOSSES, "择高返还", "封顶返还"].includes(e.kind)
  );
  const weigh = (of: readonly LedgerRow[]) => ({
    milli: of.reduce((sum, e) => sum + e.milli, 0),
    count: of.filter((e) => e.kind === "扣分" && e.subject !== null).length
  });
  const items = rollups(
    rows,
    (of) => rollups(of, weigh, (e) => e.rule_id as string),
    (e) => e.item as string
  );
  return new Map(
    items.flatMap(([item, rules]): [string, string][] => {
      const [worst] = rules
        .filter(([, w]) => w.milli < 0)
        .toSorted(([a, x], [b, y]) => x.milli - y.milli || y.count - x.count || (a < b ? -1 : 1));
      return worst ? [[item, `${names.get(worst[0])}${worst[1].count > 0 ? `${worst[1].count}条` : ""}`]] : [];
    })
  );
}
