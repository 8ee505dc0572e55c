import {h} from "../dom.js";
import {factList} from "../facts.js";
import {table} from "../table.js";
import type {SchemeBook} from "./book.js";

/** A scheme of the office: its head and its rules. */
export function schemeCards(scheme: SchemeBook, file: string): HTMLElement[] {
  return [schemeHead(scheme), ruleTable(scheme, file)];
}

function schemeHead(scheme: SchemeBook): HTMLElement {
  const full = scheme.items.reduce((sum, i) => sum + i.full_milli, 0) / 1000;
  return h(
    "section",
    {class: "xh-card", id: `scheme-${scheme.id}`},
    h("h2", {}, `评分办法：${scheme.name}`),
    factList([
      ["文号", scheme.document_no],
      ["制定", scheme.issued_by],
      ["印发日期", scheme.issued_on],
      ["施行日期", scheme.effective_from],
      ["适用单位", scheme.applies_to.join("、")],
      ["计分方式", `${scheme.start === "full" ? "各项从满分起扣" : "各项从零起加"}，满分合计${full}分`],
      ["等次", scheme.grades.map((g) => `${g.name}：${g.from_milli / 1000}分以上`).join("；"), "wide"],
      ["各项满分", scheme.items.map((i) => `${i.no} ${i.title ?? ""}${i.full_milli / 1000}分`).join("；"), "wide"],
      ["合并封顶", scheme.caps.map((c) => `${c.rules.join("、")}合计至多${c.cap_milli / 1000}分`).join("；"), "wide"],
      ["加分上限", scheme.bonus_cap_milli === null ? null : `${scheme.bonus_cap_milli / 1000}分`]
    ])
  );
}

function ruleTable({id, name, rules}: SchemeBook, file: string): HTMLElement {
  return table(
    rules,
    [
      {label: "编号", value: (r) => r.id, align: "nowrap"},
      {label: "内容", value: (r) => r.item, align: "c"},
      {label: "规则", value: (r) => r.name},
      {label: "怎样计", value: (r) => r.cost + (r.cap_milli === null ? "" : `；本条至多${r.cap_milli / 1000}分`)},
      {label: "看什么", value: (r) => r.over},
      {
        label: "条件",
        value: (r) => [r.where, r.applies ? `适用于：${r.applies}` : null].filter(Boolean).join("；"),
        cell: (r) => conditions(r.where, r.applies)
      },
      {label: "违反条款", value: (r) => r.breach, align: "nowrap"},
      {label: "计分依据", value: (r) => r.basis, align: "nowrap"}
    ],
    {
      stack: true,
      file: `${file}-${id}-规则`,
      title: `${name}的规则${rules.length}条`,
      sub: "条件是办法中写定的表达式，列名见 xunheng describe",
      attributes: (r) => ({id: `rule-${r.id}`})
    }
  );
}

function conditions(where: string | null, applies: string | null): HTMLElement {
  return h("span", {}, where ? h("code", {}, where) : null, applies ? h("small", {}, " 适用于 ", h("code", {}, applies)) : null);
}
