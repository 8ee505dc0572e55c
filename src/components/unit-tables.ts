import {h, hashLink} from "./dom.js";
import {factTable, findingDetail} from "./finding-detail.js";
import {isoDay, severityText, signed} from "./format.js";
import {keptBack} from "./secrecy.js";
import {table} from "./table.js";
import type {FactRow, FindingRow, UnitRow} from "./types.js";
import type {UnitData} from "./unit-data.js";

/** All findings of the unit, newest first; one opens against its clock. */
export function findingTable(
  findings: readonly FindingRow[],
  unit: UnitRow,
  state: Readonly<Record<string, string>>,
  data: UnitData
): HTMLElement {
  const opened = (f: FindingRow) => f.finding_id === state.finding;
  const cost = new Map<string, number>();
  for (const e of data.ledger)
    if (e.scheme === unit.scheme && e.unit_code === unit.unit_code && e.subject !== null && e.kind !== "复核")
      cost.set(e.subject, (cost.get(e.subject) ?? 0) + e.milli);
  const overdue = findings.filter((f) => f.state === "逾期").length;
  const {finding = "问题"} = data.space.regime.words;
  const kept = keptBack(data.space);
  const dated = findings.some((f) => f.found_on);
  return table(
    findings.toSorted((a, b) => (dated ? Number(b.found_on) - Number(a.found_on) : 0) || (a.finding_id < b.finding_id ? -1 : 1)),
    [
      {
        label: "编号",
        value: (f) => f.finding_id,
        cell: (f) =>
          h(
            "a",
            {href: hashLink({unit: unit.unit_code, finding: opened(f) ? null : f.finding_id}), "aria-expanded": String(opened(f))},
            `${opened(f) ? "▾" : "▸"}${f.finding_id}`
          ),
        align: "nowrap"
      },
      {label: "严重程度", value: (f) => f.severity, cell: (f) => severityText(f.severity), align: "nowrap"},
      {label: "内容", value: (f) => f.item, align: "c"},
      ...(dated ? [{label: "发现", value: (f: FindingRow) => isoDay(f.found_on), align: "nowrap"} as const] : []),
      {label: "期限", value: (f) => isoDay(f.due_on) || f.due_source, align: "nowrap"},
      {label: "完成", value: (f) => isoDay(f.done_on), align: "nowrap"},
      {label: "销号", value: (f) => isoDay(f.closed_on), align: "nowrap"},
      {label: "状态", value: (f) => f.state, cell: (f) => stateMark(f.state), align: "nowrap"},
      {label: "逾期天数", value: (f) => f.days_overdue, cell: (f) => (f.days_overdue ? String(f.days_overdue) : ""), align: "r"},
      {
        label: "台账分值",
        value: (f) => (cost.get(f.finding_id) ?? 0) / 1000,
        cell: (f) => (cost.get(f.finding_id) ? h("span", {class: "xh-loss"}, signed(cost.get(f.finding_id) ?? 0)) : ""),
        align: "r"
      }
    ],
    {
      file: `${data.space.id}-${unit.unit_code}-问题`,
      title:
        findings.length === 0
          ? `没有${kept ? "已反馈的" : ""}${finding}`
          : overdue > 0
            ? `${finding}${findings.length}条，其中逾期未整改${overdue}条`
            : `${finding}${findings.length}条，没有逾期未整改的`,
      sub: `历年累计，${dated || !kept ? "后发现的在前" : `发现日期${kept}`}；台账分值为该问题在本期台账各行之和，封顶返还不分到单个问题`,
      none: unit.milli === null || kept ? "没有记录。" : "巡查中没有发现属于本单位的问题。",
      limit: state.finding ? Number.POSITIVE_INFINITY : 50,
      attributes: (f) => ({"data-finding": f.finding_id, "aria-current": opened(f) ? "true" : null}),
      detail: (f) => (opened(f) ? findingDetail(f, data) : null)
    }
  );
}

function stateMark(state: string): HTMLElement {
  return h("span", {class: state === "逾期" ? "xh-tag xh-tag-veto" : "xh-tag"}, state);
}

/** 巡查, 督办措施, reports and accidents of the unit. */
export function factTables(
  {space, inspections, actions, responses, accidents}: UnitData,
  unit: UnitRow,
  own: (rows: readonly FactRow[]) => FactRow[]
): HTMLElement[] {
  const {labels, regime} = space;
  const {inspection = "巡查", response = "整改情况"} = regime.words;
  const file = (name: string) => `${space.id}-${unit.unit_code}-${name}`;
  const inspected = own(inspections);
  const taken = own(actions);
  const kept = keptBack(space);
  const tables = [
    factTable(
      inspected,
      [
        "inspection_id",
        "kind",
        "organiser_level",
        "round_no",
        "team_no",
        "started_on",
        "ended_on",
        "finding_count",
        "reported_on",
        "fed_back_on",
        "response_due_on",
        "responded_on",
        "source_file",
        "source_row"
      ],
      labels.inspection ?? {},
      {
        file: file("巡查"),
        title: `${inspected.length === 0 ? "没有" : ""}${kept ? "已反馈的" : ""}${inspection}${inspected.length === 0 ? "" : `${inspected.length}次`}`,
        ...(kept ? {sub: `编号、组别和各个日期${kept}`} : {}),
        none: `截至${space.as_of}没有本单位${kept ? "已反馈" : ""}的${inspection}。`
      }
    ),
    factTable(
      taken,
      [
        "action_id",
        "kind",
        "taken_on",
        "finding_id",
        "by_office",
        "to_office",
        "document_no",
        "closed_on",
        "result",
        "source_file",
        "source_row"
      ],
      labels.action ?? {},
      {
        file: file("督办措施"),
        title: taken.length === 0 ? "没有督办措施" : `督办措施${taken.length}项`,
        none: `截至${space.as_of}没有针对本单位的督办措施。`
      }
    )
  ];
  const reported = own(responses);
  if (reported.length > 0)
    tables.push(
      factTable(
        reported,
        ["inspection_id", "kind", "submitted_on", "seq_no", "document_no", "has_handling", "source_file", "source_row"],
        labels.response ?? {},
        {file: file("整改情况报告"), title: `报送${response}${reported.length}次`}
      )
    );
  const happened = own(accidents);
  if (happened.length > 0)
    tables.push(
      factTable(
        happened,
        [
          "accident_id",
          "occurred_on",
          "accident_grade",
          "accident_type",
          "deaths",
          "injuries",
          "liable",
          "concealed",
          "concluded_on",
          "document_no",
          "source_file",
          "source_row"
        ],
        labels.accident ?? {},
        {file: file("事故"), title: `事故${happened.length}起`}
      )
    );
  return tables;
}
