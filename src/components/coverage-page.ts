import {gantt} from "./coverage/gantt.js";
import {progressCard} from "./coverage/progress-card.js";
import {monthTable} from "./coverage/quota-table.js";
import {countyTable, roundTable} from "./coverage/round-tables.js";
import {coverageSentence} from "./coverage/sentence.js";
import {ruleOf, silence} from "./coverage/stretch.js";
import {coverageTiles} from "./coverage/tiles.js";
import type {CoverageData} from "./coverage/types.js";
import {changeTable, exemptTable, nextTable} from "./coverage/unit-tables.js";
import {card, h} from "./dom.js";
import {table} from "./table.js";

/** Rules that this page answers, in the order in which it does. */
const RULES = [
  "cycle",
  "round",
  "county_coverage",
  "yearly_share",
  "month_quota",
  "year_quota",
  "key_periods",
  "exempt",
  "return_visit"
];

/** 覆盖: who has been covered, who is next? */
export function coveragePage(data: CoverageData): HTMLElement {
  const page = h("div", {class: "xh-coverage"}, h("h1", {}, "覆盖"), h("p", {class: "xh-sentence"}, coverageSentence(data)));
  if (data.space.secrecy) page.append(rulesCard(data));
  else
    page.append(
      h(
        "div",
        {class: "xh-two"},
        coverageTiles(data),
        h("div", {}, progressCard(data), nextTable(data), monthTable(data), exemptTable(data))
      ),
      ...[roundTable(data), countyTable(data)].filter((section) => section !== null),
      gantt(data),
      changeTable(data)
    );
  page.append(...silentNote(data), readings(data));
  return page;
}

/** What the document asks, where its fulfilment may not be shown. */
function rulesCard({book}: CoverageData): HTMLElement {
  const rules = RULES.flatMap((name) => ruleOf(book, name) ?? []);
  return card(
    "文件规定的次数和范围",
    null,
    ...rules.map((rule) =>
      h("p", {"data-rule": rule.name}, h("b", {}, rule.title), `（${rule.clause ?? ""}）：${(rule.lines ?? []).join("；")}`)
    )
  );
}

/** What the document does not ask, so that nobody looks for it here. */
function silentNote({book}: CoverageData): HTMLElement[] {
  const silent = RULES.filter((name) => !ruleOf(book, name)).flatMap(
    (name) => book.parameters.find((p) => p.name === name)?.title ?? []
  );
  return silent.length === 0
    ? []
    : [h("p", {class: "xh-small", "data-silent": silent.join("、")}, `${silence(book)}：${silent.join("、")}。`)];
}

/** The office's readings that decided something on this page. */
function readings({book, space}: CoverageData): HTMLElement {
  const rows = RULES.flatMap((name) => {
    const rule = ruleOf(book, name);
    return (rule?.interpretation ?? []).map((i) => ({...i, title: rule?.title ?? "", clause: rule?.clause ?? ""}));
  });
  return table(
    rows,
    [
      {label: "规定", value: (r) => r.title, align: "nowrap"},
      {label: "条款", value: (r) => r.clause},
      {label: "原文没有说清的", value: (r) => r.question},
      {label: "本单位的解释", value: (r) => r.answer},
      {label: "理由", value: (r) => r.basis}
    ],
    {file: `${space.id}-覆盖的解释`, title: `本页所依据的解释${rows.length}条`, none: "本页没有用到解释。"}
  );
}
