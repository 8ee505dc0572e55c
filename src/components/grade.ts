import {vetoesOf} from "./data.js";
import {h} from "./dom.js";
import {gradeColour, inkOn} from "./theme.js";
import type {SchemeFacts, UnitRow} from "./types.js";

/** A grade in its colour, always with the word. */
export function gradeMark(grade: string | null, scheme: SchemeFacts): HTMLElement | string {
  if (grade === null) return "";
  const fill = gradeColour(grade, scheme.grades);
  return h("span", {class: "xh-grade", style: `background:${fill};color:${inkOn(fill)}`}, grade);
}

/** What must be said beside a score: 暂定 with its reason, 一票否决 with its name. */
export function unitMarks(unit: UnitRow): HTMLElement {
  const marks = h("span");
  if (unit.provisional) marks.append(h("span", {class: "xh-tag", title: unit.provisional_because}, "暂定"));
  for (const {name, effect} of vetoesOf(unit))
    marks.append(h("span", {class: "xh-tag xh-tag-veto", title: effect}, `否决：${name}`));
  return marks;
}
