import {Command} from "commander";
import {fault} from "../fault.ts";
import {buildSite, type SiteAudience, type SiteSpace} from "../site/build.ts";
import {cutOffs, openRules, type ScoreOptions} from "../warehouse/scored.ts";
import {listBatches} from "../workspace/batch.ts";
import {openWorkspace} from "../workspace/workspace.ts";
import {cutOffOptions, type MakeCommand, optionsOf, printJson, withCutOffs} from "./common.ts";
import {progressOn} from "./output.ts";

interface SiteFlags {
  readonly to: string;
  readonly audience: string;
}

const AUDIENCES: readonly SiteAudience[] = ["analyst", "leadership"];

/** Audiences that see releases only. */
const LATER = ["organisation", "public"];

/** `xunheng site`: the static dashboard of one or several workspaces. */
export const siteCommand: MakeCommand = (effects) =>
  withCutOffs(new Command("site").description("生成静态看板：一个或几个工作区成一个站点，不访问网络"))
    .requiredOption("--to <dir>", "写到哪个目录；原有的站点被整个替换")
    .option("--audience <audience>", `给谁看：${AUDIENCES.join("、")}`, "analyst")
    .addHelpText("after", "\n例：xunheng site --to dist -w 样例1 -w 样例2\n没有装入过数据的工作区先用 xunheng load。")
    .action(async (_, command: Command) => {
      const {workspaces, json, to, audience, ...rest} = optionsOf<SiteFlags>(command);
      const known = AUDIENCES.find((a) => a === audience);
      if (LATER.includes(audience))
        throw fault(3, {place: null, what: `给${audience}看的站点只能由审定结果生成`, advice: "本工作区还没有审定结果"});
      if (!known) throw fault(2, {place: null, what: `没有受众 ${audience}`, advice: `可用：${AUDIENCES.join("、")}`});
      const spaces: SiteSpace[] = [];
      for (const directory of workspaces) spaces.push(await siteSpace(directory, cutOffOptions(rest, effects)));
      const progress = progressOn(effects);
      try {
        const {files} = await buildSite({to, audience: known, spaces}, {progress: progress.show});
        progress.done();
        if (json) printJson(effects, {to, audience: known, files, spaces: spaces.map((s) => s.id)});
        else effects.stdout(`${to}：${spaces.length}个工作区，${files}个文件\n`);
      } finally {
        progress.done();
      }
    });

/** What a build is told about a workspace. */
export async function siteSpace(directory: string, options: ScoreOptions): Promise<SiteSpace> {
  const space = openWorkspace(directory);
  if (listBatches(space.state.batches).length === 0)
    throw fault(2, {place: null, what: `工作区 ${space.id} 还没有数据`, advice: "先用 xunheng load 装入"});
  const {regime} = await openRules(space);
  const when = cutOffs(space, options);
  return {
    id: space.id,
    dir: space.directory,
    authority: space.authority,
    title: regime.title,
    as_of: when.as_of,
    decisions_until: when.decisions_until,
    ...(when.known_at === null ? {} : {known_at: when.known_at}),
    demo: space.demo
  };
}
