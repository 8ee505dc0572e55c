import {periodOf} from "./facts/period.ts";
import {World} from "./facts/world.ts";
import type {ReferenceInput, RuleSpec, SchemeSpec} from "./input.ts";
import {reference} from "./reference.ts";
import {Day, text} from "./value.ts";

type Cells = Readonly<Record<string, string | number | boolean | null>>;
type Tables = Readonly<Record<string, readonly Cells[]>>;

/** A small office's rows: a town inspected in November 2025; tables given replace its own. */
export function officeRows(tables: Tables = {}): Tables {
  return {unit: [town("T1")], inspection: [inspection("I1", "T1")], ...tables};
}

export function town(unit_code: string, rest: Cells = {}): Cells {
  return {unit_code, unit_name: unit_code, unit_kind: "镇街", ...rest};
}

export function inspection(inspection_id: string, unit_code: string, rest: Cells = {}): Cells {
  return {
    inspection_id,
    unit_code,
    kind: "全面",
    organiser_level: "县级",
    started_on: "2025-11-01",
    ended_on: "2025-11-20",
    ...rest
  };
}

export function finding(finding_id: string, rest: Cells = {}): Cells {
  return {
    finding_id,
    inspection_id: "I1",
    unit_code: "T1",
    layer: "企业",
    item: "6",
    severity: "一般",
    description: "样例",
    found_on: "2025-11-10",
    ...rest
  };
}

/** A scheme of items 1 (80) and 6 (20); rules go to item 6 unless they say otherwise or stand apart. */
export function schemeOf(rules: readonly Partial<RuleSpec>[], rest: Partial<SchemeSpec> = {}): SchemeSpec {
  return {
    applies_to: ["镇街"],
    period: "year",
    start: "full",
    several_inspections: "latest",
    grades: [
      {name: "好", from: 90},
      {name: "较好", from: 80},
      {name: "差", from: 0}
    ],
    items: [
      {no: "1", full: 80},
      {no: "6", full: 20}
    ],
    rules: rules.map((rule, i) => ({
      id: `R${i + 1}`,
      ...(rule.judge ? {} : {over: "finding"}),
      ...(rule.bonus || rule.veto ? {} : {item: "6"}),
      ...rule
    })),
    ...rest
  };
}

/** An input for the end of 2025. */
export function inputOf(tables: Tables, scheme: SchemeSpec, rest: Partial<ReferenceInput> = {}): ReferenceInput {
  return {
    rows: officeRows(tables),
    scheme,
    regime: {counts: [], extended_counts: true, exempt: [], extension_max: 0, cycle: null},
    as_of: "2025-12-31",
    decisions_until: "2026-01-10",
    year: 2025,
    round: null,
    ...rest
  };
}

/** Scores rows under rules, and shows the ledger as short lines. */
export function scored(tables: Tables, scheme: SchemeSpec, rest: Partial<ReferenceInput> = {}) {
  const result = reference(inputOf(tables, scheme, rest));
  const lines = (unit_code = "T1") =>
    result.ledger
      .filter((line) => line.unit_code === unit_code && line.kind !== "基础")
      .map(({kind, item, rule_id, subject, milli}) => [kind, item, rule_id, subject, milli].map((cell) => cell ?? "").join(" "));
  const unit = (unit_code = "T1") => {
    const found = result.units.find((each) => each.unit_code === unit_code);
    if (!found) throw new RangeError(`no unit ${unit_code}`);
    return found;
  };
  return {result, lines, unit};
}

/** One row of a fact view, as text. */
export function factRow(
  tables: Tables,
  grain: string,
  id: string,
  rest: Partial<ReferenceInput> = {}
): Record<string, string | null> {
  const input = inputOf(tables, schemeOf([{deduct: 1}]), rest);
  const as_of = Day.of(input.as_of);
  const world = new World(input, {as_of, heirs_on: as_of, period: periodOf(input)});
  const row = world.rows(grain).find((each) => text(each, `${grain}_id`) === id);
  return Object.fromEntries(Object.keys(row ?? {}).map((column) => [column, row ? text(row, column) : null]));
}
