import {readdirSync} from "node:fs";
import {join} from "node:path";
import {Command} from "commander";
import {fault} from "../fault.ts";
import {type InitResult, initWorkspace} from "../workspace/init.ts";
import {DATA} from "../workspace/workspace.ts";
import {type MakeCommand, optionsOf, printJson} from "./common.ts";
import {today} from "./output.ts";

/** `xunheng init DIR --regime ID`: a workspace with a commented xunheng.yaml and a workbook of blank templates. */
export const initCommand: MakeCommand = (effects) =>
  new Command("init")
    .description("建一个工作区：带说明的 xunheng.yaml 和空白的台账模板")
    .argument("<dir>", "新目录；目录名就是工作区的编号，用小写字母、数字和-")
    .requiredOption("--regime <id>", "依据哪个制度，写制度编号；写错时列出有哪些")
    .option("--authority <name>", "本单位全称；不写则在 xunheng.yaml 里留着待填")
    .option("--year <year>", "考核年度；默认今年")
    .addHelpText(
      "after",
      () => `
随程序带来的制度：${regimeIds().join("、")}；本单位自己的，先放进新目录的 regimes/。
例：xunheng init offices/linhe --regime 制度编号 --authority 临河区安全生产委员会办公室
目录里已有的文件不会被改写；缺了 xunheng.yaml 或台账模板，再运行一次就补上。
已有自己的台账时，用 xunheng inspect 文件 看怎样对应，不必照模板重抄。`
    )
    .action(async (directory: string, _, command: Command) => {
      const {regime, authority, year, json} = optionsOf<{regime: string; authority?: string; year?: string}>(command);
      const result = await initWorkspace(directory, {
        regime,
        authority: authority?.trim() || null,
        year: yearOf(year ?? today(effects).slice(0, 4))
      });
      if (json) printJson(effects, result);
      else effects.stdout(initText(result));
    });

function regimeIds(): string[] {
  return readdirSync(join(DATA, "regimes"))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -5))
    .sort();
}

function yearOf(text: string): number {
  if (/^(19|20)\d{2}$/.test(text)) return Number(text);
  throw fault(2, {place: null, what: `--year “${text}”不是年度`, advice: "请写成2025的样子"});
}

function initText({directory, regime, schemes, written, kept, todo}: InitResult): string {
  const steps = [
    ...todo,
    "打开 台账.xlsx，先看“说明”，再填单位、巡查、问题、整改四张表",
    `运行 xunheng load -w ${directory} 装入，再用 xunheng rejects -w ${directory} 看退回的行`,
    `运行 xunheng score -w ${directory} 看得分`
  ];
  return [
    `已建工作区 ${directory}：制度 ${regime}，评分办法 ${schemes.join("、") || "（还没有）"}。`,
    ...written.map((name) => `  写入 ${join(directory, name)}`),
    ...kept.map((name) => `  原有 ${join(directory, name)}，没有改动`),
    "接下来：",
    ...steps.map((step, i) => `  ${i + 1}. ${step}`),
    `已有自己的台账时，不必重抄：运行 xunheng inspect 文件 -w ${directory}，照它打印的写进 xunheng.yaml。`,
    ""
  ].join("\n");
}
