import {existsSync} from "node:fs";
import {join, resolve} from "node:path";
import {Command} from "commander";
import {type ClockOptions, clock, clockEffects, clockText} from "./clock.ts";
import {type MakeCommand, optionsOf, printJson} from "./common.ts";

/** `xunheng clock`: when something is due, and why. */
export const clockCommand: MakeCommand = (effects) =>
  new Command("clock")
    .description("算一个期限：从起算日起，到哪一天为止，为什么")
    .option("--on <date>", "起算日（当日不计入）")
    .option("--regime <id>", "按制度的时限算：制度编号")
    .option("--clock <name>", "制度里的时限，如 report、rectify_report")
    .option("--length <n>", "自定长度")
    .option("--unit <unit>", "自定单位：workdays 工作日、days 日、months 月")
    .option("--rest-day <rule>", "最后一日为休息日时：顺延 或 不顺延（默认）")
    .addHelpText(
      "after",
      "\n例：xunheng clock --length 5 --unit workdays --on 2025-04-28\n    xunheng clock --regime 制度编号 --clock report --on 2025-04-28"
    )
    .action(async (_, command: Command) => {
      const {workspace, json, ...options} = optionsOf<ClockOptions>(command);
      const own = existsSync(join(workspace, "xunheng.yaml")) ? resolve(workspace) : null;
      const result = await clock(options, clockEffects(own));
      if (json) printJson(effects, result);
      else effects.stdout(clockText(result));
    });
