import {FACTS, factOf} from "../contract/fact.ts";
import {tableNamed} from "../contract/index.ts";
import {columnTitle} from "./scope-words.ts";
import type {Cost, Expression, Grain, Measure, Rule, Scheme, Value} from "./types.ts";

/** Columns of one fact view that a scheme reads, with what they mean. */
export interface LegendView {
  readonly view: string;
  readonly title: string;
  readonly columns: readonly {readonly name: string; readonly doc: string}[];
}

/** Every expression of a rule over its own view. */
function expressionsOf({where, needs, measure}: Rule): Expression[] {
  return [where, needs?.count, ...inMeasure(measure)].filter((e): e is Expression => e !== null && e !== undefined);
}

function inMeasure(measure: Measure): (Expression | null)[] {
  switch (measure.kind) {
    case "deduct":
    case "bonus":
      return inCost(measure.cost);
    case "ratio":
      return [measure.of, measure.among];
    case "steps":
    case "change":
    case "percentile":
      return inValue(measure.value);
    case "judge":
    case "veto":
      return [];
  }
}

function inCost(cost: Cost): Expression[] {
  return "table" in cost ? [] : [cost.expression];
}

function inValue(value: Value): (Expression | null)[] {
  if ("ratio" in value) return [value.ratio.of, value.ratio.among];
  return ["sum" in value ? value.sum : value.count];
}

/** Columns of its own view that a rule reads: in expressions, tables, dates and reasons; in the view's order. */
function columnsOf(rule: Rule): string[] {
  const {over, year_by, highest_of, measure, weight, escalate, because} = rule;
  if (over === null) return [];
  const cost = measure.kind === "deduct" || measure.kind === "bonus" ? measure.cost : null;
  const named = new Set([
    ...expressionsOf(rule).flatMap((e) => e.columns),
    ...(year_by ? [year_by] : []),
    ...(highest_of ? [highest_of] : []),
    ...(cost && "table" in cost ? [cost.by] : []),
    ...(weight ? [weight.by] : []),
    ...(escalate?.by ?? []),
    ...(because ?? []).flatMap((part) => ("column" in part ? [part.column] : []))
  ]);
  return factOf(over).columns.flatMap(({name}) => (named.has(name) ? [name] : []));
}

/**
 * Columns a rule reads, with short Chinese titles.
 * @example readColumns(rule) // [{name: "severity", title: "严重程度"}, {name: "days_overdue", title: "逾期日历天数"}]
 */
export function readColumns(rule: Rule): {readonly name: string; readonly title: string}[] {
  const {over} = rule;
  return over === null ? [] : columnsOf(rule).map((name) => ({name, title: columnTitle(over, name)}));
}

/** Which other tables a derived column is computed from. */
const FROM: Readonly<Record<string, readonly string[]>> = {
  rectification: [
    ...["given_due_on", "due_source", "done_on", "closed_on", "is_done", "is_closed", "is_due", "state", "days_overdue"],
    ...["last_stage", "last_on", "late_recorded", "due_on"]
  ],
  action: ["transferred", "listed", "summoned"],
  inspection: ["inspection_kind", "inspection_ended_on", "round_no"],
  finding: ["finding_count", "finding_severity"],
  visit: ["visit_count"],
  response: ["responded_on", "response_days_late", "is_responded"]
};

/**
 * Titles of the input tables without which a rule cannot be computed.
 * @example dataWords(rule) // ["问题", "整改"]
 */
export function dataWords(rule: Rule): string[] {
  if (rule.over === null) return [tableNamed("judgement").title];
  const read = columnsOf(rule);
  const others = Object.entries(FROM).filter(
    ([table, columns]) => table !== rule.over && read.some((name) => columns.includes(name) && isDerivedOrDated(rule, name))
  );
  const unit = rule.applies !== null || perExposure(rule.measure) ? ["unit"] : [];
  return [...new Set([rule.over, ...others.map(([table]) => table), ...unit])].map((name) => tableNamed(name).title);
}

/** `due_on` is written in the register and moved by 延期; the same names mean nothing else in other tables. */
function isDerivedOrDated({over}: Rule, name: string): boolean {
  const given = tableNamed(over ?? "").columns.some((c) => c.name === name);
  return !given || (over === "finding" && name === "due_on");
}

function perExposure(measure: Measure): boolean {
  return "value" in measure && measure.value.per !== null;
}

/** Every column that a scheme's rules and conditions read, by view, with its documented meaning. */
export function legendOf(scheme: Scheme): LegendView[] {
  return FACTS.flatMap(({name, grain, title, columns}) => {
    const read = new Set(readOver(scheme, grain as Grain));
    if (read.size === 0) return [];
    return [{view: name, title, columns: columns.flatMap((c) => (read.has(c.name) ? [{name: c.name, doc: c.doc}] : []))}];
  });
}

function readOver({rules, items}: Scheme, grain: Grain): string[] {
  const own = rules.filter((rule) => rule.over === grain).flatMap(columnsOf);
  if (grain !== "unit") return own;
  const applied = [...items, ...rules].flatMap(({applies}) => applies?.columns ?? []);
  return [...own, ...applied, ...(rules.some(({measure}) => perExposure(measure)) ? ["exposure"] : [])];
}
