import {stampLines} from "../../release/stamp.ts";
import type {Filling} from "../template/fill.ts";
import type {AssessedIndicator, AssessmentExport} from "./types.ts";

/**
 * The assessment export as a table of the assessment office takes it: points by unit and indicator.
 * Several uses of one indicator are added up; what may not be told is empty.
 */
export function assessmentFilling(all: AssessmentExport): Filling {
  const units = all.schemes.flatMap((scheme) => scheme.units);
  const every = units.flatMap((unit) => unit.indicators);
  const names = new Map(every.map(({code, name}) => [code, name]));
  const byUnit = new Map(units.map((unit) => [unit.unit_code, unit.indicators]));
  const of = (unit: string, code: string) => byUnit.get(unit)?.filter((i) => i.code === code) ?? [];
  const references = new Set(every.filter(({force}) => force === "参考").map(({code}) => code));
  return {
    units: units.map(({unit_code, unit_name}) => ({code: unit_code, name: unit_name})),
    indicators: [...names].map(([code, name]) => ({code, name})),
    points: (unit, code) => sumOf(of(unit, code), (i) => i.points_milli),
    full: (unit, code) => sumOf(of(unit, code), (i) => i.full_milli),
    mark: all.marks.length > 0 ? `【${all.marks.join("】【")}】` : null,
    cautions: [...references].map((code) => `${code} ${names.get(code)}：制度规定为参考，不计入考核得分，请勿列入合计`),
    lines: stampLines(all.stamp)
  };
}

function sumOf(
  indicators: readonly AssessedIndicator[],
  value: (indicator: AssessedIndicator) => number | null
): number | null | undefined {
  if (indicators.length === 0) return undefined;
  const known = indicators.map(value).filter((milli) => milli !== null);
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0);
}
