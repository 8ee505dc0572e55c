import type {FactView} from "../contract/fact.ts";
import type {Path} from "../placed-yaml.ts";
import type {Context} from "./context.ts";
import {costOf} from "./cost.ts";
import type {HeadSpec, RatioSpec, RuleSpec} from "./schema.ts";
import {changeMeasure, percentileMeasure, stepsMeasure} from "./steps.ts";
import type {Measure} from "./types.ts";

/** The keys that say how a rule counts; a rule has exactly one. */
export const MEASURES = ["deduct", "bonus", "ratio", "steps", "change", "percentile", "judge", "veto"] as const;
export type MeasureKey = (typeof MEASURES)[number];

/** The one measure a rule names; null after a complaint. */
export function measureKey(c: Context, path: Path, spec: RuleSpec): MeasureKey | null {
  const named = MEASURES.filter((key) => spec[key] !== undefined);
  const [first, second] = named;
  if (first === undefined) {
    c.say(path, `规则 ${spec.id} 没有写怎样计分`, `请从 ${MEASURES.join("、")} 中写一个`);
    return null;
  }
  if (second !== undefined) {
    c.sayKey([...path, second], `规则 ${spec.id} 同时写了 ${named.join("、")}`, "一条规则只能有一种计分方式，请拆成几条");
    return null;
  }
  return first;
}

/** A rule's measure, checked; null after a complaint. `view` is null only for judge. */
export async function readMeasure(
  c: Context,
  path: Path,
  spec: RuleSpec,
  key: MeasureKey,
  view: FactView | null,
  head: HeadSpec
): Promise<Measure | null> {
  if (head.start === "zero" && key === "deduct") {
    c.sayKey(
      [...path, "deduct"],
      "start 为 zero 时没有分可扣",
      "请改用 ratio、steps、change、percentile 或 judge，或把 start 改为 full"
    );
  }
  if (key === "judge") return judgeMeasure(c, [...path, "judge"], spec);
  if (key === "veto") return vetoMeasure(c, [...path, "veto"], spec, head);
  if (view === null) return null;
  if (key === "ratio") return ratioMeasure(c, [...path, "ratio"], spec.ratio as RatioSpec, view, head);
  if (key === "steps") return spec.steps ? stepsMeasure(c, [...path, "steps"], spec.steps, view) : null;
  if (key === "change") return spec.change ? changeMeasure(c, [...path, "change"], spec.change, view) : null;
  if (key === "percentile") return spec.percentile ? percentileMeasure(c, [...path, "percentile"], spec.percentile, view) : null;
  const cost = await costOf(c, [...path, key], spec[key] ?? 0, view);
  if (cost === null) return null;
  return key === "bonus" ? {kind: "bonus", cost} : {kind: "deduct", cost, once: spec.once === true};
}

function judgeMeasure(c: Context, path: Path, {judge}: RuleSpec): Measure | null {
  if (!judge) return null;
  const from_milli = c.points([...path, "from"], judge.from);
  const to_milli = c.points([...path, "to"], judge.to);
  if (from_milli >= to_milli) c.say([...path, "to"], `评议的上限${judge.to}不高于下限${judge.from}`, "请把 to 写得比 from 大");
  return {kind: "judge", from_milli, to_milli};
}

function vetoMeasure(c: Context, path: Path, {veto}: RuleSpec, head: HeadSpec): Measure | null {
  if (!veto) return null;
  const {score, grade_at_most = null} = veto;
  if (score === undefined && grade_at_most === null) c.say(path, "一票否决没有写后果", "请写 score: 0 或 grade_at_most: 等次");
  const names = head.grades.map((g) => g.name);
  if (grade_at_most !== null && c.isKnown([...path, "grade_at_most"], grade_at_most, names, "没有等次")) {
    if (grade_at_most === names[0]) c.say([...path, "grade_at_most"], `${grade_at_most}已是最高等次`, "请写较低的等次");
  }
  return {kind: "veto", score_milli: score === undefined ? null : c.points([...path, "score"], score), grade_at_most};
}

async function ratioMeasure(c: Context, path: Path, spec: RatioSpec, view: FactView, head: HeadSpec): Promise<Measure | null> {
  const of = await c.expression([...path, "of"], spec.of, view, "predicate");
  const among = spec.among === undefined ? null : await c.expression([...path, "among"], spec.among, view, "predicate");
  const points_milli = c.points([...path, "points"], spec.points, {positive: true});
  const {target, lose, at_least} = spec;
  if (target !== undefined && at_least !== undefined) {
    c.sayKey([...path, "at_least"], "ratio 同时写了 target 和 at_least", "按比例扣分用 target 和 lose，达不到就不得分用 at_least");
  }
  if ((target === undefined) !== (lose === undefined)) {
    c.say(path, target === undefined ? "ratio 写了 lose 没有写 target" : "ratio 写了 target 没有写 lose", "两个要一起写，或都不写");
  }
  if (lose !== undefined && head.start === "zero") {
    c.sayKey([...path, "lose"], "start 为 zero 时没有分可扣", "请删去 target 和 lose，按比例得分");
  }
  const measure = {
    kind: "ratio" as const,
    points_milli,
    target:
      target === undefined || lose === undefined
        ? null
        : {...c.share([...path, "target"], target), lose_milli: c.points([...path, "lose"], lose, {positive: true})},
    at_least: at_least === undefined ? null : c.share([...path, "at_least"], at_least),
    empty: spec.empty
  };
  return of === null ? null : {...measure, of, among};
}
