import {Command} from "commander";
import {demandPower} from "../export/organisation/data.ts";
import {demandPublished} from "../export/publication.ts";
import {fault} from "../fault.ts";
import {standingRelease} from "../release/list.ts";
import {releaseDirectory} from "../release/settle.ts";
import {buildSite, isReleaseAudience, type ReleaseAudience, type SiteAudience, type SiteSpace} from "../site/build.ts";
import {cutOffs} from "../warehouse/cut-offs.ts";
import {openRules, openScored, type ScoreOptions} from "../warehouse/scored.ts";
import {listBatches} from "../workspace/batch.ts";
import {openWorkspace, type Workspace} from "../workspace/workspace.ts";
import {cutOffOptions, type MakeCommand, optionsOf, printJson, withCutOffs} from "./common.ts";
import {progressOn} from "./output.ts";

interface SiteFlags {
  readonly to: string;
  readonly audience: string;
}

const AUDIENCES: readonly SiteAudience[] = ["analyst", "leadership", "organisation", "public"];

const HELP = `
例：xunheng site --to dist -w 样例1 -w 样例2
没有装入过数据的工作区先用 xunheng load。

受众各成一个站点，看不到的内容不在站点的文件里：
  analyst       安委办分析人员，全部页面
  leadership    领导，不含只供办公室分析的列
  organisation  组织部，只有“组织部参考”和“制度”，只由现行的审定结果生成
  public        社会公众，只有“公布”和“制度”，只由现行的审定结果生成，只含制度规定公布的内容`;

/** `xunheng site`: the static dashboard of one or several workspaces. */
export const siteCommand: MakeCommand = (effects) =>
  withCutOffs(new Command("site").description("生成静态看板：一个或几个工作区成一个站点，不访问网络"))
    .requiredOption("--to <dir>", "写到哪个目录；原有的站点被整个替换")
    .option("--audience <audience>", `给谁看：${AUDIENCES.join("、")}`, "analyst")
    .addHelpText("after", HELP)
    .action(async (_, command: Command) => {
      const {workspaces, json, to, audience, ...rest} = optionsOf<SiteFlags>(command);
      const known = AUDIENCES.find((a) => a === audience);
      if (!known) throw fault(2, {place: null, what: `没有受众 ${audience}`, advice: `可用：${AUDIENCES.join("、")}`});
      const spaces: SiteSpace[] = [];
      const options = cutOffOptions(rest, effects);
      for (const directory of workspaces)
        spaces.push(isReleaseAudience(known) ? await releaseSpace(directory, known, options) : await siteSpace(directory, options));
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
    demo: space.demo,
    state: await approvalState(space, directory, options)
  };
}

/** What the bar says: the release that stands when it is what the pages show, else 未审定. */
async function approvalState(space: Workspace, directory: string, options: ScoreOptions): Promise<string> {
  const release = standingRelease(space, options.year ?? space.year);
  if (release === null) return "未审定";
  const scored = await openScored(directory, {...options, columns: "needed"});
  try {
    return scored.result.run === release.approval.args.run ? `审定 ${release.id}` : `未审定（与 ${release.id} 不同）`;
  } finally {
    scored.close();
  }
}

/** What a build for readers of releases is told about a workspace. Errors: Fault 3 without a standing release, or without the power. */
export async function releaseSpace(directory: string, audience: ReleaseAudience, options: ScoreOptions): Promise<SiteSpace> {
  const space = openWorkspace(directory);
  if ([options.as_of, options.decisions_until, options.known_at].some((text) => text !== undefined))
    throw fault(2, {place: null, what: `给 ${audience} 的站点不能另写截止日`, advice: "截止日由审定结果定，请去掉"});
  const year = options.year ?? space.year;
  const {regime} = await openRules(space);
  if (audience === "organisation") demandPower({regime});
  else demandPublished({regime, when: {as_of: `${year}-12-31`}});
  const release = standingRelease(space, year);
  if (release === null)
    throw fault(3, {
      place: null,
      what: `给 ${audience} 的站点只能由审定结果生成，工作区 ${space.id} ${year}年没有现行的审定结果`,
      advice: "请先用 xunheng approve 审定"
    });
  const {as_of, decisions_until} = release.approval.args;
  const place = releaseDirectory(space, release.id);
  return {
    ...{id: space.id, dir: space.directory, authority: space.authority, title: regime.title},
    ...{as_of, decisions_until, demo: space.demo, state: `审定 ${release.id}`, release: place}
  };
}
