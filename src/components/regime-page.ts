import {h, hashState} from "./dom.js";
import {longDay} from "./format.js";
import {type RegimeBook, type SchemeBook, silenceText} from "./regime/book.js";
import {type Checked, complianceText} from "./regime/checks.js";
import {clauseList} from "./regime/clause-list.js";
import {type Comparison, comparisonTable} from "./regime/comparison.js";
import {complianceTable} from "./regime/compliance.js";
import {documentCard, powersCard} from "./regime/document-card.js";
import {interpretationTable} from "./regime/interpretation-table.js";
import {parameterTable, silentTable} from "./regime/parameter-table.js";
import {schemeCards} from "./regime/scheme-card.js";
import {table} from "./table.js";
import type {SpaceFacts} from "./types.js";

export interface RegimeData {
  readonly space: SpaceFacts;
  readonly book: RegimeBook;
  readonly schemes: readonly SchemeBook[];
  readonly comparison: Comparison;
  /** First day looked at, and what came of each check; null for readers who may not see it. */
  readonly check: {readonly from: string; readonly checks: readonly Checked[]} | null;
}

/** 制度: what does the rule say, and, for the office's own analysts, was it kept? What is opened stands in the address. */
export function regimePage(data: RegimeData): HTMLElement {
  const {space, book, schemes, check} = data;
  const state = () => hashState(location.hash);
  let compared = comparisonPart(data, state());
  let complied = compliancePart(data, state());
  const page = h(
    "div",
    {},
    h("h1", {}, "制度"),
    sentence(data),
    contents(data),
    documentCard(book),
    complied,
    parameterTable(book, space.id),
    interpretationTable(book, space.id),
    silentTable(book, space.id),
    powersCard(book),
    clauseList(book, check?.checks ?? null, space.id),
    compared,
    itemTable(book, space.id),
    ...schemes.flatMap((scheme) => schemeCards(scheme, space.id))
  );
  const redraw = () => {
    const now = state();
    if ("compare" in now) {
      const next = comparisonPart(data, now);
      compared.replaceWith(next);
      compared = next;
    }
    if (complied && ("check" in now || "compliance" in now)) {
      const next = compliancePart(data, now);
      if (next) complied.replaceWith(next);
      complied = next;
    }
    show(page, now);
  };
  addEventListener("hashchange", redraw);
  requestAnimationFrame(() => show(page, state()));
  return page;
}

/** Brings into sight what the address names: the page is drawn after the browser has looked for it. */
function show(page: HTMLElement, state: Readonly<Record<string, string>>): void {
  const [[name = "", value = ""] = []] = Object.entries(state);
  const opened = name === "check" ? page.querySelector(`[data-check="${CSS.escape(value)}"]`) : null;
  const target = opened ?? page.querySelector(`[id="${CSS.escape(name === "compare" ? "comparison" : name)}"]`);
  if (name) target?.scrollIntoView({block: "start"});
}

function sentence({space, book, check}: RegimeData): HTMLElement {
  const answered = book.clauses.filter((c) => c.kind !== "不可计算").length;
  const said = book.parameters.filter((p) => !p.silent).length;
  const rest = book.clauses.length - answered;
  return h(
    "p",
    {class: "xh-sentence"},
    `《${book.title}》共${book.clauses.length}个条款，${answered}个在本系统有对应的规定或页面，${rest}个不可计算；`,
    `统计截止日${longDay(space.as_of)}适用的规定${said}项，另有${book.parameters.length - said}项${silenceText(book)}`,
    check === null ? "。" : `；${complianceText(check.checks)}。`
  );
}

/** The way around a long page. */
function contents({schemes, check}: RegimeData): HTMLElement {
  const parts: readonly (readonly [string, string])[] = [
    ...(check === null ? [] : [["compliance", "执行情况"] as const]),
    ["parameters", "规定"],
    ["interpretations", "解释"],
    ["silent", "没有规定的"],
    ["powers", "结果怎样使用"],
    ["clauses", "逐条对照"],
    ["comparison", "制度并排"],
    ["items", "巡查内容"],
    ...schemes.map((s) => [`scheme-${s.id}`, s.name] as const)
  ];
  return h(
    "nav",
    {class: "xh-contents xh-noprint", "aria-label": "本页内容"},
    ...parts.map(([id, name]) => h("a", {href: `#${id}`}, name))
  );
}

function comparisonPart({comparison, space, book}: RegimeData, state: Readonly<Record<string, string>>): HTMLElement {
  return comparisonTable(comparison, book.id, {file: space.id, state, isNarrow: matchMedia("(max-width: 600px)").matches});
}

function compliancePart({check, space}: RegimeData, state: Readonly<Record<string, string>>): HTMLElement | null {
  return check && complianceTable(check.checks, {file: space.id, from: check.from, as_of: space.as_of, state});
}

function itemTable({items}: RegimeBook, file: string): HTMLElement {
  const section = table(
    items,
    [
      {label: "序号", value: (i) => i.no, align: "c"},
      {label: "巡查内容", value: (i) => i.title},
      {label: "条款", value: (i) => i.clause, align: "nowrap"}
    ],
    {file: `${file}-巡查内容`, title: `巡查内容${items.length}项`}
  );
  section.id = "items";
  return section;
}
