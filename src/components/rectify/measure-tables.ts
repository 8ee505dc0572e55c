import {h} from "../dom.js";
import {isoDay} from "../format.js";
import {silenceText} from "../regime/book.js";
import {type Column, table} from "../table.js";
import type {FactRow} from "../types.js";
import {findingLink} from "./lists.js";
import type {RectifyView} from "./types.js";

/** 督办措施: who was called in, listed, handed over, exposed; by whom, to whom, with what result. */
export function actionTable({actions, space, nameOf, cases}: RectifyView): HTMLElement {
  const rows = actions.toSorted((a, b) => (isoDay(a.taken_on as Date | null) < isoDay(b.taken_on as Date | null) ? 1 : -1));
  const kinds = [...new Set(rows.map((a) => String(a.kind)))].map((kind) => `${kind}${rows.filter((a) => a.kind === kind).length}`);
  const scoredOf = new Map(cases.map((c) => [c.finding_id, c.scored_unit]));
  const said = (name: string) => (a: FactRow) => (a[name] instanceof Date ? isoDay(a[name]) : ((a[name] as string | null) ?? ""));
  const columns: Column<FactRow>[] = [
    {label: "日期", value: said("taken_on"), align: "nowrap"},
    {label: "措施", value: said("kind"), cell: (a) => h("b", {}, String(a.kind)), align: "nowrap"},
    {label: "单位", value: (a) => nameOf((a.scored_unit as string | null) ?? (a.unit_code as string | null)), align: "nowrap"},
    {
      label: "问题编号",
      value: said("finding_id"),
      cell: (a) => findingLink((a.finding_id as string | null) ?? null, scoredOf.get(String(a.finding_id)) ?? null),
      align: "nowrap"
    },
    {label: "作出单位", value: said("by_office")},
    {label: "接收单位", value: said("to_office")},
    {label: "文号", value: said("document_no")},
    {label: "办结", value: said("closed_on"), align: "nowrap"},
    {label: "结果", value: said("result")}
  ];
  const shown = columns.filter((c) => rows.some((a) => c.value(a) !== ""));
  return table(rows, shown, {
    file: `${space.id}-督办措施`,
    title:
      rows.length === 0
        ? `没有${space.audience === "analyst" ? "" : "可以在此显示的"}督办措施`
        : `督办措施${rows.length}次：${kinds.join("，")}`,
    sub: `历年累计至${space.as_of}，后作出的在前；有没有应作而未作的，见上面的应办与已办`,
    none: space.audience === "analyst" ? "台账没有约谈、挂牌督办、移交、曝光等措施的记录。" : "这里不显示涉及线索和案件的措施。",
    limit: 20,
    attributes: (a) => ({"data-action": String(a.action_id)})
  });
}

/** 回头看: inspections that came a second time, and what they came back to. */
export function returnTable({book, loop, inspections, space, nameOf}: RectifyView): HTMLElement {
  const rule = book.parameters.find((p) => p.name === "return_visit");
  if (!rule || rule.silent) return h("p", {class: "xh-small", "data-return": "silent"}, `回头看：${silenceText(book)}。`);
  const rows = inspections.filter((i) => loop.return_kinds.includes(String(i.kind)));
  const said = (name: string) => (i: FactRow) =>
    i[name] instanceof Date ? isoDay(i[name]) : ((i[name] as string | number | null) ?? "");
  return table(
    rows,
    [
      {label: "巡查编号", value: said("inspection_id"), align: "nowrap"},
      {label: "单位", value: (i) => nameOf(i.scored_unit as string | null), align: "nowrap"},
      {label: "前次巡查", value: said("previous_id"), align: "nowrap"},
      {label: "进驻", value: said("started_on"), align: "nowrap"},
      {label: "结束", value: said("ended_on"), align: "nowrap"},
      {label: "发现问题", value: said("finding_count"), align: "r"}
    ],
    {
      file: `${space.id}-回头看`,
      title: rows.length === 0 ? "没有开展回头看" : `回头看${rows.length}次`,
      sub: `${rule.clause ?? ""}（${rule.modality ?? ""}）：${(rule.lines ?? []).join("；")}`,
      none: `文件说的是“${rule.word ?? rule.modality ?? "可以"}”，不开展不算违反。`,
      attributes: (i) => ({"data-return": String(i.inspection_id)})
    }
  );
}
