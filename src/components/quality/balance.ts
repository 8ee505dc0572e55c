import {h} from "../dom.js";
import {table} from "../table.js";
import type {QualityFacts, TableQuality} from "./types.js";
import {some} from "./words.js";

/**
 * Every table with what became of its rows: read = new + unchanged + changed + rejected + skipped. The bar shows which part counts, which
 * waits, and which was rejected.
 */
export function balanceTable({tables}: QualityFacts, file: string): HTMLElement {
  const read = tables.reduce((sum, t) => sum + t.read, 0);
  const columns = [
    {label: "表", value: (t: TableQuality) => t.title, align: "nowrap" as const},
    {label: "读入", value: (t: TableQuality) => t.read, cell: (t: TableQuality) => some(t.read) || "0", align: "r" as const},
    ...number("新增", (t) => t.new),
    ...number("未变", (t) => t.unchanged),
    ...number("变更", (t) => t.changed),
    ...number("退回", (t) => t.rejected, true),
    ...number("跳过", (t) => t.skipped),
    {label: "去向", value: () => null, cell: (t: TableQuality) => bar(t)},
    ...number("计入", (t) => t.in_force),
    ...number("挂起", (t) => t.held, true),
    ...number("撤走", (t) => t.withdrawn, true),
    ...number("截止日后", (t) => t.later)
  ];
  return table(tables, columns, {
    file: `${file}-各表行数`,
    title: `各来源最近一次装入共读${some(read) || "0"}行，每一行都有去向`,
    sub: "读入＝新增＋未变＋变更＋退回＋跳过（合计行、重复的表头和完全相同的行）；计入的行包括以前装入、这次没有变的；截止日后的行已收下，到那一天才看得见",
    csv: columns.filter((c) => c.label !== "去向"),
    attributes: (t) => ({
      "data-table": t.table,
      "data-read": t.read,
      "data-rejected": t.rejected,
      "data-held": t.held,
      "data-withdrawn": t.withdrawn
    })
  });
}

function number(label: string, of: (t: TableQuality) => number, isWork = false) {
  const cell = (t: TableQuality) => (isWork && of(t) > 0 ? h("b", {}, some(of(t))) : some(of(t)));
  return [{label, value: of, cell, align: "r" as const}];
}

/** One bar a table: pale what counts, hatched what waits, dark what was rejected; the numbers stand beside it. */
function bar({in_force, held, rejected}: TableQuality): HTMLElement {
  const whole = in_force + held + rejected;
  const part = (count: number, name: string) =>
    count === 0
      ? null
      : h("i", {class: `xh-fate-${name}`, style: `width:${Math.max(2, Math.round((count / whole) * 1000) / 10)}%`});
  return h("span", {class: "xh-fate", "aria-hidden": "true"}, part(in_force, "in"), part(held, "held"), part(rejected, "out"));
}
