import {h, hashLink} from "../dom.js";
import {severityText} from "../format.js";
import {table} from "../table.js";
import {gradeColour, inkOn} from "../theme.js";
import type {SpaceFacts} from "../types.js";
import type {DecisionFacts, FindingFacts, OrganisationFacts, UnitFacts} from "./types.js";

type Grades = SpaceFacts["schemes"][number]["grades"];

/** Units with grade, rank and vetoes; a name opens what is behind it (`#unit=990101`). */
export function unitTable(
  {units, findings, decisions, words}: OrganisationFacts,
  space: SpaceFacts,
  opened: string | null
): HTMLElement {
  const grades = (scheme: string): Grades => space.schemes.find((s) => s.id === scheme)?.grades ?? [];
  const isGrouped = units.some((u) => u.peer_group !== null);
  const own = <T extends {scored_unit: string}>(rows: readonly T[], unit: UnitFacts) =>
    rows.filter((r) => r.scored_unit === unit.unit_code);
  const link = (u: UnitFacts) =>
    h(
      "a",
      {href: opened === u.unit_code ? "#units" : hashLink({unit: u.unit_code}), "aria-expanded": String(opened === u.unit_code)},
      `${opened === u.unit_code ? "▾" : "▸"}${u.unit_name}`
    );
  const section = table(
    units,
    [
      {label: words.unit ?? "单位", value: (u) => u.unit_name, cell: link},
      {label: "类别", value: (u) => u.unit_kind, align: "nowrap"},
      ...(isGrouped ? [{label: "考核分组", value: (u: UnitFacts) => u.peer_group}] : []),
      {label: words.inspection ?? "巡查", value: (u) => u.covered, align: "nowrap"},
      {label: "等次", value: (u) => u.grade, cell: (u) => gradeMark(u.grade, grades(u.scheme)), align: "nowrap"},
      {label: "名次", value: (u) => u.rank, align: "r"},
      {
        label: "否决或降等",
        value: (u) => u.vetoes.map((v) => `${v.name}（${v.effect}）`).join("；"),
        cell: (u) => h("span", {}, ...u.vetoes.map((v) => h("span", {class: "xh-tag xh-tag-veto", title: v.effect}, v.name)))
      },
      {label: "重大问题", value: (u) => own(findings, u).filter((f) => f.is_major).length, align: "r"},
      {label: "逾期问题", value: (u) => own(findings, u).filter((f) => f.is_overdue).length, align: "r"},
      {label: "有效决定", value: (u) => own(decisions, u).length, align: "r"}
    ],
    {
      file: `${space.id}-组织部参考-单位`,
      title: "各单位的等次、否决和突出问题",
      sub: "名次在同类别、同考核分组之内；没有巡查的单位没有等次",
      none: "审定结果里没有单位。",
      attributes: (u) => ({"data-unit": u.unit_code, "data-grade": u.grade ?? "", "data-rank": u.rank ?? ""}),
      stack: true
    }
  );
  section.id = "units";
  return section;
}

function gradeMark(grade: string | null, grades: Grades): HTMLElement | string {
  if (grade === null) return "";
  const fill = gradeColour(grade, grades);
  return h("span", {class: "xh-grade", style: `background:${fill};color:${inkOn(fill)}`}, grade);
}

/** Findings of a unit that are major or overdue. */
export function findingTable(findings: readonly FindingFacts[], title: string, file: string): HTMLElement {
  return table(
    findings,
    [
      {label: "问题编号", value: (f) => f.finding_id, align: "nowrap"},
      {label: "巡查内容", value: (f) => f.item, align: "nowrap"},
      {label: "严重程度", value: (f) => f.severity, cell: (f) => severityText(f.severity), align: "nowrap"},
      {label: "责任单位", value: (f) => f.unit_name ?? f.unit_code},
      {label: "发现", value: (f) => f.found_on, align: "nowrap"},
      {label: "期限", value: (f) => f.due_on, align: "nowrap"},
      {label: "销号", value: (f) => f.closed_on, align: "nowrap"},
      {label: "状态", value: (f) => `${f.state ?? ""}${f.is_disputed ? "（异议复核中）" : ""}`, align: "nowrap"},
      {label: "逾期天数", value: (f) => f.days_overdue, align: "r"}
    ],
    {file, title, none: "没有重大问题，也没有逾期问题。", attributes: (f) => ({"data-finding": f.finding_id}), stack: true}
  );
}

/** Decisions on a unit that are in effect. */
export function decisionTable(decisions: readonly DecisionFacts[], title: string, file: string): HTMLElement {
  return table(
    decisions,
    [
      {label: "措施", value: (d) => d.kind, align: "nowrap"},
      {label: "日期", value: (d) => d.taken_on, align: "nowrap"},
      {label: "作出单位", value: (d) => d.by_office},
      {label: "文号", value: (d) => d.document_no},
      {label: "问题编号", value: (d) => d.finding_id, align: "nowrap"}
    ],
    {file, title, none: "没有可以提供的督办措施。", attributes: (d) => ({"data-action": d.action_id}), stack: true}
  );
}
