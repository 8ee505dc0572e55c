import {inWindow} from "../facts/period.ts";
import type {World} from "../facts/world.ts";
import type {RuleSpec} from "../input.ts";
import {holds} from "../sql/evaluate.ts";
import type {Row} from "../value.ts";

/** Whether a fact falls under a rule: in its window, counted, and as its `where` says. */
export function falls(rule: RuleSpec, row: Row, {sight}: World): boolean {
  return row.is_counted === true && inWindow(rule, row, sight.period, sight.as_of) && holds(rule.where, row);
}

/** The facts of a unit that fall under a rule; none for a rule that runs over nothing. */
export function rowsOf(rule: RuleSpec, unit_code: string, world: World): Row[] {
  if (rule.over === undefined) return [];
  return world.rows(rule.over, unit_code).filter((row) => falls(rule, row, world));
}
