import {h} from "./dom.js";

/** One number to look at first; a link to what is behind it. */
export interface Kpi {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  /** What follows the number in smaller type: `/14`, `分`. */
  readonly unit?: string;
  readonly note: string;
  readonly href: string;
}

/** The KPIs of a page in a row. */
export function kpis(list: readonly Kpi[]): HTMLElement {
  return h(
    "div",
    {class: "xh-kpis"},
    ...list.map(({name, label, value, unit, note, href}) =>
      h(
        "a",
        {class: "xh-kpi", href, "data-kpi": name, "data-value": value},
        h("small", {}, label),
        h("span", {class: "xh-value"}, value, unit ? h("i", {}, unit) : null),
        h("small", {}, note)
      )
    )
  );
}
