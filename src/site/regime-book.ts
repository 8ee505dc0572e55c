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
    clauses: regime.clauses.map(({no, title, answer}) => ({no, title, answer: answerText(answer)}))
  };
}

type Answer = Regime["clauses"][number]["answer"];

function answerText(answer: Answer): string {
  if (answer.kind === "不可计算") return `不可计算：${answer.reason}`;
  const {kind, target} = answer;
  if (kind === "parameter") return SECTIONS[target] ?? `规定：${parameterTitle(target).title}`;
  return `${{check: "检查", page: "页面", export: "导出", table: "台账"}[kind]}：${PAGE_WORDS[target] ?? target}`;
}

/** Parts of a regime that are not parameters. */
const SECTIONS: Readonly<Record<string, string>> = {
  items: "巡查内容",
  assessment: "结果怎样使用：年度考核",
  organisation: "结果怎样使用：组织部门"
};

const PAGE_WORDS: Readonly<Record<string, string>> = {
  regime: "制度",
  coverage: "覆盖",
  unit: "单位",
  score: "得分",
  index: "总览",
  organisation: "组织部参考",
  assessment: "年度考核"
};
