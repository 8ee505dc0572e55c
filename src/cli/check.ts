import {Command} from "commander";
import {fault} from "../fault.ts";
import {partyWord} from "../regime/check-names.ts";
import type {Regime} from "../regime/types.ts";
import type {CheckResult} from "../warehouse/check.ts";
import {runChecks} from "../warehouse/check.ts";
import {openLaw} from "../warehouse/law.ts";
import {cutOffOptions, type MakeCommand, optionsOf, printJson, withCutOffs} from "./common.ts";
import {textTable} from "./output.ts";

interface CheckFlags {
  readonly only?: string;
  readonly rows?: string;
}

/** `xunheng check`: whether those who inspect, and those inspected, kept the regime's own rules. Exit 1 when a rule that binds was broken. */
export const checkCommand: MakeCommand = (effects, end) =>
  withCutOffs(new Command("check").description("按制度检查巡查程序：每处违反和提示都有条款、对象、原因、来源行"))
    .option("--only <id>", "只做一项检查，并列出它的全部行")
    .option("--rows <n>", "每项检查列出几行；默认5行")
    .addHelpText(
      "after",
      `
制度没有规定的不检查；“可以”不产生义务；“原则上”的不遵守是提示，其余是违反。
是否栏空着是不知道，不算违反；台账没有某一栏的，该项检查“没有数据”。
例：xunheng check -w 工作区目录
    xunheng check --only report-late --json -w 工作区目录

退出码：0 没有违反；1 有违反（只有提示不算）`
    )
    .action(async (_, command: Command) => {
      const {workspace, json, only, rows, ...rest} = optionsOf<CheckFlags>(command);
      const law = await openLaw(workspace, cutOffOptions(rest, effects));
      try {
        const sample = rows === undefined ? (only === undefined ? 5 : Number.MAX_SAFE_INTEGER) : countOf(rows);
        const checks = await runChecks(law.db, law, {only, sample});
        if (json)
          printJson(effects, {as_of: law.when.as_of, from: law.from, to: law.to, year: law.year, regime: law.regime.id, checks});
        else effects.stdout(checkText(checks, law.from, law.to, law.regime));
        if (checks.some((c) => c.grade === "违反" && c.rows > 0)) end(1);
      } finally {
        law.close();
      }
    });

function countOf(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw fault(2, {place: null, what: `--rows “${text}”不是行数`, advice: "请写成20的样子"});
  return Number(text);
}

function checkText(checks: readonly CheckResult[], from: string, to: string, {title, words}: Regime): string {
  const broken = checks.filter((c) => c.rows > 0).toSorted((a, b) => (a.grade === b.grade ? 0 : a.grade === "违反" ? -1 : 1));
  const count = (grade: string) => broken.filter((c) => c.grade === grade).length;
  return [
    `《${title}》${from}至${to}的程序检查：${checks.length}项，${count("违反")}项有违反，${count("提示")}项有提示\n\n`,
    textTable(["检查", "内容", "条款", "约束", "看了", "不符", "不知道", "结果"], checks.map(summaryRow)),
    ...broken.map((c) => detailText(c, words))
  ].join("");
}

function summaryRow(c: CheckResult): (string | number | null)[] {
  const result = c.missing.length > 0 ? "没有数据" : c.rows > 0 ? c.grade : c.judged === 0 ? "没有可看的" : "未发现";
  const modality = c.word === null ? c.modality : `${c.modality}（${c.word}）`;
  return [c.id, c.title, c.clause, modality, c.judged, c.rows, c.unknown, result];
}

function detailText(c: CheckResult, words: Regime["words"]): string {
  const lines = c.sample.map((r) => {
    const source =
      r.source_file === null ? "" : `（${r.source_file}${r.source_sheet ? ` ${r.source_sheet}` : ""} 第${r.source_row}行）`;
    return `  ${r.because}${source}\n`;
  });
  const more =
    c.rows > c.sample.length ? [`  …… 另有${c.rows - c.sample.length}处，用 --only ${c.id} --rows ${c.rows} 全部列出\n`] : [];
  const readings = c.interpretations.map((i) => `  解释：${i.question}——${i.answer}（${i.decided_by}）\n`);
  return [
    `\n${c.grade} ${c.title}（${c.clause}）${c.rows}处，由${partyWord(words, c.by)}负责\n`,
    ...lines,
    ...more,
    ...readings
  ].join("");
}
