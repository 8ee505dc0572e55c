import {type Complaint, Fault} from "../fault.ts";
import {byPlace, canonicalJson, type Path, type PlacedYaml, parsePlaced} from "../placed-yaml.ts";
import {knownKeys, valueAt, zodComplaints} from "../placed-zod.ts";
import {isParameter, PARAMETERS} from "./parameters.ts";
import {entriesOf, referenceComplaints} from "./references.ts";
import {ANSWERS, type ParameterSpec, type RegimeSpec, regimeSchema} from "./schema.ts";
import type {Clause, Parameter, Regime} from "./types.ts";

/** In force on every date: how 不详 is kept. */
export const ALWAYS = "0001-01-01";

/**
 * Reads a regime file, checks all of it, and gives the only form the core knows.
 * Shape: YAML as in data/regimes; see PARAMETERS for what each parameter may say.
 * Errors: one Fault (exit 2) with every problem found, top of the file first, each with line and column.
 * @example parseRegime(text, "data/regimes/x.yaml").parameters.report?.clause // "三（三）4"
 */
export function parseRegime(text: string, file: string): Regime {
  const {regime, complaints} = readRegime(text, file);
  if (!regime) throw new Fault(2, complaints);
  return regime;
}

/** As parseRegime, without throwing; `placed` tells where each part stands. */
export function readRegime(text: string, file: string): {regime: Regime | null; placed: PlacedYaml; complaints: Complaint[]} {
  const placed = parsePlaced(text, file);
  if (placed.complaints.length > 0) return {regime: null, placed, complaints: placed.complaints.toSorted(byPlace)};
  const shape = regimeSchema.safeParse(placed.value);
  const complaints = [
    ...(shape.success ? [] : zodComplaints(shape.error, placed, knownKeys(regimeSchema))),
    ...valueComplaints(placed),
    ...referenceComplaints(placed)
  ].toSorted(byPlace);
  return {regime: shape.success && complaints.length === 0 ? regimeOf(shape.data, placed.value) : null, placed, complaints};
}

/** Each dated value against the schema of its parameter. */
function valueComplaints(placed: PlacedYaml): Complaint[] {
  return entriesOf(valueAt(placed.value, ["parameters"])).flatMap(([name, parameter]) => {
    if (!isParameter(name)) return [];
    const schema = PARAMETERS[name]?.schema;
    return entriesOf(valueAt(parameter, ["values"])).flatMap(([from, value]) => {
      const result = value === "expected" ? null : schema?.safeParse(value);
      if (!schema || !result?.error) return [];
      return zodComplaints(result.error, below(placed, ["parameters", name, "values", from]), knownKeys(schema));
    });
  });
}

/** A part of a document seen as a document. */
function below(placed: PlacedYaml, top: Path): PlacedYaml {
  return {
    value: valueAt(placed.value, top),
    at: (path) => placed.at([...top, ...path]),
    keyAt: (path) => placed.keyAt([...top, ...path]),
    complaints: []
  };
}

function regimeOf(spec: RegimeSpec, written: unknown): Regime {
  const parameters = Object.entries(spec.parameters as Record<string, ParameterSpec | undefined>);
  return {
    ...spec,
    words: spec.words as Record<string, string>,
    kinds: spec.kinds as Record<string, string>,
    parameters: Object.fromEntries(parameters.flatMap(([name, one]) => (one ? [[name, parameterOf(name, one)]] : []))),
    assessment: spec.assessment ?? [],
    organisation: spec.organisation ? {...spec.organisation, weight: spec.organisation.weight ?? null} : null,
    clauses: spec.clauses.map(clauseOf),
    canonical: canonicalJson(written)
  };
}

function parameterOf(name: string, {clause, modality, word, values, interpretation}: ParameterSpec): Parameter {
  const dated = Object.entries(values).map(([from, value]) => ({from: from === "不详" ? ALWAYS : from, value}));
  dated.sort((a, b) => (a.from < b.from ? -1 : 1));
  return {
    name,
    title: PARAMETERS[name]?.title ?? name,
    clause,
    modality,
    word: word ?? null,
    values: dated.filter(({value}) => value !== "expected"),
    expected: dated.filter(({value}) => value === "expected").map(({from}) => from),
    interpretation: interpretation ?? []
  };
}

function clauseOf({no, title, answer, reason}: RegimeSpec["clauses"][number]): Clause {
  if (answer === "不可计算") return {no, title, answer: {kind: answer, reason: reason ?? ""}};
  const kind = ANSWERS.find((one) => answer[one] !== undefined) ?? "page";
  return {no, title, answer: {kind, target: answer[kind] ?? ""}};
}
