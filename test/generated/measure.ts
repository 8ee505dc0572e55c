import type {Dice} from "./dice.ts";
import type {Grammar} from "./expression.ts";

/** A part of a scheme as YAML says it. */
export type Spec = Readonly<Record<string, unknown>>;

export type MeasureName = "deduct" | "once" | "bonus" | "ratio" | "steps" | "change" | "percentile" | "judge" | "veto";

interface Around {
  readonly start: "full" | "zero";
  readonly grades: readonly {readonly name: string}[];
  readonly extended: boolean;
}

/** What a rule's measure says, with the options that go with it. */
export function measureSpec(d: Dice, g: Grammar, name: MeasureName, {start, grades, extended}: Around): Spec {
  switch (name) {
    case "deduct":
      return {
        deduct: cost(d, g),
        ...optional(d, 0.3, () => ({cap: points(d)})),
        ...optional(d, 0.4, () => ({highest_of: highest(d, g)})),
        ...optional(d, extended ? 0.2 : 0, () => weight(d, g)),
        ...optional(d, extended ? 0.2 : 0, () => escalate(d, g)),
        ...because(d, g)
      };
    case "once":
      return {deduct: cost(d, g), once: true, ...optional(d, extended ? 0.15 : 0, () => weight(d, g)), ...optional(d, 0.2, plain)};
    case "bonus":
      return {bonus: cost(d, g), ...optional(d, 0.3, () => ({highest_of: highest(d, g)})), ...because(d, g)};
    case "ratio":
      return {ratio: ratio(d, g, start), ...optional(d, 0.3, () => ({because: "{den}个中{num}个"}))};
    case "steps":
      return {
        steps: {value: value(d, g), table: bands(d, STEP_BOUNDS, 0), ...optional(d, 0.5, () => empty(d))},
        ...optional(d, 0.3, () => ({because: "{num}/{den}"}))
      };
    case "change":
      return {change: {value: value(d, g), table: bands(d, [-0.5, 0, 0.001, 0.1, 0.5, 1], -1)}, ...optional(d, 0.3, changed)};
    case "percentile":
      return {
        percentile: {
          value: value(d, g),
          better: d.pick(["low", "high"]),
          ...optional(d, 0.5, () => ({within: "peer_group"})),
          table: bands(d, [0.1, 0.2, 0.333333, 0.5, 0.9, 1], 0)
        },
        ...optional(d, 0.3, () => ({because: "{value}，比{den}个中的{num}个好"}))
      };
    case "judge": {
      const from = d.pick([0, 0, 0, 1]);
      return {judge: {from, to: from + d.pick([0.5, 2, 5, 100])}};
    }
    default:
      return {veto: veto(d, grades), ...because(d, g)};
  }
}

const STEP_BOUNDS = [0.1, 0.5, 0.9, 0.95, 1, 2, 5, 40];

function optional(d: Dice, probability: number, make: () => Spec): Spec {
  return d.maybe(probability, make) ?? {};
}

/** Points from almost nothing to far more than all items have. */
function points(d: Dice): number {
  return d.pick([0.001, 0.333, 0.5, 0.5, 1, 2, 3.005, 10, 40, 999_999.999]);
}

function cost(d: Dice, g: Grammar): unknown {
  return d.pick([() => points(d), () => points(d), () => g.value(), () => byTable(d, g, [0, 0.5, 1, 2.345, 30])])();
}

/** A table over all values of a column, or over some texts and 其他. */
function byTable(d: Dice, g: Grammar, choices: readonly number[]): {by: string; table: Record<string, number>} {
  const by = g.column("VARCHAR");
  const {values, isFixed} = g.valuesOf(by);
  const listed = isFixed ? values : [...d.some(values), "其他"];
  return {by, table: Object.fromEntries(listed.map((v) => [v, d.pick(choices)]))};
}

function weight(d: Dice, g: Grammar): Spec {
  return {weight: byTable(d, g, [0, 0.5, 1, 1.001, 2])};
}

function escalate(d: Dice, g: Grammar): Spec {
  const by = [...new Set(d.times(d.from(1, 2), () => g.column("VARCHAR", "BOOLEAN", "DATE")))];
  return {escalate: {by, factor: d.pick([1.5, 2, 3, 10]), at_most: d.pick([1.2, 2, 4, 9.5])}};
}

/** What several rows may be about: a key, another row's key, or a column with few values. */
function highest(d: Dice, g: Grammar): string {
  return d.chance(0.6) ? g.subject() : g.column("VARCHAR", "DATE");
}

function because(d: Dice, g: Grammar): Spec {
  return optional(d, 0.5, () => ({because: `{{演示}} {${g.column()}}，{${g.column()}}`}));
}

function plain(): Spec {
  return {because: "发现此类情形"};
}

function changed(): Spec {
  return {because: "由{base}变为{now}（{num}/{den}）"};
}

function empty(d: Dice): Spec {
  return {empty: d.pick(["na", "full", "zero"])};
}

function ratio(d: Dice, g: Grammar, start: "full" | "zero"): Spec {
  const shape = d.pick(["a", "a", "c", ...(start === "full" ? ["b", "b"] : [])]);
  return {
    of: g.condition(),
    ...optional(d, 0.6, () => ({among: g.condition()})),
    points: points(d),
    ...(shape === "b" ? {target: d.pick([0.5, 0.95, 1, 0.333333]), lose: d.pick([0.001, 0.1, 0.5, 2])} : {}),
    ...(shape === "c" ? {at_least: d.pick([0.5, 0.95, 1, 0.666667])} : {}),
    ...optional(d, 0.6, () => empty(d))
  };
}

function value(d: Dice, g: Grammar): Spec {
  const per = optional(d, 0.3, () => ({per: "exposure"}));
  return d.pick([
    () => ({count: d.chance(0.3) ? true : g.condition(), ...per}),
    () => ({sum: g.value(), ...per}),
    () => ({ratio: {of: g.condition(), ...optional(d, 0.5, () => ({among: g.condition()}))}})
  ])();
}

/** Bands in any order; the lowest begins where values begin. */
function bands(d: Dice, bounds: readonly number[], lowest: number): [number, number][] {
  const froms = [lowest, ...d.some(bounds)];
  const list = froms.map((from): [number, number] => [from, d.pick([0, 0, 0.5, 1, 2.125, 5, 60])]);
  return d.chance(0.5) ? list.toReversed() : list;
}

function veto(d: Dice, grades: readonly {readonly name: string}[]): Spec {
  const lower = grades.slice(1).map((g) => g.name);
  return d.pick([
    () => ({score: d.pick([0, 0, 59.99, 80, 100])}),
    () => ({grade_at_most: d.pick(lower)}),
    () => ({score: d.pick([0, 40]), grade_at_most: d.pick(lower)})
  ])();
}
