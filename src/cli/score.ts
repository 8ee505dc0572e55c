import {Command} from "commander";
import {writeLedger} from "../export/ledger.ts";
import {standingRelease} from "../release/list.ts";
import type {ScoreResult, UnitScore} from "../score/types.ts";
import {runAbout} from "../warehouse/kept-run.ts";
import {openScored, type Scored} from "../warehouse/scored.ts";
import {ScoreScript} from "../warehouse/script.ts";
import {cutOffOptions, type MakeCommand, optionsOf, printJson, withCutOffs} from "./common.ts";
import {textTable} from "./output.ts";
import {schemeText} from "./scheme-file.ts";

interface ScoreFlags {
  readonly scheme?: string;
  readonly ledger?: string;
  readonly sql?: string;
}

/** `xunheng score`: the scores of a workspace, with run id and digest; `--ledger` also writes every row behind them. */
export const scoreCommand: MakeCommand = (effects) =>
  withCutOffs(new Command("score").description("按评分办法计算得分、等次、名次"))
    .option("--scheme <file>", "用这个评分办法（文件或编号）代替工作区的办法")
    .option("--ledger <file>", "同时写出记分台账：.parquet、.arrow、.csv 或 .xlsx；.parquet 以后可用 xunheng diff --from-run 比较")
    .option("--sql <file>", "同时写出复算脚本和事实：只用 DuckDB 就能从事实算出同样的得分、台账、摘要")
    .addHelpText("after", "\n同样的数据、办法和截止日，任何机器上得到同样的摘要（digest）。分值以千分之一分的整数计算。")
    .action(async (_, command: Command) => {
      const {workspace, json, scheme, ledger, sql, ...rest} = optionsOf<ScoreFlags>(command);
      const script = sql === undefined ? null : new ScoreScript(sql);
      const scored = await openScored(workspace, {
        ...cutOffOptions(rest, effects),
        scheme: scheme === undefined ? undefined : schemeText(scheme, workspace),
        columns: "needed",
        kept: script?.kept
      });
      try {
        if (script && sql) effects.stderr(writtenText(sql, script.write(scored.result)));
        if (ledger) await writeLedger(scored.db, ledger, await runAbout(scored));
        if (json) printJson(effects, scored.result);
        else effects.stdout(scoreText(scored.result, approvalState(scored)));
      } finally {
        scored.close();
      }
    });

/** What --sql wrote, for those who look on. */
function writtenText(sql: string, {folder, files}: ReturnType<ScoreScript["write"]>): string {
  return `已写出复算脚本 ${sql}，事实在 ${folder}/（${files}个文件）\n`;
}

/** Whether what was scored is what the year's release holds. */
function approvalState({space, year, result}: Pick<Scored, "space" | "year" | "result">): string {
  const standing = standingRelease(space, year);
  if (standing === null) return "未审定";
  return standing.approval.args.run === result.run ? `审定结果 ${standing.id}` : `未审定（与审定结果 ${standing.id} 不同）`;
}

function scoreText(result: ScoreResult, state: string): string {
  const tables = result.schemes.map(({name, units}) => {
    // Ranks are within groups, so a table with groups names them.
    const isGrouped = units.some((u) => u.peer_group !== null);
    const header = ["单位", "名称", "巡查", "得分", "等次", ...(isGrouped ? ["考核分组"] : []), "名次", "说明"];
    return `${name}\n${textTable(
      header,
      units.map((u) => unitRow(u, isGrouped))
    )}`;
  });
  const unassigned =
    result.unassigned.length > 0
      ? [
          `未归属的问题${result.unassigned.length}条：${result.unassigned
            .slice(0, 5)
            .map((f) => f.finding_id)
            .join("、")}${result.unassigned.length > 5 ? "等" : ""}\n`
        ]
      : [];
  return [
    `统计截止日 ${result.as_of} · 决定计至 ${result.decisions_until}${result.provisional ? " · 暂定" : ""} · ${state}\n\n`,
    tables.join("\n"),
    "\n",
    ...unassigned,
    ...result.warnings.map((w) => `· ${w}\n`),
    `摘要 ${result.digest}\n运行 ${result.run}\n`
  ].join("");
}

function unitRow(unit: UnitScore, isGrouped: boolean): (string | number | null)[] {
  const notes = [
    ...unit.vetoes.map((v) => `否决 ${v.name}（${v.effect}）`),
    ...unit.provisional_because,
    ...(unit.covered_because ? [unit.covered_because] : [])
  ];
  return [
    unit.unit_code,
    unit.unit_name,
    unit.covered,
    unit.score,
    unit.grade,
    ...(isGrouped ? [unit.peer_group] : []),
    unit.rank,
    [...(unit.provisional ? ["暂定"] : []), ...notes].join("；")
  ];
}
