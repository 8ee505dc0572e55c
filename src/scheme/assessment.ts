import {FORCES} from "../regime/schema.ts";
import type {Assessment, AssessmentUse} from "../score/assessment.ts";
import type {Milli} from "../score/types.ts";
import {checkClaims} from "./assessment-claims.ts";
import type {Context} from "./context.ts";
import {milliOf} from "./decimal.ts";
import type {HeadSpec} from "./schema.ts";
import type {Cost, Rule, Scheme} from "./types.ts";

type Path = readonly (string | number)[];
export type UseSpec = NonNullable<HeadSpec["assessment"]>["uses"][number];

/** What the uses of a result are read with. */
interface Base {
  readonly c: Context;
  readonly head: HeadSpec;
  readonly rules: readonly Rule[];
  /** All rule ids that occur, also of rules with faults of their own. */
  readonly ids: readonly string[];
  readonly caps: Scheme["caps"];
  readonly items: Scheme["items"];
}

/**
 * The scheme's use in the annual assessment, held against what the regime's clauses allow.
 * Shape: null when the scheme says nothing of it; after a complaint some use without meaning.
 * Source: 4-scheme, The annual assessment.
 */
export function readAssessment(base: Base): Assessment | null {
  const {c, head} = base;
  const {assessment} = head;
  if (!assessment) return null;
  if (c.regime.assessment.length === 0) {
    c.sayKey(["assessment"], `制度 ${c.regime.id} 没有规定用于年度考核`, "请删去 assessment");
    return null;
  }
  const {code, name, full} = assessment.year_indicator;
  const indicator = {code, name, full_milli: c.points(["assessment", "year_indicator", "full"], full, {positive: true})};
  const uses = assessment.uses.map((use, i) => readUse(base, ["assessment", "uses", i], use, indicator.full_milli));
  checkClaims(c, indicator, uses, assessment.uses);
  return {indicator, uses};
}

function readUse(base: Base, path: Path, use: UseSpec, whole: Milli): AssessmentUse {
  const {c, head} = base;
  const whats = c.regime.assessment.map((a) => a.what);
  const isKnown = c.isKnown([...path, "what"], use.what, whats, "制度没有规定这项考核用途");
  const clause = isKnown ? checkForce(c, path, use, head.applies_to) : "";
  for (const [j, kind] of (use.unit_kinds ?? []).entries()) {
    c.isKnown([...path, "unit_kinds", j], kind, head.applies_to, "办法不适用于");
    if (use.unit_kinds?.indexOf(kind) !== j) c.say([...path, "unit_kinds", j], `${kind}写了两次`, "请删去一个");
  }
  const {what, force, unit_kinds = head.applies_to} = use;
  return {what, force, clause, unit_kinds, ...readParts(base, path, use, whole)};
}

/** The clause that gives the power; its force and its unit kinds bind. */
function checkForce(c: Context, path: Path, use: UseSpec, kinds: readonly string[]): string {
  const clauses = c.regime.assessment.filter((a) => a.what === use.what);
  const strongest = Math.max(...clauses.map((a) => FORCES.indexOf(a.force)));
  const allowing = clauses.filter((a) => FORCES.indexOf(a.force) >= FORCES.indexOf(use.force));
  const cited = (some: typeof clauses) => some.map((a) => a.clause).join("、");
  if (allowing.length === 0) {
    const what = `${use.force}强于制度规定的${FORCES[strongest]}（${cited(clauses)}）`;
    c.say([...path, "force"], what, `请改为${FORCES[strongest]}或更弱`);
  }
  const reach = allowing.length > 0 ? allowing : clauses;
  const allowed = new Set(reach.flatMap((a) => a.unit_kinds));
  const beyond = (use.unit_kinds ?? kinds).filter((kind) => !allowed.has(kind));
  if (beyond.length > 0) {
    const where = use.unit_kinds ? "unit_kinds" : "what";
    const advice = use.unit_kinds ? "请从 unit_kinds 中删去" : "请在这一项写 unit_kinds";
    c.say([...path, where], `${use.what}不及于${beyond.join("、")}`, `制度只规定了${[...allowed].join("、")}；${advice}`);
  }
  return cited(reach);
}

function readParts(base: Base, path: Path, use: UseSpec, whole: Milli): Pick<AssessmentUse, "map" | "rule" | "full_milli"> {
  const {c, head} = base;
  const map = Object.entries(use.map ?? {}).map(([code, item]) => ({code, item}));
  if (use.force === "替代" && map.length === 0)
    c.say([...path, use.map ? "map" : "force"], "替代没有写替代哪些考核项", '请写 map，如 map: {A-07: "6"}');
  if (use.force !== "替代" && use.map) c.sayKey([...path, "map"], `map 只用于替代，不能用于${use.force}`, "请删去");
  const items = head.items.map((item) => item.no);
  for (const {code, item} of map) c.isKnown([...path, "map", code], item, items, "办法的 items 里没有内容");
  if (use.force === "替代") {
    if (use.rule !== undefined) c.sayKey([...path, "rule"], "替代按内容折算，不能只用一条规则", "请删去 rule，或把 force 改为纳入");
    if (use.full !== undefined) c.sayKey([...path, "full"], "替代按各考核项自己的满分折算，不写满分", "请删去 full");
    return {map, rule: null, full_milli: null};
  }
  const full_milli = use.full === undefined ? whole : c.points([...path, "full"], use.full, {positive: true});
  const rule = use.rule === undefined ? null : readRuleUse(base, path, use.rule, use.full);
  return {map: [], rule, full_milli};
}

function readRuleUse(base: Base, path: Path, id: string, full: number | undefined): AssessmentUse["rule"] {
  const {c, ids, rules} = base;
  if (!c.isKnown([...path, "rule"], id, ids, "没有规则")) return null;
  if (full === undefined) c.say([...path, "rule"], `没有写规则 ${id} 占多少分`, "请在这一项写 full，如 full: 4");
  const rule = rules.find((r) => r.id === id);
  if (!rule) return null;
  const {kind} = rule.measure;
  if (kind === "bonus" || kind === "veto") {
    const what = `规则 ${id} 是${kind === "bonus" ? "加分" : "否决"}，没有可以折算的满分`;
    c.say([...path, "rule"], what, "请用扣分、比率、分档、同比、位次或评议的规则");
    return null;
  }
  const most_milli = mostOf(rule, base);
  if (most_milli > 0) return {id, name: rule.name, most_milli};
  c.say([...path, "rule"], `规则 ${id} 各档都是0分，没有可以折算的满分`, "请用别的规则");
  return null;
}

/**
 * What a rule can lose at most (start zero: earn): its cap, else what its measure says, else its group's cap, else its item's full
 * points, where 扣完为止 stops it.
 */
function mostOf({id, measure, weight, cap_milli, placed_item}: Rule, {caps, items, head}: Base): Milli {
  if (cap_milli !== null) return cap_milli;
  switch (measure.kind) {
    case "ratio":
      return measure.points_milli;
    case "steps":
    case "change":
    case "percentile":
      return Math.max(0, ...measure.bands.map((band) => band.milli));
    case "judge":
      return measure.to_milli - (head.start === "full" ? measure.from_milli : 0);
    default: {
      if (measure.kind !== "deduct") return 0;
      const group = caps.find((cap) => cap.rules.includes(id))?.cap_milli;
      const full = items.find((item) => item.no === placed_item)?.full_milli ?? 0;
      return Math.min(group ?? full, full, (measure.once && weight === null && onceMost(measure.cost)) || full);
    }
  }
}

/** What a rule charged once takes, where it is written as a number or a table; null where it depends on the row. */
function onceMost(cost: Cost): Milli | null {
  if ("by" in cost) return Math.max(...cost.table.map((line) => line.milli));
  return milliOf(Number(cost.expression.text));
}
