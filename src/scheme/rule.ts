import {type FactView, factOf} from "../contract/fact.ts";
import {listed} from "../fault.ts";
import type {Path} from "../placed-yaml.ts";
import {type Context, columnMeant} from "./context.ts";
import {isColumn, weightOf} from "./cost.ts";
import {escalateOf} from "./escalate.ts";
import {type MeasureKey, measureKey, readMeasure} from "./measure.ts";
import type {HeadSpec, RuleSpec} from "./schema.ts";
import {readTemplate} from "./template.ts";
import type {Rule, Template} from "./types.ts";

/** Keys that mean something only over rows; a judgement has none. */
const OVER_ROWS = ["over", "year_by", "window", "where", "needs", "because"] as const;

/** Numbers that the sentence of a figure may show; rows of other measures show their columns. */
const FIGURES: Partial<Record<MeasureKey, readonly string[]>> = {
  ratio: ["num", "den"],
  steps: ["num", "den"],
  change: ["now", "base", "num", "den"],
  percentile: ["value", "num", "den"]
};

/**
 * One rule, checked against the views, the regime and the scheme's head; null when it cannot be used.
 * Errors: all said to the context, each at its place.
 */
export async function readRule(c: Context, path: Path, spec: RuleSpec, head: HeadSpec): Promise<Rule | null> {
  const key = measureKey(c, path, spec);
  const view = viewOf(c, path, spec, key);
  if (key === null || (view === null && key !== "judge")) return null;
  checkKeys(c, path, spec, key);
  const placed_item = placedItem(c, path, spec, key, head);
  if (key === "bonus" && head.bonus_cap === undefined) {
    c.sayKey([...path, "bonus"], "有加分规则而没有加分上限", "请在办法中写 bonus_cap");
  }
  const unit = factOf("unit");
  const measure = await readMeasure(c, path, spec, key, view, head);
  const applies = spec.applies === undefined ? null : await c.expression([...path, "applies"], spec.applies, unit, "predicate");
  const {id, item = null, name, breach = null, basis = null, highest_of = null} = spec;
  const shared = {id, item, placed_item, name, breach, basis, highest_of, applies, place: c.placed.at(path)};
  const cap_milli = spec.cap === undefined ? null : c.points([...path, "cap"], spec.cap, {positive: true});
  if (view === null) {
    const none = {
      over: null,
      year_by: null,
      window: "period",
      where: null,
      needs: null,
      because: null,
      weight: null,
      escalate: null
    } as const;
    return measure && {...shared, ...none, measure, cap_milli};
  }
  if (highest_of !== null) isColumn(c, [...path, "highest_of"], highest_of, view);
  const where = spec.where === undefined ? null : await c.expression([...path, "where"], spec.where, view, "predicate");
  const count = spec.needs ? await c.expression([...path, "needs", "count"], spec.needs.count, view, "predicate") : null;
  const needs = spec.needs && count ? {count, at_least: spec.needs.at_least} : null;
  const because = spec.because === undefined ? null : readBecause(c, [...path, "because"], spec.because, key, spec, view);
  const weight = spec.weight ? weightOf(c, [...path, "weight"], spec.weight, view) : null;
  const escalate = spec.escalate ? escalateOf(c, [...path, "escalate"], spec.escalate, view) : null;
  const {over = null, window = "period"} = spec;
  const year_by = yearBy(c, path, spec, view);
  return measure && {...shared, over, year_by, window, where, needs, measure, weight, escalate, cap_milli, because};
}

function viewOf(c: Context, path: Path, spec: RuleSpec, key: MeasureKey | null): FactView | null {
  if (key === "judge") {
    for (const name of OVER_ROWS.filter((n) => spec[n] !== undefined)) {
      c.sayKey([...path, name], `评议规则不看台账，${name} 没有作用`, "请删去");
    }
    return null;
  }
  if (spec.over !== undefined) return factOf(spec.over);
  if (key !== null) c.say(path, `规则 ${spec.id} 没有写对什么计分`, "请写 over，如 over: finding");
  return null;
}

/** Keys that would be read past in silence are errors: the office meant something by them. */
function checkKeys(c: Context, path: Path, spec: RuleSpec, key: MeasureKey): void {
  if (spec.once !== undefined && key !== "deduct") c.sayKey([...path, "once"], "once 只用于 deduct", "请删去");
  if (spec.cap !== undefined && (key !== "deduct" || spec.once)) {
    c.sayKey(
      [...path, "cap"],
      `cap 只用于按条扣分的 deduct，不能用于${spec.once ? " once" : ` ${key}`}`,
      "请删去；加分的上限写在 bonus_cap"
    );
  }
  if (spec.weight !== undefined && key !== "deduct")
    c.sayKey([...path, "weight"], `weight 只用于 deduct，不能用于 ${key}`, "请删去");
  if (spec.escalate !== undefined && (key !== "deduct" || spec.once)) {
    c.sayKey([...path, "escalate"], `escalate 只用于按条扣分的 deduct，不能用于${spec.once ? " once" : ` ${key}`}`, "请删去");
  }
  if (spec.highest_of === undefined) return;
  if (spec.once) c.sayKey([...path, "highest_of"], "once 只扣一次，不能再写 highest_of", "请删去一个");
  else if (key !== "deduct" && key !== "bonus") {
    c.sayKey([...path, "highest_of"], `highest_of 只用于 deduct 和 bonus，不能用于 ${key}`, "请删去");
  }
}

/** The listed item where a rule's points go. */
function placedItem(c: Context, path: Path, {id, item}: RuleSpec, key: MeasureKey, head: HeadSpec): string | null {
  const at = [...path, "item"];
  if (key === "bonus" || key === "veto") {
    if (item !== undefined) c.sayKey(at, `${key === "bonus" ? "加分" : "否决"}规则不属于任何内容`, "请删去 item");
    return null;
  }
  if (item === undefined) {
    c.say(path, `规则 ${id} 没有写属于哪项内容`, '请写 item，如 item: "6"');
    return null;
  }
  const parts = item.split(".");
  const [parent = item] = parts;
  const above = parts.map((_, i) => parts.slice(0, parts.length - i).join(".")).find((no) => head.items.some((i) => i.no === no));
  if (above !== undefined) return above;
  const isInRegime = c.regime.items.some((i) => i.no === parent);
  const own = head.items.map((i) => i.no);
  const known = c.regime.items.map((i) => i.no);
  if (isInRegime)
    c.say(at, `内容 ${item} 不在办法的 items 里`, `请在 items 里给它满分${own.length > 0 ? `，或改用：${listed(own)}` : ""}`);
  else c.say(at, `制度 ${c.regime.id} 没有内容 ${item}`, `可用：${listed(known)}`);
  return null;
}

function yearBy(c: Context, path: Path, {year_by, window}: RuleSpec, view: FactView): string | null {
  if (year_by === undefined) return window === "all" ? null : view.year_by;
  const at = [...path, "year_by"];
  if (window === "all") c.sayKey(at, "window: all 不看日期，year_by 没有作用", "请删去一个");
  const dates = view.columns.filter((column) => column.type === "DATE").map((column) => column.name);
  if (dates.includes(year_by)) return year_by;
  const isOther = view.columns.some((column) => column.name === year_by);
  if (isOther) c.say(at, `${year_by} 不是日期列`, `可用：${dates.join("、")}`);
  else isColumn(c, at, year_by, view);
  return null;
}

function readBecause(c: Context, path: Path, text: string, key: MeasureKey, spec: RuleSpec, view: FactView): Template {
  const read = readTemplate(text);
  if ("index" in read) {
    c.sayInside(path, text, read.index, read.what, read.advice);
    return [];
  }
  const figures = FIGURES[key];
  const perUnit = figures !== undefined;
  const columns = figures ?? (spec.once ? [] : view.columns.map((column) => column.name));
  for (const [i, part] of read.template.entries()) {
    if (!("column" in part) || columns.includes(part.column)) continue;
    const index = text.indexOf(part.column, read.at[i]);
    if (perUnit)
      c.sayInside(
        path,
        text,
        index,
        `事由里不能用 ${part.column}`,
        `${key} 对应许多行，只有 ${columns.map((name) => `{${name}}`).join("、")}`
      );
    else if (spec.once)
      c.sayInside(path, text, index, `事由里不能用 ${part.column}`, "once 对应许多行，只能写文字，编号会自动附上");
    else
      c.sayInside(
        path,
        text,
        index,
        `${view.name} 没有列 ${part.column}`,
        `${columnMeant(part.column, view)}可用列见 xunheng describe ${view.name}`
      );
  }
  return read.template;
}
