import {h, hashLink, hashState} from "./dom.js";
import {longDay, severityText} from "./format.js";
import {dutyCard, dutySentence} from "./rectify/duty-card.js";
import {fiveCard} from "./rectify/five-card.js";
import {funnelsOf} from "./rectify/funnel.js";
import {funnelCards} from "./rectify/funnel-card.js";
import {caseTable} from "./rectify/lists.js";
import {actionTable, returnTable} from "./rectify/measure-tables.js";
import {selection} from "./rectify/selection.js";
import type {RectifyData, RectifyView} from "./rectify/types.js";
import {FILTERS, rectifyView, yearsOf} from "./rectify/view.js";
import {keptBack} from "./secrecy.js";

/** 整改: what is stuck? What it is filtered by and the list that is open stand in the address, so every view is a link. */
export function rectifyPage(data: RectifyData): HTMLElement {
  const page = h("div");
  const draw = () => {
    const state = hashState(location.hash);
    page.replaceChildren(...sections(data, rectifyView(data, state)));
    // Once it is on the page: the list that the address opens should be in sight.
    if (state.list) requestAnimationFrame(() => page.querySelector("[data-list]")?.scrollIntoView({block: "nearest"}));
  };
  addEventListener("hashchange", draw);
  draw();
  return page;
}

/** The parts of the page in their order. */
function sections(data: RectifyData, view: RectifyView): HTMLElement[] {
  const {list = ""} = view.state;
  const opened = selection(view);
  const below = (name: "finding" | "owed" | "five") => {
    const own = list.startsWith("owed.") ? "owed" : list.startsWith("five.") ? "five" : "finding";
    return opened && own === name ? [opened] : [];
  };
  const kept = keptBack(view.space);
  return [
    h("h1", {}, "整改"),
    h("p", {class: "xh-sentence"}, sentence(view)),
    filters(data, view),
    ...(kept
      ? [
          h(
            "p",
            {class: "xh-warn"},
            `${kept}：各环节的记录会透露${view.space.regime.words.inspection ?? "巡查"}的时间和地点，不在此显示。`
          )
        ]
      : funnelCards(view)),
    ...below("finding"),
    dutyCard(view),
    ...below("owed"),
    overdueTable(view),
    ...(kept ? [] : [fiveCard(view)]),
    ...below("five"),
    actionTable(view),
    returnTable(view)
  ];
}

function sentence(view: RectifyView): string {
  const {cases, space, loop, state, nameOf} = view;
  const {finding = "问题"} = space.regime.words;
  const done = cases.filter((c) => c.is_done).length;
  const overdue = cases.filter((c) => c.state === "逾期").length;
  const chosen = [
    state.unit ? nameOf(state.unit) : "",
    state.year ? `${state.year}年发现的` : "",
    state.severity ? `严重程度为${state.severity}的` : ""
  ].filter(Boolean);
  const start = `截至${longDay(space.as_of)}，${chosen.join("、")}`;
  if (cases.length === 0) return `${start}没有${space.secrecy?.until ? "已反馈的" : ""}${finding}。`;
  const funnels = space.secrecy ? [] : funnelsOf(loop, cases, space.as_of);
  const stuck = funnels.flatMap((f) => f.cases).length - funnels.flatMap((f) => f.complete).length;
  return [
    `${start}${finding}${cases.length}条，已整改${done}条，未整改${cases.length - done}条，其中逾期${overdue}条`,
    ...(funnels.length > 0 && loop.loops.length > 0 ? [`${stuck}条没有走完闭环`] : []),
    dutySentence(view)
  ]
    .join("；")
    .concat("。");
}

function filters(data: RectifyData, {state}: RectifyView): HTMLElement {
  const choose = (key: (typeof FILTERS)[number], label: string, options: readonly (readonly [string, string])[]) => {
    const select = h("select", {
      "aria-label": label,
      change: (e) => (location.hash = hashLink({...state, [key]: (e.target as HTMLSelectElement).value}))
    });
    for (const [value, words] of [["", "全部"] as const, ...options])
      select.append(h("option", {value, selected: value === (state[key] ?? "")}, words));
    return h("label", {}, label, select);
  };
  const severities = ["一般", "较大", "重大"].filter((s) => data.findings.some((f) => f.severity === s));
  const years = yearsOf(data);
  const isFiltered = FILTERS.some((key) => state[key]);
  return h(
    "div",
    {class: "xh-filter xh-noprint"},
    choose(
      "unit",
      "单位",
      data.units.map((u) => [u.unit_code, u.unit_name])
    ),
    choose(
      "severity",
      "严重程度",
      severities.map((s) => [s, severityText(s)])
    ),
    years.length > 1
      ? choose(
          "year",
          "发现年度",
          years.map((y) => [y, `${y}年`])
        )
      : null,
    isFiltered ? h("a", {href: hashLink({list: state.list})}, "取消筛选") : null
  );
}

function overdueTable(view: RectifyView): HTMLElement {
  const {cases, space} = view;
  const {finding = "问题"} = space.regime.words;
  const overdue = cases
    .filter((c) => c.state === "逾期")
    .toSorted((a, b) => (b.days_overdue ?? 0) - (a.days_overdue ?? 0) || (a.finding_id < b.finding_id ? -1 : 1));
  const units = new Set(overdue.map((c) => c.scored_unit)).size;
  const section = caseTable(overdue, view, {
    title: overdue.length === 0 ? `没有逾期未整改的${finding}` : `逾期未整改${overdue.length}条，在${units}个单位`,
    sub: `期限来源：指定（随${finding}给定）、立即（应立即整改，以发现当日为限）、制度（文件的时限）、延期（经批准）；期限当日整改不算逾期，天数为日历天`,
    file: `${space.id}-逾期未整改`,
    limit: 20
  });
  section.id = "overdue";
  section.dataset.overdue = String(overdue.length);
  return section;
}
