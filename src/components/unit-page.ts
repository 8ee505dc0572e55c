import {type Peers, peersOf, schemeOf, vetoesOf} from "./data.js";
import {h, hashLink, hashState} from "./dom.js";
import {longDay, points} from "./format.js";
import {gradeMark, unitMarks} from "./grade.js";
import {ledgerTable} from "./ledger-table.js";
import {rankText} from "./overview.js";
import {unscoredText} from "./ranking.js";
import {rowDetail} from "./row-detail.js";
import {notTold} from "./secrecy.js";
import type {FactRow, FindingRow, SpaceFacts, UnitRow} from "./types.js";
import type {UnitData} from "./unit-data.js";
import {itemCard, waterfallCard} from "./unit-score.js";
import {factTables, findingTable} from "./unit-tables.js";

/** 单位: why this score? The unit and what is opened stand in the address, so every view is a link. */
export function unitPage(data: UnitData): HTMLElement {
  const page = h("div");
  const draw = () => {
    const state = hashState(location.hash);
    const unit = data.units.find((u) => u.unit_code === state.unit) ?? data.units[0];
    page.replaceChildren(unit ? unitView(data, unit, state) : h("p", {class: "xh-none"}, "没有单位。"));
    if (state.unit && unit?.unit_code !== state.unit)
      page.prepend(h("p", {class: "xh-warn"}, `没有编码为 ${state.unit} 的计分单位，已显示第一个单位。`));
    // Once it is on the page: what the address opens should be in sight.
    if (state.row || state.finding)
      requestAnimationFrame(() => page.querySelector(".xh-detail")?.previousElementSibling?.scrollIntoView({block: "center"}));
  };
  addEventListener("hashchange", draw);
  draw();
  return page;
}

/** One unit in full. */
export function unitView(data: UnitData, unit: UnitRow, state: Readonly<Record<string, string>>): HTMLElement {
  const {space} = data;
  const scheme = schemeOf(space, unit.scheme);
  const peers = peersOf(space, data.units);
  const own = <Row extends {readonly scheme: string; readonly unit_code: string}>(rows: readonly Row[]) =>
    rows.filter((r) => r.scheme === unit.scheme && r.unit_code === unit.unit_code);
  const facts = (rows: readonly FactRow[]) => rows.filter((r) => r.scored_unit === unit.unit_code);
  const ledger = own(data.ledger);
  const findings = data.findings.filter((f) => f.scored_unit === unit.unit_code);
  const view = h("div", {}, head(data, unit, peers), sentence(unit, findings, data));
  if (unit.milli === null) view.append(h("p", {class: "xh-warn"}, `${unscoredText(unit)}。${whyUnscored(unit, space)}`));
  else {
    if (unit.provisional) view.append(h("p", {class: "xh-warn"}, `得分为暂定：${unit.provisional_because}。`));
    for (const {name, effect, subject} of vetoesOf(unit))
      view.append(h("p", {class: "xh-warn"}, h("b", {}, `否决或降等：${name}`), `，${effect}${subject ? `（${subject}）` : ""}`));
    view.append(
      h("div", {class: "xh-two"}, itemCard(own(data.items), unit, scheme), waterfallCard(ledger, own(data.items), unit, scheme)),
      ledgerTable(ledger, scheme, {
        unit: unit.unit_code,
        file: `${space.id}-${unit.unit_code}-记分台账`,
        state,
        detail: (row) => rowDetail(row, data)
      })
    );
  }
  view.append(findingTable(findings, unit, state, data), ...factTables(data, unit, facts));
  return view;
}

function head({space, units}: UnitData, unit: UnitRow, peers: readonly Peers[]): HTMLElement {
  const scheme = schemeOf(space, unit.scheme);
  const select = h("select", {
    "aria-label": "选择单位",
    change: (e) => (location.hash = hashLink({unit: (e.target as HTMLSelectElement).value}))
  }) as HTMLSelectElement;
  for (const u of units) select.append(h("option", {value: u.unit_code, selected: u === unit}, `${u.unit_name}（${u.unit_code}）`));
  return h(
    "div",
    {},
    h("h1", {}, `${unit.unit_name}`),
    h(
      "div",
      {
        class: "xh-scorehead",
        "data-unit": unit.unit_code,
        "data-milli": unit.milli ?? "",
        "data-rank": unit.rank ?? "",
        "data-grade": unit.grade ?? ""
      },
      unit.milli === null
        ? h("span", {class: "xh-value"}, unit.covered)
        : h("span", {class: "xh-value"}, points(unit.milli), h("small", {}, " 分")),
      gradeMark(unit.grade, scheme),
      h("span", {}, rankText(unit, peers)),
      unitMarks(unit),
      h("div", {class: "xh-tools xh-noprint"}, select, h("button", {type: "button", click: () => print()}, "打印"))
    ),
    h(
      "p",
      {class: "xh-sub"},
      `${space.authority} · ${scheme.name}${scheme.document_no ? `（${scheme.document_no}）` : ""} · 统计截止日${space.as_of} · 未审定${space.demo ? " · 演示数据" : ""} · 结果摘要${space.digest.slice(0, 8)}`
    )
  );
}

function sentence(unit: UnitRow, findings: readonly FindingRow[], {space}: UnitData): HTMLElement {
  const {finding = "问题"} = space.regime.words;
  const done = findings.filter((f) => f.is_done).length;
  const overdue = findings.filter((f) => f.state === "逾期").length;
  const score = unit.milli === null ? `${unit.covered}，没有得分` : `得${points(unit.milli)}分，等次“${unit.grade}”`;
  const found =
    findings.length === 0
      ? `没有${space.secrecy?.until ? "已反馈的、" : ""}属于本单位的${finding}`
      : `累计${finding}${findings.length}条，已整改${done}条，逾期未整改${overdue}条`;
  return h("p", {class: "xh-sentence"}, `截至${longDay(space.as_of)}，${unit.unit_name}${score}；${found}。`);
}

function whyUnscored(unit: UnitRow, space: SpaceFacts): string {
  const {covered} = unit;
  const {period, regime} = space;
  const {inspection = "巡查"} = regime.words;
  const secret = notTold(unit, space);
  if (secret) return secret;
  if (covered === "巡查中") return `${inspection}尚未结束，结束后才计分。`;
  if (covered === "当年不再安排")
    return `计分期间${period.from}至${period.to}没有本级${inspection}，因此没有得分，既不是0分，也不是满分。`;
  return `计分期间${period.from}至${period.to}没有结束的${inspection}，因此没有得分，既不是0分，也不是满分。`;
}
