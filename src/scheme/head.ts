import {factOf} from "../contract/fact.ts";
import {listed} from "../fault.ts";
import type {Context} from "./context.ts";
import {milliOf, pointsText} from "./decimal.ts";
import type {HeadSpec} from "./schema.ts";
import type {Scheme} from "./types.ts";

/** Points that all items together must have. */
const FULL = 100_000;

/** Checks what the head says of itself: regime, unit kinds, period. */
export function checkHead(c: Context, head: HeadSpec): void {
  const {regime} = c;
  if (head.regime !== regime.id) c.say(["regime"], `办法属于制度 ${head.regime}，这里用的是 ${regime.id}`, "请改用该制度的办法");
  for (const [i, kind] of head.applies_to.entries()) {
    c.isKnown(["applies_to", i], kind, regime.unit_kinds, `制度 ${regime.id} 不巡查`);
    if (head.applies_to.indexOf(kind) < i) c.say(["applies_to", i], `${kind}写了两次`, "请删去一个");
  }
  if (head.period === "cycle" && !regime.parameters.cycle) {
    c.say(["period"], `制度 ${regime.id} 没有规定周期`, "请用 year 或 round");
  }
  if (head.bonus_cap !== undefined) c.points(["bonus_cap"], head.bonus_cap, {positive: true});
}

/** Grades, best first, the last from 0. */
export function readGrades(c: Context, {grades, bonus_cap = 0}: HeadSpec): Scheme["grades"] {
  const read = grades.map(({name, from}, i) => ({name, from_milli: c.points(["grades", i, "from"], from)}));
  for (const [i, {name, from_milli}] of read.entries()) {
    const before = read[i - 1];
    if (read.findIndex((g) => g.name === name) < i) c.say(["grades", i, "name"], `等次“${name}”写了两次`, "请改名或删去");
    if (before && from_milli >= before.from_milli) {
      const than = from_milli > before.from_milli ? "高于" : "等于";
      const [own, other] = [from_milli, before.from_milli].map(pointsText);
      c.say(["grades", i, "from"], `第${i + 1}档起点${own}${than}第${i}档${other}`, "请按起点从高到低排列");
    }
  }
  const [top] = read;
  const last = read.at(-1);
  const highest = FULL + Math.round(bonus_cap * 1000);
  if (top && top.from_milli > highest)
    c.say(["grades", 0, "from"], `起点${pointsText(top.from_milli)}高于最高分${pointsText(highest)}`, "请改小");
  if (last && last.from_milli > 0) {
    c.say(["grades", read.length - 1, "from"], `最低一档从${pointsText(last.from_milli)}起，低于它的没有等次`, "请加上从0起的一档");
  }
  return read;
}

/** The items with their full points, which sum to 100. */
export async function readItems(c: Context, {items}: HeadSpec): Promise<Scheme["items"]> {
  const read: Scheme["items"][number][] = [];
  const known = c.regime.items.map((item) => item.no);
  for (const [i, {no, title = null, full, applies}] of items.entries()) {
    const path = ["items", i];
    const parent = /^(\d+)(\.\d+)*$/.exec(no)?.[1] ?? no;
    if (!known.includes(parent)) {
      c.say([...path, "no"], `制度 ${c.regime.id} 没有内容 ${no}`, `可用：${listed(known)}`);
    }
    if (read.some((item) => item.no === no)) c.say([...path, "no"], `内容 ${no} 写了两次`, "请合并成一行");
    const checked = applies === undefined ? null : await c.expression([...path, "applies"], applies, factOf("unit"), "predicate");
    read.push({no, title, full_milli: c.points([...path, "full"], full, {positive: true}), applies: checked});
  }
  const sum = read.reduce((total, item) => total + item.full_milli, 0);
  const isCertain = items.every(({full}) => milliOf(full) !== null);
  if (isCertain && sum !== FULL) c.sayKey(["items"], `各项满分合计${pointsText(sum)}，不是100`, "请调整各项 full");
  return read;
}
