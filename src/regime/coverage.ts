import {TABLES} from "../contract/index.ts";
import type {Complaint, Place} from "../fault.ts";
import type {Path} from "../placed-yaml.ts";
import {likelyName} from "../placed-zod.ts";
import {CHECKS, checksOf, EXPORTS, PAGES} from "./check-names.ts";
import {PARAMETERS} from "./parameters.ts";
import {citedClauses} from "./references.ts";
import type {Regime} from "./types.ts";

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

/** A day on which all dated values are in force. */
const LAST_DAY = "9999-12-31";

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
    if (kind === "check" && !checksOf(regime, LAST_DAY).some(({id}) => id === target)) {
      const needs = CHECKS.find(({id}) => id === target)?.needs ?? [];
      return [{place, what: `${what}在本制度里不存在`, advice: `它依据参数 ${needs.join("、")}；请先写上，或改指别处`}];
    }
    const has = kind !== "parameter" || (PARTS[target]?.has(regime) ?? Object.hasOwn(regime.parameters, target));
    return has ? [] : [{place, what: `${what}在本制度里没有写`, advice: "请先写上这一项"}];
  });
}

/** A clause and what answers it, as `xunheng regime clauses` prints it. */
export interface CoveredClause {
  readonly clause: string;
  readonly title: string;
  readonly kind: "参数" | "检查" | "页面" | "导出" | "数据表" | "不可计算";
  readonly target: string | null;
  /** What the target is; for 不可计算 the reason. */
  readonly why: string;
  /** Every parameter that cites the clause. */
  readonly parameters: readonly string[];
  /** Every check that exists because of those parameters, and the one that answers the clause. */
  readonly checks: readonly string[];
}

/** A regime's clauses with what answers each, and how many are answered. */
export interface ClauseCoverage {
  readonly clauses: CoveredClause[];
  /** Clauses with an answer other than 不可计算. */
  readonly covered: number;
  readonly total: number;
}

/**
 * Every clause of the document with what answers it here.
 * Shape: clauses in the order of the document; checks are those of the regime as it stands when its last value is in force.
 * @example clauseCoverage(regime).clauses[0] // {clause: "一（一）", title: "指导思想", kind: "不可计算", target: null, …}
 */
export function clauseCoverage(regime: Regime): ClauseCoverage {
  const parameters = Object.values(regime.parameters).map(({name, clause}) => ({name, cited: citedClauses(clause)}));
  const prescribed = checksOf(regime, LAST_DAY);
  const clauses = regime.clauses.map(({no, title, answer}): CoveredClause => {
    const citing = parameters.filter(({cited}) => cited.includes(no)).map(({name}) => name);
    const own = answer.kind === "check" ? answer.target : null;
    const because = prescribed.filter(({id, needs: [first = ""]}) => id === own || citing.includes(first));
    const found = {parameters: citing, checks: because.map(({id}) => id)};
    if (answer.kind === "不可计算") return {clause: no, title, kind: answer.kind, target: null, why: answer.reason, ...found};
    const {kind, target} = answer;
    return {clause: no, title, kind: WORDS[kind], target, why: titleOf(kind, target), ...found};
  });
  return {clauses, covered: clauses.filter(({kind}) => kind !== "不可计算").length, total: clauses.length};
}

function titleOf(kind: keyof typeof WORDS, target: string): string {
  switch (kind) {
    case "parameter":
      return PARAMETERS[target]?.title ?? PARTS[target]?.title ?? target;
    case "check":
      return CHECKS.find(({id}) => id === target)?.title ?? target;
    case "page": {
      const found = PAGES.find(({id}) => id === target);
      return found ? `${found.title}：${found.shows}` : target;
    }
    case "export": {
      const found = EXPORTS.find(({id}) => id === target);
      return found ? `${found.title}（${found.command}）` : target;
    }
    case "table": {
      const [name, column] = target.split(".");
      const table = TABLES.find((t) => t.name === name);
      const header = table?.columns.find((c) => c.name === column)?.header;
      return `${table?.title ?? target}${header ? `·${header}` : ""}`;
    }
  }
}
