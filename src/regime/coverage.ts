import {TABLES} from "../contract/index.ts";
import type {Complaint, Place} from "../fault.ts";
import type {Path} from "../placed-yaml.ts";
import {likelyName} from "../placed-zod.ts";
import {CHECKS, EXPORTS, PAGES} from "./check-names.ts";
import {PARAMETERS} from "./parameters.ts";
import type {Clause, Regime} from "./types.ts";

/** Names that a clause may point to. */
export interface Known {
  readonly parameters: readonly string[];
  readonly checks: readonly string[];
  readonly pages: readonly string[];
  readonly exports: readonly string[];
  /** Tables, and their columns as `table.column`. */
  readonly tables: readonly string[];
}

/** What the program has today. */
export const KNOWN: Known = {
  parameters: Object.keys(PARAMETERS),
  checks: CHECKS.map(({id}) => id),
  pages: PAGES.map(({id}) => id),
  exports: EXPORTS.map(({id}) => id),
  tables: TABLES.flatMap((t) => [t.name, ...t.columns.map((c) => `${t.name}.${c.name}`)])
};

/** Parts of a regime file beside its parameters that answer a clause too. */
const PARTS: Readonly<Record<string, {readonly title: string; readonly has: (regime: Regime) => boolean}>> = {
  items: {title: "巡查内容", has: ({items}) => items.length > 0},
  assessment: {title: "年度考核", has: ({assessment}) => assessment.length > 0},
  organisation: {title: "组织部门", has: ({organisation}) => organisation !== null}
};

const WORDS = {parameter: "参数", check: "检查", page: "页面", export: "导出", table: "数据表"} as const;

/**
 * Clauses that point to something that does not exist.
 * @param at where a part of the file stands, when the text is at hand
 * @example regimeCheck(regime, KNOWN) // []
 */
export function regimeCheck(regime: Regime, known: Known, at: (path: Path) => Place | null = () => null): Complaint[] {
  return regime.clauses.flatMap(({no, answer}, i): Complaint[] => {
    if (answer.kind === "不可计算") return [];
    const {kind, target} = answer;
    const place = at(["clauses", i, "answer", kind]);
    const what = `条款${no}指向的${WORDS[kind]} ${target} `;
    const names = kind === "parameter" ? [...known.parameters, ...Object.keys(PARTS)] : known[`${kind}s`];
    if (!names.includes(target)) {
      const near = likelyName(target, names);
      return [{place, what: `${what}不存在`, advice: near ? `是否指 ${near}？` : "请核对名称，或写 不可计算 并说明理由"}];
    }
    const has = kind !== "parameter" || (PARTS[target]?.has(regime) ?? Object.hasOwn(regime.parameters, target));
    return has ? [] : [{place, what: `${what}在本制度里没有写`, advice: "请先写上这一项"}];
  });
}

/** A clause and what answers it, as `xunheng regime clauses` prints it. */
export interface CoveredClause {
  readonly clause: string;
  readonly title: string;
  readonly kind: Clause["answer"]["kind"];
  readonly target: string | null;
  /** What the target is; for 不可计算 the reason. */
  readonly why: string;
}

/**
 * Every clause of the document with what answers it here.
 * Shape: clauses in the order of the document; `covered` counts those with an answer other than 不可计算.
 */
export function clauseCoverage(regime: Regime): {clauses: CoveredClause[]; covered: number; total: number} {
  const clauses = regime.clauses.map(({no, title, answer}): CoveredClause => {
    if (answer.kind === "不可计算") return {clause: no, title, kind: answer.kind, target: null, why: answer.reason};
    return {clause: no, title, kind: answer.kind, target: answer.target, why: titleOf(answer.kind, answer.target)};
  });
  return {clauses, covered: clauses.filter(({kind}) => kind !== "不可计算").length, total: clauses.length};
}

function titleOf(kind: keyof typeof WORDS, target: string): string {
  switch (kind) {
    case "parameter":
      return PARAMETERS[target]?.title ?? PARTS[target]?.title ?? target;
    case "check":
      return CHECKS.find(({id}) => id === target)?.title ?? target;
    case "page":
      return PAGES.find(({id}) => id === target)?.title ?? target;
    case "export":
      return EXPORTS.find(({id}) => id === target)?.title ?? target;
    case "table": {
      const [name, column] = target.split(".");
      const table = TABLES.find((t) => t.name === name);
      const header = table?.columns.find((c) => c.name === column)?.header;
      return `${table?.title ?? target}${header ? `·${header}` : ""}`;
    }
  }
}
