import type {Parameter, Regime} from "../../../src/regime/types.ts";
import type {Dice} from "../../generated/dice.ts";
import {LANDS, landNamed} from "../../generated/land.ts";

/** Parameters that none of the five documents has, or has with such a value. */
const INVENTED: Readonly<Record<string, unknown>> = {
  finding_due: {start: "finding.found_on", length: 45, unit: "days", rest_day: "顺延"},
  extension: {max_times: 1, apply_before_due: true},
  feedback: {column: "inspection.fed_back_on", to: "被巡查单位", start: "inspection.ended_on", length: 5, unit: "workdays"},
  month_quota: {trips: 2},
  year_quota: {places: 3},
  yearly_share: {at_least: 2, unit_kinds: ["镇街", "设区市", "市州", "市县"]},
  team_size: {min: 3, max: 5, leaders: 1, deputies: 1, experts_count: false, by_unit: {济南市: 6}},
  site_time: {start: "inspection.started_on", length: 10, unit: "days", rest_day: "顺延", done: "inspection.ended_on"},
  undated: {length: 1, unit: "months"},
  periodic_report: {every: {length: 1, unit: "months"}, until: "整改完毕"},
  cycle: {years: 1, start: "2024-07-01", extended_counts: true, unit_kinds: ["镇街", "设区市", "市州", "市县"]}
};

/** A regime that says of some things what another document says, or none does. */
export function inventedRegime(d: Dice): Regime {
  const base = landNamed(d.pick(LANDS)).regime;
  const others = LANDS.map((id) => landNamed(id).regime);
  const parameters: Record<string, Parameter> = {...base.parameters};
  for (const name of new Set(others.flatMap((r) => Object.keys(r.parameters)))) {
    const known = others.flatMap((r) => r.parameters[name] ?? []);
    if (d.chance(0.35)) parameters[name] = d.pick(known);
    else if (d.chance(0.08) && name !== "undated") delete parameters[name];
  }
  for (const [name, value] of Object.entries(INVENTED)) {
    if (d.chance(0.7)) continue;
    const like = parameters[name] ?? {...(base.parameters.targets as Parameter), name};
    const first = name === "extension" ? {...(value as object), apply_before_due: d.chance(0.5)} : value;
    parameters[name] = {
      ...like,
      values: [{from: "0001-01-01", value: first}, ...(d.chance(0.3) ? later(d, name, parameters[name]) : [])]
    };
  }
  return {...base, kinds: {专项: "专项巡查", 回头看: "回头看", ...base.kinds}, parameters};
}

/** What the document said before it was invented anew, from some later day on: an amendment. */
function later(d: Dice, name: string, before: Parameter | undefined): Parameter["values"] {
  const value = before?.values.at(-1)?.value;
  const dated = ["report", "rectify_report", "feedback", "undated", "finding_due", "team_size", "site_time", "finding_told"];
  return dated.includes(name) && value !== undefined ? [{from: d.pick(["2025-03-01", "2025-07-01"]), value}] : [];
}
