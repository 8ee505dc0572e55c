import {vetoesOf} from "./data.js";
import {h, hashLink} from "./dom.js";
import {points} from "./format.js";
import {COLOUR, gradeColour, inkOn} from "./theme.js";
import {tilePlaces} from "./tile-place.js";
import type {SchemeFacts, UnitRow} from "./types.js";

/**
 * Units as tiles at their place in the grid, coloured by grade, always with the word; a tile opens its unit. A grid instead of
 * a geographic map, because a published map needs an approval number.
 * Shape: the units of one scheme in; without places for all of them, tiles follow the official order.
 */
export function tileGrid(units: readonly UnitRow[], scheme: SchemeFacts): HTMLElement {
  const {grid, place} = tilePlaces(units);
  const tiles = units.map((unit) => tile(unit, scheme, place(unit)));
  return h("div", {}, h("div", {class: "xh-tiles", style: grid}, ...tiles), legend(units, scheme));
}

function tile(unit: UnitRow, scheme: SchemeFacts, place: string): HTMLElement {
  const {fill, hatch} = look(unit, scheme);
  const score = unit.milli === null ? unit.covered : `${points(unit.milli)} ${unit.grade ?? ""}`;
  const marks = [unit.provisional && unit.milli !== null ? "暂定" : "", vetoesOf(unit).length > 0 ? "否决" : ""]
    .filter(Boolean)
    .join(" ");
  return h(
    "a",
    {
      class: `xh-tile${hatch ? " xh-hatch" : ""}`,
      href: hashLink({unit: unit.unit_code}, "./unit.html"),
      style: `${place}background-color:${fill};color:${inkOn(fill)}`,
      "data-unit": unit.unit_code,
      "data-milli": unit.milli ?? ""
    },
    h("b", {}, unit.unit_name),
    h("span", {}, score),
    marks ? h("span", {}, marks) : null
  );
}

function look(unit: UnitRow, scheme: SchemeFacts): {fill: string; hatch: boolean} {
  if (unit.milli !== null) return {fill: gradeColour(unit.grade, scheme.grades), hatch: false};
  if (unit.covered === "当年不再安排") return {fill: COLOUR.paper, hatch: false};
  return {fill: COLOUR.unscored, hatch: unit.covered === "未巡查" || unit.covered === "未反馈"};
}

function legend(units: readonly UnitRow[], scheme: SchemeFacts): HTMLElement {
  const grades = scheme.grades.map(({name}) => ({
    name,
    fill: gradeColour(name, scheme.grades),
    hatch: false,
    count: units.filter((u) => u.grade === name).length
  }));
  const states = ["巡查中", "当年不再安排", "未巡查", "未反馈"].map((covered) => {
    const members = units.filter((u) => u.milli === null && u.covered === covered);
    return {name: covered, ...look({milli: null, covered} as UnitRow, scheme), count: members.length};
  });
  const shown = [...grades, ...states.filter((s) => s.count > 0)];
  return h(
    "div",
    {class: "xh-legend"},
    ...shown.map(({name, fill, hatch, count}) =>
      h(
        "span",
        {"data-legend": name, "data-count": count},
        h("i", {class: hatch ? "xh-hatch" : null, style: `background-color:${fill}`}),
        `${name} ${count}`
      )
    )
  );
}
