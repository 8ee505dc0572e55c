import {FORCES} from "../regime/schema.ts";
import type {Context} from "./context.ts";
import type {HeadSpec} from "./schema.ts";

/** Holds the scheme's use in the annual assessment against what the regime's clause allows. */
export function checkAssessment(c: Context, head: HeadSpec, ruleIds: readonly string[]): void {
  const {assessment} = head;
  if (!assessment) return;
  if (c.regime.assessment.length === 0) {
    c.sayKey(["assessment"], `制度 ${c.regime.id} 没有规定用于年度考核`, "请删去 assessment");
    return;
  }
  c.points(["assessment", "year_indicator", "full"], assessment.year_indicator.full, {positive: true});
  for (const [i, use] of assessment.uses.entries()) {
    const path = ["assessment", "uses", i];
    const whats = c.regime.assessment.map((a) => a.what);
    if (c.isKnown([...path, "what"], use.what, whats, "制度没有规定这项考核用途")) checkForce(c, path, use, head.applies_to);
    for (const [j, kind] of (use.unit_kinds ?? []).entries()) {
      c.isKnown([...path, "unit_kinds", j], kind, head.applies_to, "办法不适用于");
    }
    checkParts(c, path, use, head, ruleIds);
  }
}

type Use = NonNullable<HeadSpec["assessment"]>["uses"][number];

function checkForce(c: Context, path: readonly (string | number)[], use: Use, kinds: readonly string[]): void {
  const clauses = c.regime.assessment.filter((a) => a.what === use.what);
  const strongest = Math.max(...clauses.map((a) => FORCES.indexOf(a.force)));
  if (FORCES.indexOf(use.force) > strongest) {
    const {clause} = clauses[0] as (typeof clauses)[number];
    c.say([...path, "force"], `${use.force}强于制度规定的${FORCES[strongest]}（${clause}）`, `请改为${FORCES[strongest]}或更弱`);
  }
  const allowed = new Set(clauses.flatMap((a) => a.unit_kinds));
  const beyond = (use.unit_kinds ?? kinds).filter((kind) => !allowed.has(kind));
  if (beyond.length > 0) {
    c.say(
      [...path, "what"],
      `${use.what}不及于${beyond.join("、")}`,
      `制度只规定了${[...allowed].join("、")}；请在这一项写 unit_kinds`
    );
  }
}

function checkParts(c: Context, path: readonly (string | number)[], use: Use, head: HeadSpec, ruleIds: readonly string[]): void {
  if (use.force === "替代" && !use.map) c.say([...path, "force"], "替代没有写替代哪些考核项", '请写 map，如 map: {A-07: "6"}');
  if (use.force !== "替代" && use.map) c.sayKey([...path, "map"], `map 只用于替代，不能用于${use.force}`, "请删去");
  const items = head.items.map((item) => item.no);
  for (const [code, no] of Object.entries(use.map ?? {})) c.isKnown([...path, "map", code], no, items, "办法的 items 里没有内容");
  if (use.rule !== undefined) c.isKnown([...path, "rule"], use.rule, ruleIds, "没有规则");
  if (use.full !== undefined) c.points([...path, "full"], use.full, {positive: true});
}
