import {stringify} from "yaml";
import {factOf} from "../../src/contract/fact.ts";
import {GRAINS, type Grain} from "../../src/scheme/types.ts";
import {type Dice, dice} from "./dice.ts";
import {Grammar} from "./expression.ts";
import type {Land} from "./land.ts";
import {type MeasureName, measureSpec, type Spec} from "./measure.ts";

/** A scheme as YAML says it. */
export interface SchemeSpec extends Spec {
  readonly id: string;
  readonly applies_to: readonly string[];
  readonly period: "year" | "cycle" | "round";
  readonly start: "full" | "zero";
  readonly items: readonly ItemSpec[];
  readonly rules: readonly RuleSpec[];
}

export interface ItemSpec extends Spec {
  readonly no: string;
  readonly full: number;
}

export interface RuleSpec extends Spec {
  readonly id: string;
  readonly over?: Grain;
}

export interface Wishes {
  /** Also escalate, weight, change and percentile. */
  readonly extended: boolean;
}

/**
 * A valid scheme from a seed: any measures, grains, items, caps, vetoes, in any combination that `scheme check` accepts.
 * @example schemeText(generatedScheme(7, landNamed("mudan-2023"), {extended: true}))
 */
export function generatedScheme(seed: number, land: Land, {extended}: Wishes): SchemeSpec {
  const d = dice(seed);
  const start = d.chance(0.7) ? "full" : "zero";
  const period = d.pick(["year", "year", land.rules.cycle ? "cycle" : "year", "round"] as const);
  const grades = d.pick([
    GRADES,
    GRADES.slice(2),
    [
      {name: "合格", from: 60.005},
      {name: "不合格", from: 0}
    ]
  ]);
  const items = itemSpecs(d, land);
  const rules = comparable(d.times(d.pick([1, 3, 6, 9, 12]), (i) => ruleSpec(d, i, {items, start, grades, extended})));
  const caps = start === "full" || d.chance(0.5) ? capSpecs(d, items, rules) : [];
  const bonus = rules.some((r) => r.bonus !== undefined);
  return {
    id: "generated",
    name: "生成的评分办法",
    document_no: "样例〔2023〕1号",
    issued_by: "样例单位",
    issued_on: "2023-12-20",
    regime: land.regime.id,
    effective_from: "2024-01-01",
    applies_to: d.chance(0.3) ? d.some(land.unit_kinds.slice(0, 3), 1) : land.unit_kinds.slice(0, d.from(1, 2)),
    period,
    start,
    several_inspections: d.pick(["latest", "sum"]),
    uninspected: d.pick(["不评分", "沿用上次", "采用上级结果"]),
    grades,
    items,
    ...(caps.length > 0 ? {caps} : {}),
    ...(bonus || d.chance(0.1) ? {bonus_cap: d.pick([0.5, 2, 5, 10, 1000])} : {}),
    ...(d.chance(0.3) ? {extension: {max_times: d.from(1, 2)}} : {}),
    rules
  };
}

/** A scheme's YAML text. */
export function schemeText(scheme: SchemeSpec): string {
  return stringify(scheme, {aliasDuplicateObjects: false, lineWidth: 0});
}

const GRADES = [
  {name: "好", from: 90},
  {name: "较好", from: 80},
  {name: "一般", from: 60},
  {name: "差", from: 0}
];

/** Items, some of them sub-items; full points sum to 100. */
function itemSpecs(d: Dice, {items}: Land): ItemSpec[] {
  const nos = [...d.some(items, 1), ...(d.chance(0.4) ? ["6.1"] : []), ...(d.chance(0.15) ? ["2.1", "6.1.2"] : [])].slice(0, 9);
  const cuts = [0, ...d.times(nos.length - 1, () => d.from(1, 99_999)), 100_000].toSorted((a, b) => a - b);
  const fulls = nos.map((_, i) => (cuts[i + 1] ?? 0) - (cuts[i] ?? 0));
  // Points that are nothing are no points: the greatest share gives them something.
  const least = fulls.map((full) => Math.max(full, 10));
  const over = least.reduce((a, b) => a + b, 0) - 100_000;
  const most = least.indexOf(Math.max(...least));
  return nos.map((no, i) => {
    const full = ((least[i] ?? 0) - (i === most ? over : 0)) / 1000;
    const applies = d.maybe(0.12, () => new Grammar(d, "unit").condition(1));
    return applies === null ? {no, full} : {no, full, applies};
  });
}

/** Measures by how often they are taken. */
const MEASURES: readonly MeasureName[] = [
  ...(["deduct", "deduct", "deduct", "deduct", "once", "bonus", "bonus", "ratio", "ratio", "ratio"] as const),
  ...(["steps", "steps", "change", "change", "percentile", "percentile", "judge", "veto", "veto"] as const)
];
const GAINS: readonly MeasureName[] = ["ratio", "ratio", "steps", "judge", "bonus", "veto", "change", "percentile"];
const LATER: readonly MeasureName[] = ["change", "percentile"];

interface Around {
  readonly items: readonly ItemSpec[];
  readonly start: "full" | "zero";
  readonly grades: readonly {readonly name: string}[];
  readonly extended: boolean;
}

function ruleSpec(d: Dice, i: number, {items, start, grades, extended}: Around): RuleSpec {
  const name = d.pick((start === "full" ? MEASURES : GAINS).filter((m) => extended || !LATER.includes(m)));
  const grain = d.pick(["finding", "finding", "finding", ...GRAINS] as const);
  const g = new Grammar(d, grain);
  const placed = name === "bonus" || name === "veto" ? {} : {item: itemOf(d, items)};
  const id = `${{deduct: "D", once: "O", judge: "J", veto: "V", bonus: "B"}[name as string] ?? "R"}${d.pick(["", "6-", "x."])}${i}`;
  const head = {id, ...placed, name: d.pick(["规则", "问题'逾期'", "整改：率"]), breach: "三（三）5", basis: "第七条"};
  const applies = d.maybe(0.12, () => ({applies: new Grammar(d, "unit").condition(1)})) ?? {};
  if (name === "judge") return {...head, ...applies, ...measureSpec(d, g, name, {start, grades, extended})};
  return {
    ...head,
    over: grain,
    ...when(d, grain),
    ...(d.maybe(0.5, () => ({where: g.condition()})) ?? {}),
    ...applies,
    ...(d.maybe(0.1, () => ({needs: {count: g.condition(1), at_least: d.from(1, 3)}})) ?? {}),
    ...measureSpec(d, g, name, {start, grades, extended})
  };
}

/** Rules with the same highest_of look at the same rows: the first one says which. */
function comparable(rules: readonly RuleSpec[]): RuleSpec[] {
  const grains = new Map<string, string | undefined>();
  return rules.map((rule) => {
    const {highest_of, ...rest} = rule;
    if (highest_of === undefined) return rule;
    const key = `${rule.bonus === undefined} ${highest_of}`;
    if (!grains.has(key)) grains.set(key, rule.over);
    return grains.get(key) === rule.over ? rule : rest;
  });
}

/** A listed item, or a sub-item that is not listed and whose points go to its parent. */
function itemOf(d: Dice, items: readonly ItemSpec[]): string {
  const {no} = d.pick(items);
  return d.chance(0.2) ? `${no}.${d.from(1, 3)}` : no;
}

/** Which rows by their date. */
function when(d: Dice, grain: Grain): Spec {
  const isDated = factOf(grain).year_by !== null;
  if (!isDated && (grain !== "unit" || d.chance(0.7))) return {};
  const dates = factOf(grain).columns.flatMap((c) =>
    c.type === "DATE" && !/^(report|response)_due_on$/.test(c.name) ? [c.name] : []
  );
  const year_by = grain === "finding" && d.chance(0.3) ? {year_by: "due_on"} : d.chance(0.15) ? {year_by: d.pick(dates)} : {};
  return d.pick([{}, {}, {window: "all"}, {window: {months: d.pick([1, 6, 24])}, ...year_by}, year_by, year_by]);
}

/** Caps over rules of one item each. */
function capSpecs(d: Dice, items: readonly ItemSpec[], rules: readonly RuleSpec[]): Spec[] {
  const listed = items.map((i) => i.no);
  const placedIn = (item: string): string => (listed.includes(item) ? item : placedIn(item.slice(0, item.lastIndexOf("."))));
  const placed = rules.filter((r) => r.item !== undefined);
  return listed.flatMap((no, i) => {
    const mine = placed.filter((r) => placedIn(r.item as string) === no).map((r) => r.id);
    if (mine.length === 0 || d.chance(0.6)) return [];
    return [{id: `C${i}`, rules: d.some(mine, 1), cap: d.pick([0.5, 1, 3, 10, 100])}];
  });
}
