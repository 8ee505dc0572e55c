import {h} from "./dom.js";
import {isoDay} from "./format.js";

type Value = string | number | boolean | Date | null | undefined;

/** A value as a reader expects it: days ISO, yes and no in words, nothing for blanks. */
export function factText(value: Value): string {
  if (value === null || value === undefined || value === "") return "";
  if (value instanceof Date) return isoDay(value);
  if (typeof value === "boolean") return value ? "是" : "否";
  return String(value);
}

/**
 * Facts as a list of names and values; blanks are left out.
 * @example factList([["发现日期", new Date("2025-03-01")], ["问题描述", "……", "wide"]])
 */
export function factList(facts: readonly (readonly [string, Value, "wide"?])[]): HTMLElement {
  return h(
    "dl",
    {class: "xh-facts"},
    ...facts
      .filter(([, value]) => factText(value) !== "")
      .map(([name, value, wide]) => h("div", {class: wide ? "xh-wide" : null}, h("dt", {}, name), h("dd", {}, factText(value))))
  );
}
