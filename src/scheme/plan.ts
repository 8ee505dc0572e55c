import type {Plan, PlanRule} from "../score/types.ts";
import type {Rule, Scheme} from "./types.ts";

/**
 * The part of a scheme that turns a tally into a score.
 * Shape: plain JSON, without expressions. Units: milli-points.
 * @example planOf(scheme).grades // [{name: "好", from_milli: 90000}, …]
 */
export function planOf(scheme: Scheme): Plan {
  const {id, start, items, rules, caps, bonus_cap_milli, grades} = scheme;
  return {
    scheme: id,
    start,
    items: items.map(({no, title, full_milli}) => ({no, title, full_milli})),
    rules: rules.map(planRule),
    caps,
    bonus_cap_milli,
    grades
  };
}

function planRule({id, placed_item, name, measure, cap_milli}: Rule): PlanRule {
  return {
    id,
    item: placed_item,
    name,
    measure: measure.kind === "deduct" && measure.once ? "once" : measure.kind,
    cap_milli,
    grade_at_most: measure.kind === "veto" ? measure.grade_at_most : null
  };
}
