import type {Interpretation, Modality, Parameter, ParameterOn, Regime} from "./types.ts";

/**
 * What a breach of a clause is: 违反 where it binds, 提示 where it binds in principle, nothing where it allows.
 * Source: 3-regimes.
 */
export function gradeOf(modality: Modality): "违反" | "提示" | null {
  if (modality === "可以") return null;
  return modality === "原则上" ? "提示" : "违反";
}

/**
 * The regime's parameters on any day: of each the latest value dated that day or earlier.
 * Shape: name and ISO day in; the value, or undefined when the document is silent or not yet in force on that day.
 * @example parameterOn(regime)("report", "2025-03-01") // {start: "inspection.ended_on", length: 10, unit: "workdays", …}
 */
export function parameterOn(regime: Regime): ParameterOn {
  return (name, day) => regime.parameters[name]?.values.findLast(({from}) => from <= day)?.value;
}

/**
 * A value for one unit, where the document names units: `by_unit` replaces the upper limit.
 * @example forUnit({max: 10, by_unit: {"甲市": 12}}, "甲市") // {max: 12}
 */
export function forUnit(value: unknown, unitName: string): unknown {
  if (typeof value !== "object" || value === null || !("by_unit" in value)) return value;
  const {by_unit, ...rest} = value as {by_unit: Readonly<Record<string, number>>};
  return Object.hasOwn(by_unit, unitName) ? {...rest, max: by_unit[unitName]} : rest;
}

/** One line of the rule page: a parameter as it stands on a day. */
export interface ParameterInForce {
  readonly parameter: Parameter;
  /** undefined: not yet in force on that day. */
  readonly value: unknown;
  readonly from: string | null;
  /** Announced for a later day, not yet known. */
  readonly expected: readonly string[];
}

/** All parameters of the regime as they stand on a day, in the order of the file. */
export function parametersOn(regime: Regime, day: string): ParameterInForce[] {
  return Object.values(regime.parameters).map((parameter) => {
    const found = parameter.values.findLast(({from}) => from <= day);
    return {parameter, value: found?.value, from: found?.from ?? null, expected: parameter.expected.filter((d) => d > day)};
  });
}

/** Interpretations that stand behind parameters, to be printed wherever these decided something. */
export function interpretationsUsed(
  regime: Regime,
  names: Iterable<string>
): {readonly parameter: string; readonly clause: string; readonly interpretation: Interpretation}[] {
  return [...new Set(names)].flatMap((name) => {
    const parameter = regime.parameters[name];
    return (parameter?.interpretation ?? []).map((interpretation) => ({
      parameter: name,
      clause: parameter?.clause ?? "",
      interpretation
    }));
  });
}
