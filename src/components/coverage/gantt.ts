import {scaleLinear} from "npm:d3-scale";
import {card, h, hashLink, hashState, s} from "../dom.js";
import {isoDay} from "../format.js";
import {type Column, table} from "../table.js";
import {COLOUR, GRADES} from "../theme.js";
import {
  type Bar,
  dayNumber,
  first,
  GAP,
  ganttTeams,
  last,
  type Span,
  type Team,
  teamName,
  visitSpan,
  visitYears
} from "./gantt-lanes.js";
import {stateWord, visitKind} from "./state.js";
import type {CoverageData, CoverageVisit} from "./types.js";
import {unitName} from "./unit-tables.js";

const WIDTH = 1180;
const LEFT = 92;
const LINE = 20;
const HEAD = 24;
const FONT = 12;

const FILLS = {counts: GRADES[1], other: GRADES[0], extended: COLOUR.unscored} as const;

/**
 * Inspections by team over the months: what was planned outlined, what was done filled. The year shown is in the address (`#gantt=2025`).
 * Shape: the page's data in; a section that draws itself anew when the address changes.
 */
export function gantt(data: CoverageData): HTMLElement {
  const {visits, units, space} = data;
  const years = visitYears(visits);
  const body = h("div");
  const draw = () => body.replaceChildren(...chart(data, years, hashState(location.hash).gantt));
  draw();
  addEventListener("hashchange", draw);
  const own = visits.filter((v) => v.extended_from === null);
  const count = (state: CoverageVisit["state"]) => own.filter((v) => v.state === state).length;
  const states = (["已结束", "巡查中", "计划", "过期未进驻"] as const).flatMap((state) =>
    count(state) > 0 ? [`${stateWord(state, space.regime)}${count(state)}次`] : []
  );
  const teams = new Set(own.map(teamName)).size;
  const since = units.some((u) => u.parameter === "cycle") ? "本周期以来" : "本年";
  const extended = visits.length > own.length ? [`上级延伸${visits.length - own.length}次`] : [];
  const title = visits.length === 0 ? "没有巡查安排" : `${since}${teams}个组：${[...states, ...extended].join("，")}`;
  return card(title, "按巡查组排列；虚线框为计划的日期，色块为实际的日期，上级延伸的单列", body, visitTable(data));
}

function chart(data: CoverageData, years: readonly number[], chosen: string | undefined): HTMLElement[] {
  if (years.length === 0) return [h("p", {class: "xh-none"}, "没有记录巡查的日期。")];
  const latest = Number(data.space.as_of.slice(0, 4));
  const year =
    chosen === "all" ? null : (years.find((y) => String(y) === chosen) ?? (years.includes(latest) ? latest : years.at(-1)));
  const whole = {from: dayNumber(`${year}-01-01`), to: dayNumber(`${year}-12-31`)};
  const span = year === null ? (visitSpan(data.visits) ?? whole) : whole;
  const link = (text: string, value: string, isOn: boolean) =>
    h("a", {href: hashLink({gantt: value}), "aria-current": isOn ? "true" : null}, text);
  const links =
    years.length < 2 ? [] : [...years.map((y) => link(`${y}年`, String(y), y === year)), link("全部", "all", year === null)];
  return [h("div", {class: "xh-choices xh-noprint"}, ...links), drawing(data, span), legend(data)];
}

function drawing({visits, space}: CoverageData, span: Span): HTMLElement {
  const x = scaleLinear([span.from, span.to + 1], [LEFT, WIDTH - 4]);
  const label = (v: CoverageVisit) =>
    v.extended_from === null && !v.counts ? `${v.unit_name}（${visitKind(v, space.regime)}）` : v.unit_name;
  const teams = ganttTeams(visits, span, space.as_of, {x, label, width: textWidth, right: WIDTH});
  let top = HEAD;
  const rows = teams.flatMap((team) => {
    const at = top;
    top += team.lines * LINE + 8;
    return teamRow(team, at, {x, space});
  });
  const today = dayNumber(space.as_of) + 1;
  const line =
    today > span.from && today <= span.to + 1
      ? [s("line", {x1: x(today), x2: x(today), y1: HEAD - 4, y2: top, stroke: COLOUR.loss, "stroke-dasharray": "3 2"})]
      : [];
  const said = teams.map((t) => `${t.name}${t.bars.length}次`).join("，");
  return h(
    "figure",
    {class: "xh-scroll", tabindex: 0, "aria-label": "巡查组日程"},
    s(
      "svg",
      {viewBox: `0 0 ${WIDTH} ${top + 2}`, class: "xh-gantt", role: "img", "aria-label": `各巡查组的安排：${said}`},
      ...months(span, x, top),
      ...rows,
      ...line
    )
  );
}

/** Width of a text in the drawing: Han characters are square. */
function textWidth(text: string): number {
  return [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 255 ? FONT : FONT * 0.6), 0);
}

function months(span: Span, x: (day: number) => number, bottom: number): SVGElement[] {
  const from = new Date(span.from * 86_400_000);
  const count = Math.round((span.to + 1 - span.from) / 30.44);
  const every = count <= 18 ? 1 : count <= 48 ? 3 : 12;
  const marks: SVGElement[] = [];
  for (let i = 0; i < count; i++) {
    const day = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + i, 1));
    const month = day.getUTCMonth();
    if (month % every !== 0) continue;
    const at = x(dayNumber(day));
    const text =
      every === 12 || (month === 0 && count > 12) ? `${day.getUTCFullYear()}年${every === 12 ? "" : "1月"}` : `${month + 1}月`;
    marks.push(
      s("line", {x1: at, x2: at, y1: HEAD - 4, y2: bottom, stroke: COLOUR.line}),
      s("text", {x: at + 3, y: 14, "font-size": FONT, fill: COLOUR.ink2}, text)
    );
  }
  return marks;
}

function teamRow(
  {name, bars, lines}: Team,
  top: number,
  {x, space}: {x: (day: number) => number; space: CoverageData["space"]}
): SVGElement[] {
  const bottom = top + lines * LINE + 4;
  return [
    s("text", {x: 0, y: top + 14, "font-size": 13, fill: COLOUR.ink}, name),
    ...bars.map((bar) => barMark(bar, top, x, space)),
    s("line", {x1: 0, x2: WIDTH, y1: bottom, y2: bottom, stroke: COLOUR.line})
  ];
}

function barMark(bar: Bar, top: number, x: (day: number) => number, space: CoverageData["space"]): SVGElement {
  const {visit, label, plan, done, line, isBefore} = bar;
  const y = top + line * LINE;
  const box = (part: Span, attributes: Record<string, string | number | null>) =>
    s("rect", {x: x(part.from), y: y + 3, width: Math.max(4, x(part.to + 1) - x(part.from)), height: 13, ...attributes});
  const late = visit.state === "过期未进驻";
  return s(
    "g",
    {"data-visit": visit.inspection_id ?? ""},
    s("title", {}, visitText(visit, space)),
    ...(done ? [box(done, {fill: fillOf(visit), stroke: COLOUR.ink2, "stroke-width": 0.75})] : []),
    ...(plan
      ? [
          box(plan, {
            fill: "none",
            stroke: late ? COLOUR.loss : COLOUR.ink,
            "stroke-width": late ? 1.5 : 1,
            "stroke-dasharray": "4 2"
          })
        ]
      : []),
    s(
      "text",
      {
        x: isBefore ? x(first(bar)) - GAP : x(last(bar) + 1) + GAP,
        y: y + 14,
        "font-size": FONT,
        fill: COLOUR.ink,
        "text-anchor": isBefore ? "end" : "start"
      },
      label
    )
  );
}

function fillOf({extended_from, counts}: CoverageVisit): string {
  return extended_from !== null ? FILLS.extended : counts ? FILLS.counts : FILLS.other;
}

function visitText(visit: CoverageVisit, {regime}: CoverageData["space"]): string {
  const span = (from: Date | null | undefined, to: Date | null | undefined) => `${isoDay(from) || "？"}至${isoDay(to) || "未结束"}`;
  return [
    `${visit.unit_name}：${visitKind(visit, regime)}，${stateWord(visit.state, regime)}`,
    visit.started_on || visit.ended_on ? `实际${span(visit.started_on, visit.ended_on)}` : "",
    visit.planned_from ? `计划${isoDay(visit.planned_from)}至${isoDay(visit.planned_to)}` : ""
  ]
    .filter(Boolean)
    .join("，");
}

function legend({visits}: CoverageData): HTMLElement {
  const kinds = [
    {name: "算作覆盖的", fill: FILLS.counts, has: visits.some((v) => v.counts && v.extended_from === null)},
    {name: "不算作覆盖的", fill: FILLS.other, has: visits.some((v) => !v.counts && v.extended_from === null)},
    {name: "上级延伸的", fill: FILLS.extended, has: visits.some((v) => v.extended_from !== null)}
  ];
  return h(
    "div",
    {class: "xh-legend"},
    ...kinds.filter((k) => k.has).map(({name, fill}) => h("span", {}, h("i", {style: `background:${fill}`}), name)),
    h("span", {}, h("i", {class: "xh-plan"}), "计划"),
    h("span", {}, h("i", {class: "xh-today"}), "统计截止日")
  );
}

/** 「数据」 of the chart: every inspection as a table. */
function visitTable({visits, space, paged}: CoverageData): HTMLElement {
  const has = (key: keyof CoverageVisit) => visits.some((v) => v[key] !== undefined);
  const all: (Column<CoverageVisit> & {readonly needs?: keyof CoverageVisit})[] = [
    {label: "巡查组", value: teamName, align: "nowrap"},
    {label: "单位", value: (v) => v.unit_name, cell: (v) => unitName(v.covers_code, v.unit_name, paged)},
    {label: "方式", value: (v) => visitKind(v, space.regime), align: "nowrap"},
    {label: "算作覆盖", value: (v) => v.counts},
    {label: "计划开始", value: (v) => isoDay(v.planned_from), align: "nowrap", needs: "planned_from"},
    {label: "计划结束", value: (v) => isoDay(v.planned_to), align: "nowrap", needs: "planned_to"},
    {label: "进驻", value: (v) => isoDay(v.started_on), align: "nowrap", needs: "started_on"},
    {label: "结束", value: (v) => isoDay(v.ended_on), align: "nowrap", needs: "ended_on"},
    {label: "状态", value: (v) => stateWord(v.state, space.regime), align: "nowrap"},
    {label: "巡查编号", value: (v) => v.inspection_id ?? "", align: "nowrap", needs: "inspection_id"}
  ];
  return h(
    "details",
    {},
    h("summary", {}, "数据"),
    table(
      visits,
      all.filter(({needs}) => needs === undefined || has(needs)),
      {file: `${space.id}-巡查安排`, none: "没有巡查。", limit: 20}
    )
  );
}
