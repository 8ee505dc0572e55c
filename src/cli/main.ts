import {join} from "node:path";
import {Command, CommanderError} from "commander";
import {Fault} from "../fault.ts";
import {diskFull, isDiskFull} from "../warehouse/unreadable.ts";
import {readDecisions} from "../workspace/decision.ts";
import {leftBehind} from "../workspace/lock.ts";
import {acceptWithdrawalsCommand} from "./accept-withdrawals.ts";
import {approveCommand} from "./approve.ts";
import {assessmentCommand} from "./assessment.ts";
import {batchCommand} from "./batch.ts";
import {benchCommand} from "./bench-command.ts";
import {checkCommand} from "./check.ts";
import {clockCommand} from "./clock-command.ts";
import {gather} from "./common.ts";
import {correctionsCommand} from "./corrections.ts";
import {describeCommand} from "./describe.ts";
import {diffCommand} from "./diff.ts";
import {doctorCommand} from "./doctor.ts";
import {explainCommand} from "./explain.ts";
import {exportCommand} from "./export.ts";
import {initCommand} from "./init.ts";
import {inspectCommand} from "./inspect.ts";
import {keysCommand} from "./keys.ts";
import {loadCommand} from "./load.ts";
import {EFFECTS, type Effects} from "./output.ts";
import {regimeCommand} from "./regime.ts";
import {rejectsCommand} from "./rejects.ts";
import {releaseCommand} from "./release.ts";
import {schemeCommand} from "./scheme.ts";
import {scoreCommand} from "./score.ts";
import {sealCommand} from "./seal.ts";
import {siteCommand} from "./site-command.ts";
import {todoCommand} from "./todo.ts";
import {usageText} from "./usage.ts";
import {verifyCommand} from "./verify.ts";
import {waiveCommand} from "./waive.ts";

/**
 * Runs one command line.
 * Shape: arguments in, exit code out (0 done, 1 needs a person, 2 wrong use, 3 refused, 4 unreachable).
 * @example await main(["score", "-w", "offices/x", "--json"])
 */
export async function main(args: readonly string[], effects: Effects = EFFECTS): Promise<number> {
  const outcome = {exit: 0};
  const program = buildProgram(effects, (exit) => {
    outcome.exit = exit;
  });
  try {
    await program.parseAsync(args, {from: "user"});
    return outcome.exit;
  } catch (error) {
    return failure(error, args, effects);
  }
}

/** All commands, with help in Chinese. */
export function buildProgram(effects: Effects, end: (exit: number) => void): Command {
  const program = new Command("xunheng")
    .description("巡衡：把安全生产巡查结果变成经得起追问的得分")
    .option("-w, --workspace <dir>", "工作区目录（有 xunheng.yaml 的目录）；默认当前目录，site 可写几个", gather)
    .option("--json", "只在标准输出打印一个 JSON 对象")
    .option("--debug", "出错时打印堆栈")
    .helpOption("-h, --help", "显示帮助")
    .helpCommand("help [command]", "显示某个命令的帮助")
    .addHelpText(
      "after",
      `
第一次用：
  xunheng init  工作区目录 --regime 制度   建工作区和台账模板
  xunheng load  -w 工作区目录      装入数据
  xunheng score -w 工作区目录      计算得分
  xunheng explain 990101 -w 工作区目录   看一个单位为什么是这个分

退出码：0 完成；1 完成，但有事要人处理；2 用法或文件有误；3 按规定拒绝；4 数据源或引擎连不上`
    );
  const commands = [
    initCommand,
    inspectCommand,
    loadCommand,
    rejectsCommand,
    correctionsCommand,
    batchCommand,
    acceptWithdrawalsCommand,
    waiveCommand,
    scoreCommand,
    explainCommand,
    assessmentCommand,
    approveCommand,
    releaseCommand,
    verifyCommand,
    exportCommand,
    checkCommand,
    todoCommand,
    diffCommand,
    schemeCommand,
    regimeCommand,
    clockCommand,
    describeCommand,
    doctorCommand,
    keysCommand,
    sealCommand,
    siteCommand,
    benchCommand
  ];
  for (const command of commands) program.addCommand(command(effects, end));
  program.hook("preAction", (_, command) => tellLeftBehind(command, effects));
  return quiet(program, effects);
}

/** Whether the record of decisions ends in half a line; one that cannot be read is told of by whoever needs it. */
function hasTorn(path: string): boolean {
  try {
    return readDecisions(path).torn !== null;
  } catch {
    return false;
  }
}

/** Says what a killed command left behind in the workspaces that this one is about. */
function tellLeftBehind(command: Command, {stderr}: Effects): void {
  const directories: readonly string[] = command.optsWithGlobals().workspace ?? ["."];
  for (const directory of directories) {
    const left = leftBehind(join(directory, ".xunheng", "lock"));
    if (left !== null) stderr(`${left}\n`);
    if (hasTorn(join(directory, ".xunheng", "decisions.jsonl")))
      stderr("决定记录的最后一行没有写完（写它的命令中途被终止），这条决定没有生效；下一个写入的命令会把残行移到旁边\n");
  }
}

/** What commands and their subcommands share: options of the program anywhere on the line, errors thrown to main. */
function quiet(command: Command, effects: Effects): Command {
  command.exitOverride().configureOutput({writeOut: effects.stdout, writeErr: () => {}});
  command.configureHelp({showGlobalOptions: true, styleTitle: chineseTitle});
  for (const sub of command.commands) quiet(sub.helpOption("-h, --help", "显示帮助"), effects);
  return command;
}

function chineseTitle(title: string): string {
  const titles: Record<string, string> = {
    "Usage:": "用法：",
    "Arguments:": "参数：",
    "Options:": "选项：",
    "Commands:": "命令：",
    "Global Options:": "通用选项："
  };
  return titles[title] ?? title;
}

function failure(error: unknown, args: readonly string[], {stderr}: Effects): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    stderr(`${usageText(error, args)}\n`);
    return 2;
  }
  if (error instanceof Fault) {
    stderr(`${error.message}\n`);
    if (args.includes("--debug")) stderr(`${error.stack}\n`);
    return error.exit;
  }
  if (isDiskFull(error)) {
    stderr(`${diskFull().message}\n`);
    return 4;
  }
  const refused = systemText(error);
  if (refused) {
    stderr(`${refused}\n`);
    return 2;
  }
  const {message, stack} = error instanceof Error ? error : new Error(String(error));
  stderr(
    args.includes("--debug") ? `${stack}\n` : `内部错误：${message.split("\n")[0]}；请用 --debug 重试，把打印的内容交给维护者\n`
  );
  return 4;
}

/** What the system would not let us do with a file; null for anything else. */
function systemText(error: unknown): string | null {
  const {code, path} = error as NodeJS.ErrnoException;
  const what = {
    EACCES: "没有权限",
    EPERM: "没有权限",
    EROFS: "所在磁盘只读",
    EISDIR: "是目录，不是文件",
    ENOTDIR: "上级不是目录"
  }[code ?? ""];
  return what ? `${path ?? "文件"}: ${what}；请核对路径、权限和磁盘后重试` : null;
}
