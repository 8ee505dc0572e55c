import {scaleUtc} from "npm:d3-scale";
import {s} from "./dom.js";
import {daysBetween, isoDay} from "./format.js";
import {COLOUR} from "./theme.js";
import type {FindingRow} from "./types.js";

const WIDTH = 720;
const HEIGHT = 74;
const EDGE = 52;
const Y = 37;

/**
 * A finding against its clock: 发现 交办 期限 完成 销号 on one line, what came after the deadline dark; an open finding runs
 * to 统计截止日.
 * Shape: one row of the finding mart in, one drawing out, with the same said in words.
 */
export function clockLine(finding: FindingRow, as_of: string): SVGElement {
  const {found_on, handed_on, due_on, done_on, closed_on} = finding;
  const end = done_on ?? new Date(as_of);
  const marks = [
    {name: "发现", day: found_on},
    {name: "交办", day: handed_on},
    {name: "期限", day: due_on, due: true},
    {name: "完成", day: done_on},
    {name: "销号", day: closed_on},
    ...(done_on ? [] : [{name: "统计截止", day: new Date(as_of)}])
  ].filter((m): m is {name: string; day: Date; due?: boolean} => m.day !== null && m.day !== undefined);
  const days = marks.map((m) => m.day.getTime());
  const x = scaleUtc([Math.min(...days), Math.max(...days)], [EDGE, WIDTH - EDGE]);
  const late = due_on !== null && end > due_on ? {from: due_on, to: end} : null;
  const line = (from: Date, to: Date, colour: string, width: number) => s("line", {x1: x(from), x2: x(to), y1: Y, y2: Y, stroke: colour, "stroke-width": width});
  return s(
    "svg",
    {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: "100%", style: `max-width:${WIDTH}px`, role: "img", "aria-label": marks.map((m) => `${m.name}${isoDay(m.day)}`).join("，")},
    line(found_on, new Date(Math.max(...days)), COLOUR.line, 2),
    line(found_on, end, "#8f959b", 4),
    ...(late ? [line(late.from, late.to, COLOUR.loss, 8), lateText(late, x)] : []),
    ...marks.flatMap((mark, i) => drawMark(mark, x(mark.day), i))
  );
}

function lateText({from, to}: {from: Date; to: Date}, x: (day: Date) => number): SVGElement {
  const middle = (x(from) + x(to)) / 2;
  return s("text", {x: middle, y: Y - 8, "text-anchor": "middle", "font-size": 12, fill: COLOUR.loss, "font-weight": 600}, `逾期${daysBetween(from, to)}天`);
}

/** Labels alternate below and above, so that neighbours do not cover each other. */
function drawMark({name, day, due}: {name: string; day: Date; due?: boolean}, x: number, i: number): SVGElement[] {
  const below = i % 2 === 0;
  const anchor = x < EDGE * 1.5 ? "start" : x > WIDTH - EDGE * 1.5 ? "end" : "middle";
  const at = anchor === "start" ? x - 6 : anchor === "end" ? x + 6 : x;
  const shape = due
    ? s("line", {x1: x, x2: x, y1: Y - 11, y2: Y + 11, stroke: COLOUR.ink, "stroke-width": 3})
    : s("circle", {cx: x, cy: Y, r: 5, fill: COLOUR.paper, stroke: COLOUR.ink, "stroke-width": 2});
  return [shape, s("text", {x: at, y: below ? Y + 27 : Y - 20, "text-anchor": anchor, "font-size": 12, fill: COLOUR.ink}, `${name} ${isoDay(day)}`)];
}
