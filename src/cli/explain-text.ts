import {momentText} from "../moment.ts";
import type {Explanation} from "../score/explain.ts";
import {plainPoints, signedPoints} from "../score/signed.ts";
import type {Covered, LedgerEntry, Milli, ScoreResult, UnitScore} from "../score/types.ts";
import type {Scored} from "../warehouse/scored.ts";
import {DEMO_LINE, markdownTable} from "./markdown.ts";
import {textTable} from "./output.ts";

/** What every explanation says of the result it explains; part of its JSON. */
export type ExplainHead = Pick<ScoreResult, "as_of" | "decisions_until" | "known_at" | "digest" | "provisional"> & {
  readonly authority: string;
  readonly demo: boolean;
};

/** The head of an explanation. */
export function headOf({result, space}: Scored): ExplainHead {
  const {as_of, decisions_until, known_at, digest, provisional} = result;
  return {as_of, decisions_until, known_at, digest, provisional, authority: space.authority, demo: space.demo};
}

/** A unit's explanation with what was asked; milli is null for a unit without a score. */
export type UnitExplained = Omit<Explanation, "milli"> &
  ExplainHead & {
    readonly milli: Milli | null;
    readonly covered: Covered;
    readonly item: string | undefined;
    readonly rule: string | undefined;
  };

/** The units a rule touches. */
export type RuleExplained = ExplainHead & {
  readonly rule_id: string;
  readonly units: readonly (Explanation & {readonly unit_name: string})[];
};

/** The columns of ledger rows in tables. */
export const LEDGER_HEADER = ["序", "类别", "内容", "规则", "对象", "分值", "原因", "违反条款", "计分依据", "来源"];

/** A ledger row in a table. */
export function ledgerCells(e: LedgerEntry): (string | number | null)[] {
  const source = e.file === null ? null : `${e.file}:${e.row}`;
  return [e.seq, e.kind, e.item, e.rule_id, e.subject, signedPoints(e.milli), e.because, e.breach, e.basis, source];
}

/** A unit, an item or a rule of it, for the terminal. */
export function unitText(explained: UnitExplained, scored: Scored): string {
  const unit = unitOf(scored, explained.unit_code);
  const rows = explained.milli === null ? "" : textTable(LEDGER_HEADER, explained.entries.map(ledgerCells));
  const total = explained.milli === null ? "" : `单位 ${explained.unit_code} 合计 ${plainPoints(explained.milli)}\n`;
  const open = unit?.provisional ? `暂定：${unit.provisional_because.join("；")}\n` : "";
  return `${demoText(explained)}${unitTitle(unit)} ${standing(unit)}\n${open}${rows}${total}`;
}

/** The same as a document: heading, table, sum, 依据. */
export function unitMarkdown(explained: UnitExplained, scored: Scored): string {
  const unit = unitOf(scored, explained.unit_code);
  const part = [
    ...(explained.item === undefined ? [] : [`巡查内容${explained.item}`]),
    ...(explained.rule === undefined ? [] : [`规则${explained.rule}`])
  ].join("、");
  const titles = schemeOf(scored, explained.unit_code)?.plan.items ?? [];
  const items = markdownTable(
    ["内容", "名称", "满分", "得分"],
    (unit?.items ?? []).map((i) => [
      i.item,
      titles.find((t) => t.no === i.item)?.title ?? scored.regime.items.find((r) => r.no === i.item)?.title ?? "",
      i.full,
      i.applies ? i.score : "不涉及"
    ])
  );
  const ended = `${part}合计${plainPoints(explained.milli ?? 0)}分${part ? "" : "，即得分"}。`;
  const ledger = `\n## 记分台账\n\n${markdownTable(LEDGER_HEADER, explained.entries.map(ledgerCells))}\n${ended}\n`;
  return [
    `# ${unitTitle(unit)}得分说明${part ? `：${part}` : ""}\n\n`,
    headMarkdown(explained, scored),
    `- 得分：${standing(unit)}\n`,
    ...(unit?.provisional ? [`- 暂定：${unit.provisional_because.join("；")}\n`] : []),
    ...(part || !unit?.items.length ? [] : [`\n## 各项得分\n\n${items}`]),
    ...(explained.milli === null ? [] : [ledger]),
    basisMarkdown(scored, explained.unit_code, explained.entries)
  ].join("");
}

/** The units a rule touches, for the terminal. */
export function ruleText(explained: RuleExplained, scored: Scored): string {
  const {units} = explained;
  const total = units.reduce((sum, u) => sum + u.milli, 0);
  const parts = units.map(
    (u) => `${u.unit_name}（${u.unit_code}） ${signedPoints(u.milli)}\n${textTable(LEDGER_HEADER, u.entries.map(ledgerCells))}`
  );
  const ended = units.length === 0 ? "没有单位因这条规则得失分。\n" : `${units.length}个单位，合计 ${plainPoints(total)}\n`;
  return `${demoText(explained)}${ruleTitle(scored, explained.rule_id)}\n\n${parts.join("\n")}${units.length > 0 ? "\n" : ""}${ended}`;
}

/** The same as a document. */
export function ruleMarkdown(explained: RuleExplained, scored: Scored): string {
  const {units, rule_id} = explained;
  const summary = markdownTable(
    ["单位", "名称", "分值"],
    units.map((u) => [u.unit_code, u.unit_name, signedPoints(u.milli)])
  );
  const parts = units.map(
    (u) => `\n### ${u.unit_name}（${u.unit_code}）\n\n${markdownTable(LEDGER_HEADER, u.entries.map(ledgerCells))}`
  );
  const total = plainPoints(units.reduce((sum, u) => sum + u.milli, 0));
  return [
    `# ${ruleTitle(scored, rule_id)}\n\n`,
    headMarkdown(explained, scored),
    units.length === 0 ? "\n没有单位因这条规则得失分。\n" : `\n${summary}\n${units.length}个单位，合计${total}分。\n`,
    ...parts,
    basisMarkdown(scored, units[0]?.unit_code ?? "", units[0]?.entries ?? [])
  ].join("");
}

/** What a document says of the result it explains. */
export function headMarkdown(head: ExplainHead, {regime, schemes}: Scored): string {
  const document = [regime.title, regime.document_no].filter(Boolean).join("，");
  const named = schemes.map(({scheme}) => [scheme.name, scheme.document_no].filter(Boolean).join("，"));
  return [
    head.demo ? DEMO_LINE : "",
    `- 制度：${document}\n`,
    `- 评分办法：${named.join("；")}\n`,
    `- 统计截止日${head.as_of}，决定计至${head.decisions_until}，数据截止${momentText(head.known_at)}\n`,
    `- 未审定；摘要${head.digest.slice(0, 12)}\n`
  ].join("");
}

/** The articles and clauses behind rows, rule by rule. */
export function basisMarkdown(scored: Scored, unit: string, entries: readonly LedgerEntry[]): string {
  const rules = schemeOf(scored, unit)?.scheme.rules.filter((r) => entries.some((e) => e.rule_id === r.id)) ?? [];
  if (rules.length === 0) return "";
  const lines = rules.map(({id, name, basis, breach}) => {
    const grounds = [...(basis ? [`评分办法${basis}`] : []), ...(breach ? [`制度${breach}`] : [])];
    return `- ${id} ${name}：${grounds.join("，") || "没有写明"}\n`;
  });
  return `\n## 依据\n\n${lines.join("")}`;
}

/** A unit by name and code. */
export function unitTitle(unit: UnitScore | undefined): string {
  return unit ? `${unit.unit_name}（${unit.unit_code}）` : "";
}

/** A unit of the result. */
export function unitOf({result}: Scored, code: string): UnitScore | undefined {
  return result.schemes.flatMap((s) => s.units).find((u) => u.unit_code === code);
}

/** A line that says so when the workspace is a demonstration. */
export function demoText({demo}: Pick<ExplainHead, "demo">): string {
  return demo ? "演示数据\n" : "";
}

function schemeOf({result, schemes}: Scored, code: string): Scored["schemes"][number] | undefined {
  const id = result.schemes.find((s) => s.units.some((u) => u.unit_code === code))?.scheme;
  return schemes.find((s) => s.scheme.id === id);
}

function ruleTitle({schemes}: Scored, id: string): string {
  const rule = schemes.flatMap((s) => s.scheme.rules).find((r) => r.id === id);
  return `规则${id} ${rule?.name ?? ""}`;
}

function standing(unit: UnitScore | undefined): string {
  if (!unit) return "";
  if (unit.score === null) return `${unit.covered}，没有得分${unit.covered_because ? `：${unit.covered_because}` : ""}`;
  const vetoes = unit.vetoes.map((v) => ` · 否决 ${v.name}（${v.effect}）`).join("");
  return `${unit.score}分 · ${unit.grade}${unit.rank === null ? " · 不参加排名" : ` · 第${unit.rank}名`}${vetoes}`;
}
