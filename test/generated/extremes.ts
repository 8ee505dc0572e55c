import type {Case} from "./case.ts";
import {dice} from "./dice.ts";
import type {RuleSpec} from "./scheme.ts";

/** The case with nothing left that applies: every item is 不涉及 by itself, or all its rules are. */
export function nothingApplies(one: Case): Case {
  const d = dice(one.seed);
  const {items, rules} = one.scheme;
  const listed = items.map((i) => i.no);
  const placedIn = (item: string): string => (listed.includes(item) ? item : placedIn(item.slice(0, item.lastIndexOf("."))));
  const isPlaced = (rule: RuleSpec, no: string) => rule.item !== undefined && placedIn(String(rule.item)) === no;
  const silent = new Set(listed.filter((no) => rules.some((r) => isPlaced(r, no)) && d.chance(0.5)));
  return {
    ...one,
    scheme: {
      ...one.scheme,
      items: items.map((item) => (silent.has(item.no) ? item : {...item, applies: d.pick(["false", "1 > 2", "nullif(1, 1) = 1"])})),
      rules: rules.map((rule) =>
        rule.item !== undefined && silent.has(placedIn(String(rule.item))) ? {...rule, applies: "exposure <> exposure"} : rule
      )
    }
  };
}

/** The rules that `vetoed` adds, and what the lowest of them leaves of a score. */
export const VETOES: readonly RuleSpec[] = [
  {id: "VZ-1", name: "否决一", over: "unit", veto: {score: 30}},
  {id: "VA-1", name: "否决二", over: "unit", veto: {score: 30}},
  {id: "VA-2", name: "否决三", over: "unit", veto: {score: 59.99}},
  {id: "VB-1", name: "否决四", over: "unit", veto: {grade_at_most: "差"}},
  {id: "VB-2", name: "否决五", over: "unit", veto: {grade_at_most: "一般"}}
];

/** The case with five vetoes on every unit, two of them alike, and no other vetoes. */
export function vetoed(one: Case): Case {
  const {rules} = one.scheme;
  const grades = [
    {name: "好", from: 20},
    {name: "一般", from: 10},
    {name: "差", from: 0}
  ];
  const others = rules.filter((r) => r.veto === undefined);
  return {...one, rows: {...one.rows, appeal: []}, scheme: {...one.scheme, grades, rules: [...others, ...VETOES]}};
}
