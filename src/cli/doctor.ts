import {existsSync} from "node:fs";
import {join, resolve} from "node:path";
import {Command} from "commander";
import {calendarHealth} from "../doctor/calendar.ts";
import type {Health} from "../doctor/health.ts";
import {machineHealth} from "../doctor/machine.ts";
import {sourceHealth} from "../doctor/source.ts";
import {attempt, stateHealth} from "../doctor/state.ts";
import {cutOffs} from "../warehouse/cut-offs.ts";
import {openRules} from "../warehouse/scored.ts";
import {openWorkspace, shownPath, type Workspace} from "../workspace/workspace.ts";
import {type MakeCommand, optionsOf, printJson} from "./common.ts";
import {type Effects, instant, textTable, today} from "./output.ts";

/** `xunheng doctor`: whether this machine and this workspace are fit to work. Exit 1 when something needs a person. */
export const doctorCommand: MakeCommand = (effects, end) =>
  new Command("doctor")
    .description("体检：本机、节假日安排、来源、状态是否正常")
    .addHelpText(
      "after",
      `
不改动任何东西，也不联网。没有工作区时只看本机。
“注意”是能用，但有事要人看；“不行”是有命令会失败。有任何一项不正常时退出码为1。
例：xunheng doctor -w 工作区目录`
    )
    .action(async (_, command: Command) => {
      const {workspace, workspaces, json} = optionsOf<object>(command);
      const named = command.optsWithGlobals().workspace !== undefined;
      const checks = await health(workspace, named || existsSync(join(resolve(workspace), "xunheng.yaml")), effects);
      if (json) printJson(effects, {workspace: workspaces.length > 0 && named ? shownPath(resolve(workspace)) : null, checks});
      else effects.stdout(healthText(checks));
      if (checks.some((c) => c.state !== "正常")) end(1);
    });

async function health(directory: string, isWorkspace: boolean, effects: Effects): Promise<Health[]> {
  const machine = await machineHealth(resolve(directory));
  if (!isWorkspace) return [...machine, calendarHealth(null, today(effects))];
  const opened: Workspace[] = [];
  const workspace = await attempt("工作区", async () => {
    const space = openWorkspace(directory);
    opened.push(space);
    const {regime, schemes} = await openRules(space);
    return {
      name: "工作区",
      state: "正常",
      said: `${space.authority}，《${regime.title}》，${schemes.length}份评分办法`,
      advice: null
    };
  });
  const [space] = opened;
  if (!space) return [...machine, workspace];
  const {as_of} = cutOffs(space, {today: today(effects)});
  return [
    ...machine,
    workspace,
    await attempt("节假日安排", () => calendarHealth(space.directory, as_of)),
    ...(await sourceHealth(space, process.env)),
    ...(await stateHealth(space, instant(effects)))
  ];
}

function healthText(checks: readonly Health[]): string {
  const rest = checks.filter((c) => c.advice !== null);
  return [
    textTable(
      ["状态", "项目", "情况"],
      checks.map((c) => [c.state, c.name, c.said])
    ),
    ...rest.map((c) => `${c.state === "不行" ? "×" : "！"} ${c.name}：${c.advice}\n`),
    rest.length === 0 ? "一切正常。\n" : ""
  ].join("");
}
