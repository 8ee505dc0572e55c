import {points} from "../../score/score.ts";
import {signedPoints} from "../../score/signed.ts";
import type {Scored} from "../../warehouse/scored.ts";
import {clauseWords, dayWords, sentence, shortLaw, stretchWords, text} from "../document/phrase.ts";
import type {Block} from "../official/document.ts";
import {breachesOf, type Card, type FiledFinding, loopOf} from "./card.ts";

/** One finding from fact to cost. */
export function cardBlocks(scored: Scored, card: Card): Block[] {
  return [
    {kind: "fields", fields: factFields(scored, card.finding)},
    {kind: "fields", fields: clauseFields(scored, card)},
    {kind: "fields", fields: dueFields(card)},
    historyTable(card),
    costTable(card),
    ...costWords(card),
    {kind: "sign", lines: ["建档人：＿＿＿＿　核对人：＿＿＿＿　归档日期：＿＿＿＿"]}
  ];
}

const NONE = "未写";

function yesNo(value: boolean | null, yes: string, no: string): string {
  return value === null ? NONE : value ? yes : no;
}

function factFields({regime}: Scored, f: FiledFinding): [string, string][] {
  const inspection =
    f.inspection_id === null
      ? (f.source ?? NONE)
      : `${f.inspection_id}，${regime.kinds[f.inspection_kind ?? ""] ?? f.inspection_kind ?? NONE}，${stretchWords(f.started_on, f.ended_on)}`;
  const record = [
    f.record_no ?? "记录表编号未写",
    yesNo(f.record_signed, `已签字确认${f.signer_role === null ? "" : `（${f.signer_role}）`}`, "未签字")
  ];
  const visit: [string, string][] =
    f.visit_id === null
      ? []
      : [
          ["受检点位", `${f.place_name ?? NONE}（${f.visit_id}）`],
          ["记录", [...record, `督办单号${f.slip_no ?? NONE}`, `影像留存${yesNo(f.recorded, "有", "无")}`].join("，")]
        ];
  const item = regime.items.find(({no}) => no === f.item.split(".")[0]);
  return [
    ["问题编号", `${f.finding_id}${f.is_struck ? "（已经异议复核撤销，以下为原记录）" : ""}`],
    ["责任单位", `${f.unit_name}（${f.unit_code}）`],
    ["问题描述", f.description],
    ["发现", `${dayWords(f.found_on)}，${inspection}`],
    ...visit,
    ["巡查内容", `${f.item}　${item?.title ?? ""}`],
    [
      "层面和程度",
      [f.layer, f.severity, f.nature, f.hazard_level === null ? null : `隐患级别${f.hazard_level}`]
        .filter((t) => t !== null)
        .join("，")
    ],
    ["类别和行业", [f.category ?? NONE, f.industry ?? NONE].join("，")],
    ["责任认定", f.fault ?? NONE],
    ...(f.criterion === null ? [] : [["判定依据", f.criterion] as [string, string]])
  ];
}

function clauseFields({regime, ...scored}: Scored, card: Card): [string, string][] {
  const {finding: f} = card;
  const {breaches, bases} = breachesOf(card);
  const loop = loopOf({regime, ...scored}, f);
  const item = regime.items.find(({no}) => no === f.item.split(".")[0]);
  const cite = (clause: string) => `${shortLaw(regime)}${clauseWords(clause)}`;
  return [
    ["违反条款", f.violated ?? NONE],
    ["制度条款", [...new Set([...(item ? [item.clause] : []), ...breaches])].map(cite).join("；") || NONE],
    ["计分依据", bases.length === 0 ? "没有扣分" : bases.join("；")],
    ["整改要求", f.requirement ?? NONE],
    [
      "措施、责任、资金、预案",
      [f.measure ?? "措施未写", f.owner ?? "责任人未写", fund(f.fund_wan), f.plan ?? "预案未写"].join("；")
    ],
    ...(f.lead_name === null && f.supervisor_name === null
      ? []
      : [["牵头、督办单位", [f.lead_name, f.supervisor_name].filter((t) => t !== null).join("、")] as [string, string]]),
    ...(loop ? [["闭环环节", `${loop.stages.join("→")}（${cite(loop.clause)}）`] as [string, string]] : [])
  ];
}

function fund(value: string | null): string {
  return value === null ? "资金未写" : `资金${value.replace(/\.?0+$/, "")}万元`;
}

function dueFields({finding: f, due}: Card): [string, string][] {
  const late = f.days_overdue !== null && f.days_overdue > 0 ? `，逾期${f.days_overdue}天（日历天）` : "";
  const five = due?.five;
  return [
    ["整改期限", f.due_on === null ? (due?.source ?? "未规定") : dayWords(f.due_on)],
    ["期限怎样得出", [due?.because ?? NONE, ...(due?.steps ?? [])].join("\n")],
    [
      "现状",
      `${f.is_struck ? "已撤销" : f.state}${late}${f.done_on === null ? "" : `，${dayWords(f.done_on)}整改完成`}${f.closed_on === null ? "" : `，${dayWords(f.closed_on)}销号`}`
    ],
    ...(five
      ? [
          ["五落实", five.missing.length === 0 ? `齐全（${five.clause}）` : `缺${five.missing.join("、")}（${five.clause}）`] as [
            string,
            string
          ]
        ]
      : [])
  ];
}

function historyTable({history}: Card): Block {
  return {
    kind: "table",
    caption: "经过",
    columns: [
      {header: "日期", width: 16, align: "center"},
      {header: "事项", width: 14, align: "center"},
      {header: "内容", width: 40},
      {header: "来源", width: 30}
    ],
    rows: history.map((e) => [e.on_date, e.what, [e.detail, e.late].filter((t) => t !== null).join("；"), sourceOf(e)]),
    empty: "没有记载。"
  };
}

/** The file and row that say so, and the batch that brought it. */
function sourceOf({
  file,
  row,
  batch
}: {
  readonly file: string | null;
  readonly row: number | null;
  readonly batch: string | null;
}): string {
  return [file === null ? null : `${file}${row === null ? "" : `第${row}行`}`, batch === null ? null : `批次${batch}`]
    .filter((t) => t !== null)
    .join("\n");
}

function costTable({costs}: Card): Block {
  return {
    kind: "table",
    caption: "计分（记分台账各行，封顶和折算之前）",
    columns: [
      {header: "计分单位", width: 18},
      {header: "类别", width: 10, align: "center"},
      {header: "规则", width: 12, align: "center"},
      {header: "原因", width: 36},
      {header: "计分依据", width: 14},
      {header: "分值", width: 10, align: "right"}
    ],
    rows: costs.flatMap(({unit_name, entries}) =>
      entries.map((e) => [unit_name, e.kind, e.rule_id, e.because, e.basis, signedPoints(e.milli)])
    ),
    empty: "没有为它计分。"
  };
}

/** What it really cost, and why no more. */
function costWords({costs, marginals, reasons, finding}: Card): Block[] {
  if (marginals === null) return [];
  const names = new Map(costs.map((c) => [c.unit_code, c.unit_name]));
  const told = marginals.filter((m) => m.marginal_milli !== 0 || names.has(m.unit_code));
  const lines = told.map(
    ({unit_code, without_milli, marginal_milli}) =>
      `没有这个问题，${names.get(unit_code) ?? unit_code}的得分为${points(without_milli)}分，相差${points(marginal_milli)}分`
  );
  const source = sourceOf(finding).replace("\n", "，");
  return [...lines, ...reasons, `问题原记录：${source}`].map((line) => text(sentence(line)));
}
