import {factOf} from "../contract/fact.ts";
import type {Expression, Grain, Measure, Rule, Scheme, Template, Value} from "./types.ts";

/** Columns that scoring itself reads in a view, whatever the rules say: whose a row is, whether it counts, whether its due date is known. */
const ALWAYS = ["unit_code", "scored_unit", "is_counted", "due_source"];

/**
 * The columns of a fact view that a scheme's rules read: conditions, points, sentences, dates, and what every rule needs.
 * Shape: names in the view's order; empty when no rule looks at the view (the unit view always is).
 * @example neededColumns(scheme, "finding") // ["finding_id", "inspection_id", "severity", …]
 */
export function neededColumns(scheme: Pick<Scheme, "rules" | "items">, grain: Grain): string[] {
  const rules = scheme.rules.filter((rule) => rule.over === grain);
  const names = new Set([...rules.flatMap(ruleColumns), ...(grain === "unit" ? unitColumns(scheme) : [])]);
  if (names.size === 0) return [];
  for (const name of ALWAYS) names.add(name);
  return factOf(grain).columns.flatMap(({name}) => (names.has(name) ? [name] : []));
}

/** What coverage, peers, divisors and conditions of applicability read of a unit. */
function unitColumns({rules, items}: Pick<Scheme, "rules" | "items">): string[] {
  const applies = [...rules, ...items].flatMap((part) => part.applies?.columns ?? []);
  return ["unit_code", "unit_kind", "peer_group", "exposure", ...applies];
}

function ruleColumns(rule: Rule): string[] {
  const {subject, year_by} = factOf(rule.over ?? "");
  const {where, needs, measure, weight, escalate, because, highest_of} = rule;
  return [
    subject,
    ...["inspection_id", "round_no"],
    ...[rule.year_by, highest_of, weight?.by ?? null].filter((name) => name !== null),
    ...(escalate ? [...escalate.by, ...(year_by ? [year_by] : [])] : []),
    ...[where, needs?.count ?? null, ...measureExpressions(measure)].flatMap((e) => e?.columns ?? []),
    ...(measure.kind === "deduct" || measure.kind === "bonus" ? ("table" in measure.cost ? [measure.cost.by] : []) : []),
    ...(measure.kind === "veto" ? ["is_concluded", "concluded_by", "document_no", "by_office"] : []),
    ...shownColumns(because)
  ];
}

function shownColumns(template: Template | null): string[] {
  return (template ?? []).flatMap((part) => ("column" in part ? [part.column] : []));
}

/** The expressions inside a measure; null stands for every row. */
export function measureExpressions(measure: Measure): (Expression | null)[] {
  switch (measure.kind) {
    case "deduct":
    case "bonus":
      return "expression" in measure.cost ? [measure.cost.expression] : [];
    case "ratio":
      return [measure.of, measure.among];
    case "steps":
    case "change":
    case "percentile":
      return valueExpressions(measure.value);
    default:
      return [];
  }
}

function valueExpressions(value: Value): (Expression | null)[] {
  if ("ratio" in value) return [value.ratio.of, value.ratio.among];
  return ["sum" in value ? value.sum : value.count];
}
