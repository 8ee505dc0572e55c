import {type Peers, peersOf, schemeOf, vetoesOf} from "./data.js";
import {card, h, hashLink, hashState} from "./dom.js";
import {factList} from "./facts.js";
import {factDetail, factTable, findingDetail, sourceText} from "./finding-detail.js";
import {isoDay, longDay, points, severityText, signed} from "./format.js";
import {gradeMark, unitMarks} from "./grade.js";
import {ledgerTable} from "./ledger-table.js";
import {rankText} from "./overview.js";
import {unscoredText} from "./ranking.js";
import {dearest} from "./reasons.js";
import {table} from "./table.js";
import type {FactRow, FindingRow, ItemRow, LedgerRow, SpaceFacts, UnitRow} from "./types.js";
import {extent, waterfall, waterfallSteps} from "./waterfall.js";

export interface UnitData {
  readonly space: SpaceFacts;
  readonly units: readonly UnitRow[];
  readonly items: readonly ItemRow[];
  readonly ledger: readonly LedgerRow[];
  readonly findings: readonly FindingRow[];
  readonly inspections: readonly FactRow[];
  readonly events: readonly FactRow[];
  readonly actions: readonly FactRow[];
  readonly accidents: readonly FactRow[];
  readonly tips: readonly FactRow[];
  readonly responses: readonly FactRow[];
  readonly text: (finding: FindingRow) => Promise<FactRow | undefined>;
}

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
      view.append(h("p", {class: "xh-warn"}, h("b", {}, `一票否决：${name}`), `，${effect}${subject ? `（${subject}）` : ""}`));
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
      `${space.authority} · ${scheme.name}${scheme.document_no ? `（${scheme.document_no}）` : ""} · 统计截止日${space.as_of} · 未审定${space.demo ? " · 演示数据" : ""}`
    )
  );
}

function sentence(unit: UnitRow, findings: readonly FindingRow[], {space}: UnitData): HTMLElement {
  const {finding = "问题"} = space.regime.words;
  const done = findings.filter((f) => f.is_done).length;
  const overdue = findings.filter((f) => f.state === "逾期").length;
  const score = unit.milli === null ? `${unit.covered}，没有得分` : `得${points(unit.milli)}分，等次“${unit.grade}”`;
  const found =
    findings.length === 0 ? `没有计入的${finding}` : `${finding}${findings.length}条，已整改${done}条，逾期未整改${overdue}条`;
  return h("p", {class: "xh-sentence"}, `截至${longDay(space.as_of)}，${unit.unit_name}${score}；${found}。`);
}

function whyUnscored({covered}: UnitRow, {period, regime}: SpaceFacts): string {
  const {inspection = "巡查"} = regime.words;
  if (covered === "巡查中") return `${inspection}尚未结束，结束后才计分。`;
  if (covered === "当年不再安排")
    return `计分期间${period.from}至${period.to}没有本级${inspection}，因此没有得分，既不是0分，也不是满分。`;
  return `计分期间${period.from}至${period.to}没有结束的${inspection}，因此没有得分，既不是0分，也不是满分。`;
}

function itemCard(items: readonly ItemRow[], unit: UnitRow, scheme: ReturnType<typeof schemeOf>): HTMLElement {
  const titles = new Map(scheme.items.map((i) => [i.no, i.title]));
  return table(
    items,
    [
      {
        label: "内容",
        value: (i) => `${i.item} ${titles.get(i.item) ?? ""}`,
        cell: (i) => h("a", {href: hashLink({unit: unit.unit_code, item: i.item})}, `${i.item} ${titles.get(i.item) ?? ""}`)
      },
      {label: "满分", value: (i) => i.full_milli / 1000, cell: (i) => points(i.full_milli), align: "r"},
      {
        label: "得分",
        value: (i) => (i.milli === null ? "不涉及" : i.milli / 1000),
        cell: (i) => (i.milli === null ? "不涉及" : points(i.milli)),
        align: "r"
      },
      {
        label: "失分",
        value: (i) => (i.milli === null ? null : (i.milli - i.full_milli) / 1000),
        cell: (i) =>
          i.milli === null || i.milli === i.full_milli ? "" : h("span", {class: "xh-loss"}, signed(i.milli - i.full_milli)),
        align: "r"
      }
    ],
    {
      file: `${unit.unit_code}-各项得分`,
      title: `${items.filter((i) => i.milli !== null && i.milli < i.full_milli).length}项内容有失分`,
      sub: "点内容只看该项的台账；折算、加分、取整和否决不在各项之内",
      attributes: (i) => ({"data-item": i.item, "data-item-milli": i.milli})
    }
  );
}

function waterfallCard(
  ledger: readonly LedgerRow[],
  items: readonly ItemRow[],
  unit: UnitRow,
  scheme: ReturnType<typeof schemeOf>
): HTMLElement {
  const steps = waterfallSteps(ledger, scheme);
  const {low} = extent(steps);
  const [worst] = dearest(unit, ledger, items, scheme, 1);
  const title = worst
    ? `失分最多的是“${worst.name}”，${signed(worst.milli)}${worst.mainly ? `，主要因${worst.mainly}` : ""}`
    : "没有失分";
  const figure = h("figure", {}, waterfall(steps, {unit: unit.unit_code, width: 640}) as unknown as Node);
  for (const svg of figure.querySelectorAll("svg"))
    svg.setAttribute("style", `${svg.getAttribute("style") ?? ""};max-width:100%;height:auto`);
  const list = h(
    "details",
    {class: "xh-small"},
    h("summary", {}, "数据"),
    ...steps.map((s) =>
      h(
        "div",
        {"data-step": s.name, "data-milli": s.milli},
        `${s.name} ${s.kind === "start" || s.kind === "score" ? points(s.milli) : signed(s.milli)}`
      )
    )
  );
  return card(
    title,
    `从${scheme.start === "full" ? "满分" : "零"}到得分的每一步，单位：分；横轴自${low / 1000}起。各规则先按未封顶的分值列出，择高和封顶退回的另列。点横条只看那一步的台账`,
    figure,
    list
  );
}

/** What stands behind a ledger row: its finding, its accident, tip, inspection or measure, or the row itself. */
function rowDetail(row: LedgerRow, data: UnitData): Node {
  const {space} = data;
  const subject = row.subject?.replace(/@原$/, "") ?? null;
  const ledgerFacts = factList([
    ["类别", row.kind],
    ["分值", signed(row.milli)],
    ["原因", row.because, "wide"],
    ["违反条款", row.breach],
    ["计分依据", row.basis]
  ]);
  const box = h("div", {}, ledgerFacts);
  const finding = subject === null ? undefined : data.findings.find((f) => f.finding_id === subject);
  if (finding) box.append(findingDetail(finding, data));
  else
    box.append(
      otherDetail(subject, row, data) ??
        h("p", {class: "xh-small"}, subject === null ? wholeText(row) : sourceText(row as unknown as FactRow))
    );
  if (row.subject?.endsWith("@原")) box.append(h("p", {class: "xh-small"}, "这一行是异议复核之前的原认定，与对应的复核行相抵。"));
  const decided = subject !== null && !finding && row.subject?.endsWith("@原");
  if (decided) box.append(h("p", {class: "xh-small"}, `问题 ${subject} 已按异议复核决定改变或撤销，不再计入本单位。`));
  return h("div", {"data-space": space.id}, box);
}

function otherDetail(subject: string | null, _row: LedgerRow, data: UnitData): HTMLElement | null {
  if (subject === null) return null;
  const {labels} = data.space;
  const kinds = [
    {name: "事故", rows: data.accidents, key: "accident_id", labels: labels.accident},
    {name: "举报", rows: data.tips, key: "tip_id", labels: labels.tip},
    {name: "督办措施", rows: data.actions, key: "action_id", labels: labels.action},
    {name: "巡查", rows: data.inspections, key: "inspection_id", labels: labels.inspection}
  ];
  for (const {name, rows, key, labels: words = {}} of kinds) {
    const found = rows.find((r) => r[key] === subject);
    if (found) return factDetail(`${name} ${subject}`, found, words);
  }
  return null;
}

function wholeText({kind}: LedgerRow): string {
  if (kind === "基础") return "该项内容的满分（从零计分的办法为0），由评分办法规定。";
  if (kind === "封顶返还") return "扣分（加分）超过上限的部分退回，上限由评分办法规定。";
  if (kind === "折算") return "不涉及的内容离开分子和分母，其余折算为百分制。";
  if (kind === "取整") return "得分取两位小数的差额。";
  return "这一行由全部相关记录一并算出，不对应单独的一条记录。";
}

function findingTable(
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
  return table(
    findings,
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
      {label: "发现", value: (f) => isoDay(f.found_on), align: "nowrap"},
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
          ? `没有${finding}`
          : overdue > 0
            ? `${finding}${findings.length}条，其中逾期未整改${overdue}条`
            : `${finding}${findings.length}条，没有逾期未整改的`,
      sub: "台账分值为该问题各行之和，封顶返还不分到单个问题",
      none: unit.milli === null ? "没有记录。" : "巡查中没有发现属于本单位的问题。",
      limit: state.finding ? Number.POSITIVE_INFINITY : 50,
      attributes: (f) => ({"data-finding": f.finding_id, "aria-current": opened(f) ? "true" : null}),
      detail: (f) => (opened(f) ? findingDetail(f, data) : null)
    }
  );
}

function stateMark(state: string): HTMLElement {
  return h("span", {class: state === "逾期" ? "xh-tag xh-tag-veto" : "xh-tag"}, state);
}

function factTables(
  {space, inspections, actions, responses, accidents}: UnitData,
  unit: UnitRow,
  own: (rows: readonly FactRow[]) => FactRow[]
): HTMLElement[] {
  const {labels, regime} = space;
  const {inspection = "巡查", response = "整改情况"} = regime.words;
  const file = (name: string) => `${space.id}-${unit.unit_code}-${name}`;
  const inspected = own(inspections);
  const taken = own(actions);
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
        title: inspected.length === 0 ? `没有${inspection}` : `${inspection}${inspected.length}次`,
        none: `截至${space.as_of}没有本单位的${inspection}。`
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
