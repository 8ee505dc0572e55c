import {CHECKS} from "../regime/check-names.ts";
import {clauseCoverage} from "../regime/coverage.ts";
import {PARAMETERS} from "../regime/parameters.ts";
import {parametersOn} from "../regime/resolve.ts";
import type {Regime} from "../regime/types.ts";
import {parameterTitle, valueLines} from "./words.ts";

/** A day that stands for 不详: in force on every date. */
const ALWAYS = "0001-01-01";

/**
 * A regime as the page 制度 shows it: every parameter that any regime may have, in words, and those on which this document
 * is silent.
 * Shape: the checked regime and a day in; plain JSON out, dates ISO, null for a date the document does not state.
 */
export function regimeBook(regime: Regime, day: string) {
  const inForce = new Map(parametersOn(regime, day).map((p) => [p.parameter.name, p]));
  const {
    id,
    title,
    document_no,
    authority,
    text,
    adopted_on,
    issued_on,
    effective_on,
    words,
    kinds,
    unit_kinds,
    items,
    assessment
  } = regime;
  return {
    ...{id, title, document_no, authority, text, adopted_on, issued_on, effective_on, words, kinds, unit_kinds, items, assessment},
    organisation: regime.organisation,
    parameters: Object.keys(PARAMETERS).map((name) => {
      const found = inForce.get(name);
      const {title, doc} = parameterTitle(name);
      if (!found) return {name, title, doc, silent: true};
      const {parameter, value, from, expected} = found;
      return {
        name,
        title,
        doc,
        silent: false,
        clause: parameter.clause,
        modality: parameter.modality,
        word: parameter.word,
        from: from === ALWAYS ? null : from,
        lines: value === undefined ? [] : valueLines(value),
        earlier: parameter.values
          .filter((v) => v.from < (from ?? ""))
          .map((v) => ({from: v.from === ALWAYS ? null : v.from, lines: valueLines(v.value)})),
        later: parameter.values.filter((v) => v.from > day).map((v) => ({from: v.from, lines: valueLines(v.value)})),
        expected,
        interpretation: parameter.interpretation
      };
    }),
    clauses: bookClauses(regime)
  };
}

/** Every clause with what answers it in words, the parameters taken from it and the checks it asks for. */
function bookClauses(regime: Regime) {
  const order = Object.keys(PARAMETERS);
  return clauseCoverage(regime).clauses.map(({clause: no, title, kind, target, why, parameters, checks}) => ({
    ...{no, title, kind, target},
    answer: `${kind}：${why}`,
    parameters: parameters.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)),
    checks: CHECKS.filter(({id}) => checks.includes(id)).map((c) => ({id: c.id, title: c.title}))
  }));
}
