import {scaleUtc} from "npm:d3-scale";
import {s} from "./dom.js";
import {daysBetween, isoDay} from "./format.js";
import {COLOUR} from "./theme.js";
import type {FindingRow} from "./types.js";

const WIDTH = 720;
const HEIGHT = 92;
const EDGE = 52;
const Y = 46;

/** Width that a label takes, with room beside it. */
const LABEL = 108;

/** Heights at which labels may stand, nearest first: below and above the line, then further away. */
const LANES = [Y + 22, Y - 14, Y + 40, Y - 32] as const;

/**
 * A finding against its clock: 发现 交办 期限 完成 销号 on one line, what came after the deadline dark; an open finding runs
 * to 统计截止日.
 * Shape: one row of the finding mart in, one drawing out, with the same said in words.
 */
export function clockLine(finding: FindingRow, as_of: string): SVGElement {
  const {found_on, handed_on, due_on, done_on, closed_on} = finding;
  const end = done_on ?? new Date(as_of);
  const late = due_on !== null && end > due_on ? {from: due_on, to: end} : null;
  const marks = [
    {name: "发现", day: found_on},
    {name: "交办", day: handed_on},
    {name: late ? `逾期${daysBetween(late.from, late.to)}天，期限` : "期限", day: due_on, due: true},
    {name: "完成", day: done_on},
    {name: "销号", day: closed_on},
    ...(done_on ? [] : [{name: "统计截止", day: new Date(as_of)}])
  ].filter((m): m is {name: string; day: Date; due?: boolean} => m.day !== null && m.day !== undefined);
  const days = marks.map((m) => m.day.getTime());
  const first = found_on ?? new Date(Math.min(...days));
  const x = scaleUtc([Math.min(...days), Math.max(...days)], [EDGE, WIDTH - EDGE]);
  const line = (from: Date, to: Date, colour: string, width: number) =>
    s("line", {x1: x(from), x2: x(to), y1: Y, y2: Y, stroke: colour, "stroke-width": width});
  return s(
    "svg",
    {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      width: "100%",
      style: `max-width:${WIDTH}px`,
      role: "img",
      "aria-label": marks.map((m) => `${m.name}${isoDay(m.day)}`).join("，")
    },
    line(first, new Date(Math.max(...days)), COLOUR.line, 2),
    line(first, end, "#8f959b", 4),
    ...(late ? [line(late.from, late.to, COLOUR.loss, 8)] : []),
    ...marks.map((mark) => shape(x(mark.day), mark.due === true)),
    ...labels(
      marks.map((mark) => ({text: `${mark.name} ${isoDay(mark.day)}`, x: x(mark.day), strong: mark.due === true && late !== null}))
    )
  );
}

function shape(x: number, due: boolean): SVGElement {
  return due
    ? s("line", {x1: x, x2: x, y1: Y - 11, y2: Y + 11, stroke: COLOUR.ink, "stroke-width": 3})
    : s("circle", {cx: x, cy: Y, r: 5, fill: COLOUR.paper, stroke: COLOUR.ink, "stroke-width": 2});
}

/** Labels, each in the nearest lane where it covers no other. */
function labels(texts: readonly {text: string; x: number; strong: boolean}[]): SVGElement[] {
  const taken: {lane: number; from: number; to: number}[] = [];
  return texts.map(({text, x, strong}) => {
    const width = LABEL + Math.max(0, text.length - 13) * 12;
    const from = Math.min(Math.max(0, x - width / 2), WIDTH - width);
    const free = LANES.find((lane) => !taken.some((t) => t.lane === lane && t.from < from + width && from < t.to)) ?? LANES[0];
    taken.push({lane: free, from, to: from + width});
    return s(
      "text",
      {
        x: from + width / 2,
        y: free,
        "text-anchor": "middle",
        "font-size": 12,
        fill: strong ? COLOUR.loss : COLOUR.ink,
        "font-weight": strong ? 600 : 400
      },
      text
    );
  });
}
