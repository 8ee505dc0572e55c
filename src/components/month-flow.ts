import {scaleBand, scaleLinear} from "npm:d3-scale";
import {h, s} from "./dom.js";
import {isoDay} from "./format.js";
import {COLOUR} from "./theme.js";
import type {FindingRow} from "./types.js";

/** Findings of one month. */
export interface Month {
  readonly month: string;
  readonly found: number;
  readonly done: number;
}

/**
 * How many findings were found and how many put right in each month of a period; each finding once.
 * Shape: rows of the finding mart and two ISO days in; every month between them out, also those without any.
 */
export function monthFlow(findings: readonly FindingRow[], from: string, to: string): Month[] {
  const once = [...new Map(findings.map((f) => [f.finding_id, f])).values()];
  const count = (days: readonly (Date | null | undefined)[], month: string) =>
    days.filter((d) => d && isoDay(d).startsWith(month) && isoDay(d) >= from && isoDay(d) <= to).length;
  const found = once.map((f) => f.found_on);
  const done = once.map((f) => f.done_on);
  return monthsBetween(from, to).map((month) => ({month, found: count(found, month), done: count(done, month)}));
}

function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let day = new Date(`${from.slice(0, 7)}-01`); isoDay(day) <= to; day.setUTCMonth(day.getUTCMonth() + 1))
    months.push(isoDay(day).slice(0, 7));
  return months;
}

const WIDTH = 520;
const HEIGHT = 150;
const BASE = HEIGHT - 20;

/** Two bars a month, 新发现 outlined and 已整改 filled, with their numbers above. */
export function monthFlowChart(months: readonly Month[]): HTMLElement {
  const x = scaleBand(
    months.map((m) => m.month),
    [0, WIDTH]
  ).paddingInner(0.25);
  const y = scaleLinear([0, Math.max(1, ...months.flatMap((m) => [m.found, m.done]))], [BASE, 16]);
  const half = x.bandwidth() / 2;
  const bar = (at: number, value: number, fill: string) =>
    value === 0
      ? []
      : [
          s("rect", {
            x: at,
            y: y(value),
            width: half - 1,
            height: BASE - y(value),
            fill,
            stroke: COLOUR.ink2,
            "stroke-width": 0.75
          }),
          s(
            "text",
            {x: at + half / 2, y: y(value) - 3, "text-anchor": "middle", "font-size": 10.5, fill: COLOUR.ink},
            String(value)
          )
        ];
  const said = months.map((m) => `${m.month}新发现${m.found}条、整改${m.done}条`).join("；");
  return h(
    "figure",
    {},
    s(
      "svg",
      {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: "100%", role: "img", "aria-label": said},
      ...months.flatMap((m) => {
        const at = x(m.month) ?? 0;
        return [
          ...bar(at, m.found, COLOUR.paper),
          ...bar(at + half, m.done, "#7fb6d6"),
          s(
            "text",
            {x: at + half, y: HEIGHT - 5, "text-anchor": "middle", "font-size": 11, fill: COLOUR.ink2},
            `${Number(m.month.slice(5))}月`
          )
        ];
      }),
      s("line", {x1: 0, x2: WIDTH, y1: BASE, y2: BASE, stroke: COLOUR.ink2})
    ),
    h(
      "div",
      {class: "xh-legend"},
      h("span", {}, h("i", {style: "background:#fff"}), "新发现"),
      h("span", {}, h("i", {style: "background:#7fb6d6"}), "完成整改")
    )
  );
}
