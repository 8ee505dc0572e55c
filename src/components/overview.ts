import {type Peers, peersName, peersOf, schemeOf, vetoesOf} from "./data.js";
import {card, h, hashLink} from "./dom.js";
import {type DueList, dueList, majorCount} from "./due.js";
import {longDay, meanMilli, points, signed} from "./format.js";
import {gradeMark, unitMarks} from "./grade.js";
import {type Kpi, kpis} from "./kpi.js";
import {monthFlow, monthFlowChart} from "./month-flow.js";
import {dearest, type Reason} from "./reasons.js";
import {doneWord, keptBack} from "./secrecy.js";
import {type Column, table} from "./table.js";
import {tileGrid} from "./tile-grid.js";
import {lateAndSoon, type TodoRow, todoCount} from "./todo.js";
import {todoCard} from "./todo-card.js";
import type {FindingRow, ItemRow, LedgerRow, SpaceFacts, UnitRow} from "./types.js";

export interface OverviewData {
  readonly space: SpaceFacts;
  readonly units: readonly UnitRow[];
  readonly items: readonly ItemRow[];
  readonly ledger: readonly LedgerRow[];
  readonly findings: readonly FindingRow[];
  readonly todo: readonly TodoRow[];
}

/** 总览: how do we stand? */
export function overview(data: OverviewData): HTMLElement {
  const {space, units, findings} = data;
  const due = dueList(findings, space.as_of);
  const page = h("div", {}, h("h1", {}, "总览"), sentence(data, due), kpis(overviewKpis(data, due)));
  for (const scheme of space.schemes) {
    const members = units.filter((u) => u.scheme === scheme.id);
    const title = `${scheme.applies_to.join("、")}：${gradeMessage(members, scheme.grades)}`;
    const tiles = card(title, `按等次着色；${scheme.name}，统计截止日${space.as_of}`, tileGrid(members, scheme));
    page.append(h("div", {class: "xh-two"}, tiles, lowest(data, scheme.id)));
  }
  page.append(h("div", {class: "xh-two"}, flowCard(data), todoCard(data.todo, data)), ...notes(space));
  return page;
}

function sentence({space, units}: OverviewData, {overdue}: DueList): HTMLElement {
  const scored = units.filter((u) => u.milli !== null);
  const covered = units.filter((u) => u.covered === "已巡查").length;
  const vetoed = units.filter((u) => vetoesOf(u).length > 0).length;
  const provisional = units.filter((u) => u.provisional && u.milli !== null).length;
  const {unit = "单位", finding = "问题"} = space.regime.words;
  const means = space.schemes.flatMap((scheme) => {
    const mean = meanMilli(scored.filter((u) => u.scheme === scheme.id).flatMap((u) => (u.milli === null ? [] : [u.milli])));
    return mean === null ? [] : [`${space.schemes.length > 1 ? scheme.applies_to.join("、") : ""}平均${points(mean)}分`];
  });
  return h(
    "p",
    {class: "xh-sentence"},
    `截至${longDay(space.as_of)}，${units.length}个${unit}${doneWord(space)}${covered}个${means.length > 0 ? `，${means.join("，")}` : ""}；`,
    `${vetoed === 0 ? "没有单位被否决或降等" : `${vetoed}个单位被否决或降等`}，${overdue.length}条${finding}逾期未整改`,
    provisional > 0 ? `；${provisional}个单位的得分为暂定。` : "。"
  );
}

function overviewKpis({space, units, findings, todo}: OverviewData, {overdue}: DueList): Kpi[] {
  const {soon} = lateAndSoon(todo);
  const rectify = todoCount(soon.filter((r) => r.kind === "问题整改"));
  const {n: due} = todoCount(soon);
  const covered = units.filter((u) => u.covered === "已巡查").length;
  const scored = units.flatMap((u) => (u.milli === null ? [] : [u.milli]));
  const mean = space.schemes.length === 1 ? meanMilli(scored) : null;
  const open = new Set(findings.filter((f) => !f.is_done).map((f) => f.finding_id)).size;
  const states = ["巡查中", "未巡查", "当年不再安排", "未反馈"].flatMap((state) => {
    const count = units.filter((u) => u.covered === state).length;
    return count > 0 ? [`${state}${count}`] : [];
  });
  const average: Kpi =
    mean === null
      ? {
          name: "scored",
          label: "已计分单位",
          value: String(scored.length),
          note: `${space.schemes.length}个评分办法，不合并平均`,
          href: "./score.html"
        }
      : {
          ...{name: "mean", label: "平均得分", value: points(mean), unit: " 分", href: "./score.html"},
          note: `最高${points(Math.max(...scored))}，最低${points(Math.min(...scored))}`
        };
  return [
    {
      name: "covered",
      label: doneWord(space),
      value: String(covered),
      unit: ` / ${units.length}`,
      note: states.join("，") || "全部完成",
      href: "./score.html"
    },
    average,
    {
      name: "overdue",
      label: "逾期未整改",
      value: String(overdue.length),
      unit: " 条",
      note: `其中重大${majorCount(overdue)}条；未整改共${open}条`,
      href: "./rectify.html"
    },
    {
      name: "soon",
      label: "30天内到期",
      value: String(due),
      unit: " 项",
      note: `问题整改${rectify.n}条（重大${rectify.n_major}条），其他${due - rectify.n}项`,
      href: "#todo"
    }
  ];
}

function gradeMessage(units: readonly UnitRow[], grades: readonly {readonly name: string}[]): string {
  const parts = grades.flatMap(({name}) => {
    const count = units.filter((u) => u.grade === name).length;
    return count > 0 ? [`${name}${count}个`] : [];
  });
  return parts.length > 0 ? parts.join("，") : "尚无单位计分";
}

/** What no score contains: findings of no scored unit, and what the engine warns of. */
function notes({unassigned, unassigned_count, warnings, regime}: SpaceFacts): HTMLElement[] {
  const {finding = "问题"} = regime.words;
  const ids = unassigned.map((f) => f.finding_id);
  const listed = ids.length > 0 ? `：${ids.slice(0, 20).join("、")}${ids.length > 20 ? "等" : ""}` : "";
  return [
    ...(unassigned_count > 0 ? [`另有${unassigned_count}条${finding}不属于任何计分单位（未归属），不计入任何得分${listed}`] : []),
    ...warnings
  ].map((text) => h("p", {class: "xh-warn", "data-note": ""}, `${text}。`));
}

/** What came in and what was put right, month by month. */
function flowCard({space, findings}: OverviewData): HTMLElement {
  const {from, to} = space.period;
  const kept = keptBack(space);
  if (kept && findings.every((f) => !f.found_on))
    return card(
      `${space.regime.words.finding ?? "问题"}的发现日期${kept}`,
      null,
      h("p", {class: "xh-none"}, "逐月的新发现和完成整改不列。")
    );
  const months = monthFlow(findings, from, to).slice(-12);
  const sum = (key: "found" | "done") => months.reduce((total, m) => total + m[key], 0);
  const {finding = "问题"} = space.regime.words;
  const title = `${months.length}个月新发现${sum("found")}条，完成整改${sum("done")}条`;
  const body = months.length === 0 ? h("p", {class: "xh-none"}, "计分期间没有月份。") : monthFlowChart(months);
  return card(title, `${finding}按发现日期和整改完成日期计，${months[0]?.month ?? from}至${to}`, body);
}

/** The lowest five of a scheme with what cost them most. */
function lowest({space, units, items, ledger}: OverviewData, id: string): HTMLElement {
  const scheme = schemeOf(space, id);
  const scored = units
    .filter((u) => u.scheme === id && u.milli !== null)
    .toSorted((a, b) => (a.milli ?? 0) - (b.milli ?? 0) || (a.unit_code < b.unit_code ? -1 : 1));
  const peers = peersOf(space, units);
  const own = <Row extends {scheme: string; unit_code: string}>(rows: readonly Row[], u: UnitRow) =>
    rows.filter((r) => r.scheme === id && r.unit_code === u.unit_code);
  const reasons = new Map(scored.slice(0, 5).map((u) => [u, dearest(u, own(ledger, u), own(items, u), scheme)]));
  const columns: Column<UnitRow>[] = [
    {
      label: "单位",
      value: (u) => u.unit_name,
      cell: (u) =>
        h(
          "div",
          {},
          h("a", {href: hashLink({unit: u.unit_code}, "./unit.html")}, u.unit_name),
          h("br"),
          h("small", {}, rankText(u, peers)),
          h("br"),
          unitMarks(u)
        )
    },
    {label: "得分", value: (u) => (u.milli ?? 0) / 1000, cell: (u) => points(u.milli ?? 0), align: "r"},
    {label: "等次", value: (u) => u.grade, cell: (u) => gradeMark(u.grade, scheme)},
    {
      label: "失分最多的三项",
      value: (u) =>
        (reasons.get(u) ?? []).map((r) => `${r.name}${signed(r.milli)}${r.mainly ? `（主要是${r.mainly}）` : ""}`).join("；"),
      cell: (u) => reasonList(u, reasons.get(u) ?? [])
    }
  ];
  return table(scored.slice(0, 5), columns, {
    stack: true,
    file: `${space.id}-得分靠后`,
    title: `得分靠后的${Math.min(5, scored.length)}个单位`,
    sub: "失分为各项内容满分减得分，已计封顶和择高返还；点开可见台账各行",
    none: "尚无单位计分。",
    attributes: (u) => ({"data-unit": u.unit_code, "data-milli": u.milli})
  });
}

function reasonList(unit: UnitRow, reasons: readonly Reason[]): HTMLElement {
  if (reasons.length === 0) return h("small", {}, "没有失分");
  return h(
    "ul",
    {class: "xh-reasons"},
    ...reasons.map(({filter, name, mainly, milli}) =>
      h(
        "li",
        {"data-reason-of": unit.unit_code, "data-item": filter.item ?? "", "data-milli": milli},
        h("a", {href: hashLink({unit: unit.unit_code, ...filter}, "./unit.html")}, name),
        " ",
        h("span", {class: "xh-loss xh-num"}, signed(milli)),
        mainly ? h("small", {}, ` 主要是${mainly}`) : null
      )
    )
  );
}

/** Where a unit stands among its peers: 第3名（共11个）. */
export function rankText(unit: UnitRow, peers: readonly Peers[]): string {
  if (unit.rank === null) return unit.milli === null ? "" : "不排名";
  const group = peers.find((p) => p.units.some((u) => u.scheme === unit.scheme && u.unit_code === unit.unit_code));
  const ranked = group?.units.filter((u) => u.rank !== null) ?? [];
  const tied = ranked.filter((u) => u.rank === unit.rank).length > 1;
  return `${group ? peersName(group) : ""}${tied ? "并列" : ""}第${unit.rank}名（共${ranked.length}个）`;
}
