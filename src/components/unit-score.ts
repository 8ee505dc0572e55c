import type {schemeOf} from "./data.js";
import {card, h, hashLink} from "./dom.js";
import {points, signed} from "./format.js";
import {dearest} from "./reasons.js";
import {table} from "./table.js";
import type {ItemRow, LedgerRow, UnitRow} from "./types.js";
import {extent, waterfall, waterfallSteps} from "./waterfall.js";

/** What the unit got for each content; a content filters the ledger. */
export function itemCard(items: readonly ItemRow[], unit: UnitRow, scheme: ReturnType<typeof schemeOf>): HTMLElement {
  const titles = new Map(scheme.items.map((i) => [i.no, i.title]));
  return table(
    items,
    [
      {
        label: "内容",
        value: (i) => `${i.item} ${titles.get(i.item) ?? ""}`,
        cell: (i) => h("a", {href: hashLink({unit: unit.unit_code, item: i.item})}, `${i.item} ${titles.get(i.item) ?? ""}`)
      },
      {label: "满分", value: (i) => i.full_milli / 1000, cell: (i) => points(i.full_milli), align: "r"},
      {
        label: "得分",
        value: (i) => (i.milli === null ? "不涉及" : i.milli / 1000),
        cell: (i) => (i.milli === null ? "不涉及" : points(i.milli)),
        align: "r"
      },
      {
        label: "失分",
        value: (i) => (i.milli === null ? null : (i.milli - i.full_milli) / 1000),
        cell: (i) =>
          i.milli === null || i.milli === i.full_milli ? "" : h("span", {class: "xh-loss"}, signed(i.milli - i.full_milli)),
        align: "r"
      }
    ],
    {
      file: `${unit.unit_code}-各项得分`,
      title: `${items.filter((i) => i.milli !== null && i.milli < i.full_milli).length}项内容有失分`,
      sub: "点内容只看该项的台账；折算、加分、取整和否决不在各项之内",
      attributes: (i) => ({"data-item": i.item, "data-item-milli": i.milli})
    }
  );
}

/** From full points (or zero) to the score, as a drawing and as a list. */
export function waterfallCard(
  ledger: readonly LedgerRow[],
  items: readonly ItemRow[],
  unit: UnitRow,
  scheme: ReturnType<typeof schemeOf>
): HTMLElement {
  const steps = waterfallSteps(ledger, scheme);
  const {low} = extent(steps);
  const [worst] = dearest(unit, ledger, items, scheme, 1);
  const title = worst
    ? `失分最多的是“${worst.name}”，${signed(worst.milli)}${worst.mainly ? `，主要是${worst.mainly}` : ""}`
    : "没有失分";
  const figure = h("figure", {}, waterfall(steps, {unit: unit.unit_code, width: 640}) as unknown as Node);
  for (const svg of figure.querySelectorAll("svg"))
    svg.setAttribute("style", `${svg.getAttribute("style") ?? ""};max-width:100%;height:auto`);
  const list = h(
    "details",
    {class: "xh-small"},
    h("summary", {}, "数据"),
    ...steps.map((s) =>
      h(
        "div",
        {"data-step": s.name, "data-milli": s.milli},
        `${s.name} ${s.kind === "start" || s.kind === "score" ? points(s.milli) : signed(s.milli)}`
      )
    )
  );
  return card(
    title,
    `从${scheme.start === "full" ? "满分" : "零"}到得分的每一步，单位：分；横轴自${low / 1000}起。各规则先按未封顶的分值列出，择高和封顶退回的另列。点横条只看那一步的台账`,
    figure,
    list
  );
}
