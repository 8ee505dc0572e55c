import {card, h, hashLink} from "../dom.js";
import {isoDay} from "../format.js";
import {table} from "../table.js";
import {inkOn} from "../theme.js";
import {tilePlaces} from "../tile-place.js";
import {COVERAGE_STATES, coverageLook, shownState, stateWord} from "./state.js";
import {currentUnits, freeUnits, kindsOf, ruleOf, silence} from "./stretch.js";
import type {CoverageData, CoverageUnit} from "./types.js";
import {unitName} from "./unit-tables.js";

/** Units as tiles by how far they are covered, a grid for each kind; always with the word. */
export function coverageTiles(data: CoverageData): HTMLElement {
  const {units, space} = data;
  const current = currentUnits(units);
  const kinds = kindsOf(current);
  const grids = kinds.flatMap((kind) => {
    const members = current.filter((u) => u.unit_kind === kind);
    return [kinds.length > 1 ? h("h3", {}, `${kind}${members.length}个`) : null, grid(members, data)];
  });
  const free = freeUnits(units);
  if (free.length > 0) grids.push(h("h3", {}, freeTitle(free, data)), grid(free, data));
  const counts = statesOf(current, space.as_of).map(({state, count}) => `${stateWord(state, space.regime)}${count}个`);
  return card(
    `${current.length}个${free.length > 0 ? kindsOf(current).join("、") : "单位"}：${counts.join("，")}`,
    subtitle(data),
    ...grids,
    legend([...current, ...free], data),
    unitTable(data)
  );
}

function freeTitle(free: readonly CoverageUnit[], {units, book}: CoverageData): string {
  const isRound = currentUnits(units)[0]?.parameter === "round";
  return `${kindsOf(free).join("、")}${free.length}个：${isRound ? "不在本轮之列" : `周期${silence(book)}`}，按本年的状态`;
}

/** How many units are in each state that occurs. */
export function statesOf(units: readonly CoverageUnit[], as_of: string): {readonly state: string; readonly count: number}[] {
  return COVERAGE_STATES.flatMap((state) => {
    const count = units.filter((u) => shownState(u, as_of) === state).length;
    return count > 0 ? [{state, count}] : [];
  });
}

function subtitle({units, space, book}: CoverageData): string {
  const first = currentUnits(units)[0];
  const day = `统计截止日${space.as_of}`;
  if (first?.parameter === "cycle")
    return `按本周期的状态着色：${isoDay(first.stretch_from)}至${isoDay(first.stretch_to)}（${ruleOf(book, "cycle")?.clause ?? ""}）；${day}`;
  if (first?.parameter === "round") return `按第${first.round_no}轮的状态着色（${ruleOf(book, "round")?.clause ?? ""}）；${day}`;
  return `${space.regime.words.inspection ?? "巡查"}周期${silence(book)}，按本年的状态着色；${day}`;
}

function grid(units: readonly CoverageUnit[], data: CoverageData): HTMLElement {
  const {grid, place} = tilePlaces(units);
  return h("div", {class: "xh-tiles", style: grid}, ...units.map((unit) => tile(unit, place(unit), data)));
}

function tile(unit: CoverageUnit, place: string, {space, paged}: CoverageData): HTMLElement {
  const state = shownState(unit, space.as_of);
  const {fill, hatch} = coverageLook(state);
  const day = state === "已巡查" ? isoDay(unit.covered_on).slice(0, 7) : "";
  return h(
    paged.has(unit.unit_code) ? "a" : "div",
    {
      class: `xh-tile${hatch ? " xh-hatch" : ""}`,
      href: paged.has(unit.unit_code) ? hashLink({unit: unit.unit_code}, "./unit.html") : null,
      style: `${place}background-color:${fill};color:${inkOn(fill)}`,
      "data-unit": unit.unit_code,
      "data-state": unit.state
    },
    h("b", {}, unit.unit_name),
    h("span", {}, stateWord(state, space.regime)),
    day ? h("span", {}, day) : null,
    unit.is_new ? h("span", {}, "新设") : null
  );
}

function legend(units: readonly CoverageUnit[], {space}: CoverageData): HTMLElement {
  return h(
    "div",
    {class: "xh-legend"},
    ...statesOf(units, space.as_of).map(({state, count}) => {
      const {fill, hatch} = coverageLook(state);
      return h(
        "span",
        {"data-legend": state, "data-count": count},
        h("i", {class: hatch ? "xh-hatch" : null, style: `background-color:${fill}`}),
        `${stateWord(state, space.regime)} ${count}`
      );
    })
  );
}

/** 「数据」 of the map: every unit with what covered it. */
function unitTable({units, space, paged}: CoverageData): HTMLElement {
  const rows = units.filter((u) => u.went_on === null);
  const word = (state: string) => stateWord(state, space.regime);
  const several = new Set(rows.map((u) => isoDay(u.stretch_from))).size > 1;
  return h(
    "details",
    {},
    h("summary", {}, "数据"),
    table(
      rows,
      [
        {label: "单位", value: (u) => u.unit_name, cell: (u) => unitName(u.unit_code, u.unit_name, paged), align: "nowrap"},
        {label: "类别", value: (u) => u.unit_kind, align: "nowrap"},
        {label: "状态", value: (u) => word(shownState(u, space.as_of)), align: "nowrap"},
        {label: "完成日期", value: (u) => isoDay(u.covered_on), align: "nowrap"},
        {label: "巡查编号", value: (u) => u.covering_id ?? u.under_way_id ?? "", align: "nowrap"},
        {label: "本年", value: (u) => word(u.year_state), align: "nowrap"},
        {label: "上级延伸", value: (u) => u.extended_by ?? "", align: "nowrap"},
        {label: "最近一次结束", value: (u) => isoDay(u.last_ended_on), align: "nowrap"},
        ...(several
          ? [
              {
                label: "期间",
                value: (u: CoverageUnit) => `${isoDay(u.stretch_from)}至${isoDay(u.stretch_to)}`,
                align: "nowrap"
              } as const
            ]
          : [])
      ],
      {
        file: `${space.id}-覆盖`,
        none: "没有单位。",
        limit: 50,
        attributes: (u) => ({"data-covered": u.unit_code, "data-state": u.state})
      }
    )
  );
}
