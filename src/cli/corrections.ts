import {Command} from "commander";
import {shapeRegime} from "../contract/shape.ts";
import {openRules} from "../warehouse/scored.ts";
import {type CorrectResult, correct} from "../workspace/correct.ts";
import {openWorkspace} from "../workspace/workspace.ts";
import {type MakeCommand, optionsOf, printJson} from "./common.ts";
import {tellWaiting, waitSeconds, withWait} from "./decision.ts";
import {instant, progressOn, textTable} from "./output.ts";

interface CorrectionFlags {
  readonly by?: string;
  readonly note?: string;
  readonly wait?: string;
}

/** Lines that a text lists; `--json` has all. */
const SHOWN = 100;

/** `xunheng corrections FILE`: takes back a workbook that `rejects --xlsx` wrote and a clerk corrected. */
export const correctionsCommand: MakeCommand = (effects, end) =>
  withWait(
    new Command("corrections")
      .description("装回更正工作簿（xunheng rejects --xlsx 导出的），每个来源成一个批次")
      .argument("<file>", "填好的更正工作簿，.xlsx")
      .option("--by <name>", "谁填的更正（必填）")
      .option("--note <text>", "说明，记入批次")
  )
    .addHelpText(
      "after",
      `
没有改、也没有选“处理”的行不会有任何变化；再装一次同一个工作簿也不会。更正从不撤走别的行，
以后台账里改好的行仍以台账为准。要取消更正，撤销它的批次：xunheng batch revoke。
还有待处理的行时退出码为1。
例：xunheng corrections 退回.xlsx --by 张三 --note 按乡镇来函更正`
    )
    .action(async (file: string, _, command: Command) => {
      const {workspace, json, by = "", note, wait} = optionsOf<CorrectionFlags>(command);
      const space = openWorkspace(workspace);
      const {regime} = await openRules(space);
      const progress = progressOn(effects);
      let result: CorrectResult;
      try {
        result = await correct(space, file, {
          at: instant(effects),
          by,
          note,
          regime: shapeRegime(regime),
          progress: progress.show,
          wait: waitSeconds(wait),
          waiting: tellWaiting(effects)
        });
      } finally {
        progress.done();
      }
      const exit = result.open > 0 || result.clock !== null || result.rows.length > 0 ? 1 : 0;
      if (json) printJson(effects, {...result, exit});
      else effects.stdout(correctionsText(result));
      end(exit);
    });

function correctionsText({sheets, rows, open, notes, clock, batches}: CorrectResult): string {
  const table = textTable(
    ["工作表", "读入", "新增", "未变", "变更", "退回", "跳过", "放弃", "批次"],
    sheets.map(({sheet, source, counts: c, waived}) => [
      sheet,
      c.read,
      c.new,
      c.unchanged,
      c.changed,
      c.rejected,
      c.skipped,
      waived,
      batches[source] ?? "没有变化"
    ])
  );
  const more = rows.length - SHOWN;
  return [
    table,
    clock === null ? "" : `！ ${clock}\n`,
    ...notes.map((n) => `· ${n}\n`),
    ...sheets.flatMap(({sheet, notes: own}) => own.map((n) => `· ${sheet}：${n}\n`)),
    ...rows
      .slice(0, SHOWN)
      .map((r) => `× ${r.sheet} 第${r.row}行${r.column === null ? "" : ` ${r.column}`}：${r.reason}；${r.advice}\n`),
    more > 0 ? `还有${more}条没有列出，用 --json 看全部。\n` : "",
    open > 0 ? `还有${open}行退回或挂起待处理，用 xunheng rejects 查看。\n` : "没有待处理的退回或挂起的行了。\n"
  ].join("");
}
