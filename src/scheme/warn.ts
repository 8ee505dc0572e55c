import {citedClauses} from "../regime/references.ts";
import type {Regime} from "../regime/types.ts";
import {measureExpressions} from "./needed.ts";
import {areDisjoint} from "./only.ts";
import type {Expression, Rule, Scheme, SchemeWarning} from "./types.ts";

/**
 * What `scheme check` warns of: allowed, but worth a thought.
 * Shape: warnings in the order of the file.
 * @example schemeWarnings(scheme, regime).map((w) => w.what)
 */
export function schemeWarnings(scheme: Scheme, regime: Regime): SchemeWarning[] {
  const byRule = scheme.rules.flatMap((rule, i) =>
    [
      twice(rule, scheme.rules.slice(0, i)),
      enterprise(rule, scheme),
      unconfirmed(rule),
      undated(rule),
      unnamedClause(rule, regime),
      beyondItem(rule, scheme)
    ].flatMap((what) => (what === null ? [] : [{place: rule.place, what}]))
  );
  const file = scheme.rules[0]?.place.file ?? scheme.id;
  return [...byScheme(scheme).map((what) => ({place: {file}, what})), ...byRule];
}

function byScheme(scheme: Scheme): string[] {
  const warnings: string[] = [];
  const judged = sum(scheme.rules.map(({measure: m}) => (m.kind === "judge" ? m.to_milli - m.from_milli : 0)));
  if (judged > 20_000) warnings.push(`评议共${judged / 1000}分，超过满分的20%；请减少靠人打分的部分`);
  const conditional = sum(scheme.items.map((item) => (item.applies ? item.full_milli : 0)));
  if (conditional > 40_000) warnings.push(`可能不涉及的内容共${conditional / 1000}分，超过满分的40%；折算后单位之间难以相比`);
  const missing = [
    ...(scheme.document_no ? [] : ["文号（document_no）"]),
    ...(scheme.issued_by ? [] : ["印发机关（issued_by）"]),
    ...(scheme.issued_on ? [] : ["印发日期（issued_on）"]),
    ...(scheme.effective_from ? [] : ["施行日期（effective_from）"])
  ];
  if (missing.length > 0) warnings.push(`没有写${missing.join("、")}；未正式印发的办法不能用于审定结果`);
  const {issued_on, effective_from} = scheme;
  if (issued_on && effective_from && effective_from < issued_on) {
    warnings.push(`施行日期${effective_from}早于印发日期${issued_on}；办法不溯及既往`);
  }
  return warnings;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}

/** Whether a rule takes points row by row. */
function isPerRow({measure}: Rule): boolean {
  return measure.kind === "deduct" && !measure.once;
}

function twice(rule: Rule, before: readonly Rule[]): string | null {
  if (!isPerRow(rule)) return null;
  const others = before.filter(
    (other) =>
      isPerRow(other) &&
      other.over === rule.over &&
      (rule.highest_of === null || other.highest_of !== rule.highest_of) &&
      !areDisjoint(rule.where?.only ?? {}, other.where?.only ?? {})
  );
  if (others.length === 0) return null;
  return `规则 ${rule.id} 与 ${others.map((o) => o.id).join("、")} 可能对同一对象重复扣分；请写相同的 highest_of，或使条件互不重叠`;
}

function enterprise(rule: Rule, scheme: Scheme): string | null {
  if (rule.over !== "finding" || !isPerRow(rule)) return null;
  const layers = rule.where?.only.layer;
  if (layers && !layers.includes("企业")) return null;
  const isBounded = rule.cap_milli !== null || scheme.caps.some((cap) => cap.rules.includes(rule.id));
  if (isBounded || expressionsOf(rule).some((e) => e.columns.includes("fault"))) return null;
  return `规则 ${rule.id} 把企业的问题记到被巡查单位，没有封顶也不看责任认定；请写 cap、条件 fault，或改按点位比率`;
}

function unconfirmed(rule: Rule): string | null {
  if (rule.over !== "tip") return null;
  const outcomes = rule.where?.only.outcome;
  if (outcomes?.length === 1 && outcomes[0] === "查实") return null;
  if (rule.where?.columns.includes("is_confirmed")) return null;
  return `规则 ${rule.id} 对未查实的举报也计分；请在 where 中写 outcome = '查实'`;
}

const LATE = ["days_overdue", "is_due", "state"];

function undated(rule: Rule): string | null {
  if (rule.over !== "finding" || rule.window !== "period" || rule.year_by === "due_on") return null;
  const read = LATE.filter((column) => expressionsOf(rule).some((e) => e.columns.includes(column)));
  if (read.length === 0) return null;
  return `规则 ${rule.id} 用到 ${read.join("、")}，却不按整改期限归年；请写 year_by: due_on，未到期的问题才会结转`;
}

function unnamedClause(rule: Rule, regime: Regime): string | null {
  if (rule.measure.kind === "bonus") return null;
  if (rule.breach === null) return `规则 ${rule.id} 没有写违反制度的哪一条（breach）；请补上条款号`;
  const known = new Set([...regime.clauses.map(({no}) => no), ...regime.items.map(({clause}) => clause)]);
  const unknown = citedClauses(rule.breach).filter((no) => !known.has(no));
  if (unknown.length === 0) return null;
  return `规则 ${rule.id} 的 breach“${unknown.join("、")}”不在制度 ${regime.id} 的条款里；条款见 xunheng regime clauses ${regime.id}`;
}

function beyondItem({id, measure, placed_item}: Rule, scheme: Scheme): string | null {
  const full = scheme.items.find((item) => item.no === placed_item)?.full_milli;
  const most = mostOf(measure);
  if (full === undefined || most <= full) return null;
  return `规则 ${id} 最多${most / 1000}分，超过内容 ${placed_item} 的满分${full / 1000}；超出部分不起作用`;
}

function mostOf(measure: Rule["measure"]): number {
  if (measure.kind === "ratio") return measure.points_milli;
  if (measure.kind === "judge") return measure.to_milli;
  return "bands" in measure ? Math.max(...measure.bands.map((b) => b.milli)) : 0;
}

function expressionsOf({where, needs, measure}: Rule): Expression[] {
  return [where, needs?.count, ...measureExpressions(measure)].filter((e): e is Expression => e !== null && e !== undefined);
}
