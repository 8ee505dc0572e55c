import {Command} from "commander";
import {fault} from "../fault.ts";
import {explainRule, explainUnit} from "../score/explain.ts";
import {ledgerRows, openScored, type Scored} from "../warehouse/scored.ts";
import {cutOffOptions, type MakeCommand, optionsOf, printJson, withCutOffs} from "./common.ts";
import {findingExplained} from "./explain-finding.ts";
import {findingMarkdown, findingText} from "./explain-finding-text.ts";
import {requireItem, requireRule, requireUnit} from "./explain-known.ts";
import {headOf, ruleMarkdown, ruleText, unitMarkdown, unitText} from "./explain-text.ts";
import type {Effects} from "./output.ts";
import {schemeText} from "./scheme-file.ts";

interface ExplainFlags {
  readonly item?: string;
  readonly rule?: string;
  readonly finding?: string;
  /** true: written without a value. */
  readonly sameAs?: string | true;
  readonly scheme?: string;
  readonly markdown?: boolean;
}

const HELP = `
例：
  xunheng explain 990101                       一个单位的每一分：哪条规则、哪个问题、哪个文件哪一行
  xunheng explain 990101 --item 6              只看巡查内容6
  xunheng explain --rule R6-1                  一条规则扣了哪些单位（加单位编码则只看该单位）
  xunheng explain --finding MD-0001            一个问题扣了多少、没有它得分多多少、没扣的为什么没扣，以及它的全部经过
  xunheng explain --same-as MD-0001            同类同扣：同样的问题在别处扣了多少，不一样的为什么不一样
  xunheng explain 990101 --as-of 2025-06-30    过去某一天的得分；--known-at 只算那时已经装入的数据
  xunheng explain 990101 --markdown            打印一份可以粘贴的Markdown文档

各行分值相加恰好等于得分。marginal_milli 是去掉这个问题重新计分后的得分减去现在的得分（千分之一分），封顶、比率、重复次数都随之重算。`;

/** `xunheng explain`: the ledger rows behind a unit's score, an item, a rule, or a finding. */
export const explainCommand: MakeCommand = (effects) =>
  withCutOffs(
    new Command("explain").description("说明一个得分：逐行列出每一分的原因、违反条款和计分依据").argument("[unit]", "单位编码")
  )
    .option("--item <no>", "只看一项巡查内容")
    .option("--rule <id>", "只看一条规则；不写单位编码则列出它涉及的全部单位")
    .option("--finding <id>", "看一个问题在哪里扣了多少，以及它的经过")
    .option("--scheme <file>", "用这个评分办法（文件或编号）代替工作区的办法")
    .option("--same-as [id]", "同类同扣：与这个问题同类的在别处扣了多少；与 --finding 连用时不必再写编号")
    .option("--markdown", "打印一份可以粘贴的Markdown文档")
    .addHelpText("after", HELP)
    .action(async (unit: string | undefined, _, command: Command) => {
      const {workspace, json, item, rule, finding, sameAs, markdown, scheme, ...rest} = optionsOf<ExplainFlags>(command);
      const asked = {
        unit,
        item,
        rule,
        finding: sameAs === undefined || sameAs === true ? finding : sameAs,
        same: sameAs !== undefined
      };
      checkAsked(asked, {finding, sameAs, json, markdown});
      const options = {
        ...cutOffOptions({...rest}, effects),
        scheme: scheme === undefined ? undefined : schemeText(scheme, workspace)
      };
      const scored = await openScored(workspace, options);
      try {
        await answer(scored, asked, {json: json === true, markdown: markdown === true}, effects);
      } finally {
        scored.close();
      }
    });

interface Asked {
  readonly unit: string | undefined;
  readonly item: string | undefined;
  readonly rule: string | undefined;
  readonly finding: string | undefined;
  readonly same: boolean;
}

interface Form {
  readonly json: boolean;
  readonly markdown: boolean;
}

function checkAsked(
  {unit, item, rule, finding, same}: Asked,
  raw: Pick<ExplainFlags, "finding" | "sameAs" | "markdown"> & {json?: boolean | undefined}
): void {
  const refuse = (what: string, advice: string) => fault(2, {place: null, what, advice});
  if (raw.json && raw.markdown) throw refuse("--json 和 --markdown 只能写一个", "请去掉一个");
  if (typeof raw.sameAs === "string" && raw.finding !== undefined && raw.sameAs !== raw.finding)
    throw refuse("--finding 和 --same-as 写了两个不同的问题", "请只写一个");
  if (same && finding === undefined) throw refuse("--same-as 后面没有问题编号", "例如 xunheng explain --same-as MD-0001");
  if (finding !== undefined && unit !== undefined)
    throw refuse("单位编码和 --finding 只能写一个", "请给出单位编码，如 xunheng explain 990101；或用 --finding 给出问题编号");
  if (finding !== undefined && (item !== undefined || rule !== undefined))
    throw refuse("--finding 不能与 --item、--rule 连用", "一个问题的各行本来就列全");
  if (unit === undefined && finding === undefined && rule === undefined)
    throw refuse("没有说明要看什么", "请给出单位编码，如 xunheng explain 990101；或用 --finding 给出问题编号");
  if (unit === undefined && item !== undefined) throw refuse("--item 前面没有单位编码", "例如 xunheng explain 990101 --item 6");
}

async function answer(scored: Scored, asked: Asked, form: Form, effects: Effects): Promise<void> {
  const {unit, item, rule, finding, same} = asked;
  const print = <T>(value: T, text: (v: T) => string, markdown: (v: T) => string) =>
    form.json ? printJson(effects, value) : effects.stdout(form.markdown ? markdown(value) : text(value));
  if (finding !== undefined) {
    const explained = await findingExplained(scored, finding, same);
    print(explained, findingText, findingMarkdown);
    return;
  }
  if (rule !== undefined) requireRule(scored.schemes, rule);
  if (unit === undefined) {
    const units = explainRule(await ledgerRows(scored.db), rule ?? "");
    const names = new Map(scored.result.schemes.flatMap((s) => s.units).map((u) => [u.unit_code, u.unit_name]));
    const shown = units.map((u) => ({...u, unit_name: names.get(u.unit_code) ?? ""}));
    print(
      {...headOf(scored), rule_id: rule ?? "", units: shown},
      (v) => ruleText(v, scored),
      (v) => ruleMarkdown(v, scored)
    );
    return;
  }
  const standing = requireUnit(scored.result, unit);
  requireItem(scored.result, unit, item);
  const {milli, ...explanation} = explainUnit(await ledgerRows(scored.db, unit), unit, {item, rule});
  const {covered} = standing;
  print(
    {...explanation, milli: standing.milli === null ? null : milli, covered, ...headOf(scored), ...asked},
    (v) => unitText(v, scored),
    (v) => unitMarkdown(v, scored)
  );
}
