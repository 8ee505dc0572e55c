import type {Regime} from "../../regime/types.ts";
import {points} from "../../score/score.ts";
import type {Annex} from "../official/document.ts";
import type {Overview} from "./overview.ts";
import {wordOf} from "./phrase.ts";

/** Every unit of a scheme in its rank. */
export function standingsAnnex(name: string, {units}: Overview, scheme: string): Annex {
  const members = units
    .filter((u) => u.scheme === scheme)
    .toSorted((a, b) => order(a.peer_group, b.peer_group) || (a.rank ?? 1e6) - (b.rank ?? 1e6) || order(a.unit_code, b.unit_code));
  const grouped = new Set(members.map((u) => u.peer_group)).size > 1;
  return {
    title: `各单位得分和等次（${name.replace(/安全生产.*$/, "")}）`,
    body: [
      {
        kind: "table",
        caption: null,
        columns: [
          ...(grouped ? [{header: "考核分组", width: 12, align: "center" as const}] : []),
          {header: "名次", width: 7, align: "center"},
          {header: "单位", width: 22},
          {header: "得分", width: 10, align: "right"},
          {header: "等次", width: 9, align: "center"},
          {header: "说明", width: 40}
        ],
        rows: members.map((u) => [
          ...(grouped ? [u.peer_group ?? "—"] : []),
          u.rank === null ? "—" : String(u.rank),
          u.unit_name,
          u.milli === null ? "—" : points(u.milli),
          u.grade ?? "—",
          [
            ...(u.covered === "已巡查" ? [] : [u.covered_because ?? u.covered]),
            ...u.vetoes.map((v) => `否决：${v}`),
            ...(u.provisional && u.milli !== null ? ["暂定"] : []),
            ...(u.milli !== null && u.vetoes.length === 0 && u.reasons[0] ? [`主要失分：${u.reasons.slice(0, 2).join("、")}`] : [])
          ].join("；")
        ]),
        empty: "没有单位。"
      }
    ]
  };
}

/** Overdue findings, one a row. */
export function overdueAnnex(regime: Regime, {overdue}: Overview): Annex[] {
  if (overdue.length === 0) return [];
  const finding = wordOf(regime, "finding", "问题");
  return [
    {
      title: `逾期未整改${finding}清单`,
      body: [
        {
          kind: "table",
          caption: null,
          columns: [
            {header: "序号", width: 7, align: "center"},
            {header: "编号", width: 13, align: "center"},
            {header: "责任单位", width: 16},
            {header: "程度", width: 8, align: "center"},
            {header: `${finding}描述`, width: 36},
            {header: "整改期限", width: 15, align: "center"},
            {header: "逾期天数", width: 9, align: "center"}
          ],
          rows: overdue.map((f, i) => [
            ...[String(i + 1), f.finding_id, f.unit_name, f.severity, f.description ?? "—"],
            ...[f.due_on ?? "—", f.days === null ? "—" : String(f.days)]
          ]),
          empty: "没有。"
        }
      ]
    }
  ];
}

function order(a: string | null, b: string | null): number {
  return (a ?? "") < (b ?? "") ? -1 : a === b ? 0 : 1;
}
