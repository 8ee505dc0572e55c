import {daysBetween} from "../format.js";
import {COLOUR, GRADES, STATES} from "../theme.js";
import type {CoverageData, CoverageUnit, CoverageVisit} from "./types.js";

/** How a state looks: what is done is pale, what is late is dark; what waits is grey, hatched while nobody is there. */
export interface Look {
  readonly fill: string;
  readonly hatch: boolean;
}

const LOOKS: Readonly<Record<string, Look>> = {
  已巡查: {fill: STATES.已整改?.fill ?? GRADES[0], hatch: false},
  巡查中: {fill: COLOUR.unscored, hatch: false},
  未巡查: {fill: COLOUR.unscored, hatch: true},
  当年不再安排: {fill: COLOUR.paper, hatch: false},
  逾期未巡查: {fill: GRADES[3], hatch: false}
};

/** States in the order of a legend. */
export const COVERAGE_STATES = Object.keys(LOOKS);

/** The state that a tile shows: 逾期未巡查 once the last day is over. */
export function shownState({state, next_by}: Pick<CoverageUnit, "state" | "next_by">, as_of: string): string {
  const isLate = next_by !== null && daysBetween(as_of, next_by) < 0;
  return isLate && state !== "已巡查" ? "逾期未巡查" : state;
}

/** The look of a state. Errors: RangeError for a state without one. */
export function coverageLook(state: string): Look {
  const look = LOOKS[state];
  if (!look) throw new RangeError(`状态 ${state} 没有颜色`);
  return look;
}

/** A state in the regime's own word for inspecting: 已巡视（暗访）. */
export function stateWord(state: string, {words}: CoverageData["space"]["regime"]): string {
  return state.replace("巡查", words.inspection ?? "巡查");
}

/** What an inspection is, as the regime names it; who extended it. */
export function visitKind({kind, extended_from}: CoverageVisit, {kinds}: CoverageData["space"]["regime"]): string {
  const own = kinds[kind ?? ""] ?? kind ?? "";
  return extended_from === null ? own : `${extended_from}${extended_from.length === 1 ? "级" : ""}延伸巡查`;
}
