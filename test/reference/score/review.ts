// 复核: what a decided finding or accident would have cost as first found, and its negation.
//
// Readings taken: the two rows are written for deduct rules (once too, at the row's own cost) of the grain, also when the decision
// changed nothing a rule looks at; a row counts `as first found` with its own severity and unit but in today's rectification;
// both rows carry the subject `<id>@原`, and both go to the unit first charged (its heir), under that unit's own na rules.

import type {World} from "../facts/world.ts";
import type {RuleSpec} from "../input.ts";
import {singleCharge} from "../rules/cost.ts";
import {falls} from "../rules/rows.ts";
import {groupBy, type Row, text} from "../value.ts";
import type {Line} from "./ledger.ts";

/** The facts that a decision changed, as they were first found, by the unit first charged. */
export function changedFacts(first: World): ReadonlyMap<string | null, readonly {grain: string; row: Row}[]> {
  const findings = first.rows("finding").filter((row) => first.appeals.about("问题", text(row, "finding_id")) !== null);
  const accidents = first.rows("accident").filter((row) => {
    const appeal = first.appeals.about("事故", text(row, "accident_id"));
    return appeal !== null && text(appeal, "decision") === "撤销";
  });
  const all = [...findings.map((row) => ({grain: "finding", row})), ...accidents.map((row) => ({grain: "accident", row}))];
  return groupBy(all, ({row}) => text(row, "scored_unit"));
}

/** The rows of a rule about a unit's changed facts; `item` is where the rule's points go. */
export function reviewLines(
  rule: RuleSpec,
  item: string | null,
  facts: readonly {readonly grain: string; readonly row: Row}[],
  first: World
): Line[] {
  if (rule.deduct === undefined) return [];
  return facts
    .filter(({grain, row}) => grain === rule.over && falls(rule, row, first))
    .flatMap(({grain, row}) => {
      const subject = `${text(row, `${grain}_id`)}@原`;
      const cost = singleCharge(rule, row);
      return [
        {kind: "扣分", item, rule_id: rule.id, subject, milli: -cost},
        {kind: "复核", item, rule_id: rule.id, subject, milli: cost}
      ] as const;
    });
}
