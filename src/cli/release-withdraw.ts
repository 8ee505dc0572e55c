import {Command} from "commander";
import {fault} from "../fault.ts";
import {holdersOf, readHandouts} from "../release/handout.ts";
import {listReleases} from "../release/list.ts";
import {decide} from "../workspace/decide.ts";
import {openWorkspace, type Workspace} from "../workspace/workspace.ts";
import {type MakeCommand, optionsOf, printJson} from "./common.ts";
import {type DecisionFlags, decidedJson, decideOptions, whileDeciding, withDecision} from "./decision.ts";
import {releaseNamed} from "./release-named.ts";

/** `release withdraw ID`: a release that no longer holds, with nothing in its place. */
export const withdrawCommand: MakeCommand = (effects) =>
  withDecision(
    new Command("withdraw")
      .description("撤回：审定结果从此不再有效，也没有别的取代它；列出持有它的机关")
      .argument("<release>", "审定结果，如 office-2025-r1")
  )
    .addHelpText("after", "\n审定件仍然保留，只是标“已撤回”；要以新的结果代替，请用 xunheng release supersede。")
    .action(async (id: string, _, command: Command) => {
      const {workspace, json, ...flags} = optionsOf<DecisionFlags>(command);
      const space = openWorkspace(workspace);
      let holders: readonly string[] = [];
      const decided = await whileDeciding(effects, () =>
        decide(
          space,
          decideOptions(flags, effects, () => {}),
          "release withdraw",
          async () => {
            holders = demandStanding(space, id);
            return {kind: "withdraw-release", args: [{release: id, holders}], concerned: null};
          }
        )
      );
      if (json) return printJson(effects, {release: id, holders, ...decidedJson(decided)});
      const [decision] = decided.decisions;
      effects.stdout(
        decision
          ? `已撤回 ${id}，记为第${decision.n}条决定；今后由它生成的材料都标“已撤回”。\n`
          : `会撤回 ${id}；以上只是预演（--dry-run），没有写任何决定。\n`
      );
      for (const note of decided.notes) effects.stdout(`！ ${note}\n`);
      effects.stdout(holders.length > 0 ? `持有它的：${holders.join("、")}；请通知他们\n` : "没有发放记录，无须通知。\n");
    });

/** Who holds a release that stands. Errors: Fault 2 when there is none of that name; Fault 3 when it has fallen already. */
function demandStanding(space: Workspace, id: string): string[] {
  const release = releaseNamed(listReleases(space), id, space.id);
  if (release.fallen !== null)
    throw fault(3, {place: null, what: `${id} ${release.fallen}`, advice: "不必再撤回，见 xunheng release list"});
  return holdersOf(readHandouts(space), id).map((h) => h.recipient);
}
