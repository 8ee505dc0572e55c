import {scaleLinear} from "npm:d3-scale";
import {type Peers, peersName} from "./data.js";
import {h, hashLink, s} from "./dom.js";
import {points} from "./format.js";
import {gradeMark, unitMarks} from "./grade.js";
import {type Column, table} from "./table.js";
import {COLOUR, gradeColour} from "./theme.js";
import type {SchemeFacts, UnitRow} from "./types.js";

const WIDTH = 420;
const HEIGHT = 18;

/**
 * Peers by rank: score as a bar from zero over the bounds of the grades, ties with the same rank; units without a score stay
 * in, at the end, with their state instead.
 */
export function ranking({scheme, units, ...peers}: Peers, {file, as_of}: {file: string; as_of: string}): HTMLElement {
  const most = Math.max(100_000, ...units.map((u) => u.milli ?? 0));
  const x = scaleLinear([0, most], [0, WIDTH]);
  const columns: Column<UnitRow>[] = [
    {label: "名次", value: (u) => u.rank, cell: (u) => rankCell(u, units), align: "c"},
    {
      label: "单位",
      value: (u) => u.unit_name,
      cell: (u) => h("a", {href: hashLink({unit: u.unit_code}, "./unit.html")}, u.unit_name),
      align: "nowrap"
    },
    {label: "单位编码", value: (u) => u.unit_code, align: "nowrap"},
    {
      label: "得分",
      value: (u) => (u.milli === null ? null : u.milli / 1000),
      cell: (u) => (u.milli === null ? "" : points(u.milli)),
      align: "r"
    },
    {label: "等次", value: (u) => u.grade ?? u.covered, cell: (u) => gradeMark(u.grade, scheme), align: "nowrap"},
    {
      label: bandLabel(scheme),
      value: (u) => u.covered,
      cell: (u) => (u.milli === null ? h("span", {class: "xh-none"}, unscoredText(u)) : bar(u, scheme, x))
    },
    {
      label: "标注",
      value: (u) => [u.provisional ? "暂定" : "", u.provisional_because ?? ""].filter(Boolean).join("："),
      cell: unitMarks
    }
  ];
  return table(units, columns, {
    file: `${file}-${peersName(peers)}`,
    title: `${peersName(peers)}：${message(units)}`,
    sub: `得分从0起，竖线为等次下限；${scheme.name}，统计截止日${as_of}。同分同名次，未计分的单位列在最后，不作0分也不作满分`,
    attributes: (u) => ({"data-unit": u.unit_code, "data-milli": u.milli, "data-rank": u.rank, "data-grade": u.grade})
  });
}

function rankCell(unit: UnitRow, units: readonly UnitRow[]): string {
  if (unit.rank === null) return unit.milli === null ? "—" : "不排名";
  return `${unit.rank}${units.filter((u) => u.rank === unit.rank).length > 1 ? "（并列）" : ""}`;
}

function message(units: readonly UnitRow[]): string {
  const scored = units.filter((u) => u.milli !== null);
  const [first] = scored;
  const last = scored.at(-1);
  if (!first || !last) return `${units.length}个单位均未计分`;
  if (scored.length === 1) return `${first.unit_name}${points(first.milli ?? 0)}分`;
  return `${scored.length}个单位在${points(last.milli ?? 0)}至${points(first.milli ?? 0)}分之间`;
}

/** Why a unit has no score. */
export function unscoredText({covered, covered_because}: UnitRow): string {
  return `${covered}，未计分${covered_because ? `：${covered_because}` : ""}`;
}

function bandLabel({grades}: SchemeFacts): string {
  return grades.map(({name, from_milli}) => `${name}≥${from_milli / 1000}`).join("　");
}

function bar(unit: UnitRow, scheme: SchemeFacts, x: (milli: number) => number): SVGElement {
  const milli = unit.milli ?? 0;
  const bounds = scheme.grades.filter((g) => g.from_milli > 0);
  return s(
    "svg",
    {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      width: "100%",
      height: HEIGHT,
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": `${unit.unit_name}${points(milli)}分`
    },
    s("rect", {
      x: 0,
      y: 3,
      width: Math.max(1, x(milli)),
      height: HEIGHT - 6,
      fill: gradeColour(unit.grade, scheme.grades),
      stroke: COLOUR.ink2,
      "stroke-width": 0.5,
      "vector-effect": "non-scaling-stroke"
    }),
    ...bounds.map((g) =>
      s("line", {
        x1: x(g.from_milli),
        x2: x(g.from_milli),
        y1: 0,
        y2: HEIGHT,
        stroke: COLOUR.ink,
        "stroke-width": 1,
        "stroke-dasharray": "2 2",
        "vector-effect": "non-scaling-stroke"
      })
    )
  );
}
