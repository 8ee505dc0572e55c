import {h, hashState} from "./dom.js";
import {longDay} from "./format.js";
import {type Kpi, kpis} from "./kpi.js";
import {balanceTable} from "./quality/balance.js";
import {provisionalTable} from "./quality/provisional.js";
import {batchTable, decisionTable} from "./quality/record.js";
import type {QualityFacts} from "./quality/types.js";
import {doubtTable, withdrawnTable, workTable} from "./quality/work.js";
import {type Checked, complianceText} from "./regime/checks.js";
import type {SpaceFacts, UnitRow} from "./types.js";

export interface QualityData {
  readonly space: SpaceFacts;
  readonly units: readonly UnitRow[];
  readonly quality: QualityFacts;
  /** What came of the checks of procedure; null where they are not shown. */
  readonly checks: {readonly checks: readonly Checked[]} | null;
}

/** 数据质量: can I trust it? What it is filtered by and the batch that is open stand in the address. */
export function qualityPage(data: QualityData): HTMLElement {
  const page = h("div", {class: "xh-quality"});
  const draw = () => page.replaceChildren(...sections(data, hashState(location.hash)));
  addEventListener("hashchange", draw);
  draw();
  return page;
}

function sections(data: QualityData, state: Readonly<Record<string, string>>): HTMLElement[] {
  const {space, quality, units} = data;
  return [
    h("h1", {}, "数据质量"),
    h("p", {class: "xh-sentence"}, qualitySentence(data)),
    kpis(qualityKpis(data)),
    workTable(quality, state, space.id),
    balanceTable(quality, space.id),
    withdrawnTable(quality, space.id),
    doubtTable(quality, space.id),
    provisionalTable(units, space),
    batchTable(quality, state, space.id),
    decisionTable(quality, space.id),
    ...compliance(data)
  ];
}

/** The page's answer: how many rows came in, what waits, what is doubtful, whether scores are final. */
export function qualitySentence({space, quality, units}: QualityData): string {
  const {tables, rejects, withdrawn, doubts} = quality;
  const read = tables.reduce((sum, t) => sum + t.read, 0);
  const waiting = units.filter((u) => u.provisional && u.milli !== null).length;
  const work = rejects.total === 0 ? "全部计入，没有退回或挂起的" : `${rejects.total.toLocaleString("en")}行退回或挂起，没有计入`;
  return [
    `截至${longDay(space.as_of)}，${tables.length}张表读入${read.toLocaleString("en")}行，${work}`,
    ...(withdrawn.total > 0 ? [`${withdrawn.total}行从新文件里撤走，仍然计入`] : []),
    doubts.total > 0 ? `${doubts.total}处存疑` : "没有存疑的",
    waiting > 0 ? `${waiting}个单位的得分为暂定` : "得分都不是暂定的"
  ]
    .join("；")
    .concat("。");
}

function qualityKpis({quality, units}: QualityData): Kpi[] {
  const {rejects, withdrawn, doubts, tables, batches} = quality;
  const held = rejects.rows.filter((r) => r.cause !== null).length;
  const read = tables.reduce((sum, t) => sum + t.read, 0);
  const masked = tables.reduce((sum, t) => sum + t.masked, 0);
  const waiting = units.filter((u) => u.provisional && u.milli !== null).length;
  const share = read === 0 ? "" : `，占读入的${((rejects.total / read) * 100).toFixed(1)}%`;
  return [
    {
      ...{name: "rejects", label: "退回或挂起", value: String(rejects.total), unit: " 行", href: "#work"},
      note: rejects.total === 0 ? "每一行都已计入" : `其中挂起${held}行${share}`
    },
    {
      ...{name: "withdrawn", label: "撤走", value: String(withdrawn.total), unit: " 行", href: "#withdrawn"},
      note: withdrawn.total === 0 ? "原有的行都在" : "仍然计入，等人决定"
    },
    {
      ...{name: "doubts", label: "存疑", value: String(doubts.total), unit: " 处", href: "#doubts"},
      note: masked === 0 ? "已计入，请核对" : `已计入，请核对；另有${masked}格遮盖了号码`
    },
    {
      ...{name: "provisional", label: "得分暂定", value: String(waiting), unit: " 个单位", href: "#provisional"},
      note: `装入过${batches.total}个批次`
    }
  ];
}

/** What the checks of procedure say, and where they stand. */
function compliance({checks}: QualityData): HTMLElement[] {
  if (!checks) return [];
  const link = h("a", {href: "./regime.html#compliance"}, "见制度页");
  return [h("section", {class: "xh-card"}, h("h2", {}, "程序检查"), h("p", {}, `${complianceText(checks.checks)}，`, link, "。"))];
}
