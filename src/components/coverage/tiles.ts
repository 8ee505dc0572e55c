import {card, h, hashLink} from "../dom.js";
import {isoDay} from "../format.js";
import {inkOn} from "../theme.js";
import {tilePlaces} from "../tile-place.js";
import {COVERAGE_STATES, coverageLook, shownState, stateWord} from "./state.js";
import {currentUnits, kindsOf, ruleOf, silence} from "./stretch.js";
import type {CoverageData, CoverageUnit} from "./types.js";

/** Units as tiles by how far they are covered, a grid for each kind; always with the word. */
export function coverageTiles(data: CoverageData): HTMLElement {
  const {units, space} = data;
  const current = currentUnits(units);
  const kinds = kindsOf(current);
  const grids = kinds.flatMap((kind) => {
    const members = current.filter((u) => u.unit_kind === kind);
    return [kinds.length > 1 ? h("h3", {}, `${kind}${members.length}个`) : null, grid(members, data)];
  });
  const counts = statesOf(current, space.as_of).map(({state, count}) => `${stateWord(state, space.regime)}${count}个`);
  return card(`${current.length}个单位：${counts.join("，")}`, subtitle(data), ...grids, legend(current, data));
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
  return `巡查周期${silence(book)}，按本年的状态着色；${day}`;
}

function grid(units: readonly CoverageUnit[], data: CoverageData): HTMLElement {
  const {grid, place} = tilePlaces(units);
  return h("div", {class: "xh-tiles", style: grid}, ...units.map((unit) => tile(unit, place(unit), data)));
}

function tile(unit: CoverageUnit, place: string, {space, paged}: CoverageData): HTMLElement {
  const state = shownState(unit, space.as_of);
  const {fill, hatch} = coverageLook(state);
  const day = state === "已巡查" ? isoDay(unit.covered_on) : "";
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
