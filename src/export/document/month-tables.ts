import type {Scored} from "../../warehouse/scored.ts";
import type {Block} from "../official/document.ts";
import type {MonthFacts, MonthFinding} from "./month-facts.ts";
import {stretchWords, wordOf} from "./phrase.ts";

/** How a month's findings spread over the regime's contents. */
export function monthItems(items: Scored["regime"]["items"], findings: readonly MonthFinding[]): Block {
  const rows = items.flatMap(({no, title}) => {
    const mine = findings.filter((f) => f.item.split(".")[0] === no);
    return mine.length === 0
      ? []
      : [[`${no}．${title}`, String(mine.length), String(mine.filter((f) => f.done_on !== null).length)]];
  });
  return {
    kind: "table",
    caption: "按重点内容分布（个）",
    columns: [
      {header: "重点内容", width: 64},
      {header: "发现", width: 18, align: "center"},
      {header: "已整改", width: 18, align: "center"}
    ],
    rows,
    empty: "没有归入重点内容的问题。"
  };
}

/** The month's inspections, a row each. */
export function monthInspections({regime}: Scored, {inspections}: MonthFacts): Block {
  const inspection = wordOf(regime, "inspection", "巡查");
  return {
    kind: "table",
    caption: null,
    columns: [
      {header: "序号", width: 6, align: "center"},
      {header: `${inspection}编号`, width: 16, align: "center"},
      {header: "属地（部门）", width: 22},
      {header: `${inspection}时间`, width: 20, align: "center"},
      {header: "点位", width: 8, align: "center"},
      {header: wordOf(regime, "finding", "问题"), width: 10, align: "center"},
      {header: "督办单", width: 8, align: "center"},
      {header: "反馈日期", width: 14, align: "center"}
    ],
    rows: inspections.map((i, n) => [
      ...[String(n + 1), i.inspection_id, i.unit_name, stretchWords(i.started_on, i.ended_on)],
      ...[String(i.places), String(i.findings), String(i.slips), i.fed_back_on]
    ]),
    empty: `本期没有结束的${inspection}。`
  };
}

/** Findings that are not put right. */
export function openFindings(findings: readonly MonthFinding[]): Block {
  return {
    kind: "table",
    caption: null,
    columns: [
      {header: "序号", width: 6, align: "center"},
      {header: "问题编号", width: 12, align: "center"},
      {header: "责任单位", width: 18},
      {header: "问题描述", width: 34},
      {header: "严重程度", width: 8, align: "center"},
      {header: "整改期限", width: 12, align: "center"},
      {header: "状态", width: 10, align: "center"}
    ],
    rows: findings.map((f, i) => [
      ...[String(i + 1), f.finding_id, f.unit_name, f.description, f.severity, f.due_on],
      f.state === "逾期" && f.days_overdue !== null ? `逾期${f.days_overdue}天` : f.state
    ]),
    empty: ""
  };
}
