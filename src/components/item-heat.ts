import {desc, from, op} from "npm:arquero";
import {scaleQuantize} from "npm:d3-scale";
import {h, hashLink} from "./dom.js";
import {points} from "./format.js";
import {type Column, table} from "./table.js";
import {inkOn} from "./theme.js";
import type {ItemRow, SchemeFacts, UnitRow} from "./types.js";

/** Share of an item's points that was lost, from none to most. */
const SHADES = ["#ffffff", "#fbe9d7", "#f3c08d", "#d9730d", "#7f1d1d"] as const;

/**
 * Items of every scored unit: the points it got, the darker the larger the share it lost; `不涉及` where an item does not apply.
 * Shape: the units of one scheme (in the order to show) and the items of the space in.
 */
export function itemHeat(
  units: readonly UnitRow[],
  items: readonly ItemRow[],
  scheme: SchemeFacts,
  {file}: {file: string}
): HTMLElement {
  const scored = units.filter((u) => u.milli !== null);
  const cells = new Map(items.filter((i) => i.scheme === scheme.id).map((i) => [`${i.unit_code}\n${i.item}`, i]));
  const shade = scaleQuantize<string>([0, 1], SHADES);
  const columns: Column<UnitRow>[] = [
    {
      label: "单位",
      value: (u) => u.unit_name,
      cell: (u) => h("a", {href: hashLink({unit: u.unit_code}, "./unit.html")}, u.unit_name)
    },
    ...scheme.items.map(({no, title, full_milli}): Column<UnitRow> => {
      const at = (u: UnitRow) => cells.get(`${u.unit_code}\n${no}`);
      return {
        label: `${no} ${title ?? ""}（${full_milli / 1000}分）`,
        value: (u) => {
          const milli = at(u)?.milli;
          return milli === null || milli === undefined ? "不涉及" : milli / 1000;
        },
        cell: (u) => heatCell(at(u), u, shade)
      };
    }),
    {label: "得分", value: (u) => (u.milli ?? 0) / 1000, cell: (u) => h("b", {}, points(u.milli ?? 0)), align: "r"}
  ];
  const section = table(scored, columns, {
    file: `${file}-各项得分`,
    title: `${scheme.applies_to.join("、")}各项得分：${heaviest(scored, cells, scheme)}`,
    sub: "格内为该项得分，颜色越深失分占该项满分的比例越大（0—20%—40%—60%—80%—100%）；折算、加分、取整和否决在各项之外，见单位页的台账",
    none: "尚无单位计分。"
  });
  section.querySelector("table")?.classList.add("xh-heat");
  for (const cell of section.querySelectorAll<HTMLElement>("[data-shade]")) {
    const fill = cell.dataset.shade ?? "";
    cell.parentElement?.setAttribute("style", `background:${fill};color:${inkOn(fill)}`);
  }
  return section;
}

function heatCell(item: ItemRow | undefined, unit: UnitRow, shade: (share: number) => string): HTMLElement {
  if (!item || item.milli === null || !item.applies)
    return h("small", {"data-item-of": unit.unit_code, "data-item": item?.item ?? ""}, "不涉及");
  const lost = item.full_milli > 0 ? (item.full_milli - item.milli) / item.full_milli : 0;
  const fill = lost <= 0 ? SHADES[0] : shade(Math.min(0.999, Math.max(0.2001, lost)));
  return h(
    "a",
    {
      href: hashLink({unit: unit.unit_code, item: item.item}, "./unit.html"),
      style: "color:inherit",
      "data-shade": fill,
      "data-item-of": unit.unit_code,
      "data-item": item.item,
      "data-milli": item.milli
    },
    points(item.milli)
  );
}

/** Which item lost the largest share over all units. */
function heaviest(units: readonly UnitRow[], cells: ReadonlyMap<string, ItemRow>, scheme: SchemeFacts): string {
  const codes = new Set(units.map((u) => u.unit_code));
  const rows = [...cells.values()].filter((i) => i.milli !== null && codes.has(i.unit_code));
  if (rows.length === 0) return "尚无得分";
  const [worst] = from(rows)
    .groupby("item")
    .rollup({full: op.sum("full_milli"), got: op.sum("milli")})
    .derive({share: (d: {full: number; got: number}) => (d.full - d.got) / d.full})
    .orderby(desc("share"), "item")
    .objects() as {item: string; share: number}[];
  if (!worst || worst.share <= 0) return "没有失分";
  const title = scheme.items.find((i) => i.no === worst.item)?.title ?? `内容${worst.item}`;
  return `“${title}”失分比例最大，占满分的${(100 * worst.share).toFixed(1)}%`;
}
