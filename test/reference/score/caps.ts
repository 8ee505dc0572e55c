// Steps 2 to 5 and the caps of step 8: what is charged twice or beyond a limit is given back.
//
// Readings taken:
// - highest_of compares a unit's rows with the same value of the column; null is no value and loses to nothing; among rows of one
//   rule the bytewise smallest subject stays;
// - a cap stops a rule's gains as well as its losses (start zero);
// - an item stays between 0 and its full points at either start.

import {milli} from "../fraction.ts";
import type {RuleSpec, SchemeSpec} from "../input.ts";
import type {Charge} from "../rules/cost.ts";
import {compareBytes, groupBy} from "../value.ts";
import {type Line, sumOf} from "./ledger.ts";

/** A charge with its rule and the item it goes to. */
export interface Charged extends Charge {
  readonly rule: RuleSpec;
  readonly item: string | null;
}

/** Step 2: of rows on one thing only the dearest stays. Returns what the others lost. */
export function beaten(charges: readonly Charged[]): Charged[] {
  const rivals = groupBy(
    charges.filter((charge) => charge.rival !== null),
    ({rule, rival}) => JSON.stringify([rule.highest_of, rival])
  );
  return [...rivals.values()].flatMap((group) =>
    group
      .sort((a, b) => b.milli - a.milli || compareBytes(a.rule.id, b.rule.id) || compareBytes(a.subject ?? "", b.subject ?? ""))
      .slice(1)
  );
}

/** Step 3, and a bonus rule's own cap. */
export function ruleCaps(
  rules: readonly {readonly rule: RuleSpec; readonly item: string | null}[],
  lines: readonly Line[]
): Line[] {
  return rules.flatMap(({rule, item}) => {
    if (rule.cap === undefined) return [];
    const excess = beyond(sumOf(lines.filter((line) => line.rule_id === rule.id)), milli(rule.cap));
    return excess === 0 ? [] : [givenBack(item, rule.id, -excess)];
  });
}

/** Step 4, after the rules' own caps. */
export function groupCaps(
  {caps = []}: SchemeSpec,
  rules: readonly {readonly rule: RuleSpec; readonly item: string | null}[],
  lines: readonly Line[]
): Line[] {
  return caps.flatMap(({id, rules: members, cap}) => {
    const excess = beyond(sumOf(lines.filter((line) => members.includes(line.rule_id ?? ""))), milli(cap));
    const item = rules.find(({rule}) => members.includes(rule.id))?.item ?? null;
    return excess === 0 ? [] : [givenBack(item, `cap:${id}`, -excess)];
  });
}

/** Step 5: no item below 0 or above its full points. */
export function itemCaps(items: readonly {readonly no: string; readonly full: number}[], lines: readonly Line[]): Line[] {
  return items.flatMap(({no, full}) => {
    const sum = sumOf(lines.filter((line) => line.item === no));
    const kept = Math.min(Math.max(sum, 0), milli(full));
    return kept === sum ? [] : [givenBack(no, `item:${no}`, kept - sum)];
  });
}

/** The scheme's limit on bonuses. */
export function bonusCap(cap: number | undefined, lines: readonly Line[]): Line[] {
  const excess = cap === undefined ? 0 : beyond(sumOf(lines), milli(cap));
  return excess === 0 ? [] : [givenBack(null, "cap:bonus", -excess)];
}

function givenBack(item: string | null, rule_id: string, milli: number): Line {
  return {kind: "封顶返还", item, rule_id, subject: null, milli};
}

/** The part of a sum that lies beyond a limit, with the sum's sign. */
function beyond(sum: number, limit: number): number {
  return Math.sign(sum) * Math.max(0, Math.abs(sum) - limit);
}
