import {h} from "../dom.js";

/** A length beside another: how much there is, where it must reach. */
export interface Meter {
  readonly label: string;
  readonly value: number;
  /** The end of the track. */
  readonly full: number;
  /** Where a line marks what is needed; the end of the track if absent. */
  readonly need?: number;
  /** What the numbers say. */
  readonly text: string;
  /** Darker, because somebody has to act. */
  readonly isShort?: boolean;
}

/** A horizontal bar that starts at zero, with its numbers in words; the needed amount is a line across it. */
export function meter({label, value, full, need, text, isShort = false}: Meter): HTMLElement {
  return h(
    "div",
    {class: "xh-meter"},
    h("span", {class: "xh-meter-label"}, label),
    track({value, full, need, isShort}),
    h("span", {class: "xh-num"}, text)
  );
}

/** The bar of a meter alone, for a cell of a table. */
export function track({
  value,
  full,
  need,
  isShort = false
}: Pick<Meter, "value" | "full" | "isShort"> & {readonly need?: number | undefined}): HTMLElement {
  return h(
    "span",
    {class: "xh-track", "aria-hidden": "true"},
    h("i", {class: isShort ? "xh-track-short" : null, style: `width:${percent(value, full)}`}),
    need === undefined ? null : h("b", {style: `left:${percent(need, full)}`})
  );
}

function percent(value: number, full: number): string {
  return `${full <= 0 ? 0 : Math.round(Math.min(1, value / full) * 1000) / 10}%`;
}
