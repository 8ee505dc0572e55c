import {Command} from "commander";
import {tableNamed} from "../contract/index.ts";
import {shapeRegime} from "../contract/shape.ts";
import {complaintText} from "../fault.ts";
import {cutOffs} from "../warehouse/cut-offs.ts";
import {openRules} from "../warehouse/scored.ts";
import {type LoadResult, load} from "../workspace/load.ts";
import {openWorkspace} from "../workspace/workspace.ts";
import {type MakeCommand, optionsOf, printJson} from "./common.ts";
import {tellWaiting, waitSeconds, withWait} from "./decision.ts";
import {type Effects, instant, progressOn, textTable, today} from "./output.ts";

/** `xunheng load`: sources → batches → warehouse. Exit 1 when rows were rejected, held or withdrawn. */
export const loadCommand: MakeCommand = (effects, end) =>
  withWait(new Command("load").description("装入全部来源：每个来源成一个批次，再重建数据仓库"))
    .addHelpText(
      "after",
      "\n有退回或挂起的行时退出码为1；用 xunheng rejects 看是哪些行、为什么。再装一次同样的文件不会改变任何东西。"
    )
    .action(async (_, command: Command) => {
      const {workspace, json, wait} = optionsOf<{wait?: string}>(command);
      const result = await loadWorkspace(workspace, effects, waitSeconds(wait));
      if (json) printJson(effects, {...result, exit: loadExit(result)});
      else effects.stdout(loadText(result));
      if (json) for (const failure of result.failures) effects.stderr(`${complaintText(failure)}\n`);
      end(loadExit(result));
    });

/** Loads a workspace as the command does, with progress on a terminal; `wait` seconds for another command that writes. */
export async function loadWorkspace(directory: string, effects: Effects, wait = 0): Promise<LoadResult> {
  const space = openWorkspace(directory);
  const {regime} = await openRules(space);
  const progress = progressOn(effects);
  try {
    return await load(space, {
      at: instant(effects),
      env: process.env,
      as_of: cutOffs(space, {today: today(effects)}).as_of,
      regime: shapeRegime(regime),
      progress: progress.show,
      wait,
      waiting: tellWaiting(effects)
    });
  } finally {
    progress.done();
  }
}

/** The exit code of a load. */
export function loadExit({exit, tables, clock, torn}: LoadResult): number {
  if (exit !== 0) return exit;
  if (clock !== null || torn !== null) return 1;
  return Object.values(tables).some((t) => t.open + t.withdrawn > 0) ? 1 : 0;
}

function loadText(result: LoadResult): string {
  const rows = Object.entries(result.tables).map(([name, t]) => [
    tableNamed(name).title,
    t.read,
    t.new,
    t.unchanged,
    t.changed,
    t.rejected,
    t.skipped,
    t.held,
    t.withdrawn,
    t.later
  ]);
  const table = textTable(["表", "读入", "新增", "未变", "变更", "退回", "跳过", "挂起", "撤走", "截止日后"], rows);
  const notes = [
    ...result.notes,
    ...result.files.flatMap((f) => f.notes.map((n) => `${f.file}${f.sheet ? ` ${f.sheet}` : ""}：${n}`))
  ];
  const gone = Object.values(result.tables).reduce((sum, t) => sum + t.withdrawn, 0);
  const waiting = Object.values(result.tables).reduce((sum, t) => sum + t.open, 0);
  const settled = Object.values(result.tables).reduce((sum, t) => sum + Math.max(0, t.rejected + t.held - t.open), 0);
  return [
    table,
    ...[result.clock, result.torn].filter((note) => note !== null).map((note) => `！ ${note}\n`),
    ...notes.map((n) => `· ${n}\n`),
    ...warningTexts(result),
    ...result.failures.map((f) => `× ${complaintText(f)}\n`),
    gone > 0 ? `有${gone}行在新文件里不见了（撤走）：仍然计入得分，来源行号指原来的文件。\n` : "",
    settled > 0 ? `${waiting > 0 ? "另有" : ""}${settled}行退回或挂起的已更正或放弃，用 xunheng rejects --all 列出。\n` : "",
    waiting > 0 ? `有${waiting}行退回或挂起：用 xunheng rejects 查看，用 xunheng rejects --xlsx 退回.xlsx 导出改正。\n` : ""
  ].join("");
}

/** Doubts of one kind that a text lists; `--json` has up to a thousand. */
const SHOWN_WARNINGS = 20;

function warningTexts({warnings, warning_counts}: LoadResult): string[] {
  return Object.entries(warning_counts).flatMap(([kind, total]) => {
    const shown = warnings.filter((w) => w.kind === kind).slice(0, SHOWN_WARNINGS);
    const more = total - shown.length;
    return [
      ...shown.map((w) => `？ ${kind}：${w.file}${w.sheet ? ` ${w.sheet}` : ""}:${w.row}: ${w.what}\n`),
      ...(more > 0 ? [`？ ${kind}：还有${more}处，用 --json 或“数据质量”页查看；都已计入，不影响得分\n`] : [])
    ];
  });
}
