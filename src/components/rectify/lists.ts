import {h, hashLink} from "../dom.js";
import {daysBetween, isoDay, severityText} from "../format.js";
import {type Column, table} from "../table.js";
import type {FactRow} from "../types.js";
import {NOWHERE} from "./funnel.js";
import type {Case, LoopFacts, Owed, RectifyView} from "./types.js";

/** A finding's number, leading to its unit's page where there is one. */
export function findingLink(finding_id: string | null, unit: string | null): HTMLElement | string {
  if (finding_id === null) return "";
  return unit === null ? finding_id : h("a", {href: hashLink({unit, finding: finding_id}, "./unit.html")}, finding_id);
}

/** The stage at which a finding stands, in the regime's own word. */
export function stageOf({standing}: Case, {loops}: LoopFacts): string {
  if (standing === null || standing.loop_no === null) return "";
  return loops[standing.loop_no]?.stages.find((s) => s.stage_no === standing.stage_no)?.stage ?? NOWHERE;
}

/** Findings with their clocks and where they stand. */
export function caseTable(
  cases: readonly Case[],
  view: RectifyView,
  about: {title: string; sub: string; file: string; limit?: number}
): HTMLElement {
  const {space, loop, nameOf} = view;
  const days = (day: Date | null | undefined) => (day ? daysBetween(day, space.as_of) : null);
  const columns: Column<Case>[] = [
    {label: "问题编号", value: (c) => c.finding_id, cell: (c) => findingLink(c.finding_id, c.scored_unit), align: "nowrap"},
    {label: "单位", value: (c) => nameOf(c.scored_unit), align: "nowrap"},
    {label: "严重程度", value: (c) => c.severity, cell: (c) => severityText(c.severity), align: "nowrap"},
    {label: "发现", value: (c) => isoDay(c.found_on), align: "nowrap"},
    {label: "整改期限", value: (c) => isoDay(c.due_on), align: "nowrap"},
    {label: "期限来源", value: (c) => c.due_source, align: "nowrap"},
    {
      label: "逾期天数",
      value: (c) => c.days_overdue,
      cell: (c) => (c.days_overdue ? h("b", {class: c.is_done ? null : "xh-loss"}, `${c.days_overdue}天`) : ""),
      align: "r"
    },
    {label: "状态", value: (c) => c.state, align: "nowrap"},
    ...(loop.loops.length > 0
      ? [
          {label: "到了哪个环节", value: (c: Case) => stageOf(c, loop)},
          {label: "停留天数", value: (c: Case) => days(c.standing?.waits_since), align: "r" as const}
        ]
      : [])
  ];
  // Columns without any value, such as days that are secret, are left out.
  const shown = columns.filter((c) => cases.some((one) => c.value(one) !== null && c.value(one) !== ""));
  return table(cases, shown, {...about, attributes: (c) => ({"data-finding": c.finding_id})});
}

/** What was owed, with whoever did it. */
export function owedTable(rows: readonly Owed[], view: RectifyView, title: string): HTMLElement {
  const scoredOf = new Map(view.cases.map((c) => [c.finding_id, c.scored_unit]));
  const did = (o: Owed) => actionOf(o, view.actions);
  const columns: Column<Owed>[] = [
    {
      label: "对象",
      value: (o) => o.finding_id ?? o.subject,
      cell: (o) => (o.finding_id ? findingLink(o.finding_id, scoredOf.get(o.finding_id) ?? null) : (o.subject ?? "")),
      align: "nowrap"
    },
    {label: "单位", value: (o) => o.unit_name ?? o.unit_code, align: "nowrap"},
    {label: "严重程度", value: (o) => o.severity, cell: (o) => severityText(o.severity), align: "nowrap"},
    {label: "应办日期", value: (o) => isoDay(o.due_on), align: "nowrap"},
    {label: "办的日期", value: (o) => isoDay(o.done_on), align: "nowrap"},
    {label: "情况", value: (o) => o.state, align: "nowrap"},
    {label: "作出单位", value: (o) => text(did(o)?.by_office)},
    {label: "接收单位", value: (o) => text(did(o)?.to_office)},
    {label: "文号", value: (o) => text(did(o)?.document_no)},
    {label: "结果", value: (o) => text(did(o)?.result)},
    {label: "期限怎样算出", value: (o) => o.because}
  ];
  const shown = columns.filter((c) => rows.some((o) => c.value(o) !== null && c.value(o) !== ""));
  return table(rows, shown, {
    file: `${view.space.id}-${title}`,
    title,
    limit: 100,
    attributes: (o) => ({"data-subject": o.subject})
  });
}

/** The measure by which something owed was done. */
function actionOf({finding_id, inspection_id, done_on}: Owed, actions: readonly FactRow[]): FactRow | undefined {
  if (done_on === null) return undefined;
  const day = isoDay(done_on);
  return actions.find(
    (a) =>
      isoDay(a.taken_on as Date | null) === day &&
      (a.finding_id ? a.finding_id === finding_id : a.inspection_id ? a.inspection_id === inspection_id : false)
  );
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
