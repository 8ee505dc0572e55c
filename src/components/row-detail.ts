import {h} from "./dom.js";
import {factList} from "./facts.js";
import {factDetail, findingDetail, sourceText} from "./finding-detail.js";
import {signed} from "./format.js";
import {keptBack} from "./secrecy.js";
import type {FactRow, LedgerRow} from "./types.js";
import type {UnitData} from "./unit-data.js";

/** What stands behind a ledger row: its finding, its accident, tip, inspection or measure, or the row itself. */
export function rowDetail(row: LedgerRow, data: UnitData): Node {
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
      otherDetail(subject, data) ??
        h("p", {class: "xh-small"}, subject === null ? wholeText(row, data) : sourceText(row as unknown as FactRow))
    );
  if (row.subject?.endsWith("@原")) box.append(h("p", {class: "xh-small"}, "这一行是异议复核之前的原认定，与对应的复核行相抵。"));
  if (!finding && row.subject?.endsWith("@原"))
    box.append(h("p", {class: "xh-small"}, `问题 ${subject} 已按异议复核决定改变或撤销，不再计入本单位。`));
  return box;
}

function otherDetail(subject: string | null, data: UnitData): HTMLElement | null {
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

/** Kinds of rows of which each is about one thing. */
const SINGLE = new Set(["扣分", "加分", "择高返还", "复核"]);

function wholeText({kind}: LedgerRow, {space}: UnitData): string {
  if (SINGLE.has(kind) && space.audience !== "analyst")
    return `这一行对应的记录不向本受众显示${space.secrecy ? `：${keptBack(space)}` : ""}。`;
  if (kind === "基础") return "该项内容的满分（从零计分的办法为0），由评分办法规定。";
  if (kind === "封顶返还") return "扣分（加分）超过上限的部分退回，上限由评分办法规定。";
  if (kind === "折算") return "不涉及的内容离开分子和分母，其余折算为百分制。";
  if (kind === "取整") return "得分取两位小数的差额。";
  return "这一行由全部相关记录一并算出，不对应单独的一条记录。";
}
