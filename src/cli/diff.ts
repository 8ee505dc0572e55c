import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {Command} from "commander";
import {fault, nearestName} from "../fault.ts";
import {type Diff, diffResults, onlyUnits} from "../score/diff.ts";
import {sidesOf} from "../warehouse/kept-run.ts";
import {cutOffOptions, type MakeCommand, optionsOf, printJson, withCutOffs} from "./common.ts";
import {type DiffFlags, openSides} from "./diff-side.ts";
import {diffMarkdown, diffText} from "./diff-text.ts";

const HELP = `
例：
  xunheng diff --from 2025-11-30                     11月30日至今，每个单位为什么变了
  xunheng diff --from 2025-11-30 --to 2025-12-31 --unit 990101   一个单位，逐行
  xunheng diff --from-known-at 2026-01-05            同一个统计截止日，1月5日以后装入的数据改变了什么
  xunheng diff --scheme 新办法.yaml --against 现行办法.yaml    换一个评分办法，分会怎样变（试算）
  xunheng score --ledger 一月.parquet                把一次运行连同得分存下来，以后
  xunheng diff --from-run 一月.parquet               与现在比；--to-run 与另一次运行比

没有写明的一边取工作区现在的结果；--as-of、--known-at、--decisions-until、--year 对两边都起作用。
早于考核年度的日期按它自己的年度计分。每个单位的各行变化相加，恰好等于得分的变化；封顶返还、折算、取整单独成行。`;

/** `xunheng diff`: what became of every unit between two dates, moments, schemes or runs. */
export const diffCommand: MakeCommand = (effects) =>
  withCutOffs(new Command("diff").description("比较两个结果：每个单位差多少，一句话说明原因，逐行列出增减"))
    .option("--from <date>", "从哪个统计截止日")
    .option("--to <date>", "到哪个统计截止日；默认取工作区的")
    .option("--from-known-at <time>", "从哪个数据截止时间：只算那一刻之前装入的")
    .option("--to-known-at <time>", "到哪个数据截止时间；默认全部")
    .option("--scheme <file>", "用这个评分办法（文件或编号）算出的结果，与 --against 相比")
    .option("--against <file>", "作为比较基准的评分办法；默认取工作区的")
    .option("--from-run <file>", "从哪次运行：score --ledger 写出的 .parquet")
    .option("--to-run <file>", "到哪次运行；默认取工作区现在的结果")
    .option("--unit <code>", "只看一个单位，列出它的每一行变化")
    .option("--markdown", "打印一份可以粘贴的Markdown文档")
    .addHelpText("after", HELP)
    .action(async (_, command: Command) => {
      const {workspace, json, unit, markdown, ...rest} = optionsOf<DiffFlags & {unit?: string; markdown?: boolean}>(command);
      if (json && markdown) throw fault(2, {place: null, what: "--json 和 --markdown 只能写一个", advice: "请去掉一个"});
      const scratch = mkdtempSync(join(tmpdir(), "xunheng-diff-"));
      try {
        const {from, to, demo} = await openSides(workspace, rest, cutOffOptions({...rest}, effects), scratch);
        const sides = await sidesOf(from, to);
        const diff = onlyUnit(diffResults(sides.from, sides.to), unit);
        if (json) printJson(effects, {...diff, demo});
        else effects.stdout(markdown ? diffMarkdown(diff, {unit, demo}) : diffText(diff, {unit, demo}));
      } finally {
        rmSync(scratch, {recursive: true, force: true});
      }
    });

/** The comparison of one unit. Errors: Fault 2 for a unit on neither side. */
function onlyUnit(diff: Diff, unit: string | undefined): Diff {
  if (unit === undefined) return diff;
  const codes = diff.units.map((u) => u.unit_code);
  if (codes.includes(unit)) return onlyUnits(diff, [unit]);
  const near = nearestName(unit, codes);
  throw fault(2, {place: null, what: `两边都没有单位 ${unit}`, advice: near ? `是否指 ${near}？` : "单位编码见 xunheng score"});
}
