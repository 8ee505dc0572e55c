import {Command} from "commander";
import {fault} from "../fault.ts";
import {type ApproveFlags, printApproval, runApproval, withApproval} from "./approve.ts";
import {type MakeCommand, optionsOf} from "./common.ts";
import {releaseDiffCommand} from "./release-diff.ts";
import {listCommand, showCommand} from "./release-list.ts";
import {withdrawCommand} from "./release-withdraw.ts";

/** `xunheng release`: the life of what was approved. */
export const releaseCommand: MakeCommand = (effects, end) => {
  const release = new Command("release").description("审定结果：列出、查看、比较、更正（取代）、撤回");
  for (const make of [listCommand, showCommand, releaseDiffCommand, supersedeCommand, withdrawCommand])
    release.addCommand(make(effects, end));
  return release;
};

/** `release supersede OLD`: a correction is a new release that names the old. */
const supersedeCommand: MakeCommand = (effects, end) =>
  withApproval(
    new Command("supersede")
      .description("更正：用现在的数据重新审定，取代旧的审定结果；列出持有旧件的机关")
      .argument("<release>", "被取代的审定结果，如 office-2025-r1")
      .option("--reason <text>", "更正的理由（必填），印在新的审定结果上")
  ).action(async (old: string, _, command: Command) => {
    const {workspace, json, reason = "", ...flags} = optionsOf<ApproveFlags & {reason?: string}>(command);
    if (reason.trim() === "")
      throw fault(2, {place: null, what: "没有写明 --reason", advice: "请写上更正的理由，如 --reason 复核后更正两处事实"});
    const ran = await runApproval(workspace, flags, effects, {id: old, reason});
    printApproval(ran, json === true, effects);
    if (ran.approved.standing.length > 0) end(3);
  });
