import {points} from "../score/score.ts";
import {plainPoints, signedPoints} from "../score/signed.ts";
import type {FindingDue} from "../warehouse/finding-due.ts";
import type {HistoryEvent} from "../warehouse/finding-history.ts";
import type {SameKind} from "../warehouse/same-kind.ts";
import type {FindingExplained, FindingUnit} from "./explain-finding.ts";
import {demoText, LEDGER_HEADER, ledgerCells} from "./explain-text.ts";
import {DEMO_LINE, markdownTable} from "./markdown.ts";
import {textTable} from "./output.ts";

const HISTORY_HEADER = ["日期", "事项", "说明", "登记", "装入", "批次", "来源", "标记"];
const SAME_HEADER = ["单位", "名称", "问题", "规则", "分值", "择高返还", "原因", "差别"];

/** A finding for the terminal: what it cost, why, its history, the same kind elsewhere. */
export function findingText(f: FindingExplained): string {
  const units = f.units.map((u) => {
    const rows = u.entries.length > 0 ? textTable(LEDGER_HEADER, u.entries.map(ledgerCells)) : "";
    return `${u.unit_name}（${u.unit_code}）\n${rows}${costText(f.finding_id, u)}\n`;
  });
  return [
    demoText(f),
    `问题 ${f.finding_id}（${kindText(f)}）：${f.description}\n`,
    ...dueLines(f.due).map((line) => `${line}\n`),
    "\n",
    units.length > 0 ? `${units.join("\n")}\n` : `问题 ${f.finding_id} 没有扣分。\n\n`,
    f.reasons.length > 0 ? `${f.reasons.map((r) => `· ${r}。\n`).join("")}\n` : "",
    f.history.length > 0 ? `经过\n${textTable(HISTORY_HEADER, f.history.map(historyCells))}` : "",
    f.same_as ? `\n${sameText(f.same_as, textTable)}` : ""
  ].join("");
}

/** A finding as a document. */
export function findingMarkdown(f: FindingExplained): string {
  const units = f.units.map((u) => {
    const rows = u.entries.length > 0 ? `${markdownTable(LEDGER_HEADER, u.entries.map(ledgerCells))}\n` : "";
    return `\n## ${u.unit_name}（${u.unit_code}）\n\n${rows}${costText(f.finding_id, u)}\n`;
  });
  return [
    `# 问题${f.finding_id}计分说明\n\n`,
    f.demo ? DEMO_LINE : "",
    `- ${kindText(f)}：${f.description}\n`,
    `- 统计截止日${f.as_of}，决定计至${f.decisions_until}，数据截止${moment(f.known_at)}\n`,
    `- 未审定；摘要${f.digest.slice(0, 12)}\n`,
    dueLines(f.due).length > 0
      ? `\n## 整改期限\n\n${dueLines(f.due)
          .map((line) => `- ${line.trim().replace("整改期限 ", "")}\n`)
          .join("")}`
      : "",
    ...(units.length > 0 ? units : [`\n问题${f.finding_id}没有扣分。\n`]),
    f.reasons.length > 0 ? `\n## 说明\n\n${f.reasons.map((r) => `- ${r}。\n`).join("")}` : "",
    f.history.length > 0 ? `\n## 经过\n\n${markdownTable(HISTORY_HEADER, f.history.map(historyCells))}` : "",
    f.same_as ? `\n## 同类同扣\n\n${sameText(f.same_as, markdownTable)}` : "",
    f.units.length > 0 ? basis(f.units) : ""
  ].join("");
}

function kindText({severity, category, item, layer}: FindingExplained): string {
  return [`巡查内容${item}`, `${layer}层面`, severity, ...(category ? [category] : [])].join("，");
}

/** Until when, how that follows step by step, and what has to be in place meanwhile. */
function dueLines(due: FindingDue | null): string[] {
  if (due === null) return [];
  const {due_on, source, because, clause, steps, five} = due;
  const missing = five?.missing.length ? `缺${five.missing.join("、")}` : "齐全";
  return [
    `整改期限 ${due_on ?? source}：${because}${clause === null ? "" : `（${clause}）`}`,
    ...steps.map((step, i) => `  ${i + 1}. ${step}`),
    ...(five === null ? [] : [`五落实（${five.clause}）：${missing}`])
  ];
}

function costText(finding: string, {milli, marginal_milli, entries}: FindingUnit): string {
  const rows = entries.length === 0 ? "没有扣分" : `各行合计${plainPoints(milli)}分`;
  if (marginal_milli === null) return `${rows}；单位没有得分。`;
  const change = marginal_milli === 0 ? "不变" : `${marginal_milli > 0 ? "多" : "少"}${points(Math.abs(marginal_milli))}分`;
  return `${rows}；没有${finding}，得分${change}。`;
}

function historyCells(e: HistoryEvent): (string | null)[] {
  const source = e.file ? `${e.file}:${e.row}` : null;
  return [e.on_date, e.what, e.detail, moment(e.recorded_at), moment(e.known_from), e.batch, source, e.late];
}

/** A moment to the minute. */
function moment(text: string | null): string | null {
  return text === null ? null : text.slice(0, 16).replace("T", " ");
}

function sameText(same: SameKind, table: typeof textTable): string {
  const kind = [`巡查内容${same.item}`, same.severity, same.category ?? "未分类"].join("，");
  const rows = same.rows.map((r) => [
    r.unit_code,
    r.unit_name,
    r.finding_id,
    r.rule_id,
    signedPoints(r.milli),
    r.returned_milli === 0 ? null : signedPoints(r.returned_milli),
    r.because,
    r.differs ?? "相同"
  ]);
  const unlike = same.rows.filter((r) => r.differs !== null).length;
  const sum =
    rows.length === 0
      ? "没有别的同类问题按这些规则扣分。\n"
      : `同类问题${rows.length}行，${unlike === 0 ? "扣分都相同" : `其中${unlike}行不同`}。\n`;
  const free =
    same.free.length === 0
      ? ""
      : `另有${same.free.length}条同类问题没有按这些规则扣分：${same.free.slice(0, 5).join("、")}${same.free.length > 5 ? "等" : ""}。\n`;
  return `同类（${kind}），规则${same.rules.join("、")}\n${rows.length === 0 ? "" : `${table === textTable ? "" : "\n"}${table(SAME_HEADER, rows)}\n`}${sum}${free}`;
}

function basis(units: readonly FindingUnit[]): string {
  const lines = new Map(
    units
      .flatMap((u) => u.entries)
      .map((e) => [
        e.rule_id,
        `- ${e.rule_id}：${[e.basis && `评分办法${e.basis}`, e.breach && `制度${e.breach}`].filter(Boolean).join("，")}\n`
      ])
  );
  return lines.size === 0 ? "" : `\n## 依据\n\n${[...lines.values()].join("")}`;
}
