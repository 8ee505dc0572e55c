import type {FactView} from "../contract/fact.ts";
import type {Path} from "../placed-yaml.ts";
import {type Context, columnMeant, offered} from "./context.ts";
import {pointsText} from "./decimal.ts";
import type {CostSpec, WeightSpec} from "./schema.ts";
import {valuesOf} from "./typer.ts";
import type {Cost, Weight} from "./types.ts";

/** What a value is called that a table over free text does not list. */
export const OTHERS = "其他";

/**
 * What a row costs or earns; null after a complaint.
 * Shape: a plain number is an expression too. A table over a column with fixed values lists all of them, one over free text has 其他.
 */
export async function costOf(c: Context, path: Path, spec: CostSpec, view: FactView): Promise<Cost | null> {
  if (typeof spec === "number") {
    const sql = pointsText(c.points(path, spec, {positive: true}));
    return {expression: {text: String(spec), sql, type: sql.includes(".") ? "DECIMAL" : "INTEGER", columns: [], only: {}}};
  }
  if (typeof spec === "string") {
    const expression = await c.expression(path, spec, view, "value");
    return expression && {expression};
  }
  const table = Object.entries(spec.table)
    .map(([value, points]) => ({value, milli: c.points([...path, "table", value], points)}))
    .toSorted((a, b) => (a.value < b.value ? -1 : 1));
  if (isColumn(c, [...path, "by"], spec.by, view)) checkValues(c, path, spec, view);
  return {by: spec.by, table};
}

/** A factor by the value of a column, in thousandths. Values not listed weigh 1, or what 其他 says. */
export function weightOf(c: Context, path: Path, spec: WeightSpec, view: FactView): Weight {
  const table = Object.entries(spec.table)
    .map(([value, factor]) => ({value, milli: c.points([...path, "table", value], factor)}))
    .toSorted((a, b) => (a.value < b.value ? -1 : 1));
  if (isColumn(c, [...path, "by"], spec.by, view)) checkListed(c, path, spec, view);
  return {by: spec.by, table};
}

/** Whether a view documents a column; says so when not. */
export function isColumn(c: Context, path: Path, name: string, view: FactView): boolean {
  const known = view.columns.map((column) => column.name);
  if (known.includes(name)) return true;
  c.say(path, `${view.name} 没有列 ${name}`, `${columnMeant(name, view)}可用列见 xunheng describe ${view.name}`);
  return false;
}

/** The values a table must list; empty when they are not fixed. Says when a column is no text, or a value unknown. */
function checkListed(c: Context, path: Path, {by, table}: WeightSpec, view: FactView): readonly string[] | null {
  if (view.columns.find((column) => column.name === by)?.type !== "VARCHAR") {
    c.say([...path, "by"], `${by} 不是文本列，不能按值列表`, "请改用表达式，如 case when … then … end");
    return null;
  }
  const values = valuesOf(view, by);
  if (values.length === 0) return values;
  for (const value of Object.keys(table).filter((v) => !values.includes(v) && v !== OTHERS)) {
    c.sayKey([...path, "table", value], `${by} 没有取值“${value}”`, offered(value, values));
  }
  return values;
}

function checkValues(c: Context, path: Path, {by, table}: Exclude<CostSpec, number | string>, view: FactView): void {
  const values = checkListed(c, path, {by, table}, view);
  const listed = Object.keys(table);
  if (values === null) return;
  if (values.length === 0) {
    if (!listed.includes(OTHERS)) c.say([...path, "table"], `${by} 的取值不固定，表里没有“${OTHERS}”`, `请加上 ${OTHERS}: 分值`);
    return;
  }
  const missing = values.filter((v) => !listed.includes(v));
  if (missing.length > 0)
    c.say([...path, "table"], `${by} 的取值${missing.map((v) => `“${v}”`).join("")}没有列出`, "请给每个取值写上分值，不扣分的写0");
}
