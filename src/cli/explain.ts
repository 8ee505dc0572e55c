import {Command} from "commander";
import {fault, nearestName} from "../fault.ts";
import {type Explanation, explainSubject, explainUnit} from "../score/explain.ts";
import {points} from "../score/score.ts";
import type {ScoreResult} from "../score/types.ts";
import {ledgerRows, openScored} from "../warehouse/scored.ts";
import {cutOffOptions, type MakeCommand, optionsOf, printJson, withCutOffs} from "./common.ts";
import {textTable} from "./output.ts";

interface ExplainFlags {
  readonly item?: string;
  readonly finding?: string;
}

/** `xunheng explain`: the ledger rows behind a unit's score, one of its items, or a finding. */
export const explainCommand: MakeCommand = (effects) =>
  withCutOffs(
    new Command("explain").description("说明一个得分：逐行列出每一分的原因、违反条款和计分依据").argument("[unit]", "单位编码")
  )
    .option("--item <no>", "只看一项巡查内容")
    .option("--finding <id>", "看一个问题在哪里扣了多少")
    .action(async (unit: string | undefined, _, command: Command) => {
      const {workspace, json, item, finding, ...rest} = optionsOf<ExplainFlags>(command);
      if ((unit === undefined) === (finding === undefined))
        throw fault(2, {
          place: null,
          what: unit === undefined ? "没有说明要看什么" : "单位编码和 --finding 只能写一个",
          advice: "请给出单位编码，如 xunheng explain 990101；或用 --finding 给出问题编号"
        });
      const scored = await openScored(workspace, cutOffOptions(rest, effects));
      try {
        if (finding !== undefined) {
          const known = await scored.db.value<number>(
            `select count(*) from finding where finding_id = '${finding.replaceAll("'", "''")}'`
          );
          if (!known)
            throw fault(2, {place: null, what: `没有问题 ${finding}`, advice: "请核对编号；退回或挂起的行见 xunheng rejects"});
          const found = explainSubject(await ledgerRows(scored.db), finding);
          if (json) printJson(effects, {finding_id: finding, units: found});
          else effects.stdout(found.length === 0 ? `问题 ${finding} 没有扣分。\n` : found.map(explanationText).join("\n"));
          return;
        }
        requireUnit(scored.result, unit ?? "");
        requireItem(scored.result, unit ?? "", item);
        const explanation = explainUnit(await ledgerRows(scored.db, unit), unit ?? "", {item});
        if (json) printJson(effects, explanation);
        else effects.stdout(unitHead(scored.result, unit ?? "") + explanationText(explanation));
      } finally {
        scored.close();
      }
    });

function requireUnit({schemes}: ScoreResult, code: string): void {
  const codes = schemes.flatMap((s) => s.units.map((u) => u.unit_code));
  if (codes.includes(code)) return;
  const near = nearestName(code, codes);
  throw fault(2, {place: null, what: `没有被评分的单位 ${code}`, advice: near ? `是否指 ${near}？` : "单位编码见 xunheng score"});
}

function requireItem({schemes}: ScoreResult, code: string, item: string | undefined): void {
  const items =
    schemes
      .flatMap((s) => s.units)
      .find((u) => u.unit_code === code)
      ?.items.map((i) => i.item) ?? [];
  if (item === undefined || items.length === 0 || items.includes(item)) return;
  throw fault(2, {place: null, what: `评分办法没有巡查内容 ${item}`, advice: `可用：${items.join("、")}`});
}

function unitHead({schemes}: ScoreResult, code: string): string {
  const unit = schemes.flatMap((s) => s.units).find((u) => u.unit_code === code);
  if (!unit) return "";
  const state =
    unit.score === null
      ? `${unit.covered}，没有得分${unit.covered_because ? `：${unit.covered_because}` : ""}`
      : `${unit.score}分 · ${unit.grade}${unit.rank === null ? " · 不参加排名" : ` · 第${unit.rank}名`}`;
  return `${unit.unit_name}（${code}） ${state}\n`;
}

function explanationText({unit_code, milli, entries}: Explanation): string {
  const rows = entries.map((e) => [
    e.seq,
    e.kind,
    e.item,
    e.rule_id,
    e.subject,
    signed(e.milli),
    e.because,
    e.breach,
    e.basis,
    e.file === null ? null : `${e.file}:${e.row}`
  ]);
  return `${textTable(["序", "类别", "内容", "规则", "对象", "分值", "原因", "违反条款", "计分依据", "来源"], rows)}单位 ${unit_code} 合计 ${points(milli)}\n`;
}

function signed(milli: number): string {
  return milli > 0 ? `+${points(milli)}` : points(milli).replace("-", "−");
}
