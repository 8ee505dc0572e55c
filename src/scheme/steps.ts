import type {FactView} from "../contract/fact.ts";
import type {Path} from "../placed-yaml.ts";
import type {Context} from "./context.ts";
import {fractionOf} from "./decimal.ts";
import type {ChangeSpec, PercentileSpec, StepsSpec, ValueSpec} from "./schema.ts";
import type {Band, Measure, Value} from "./types.ts";

/** Bands over a number per unit; null after a complaint. Bands come out highest first. */
export async function stepsMeasure(c: Context, path: Path, spec: StepsSpec, view: FactView): Promise<Measure | null> {
  const bands = readBands(c, [...path, "table"], spec.table, 0);
  const value = await readValue(c, [...path, "value"], spec.value, view);
  return value && {kind: "steps", value, bands, empty: spec.empty};
}

/** Bands over the growth of a number against a year earlier, which is never below −1; null after a complaint. */
export async function changeMeasure(c: Context, path: Path, spec: ChangeSpec, view: FactView): Promise<Measure | null> {
  const bands = readBands(c, [...path, "table"], spec.table, -1);
  const value = await readValue(c, [...path, "value"], spec.value, view);
  return value && {kind: "change", value, bands};
}

/** Bands over the share of peers that are strictly worse; null after a complaint. */
export async function percentileMeasure(c: Context, path: Path, spec: PercentileSpec, view: FactView): Promise<Measure | null> {
  const bands = readBands(c, [...path, "table"], spec.table, 0);
  for (const [i, [from]] of spec.table.entries()) {
    if (from > 1)
      c.say(
        [...path, "table", i, 0],
        `第${i + 1}档起点${from}大于1，没有单位能到`,
        "起点是比它差的同类单位所占的比率，百分之九十请写 0.9"
      );
  }
  const value = await readValue(c, [...path, "value"], spec.value, view);
  const {better, within = null} = spec;
  return value && {kind: "percentile", value, better, within, bands};
}

function readBands(c: Context, path: Path, table: StepsSpec["table"], lowest: number): Band[] {
  const bands: Band[] = [];
  for (const [i, [from, points]] of table.entries()) {
    const milli = c.points([...path, i, 1], points);
    const bound = fractionOf(from);
    if (bound === null) c.say([...path, i, 0], `第${i + 1}档起点${from}不能精确计算`, "请写至多六位小数的数");
    else if (bands.some((b) => b.num * bound.den === bound.num * b.den)) {
      c.say([...path, i, 0], `第${i + 1}档起点${from}与前面的档相同`, "每个起点只能有一档");
    } else bands.push({...bound, milli});
  }
  const sorted = bands.toSorted((a, b) => b.num * a.den - a.num * b.den);
  const last = sorted.at(-1);
  if (last && last.num > lowest * last.den) {
    c.say(path, `最低一档从${last.num / last.den}起，低于它的没有分值`, `请加上起点为${lowest}的一档`);
  }
  return sorted;
}

async function readValue(c: Context, path: Path, spec: ValueSpec, view: FactView): Promise<Value | null> {
  const named = (["count", "sum", "ratio"] as const).filter((key) => spec[key] !== undefined);
  if (named.length !== 1) {
    c.say(
      path,
      named.length === 0 ? "value 没有写怎样取数" : `value 同时写了 ${named.join("、")}`,
      "请从 count、sum、ratio 中写一个"
    );
    return null;
  }
  const per = spec.per ?? null;
  if (spec.ratio) {
    if (per) c.sayKey([...path, "per"], "ratio 已是比率，不能再除以 exposure", "请删去 per");
    const of = await c.expression([...path, "ratio", "of"], spec.ratio.of, view, "predicate");
    const {among: written} = spec.ratio;
    const among = written === undefined ? null : await c.expression([...path, "ratio", "among"], written, view, "predicate");
    return of && {ratio: {of, among}, per: null};
  }
  if (spec.sum !== undefined) {
    const sum = await c.expression([...path, "sum"], spec.sum, view, "value");
    return sum && {sum, per};
  }
  // `count: true` counts all rows.
  if (spec.count === true) return {count: null, per};
  const count = await c.expression([...path, "count"], spec.count ?? true, view, "predicate");
  return count && {count, per};
}
