import {join} from "node:path";
import {Command} from "commander";
import {type Handout, type Holder, holdersOf, readHandouts} from "../release/handout.ts";
import {listReleases, type Release} from "../release/list.ts";
import {PARTS, parsedJson} from "../release/office-file.ts";
import {readSignatureFiles} from "../release/signature-file.ts";
import {stampLines} from "../release/stamp.ts";
import type {ScoreResult} from "../score/types.ts";
import {openWorkspace, shownPath} from "../workspace/workspace.ts";
import {type MakeCommand, optionsOf, printJson} from "./common.ts";
import {textTable} from "./output.ts";
import {type NamedRelease, openNamed} from "./release-named.ts";

/** `release list`: every release of the workspace, in the order of approval. */
export const listCommand: MakeCommand = (effects) =>
  new Command("list").description("列出全部审定结果：谁在哪天审定的，是否仍然有效，谁持有").action((_, command: Command) => {
    const {workspace, json} = optionsOf(command);
    const space = openWorkspace(workspace);
    const releases = listReleases(space);
    const handouts = readHandouts(space);
    if (json) return printJson(effects, {releases: releases.map((r) => releaseJson(r, handouts))});
    if (releases.length === 0) return effects.stdout("还没有审定结果；先看 xunheng approve --dry-run\n");
    effects.stdout(
      textTable(
        ["审定结果", "年度", "状态", "审定人", "日期", "统计截止日", "豁免", "持有机关", "摘要"],
        releases.map((r) => rowOf(r, holdersOf(handouts, r.id)))
      )
    );
    for (const {id, fallen} of releases) if (fallen !== null) effects.stdout(`${id} ${fallen}\n`);
  });

function rowOf({id, year, state, approval}: Release, holders: readonly Holder[]): (string | number)[] {
  const {by, args} = approval;
  return [
    ...[id, String(year), state, `${by}（${args.post}）`, args.on, args.as_of],
    ...[args.waivers.length, holders.length, args.digest.slice(0, 12)]
  ];
}

function releaseJson({id, year, state, fallen, approval}: Release, handouts: readonly Handout[]) {
  const {at, by, n, hash, args} = approval;
  const {release: _, ...said} = args;
  return {...{id, year, state, fallen, approver: by, at, decision: {n, hash}}, ...said, handed_out: holdersOf(handouts, id)};
}

/** `release show ID|DIR`: what one release says of itself, who holds it, who signed it. */
export const showCommand: MakeCommand = (effects) =>
  new Command("show")
    .description("查看一个审定结果：审定人、豁免、各单位得分、签名、持有机关")
    .argument("<release>", "编号，如 office-2025-r1，或审定件的目录")
    .action((name: string, _, command: Command) => {
      const {workspace, json} = optionsOf(command);
      const named = openNamed(workspace, name);
      const handouts = named.release ? readHandouts(openWorkspace(workspace)) : [];
      const signatures = readSignatureFiles(named.directory).map((s) => s.name);
      if (json)
        return printJson(effects, {
          ...named.manifest,
          ...{manifest: named.hashes, directory: shownPath(named.directory)},
          ...{state: named.release?.state ?? null, fallen: named.release?.fallen ?? null},
          confirmation: named.release?.approval.args.confirmation ?? null,
          ...{signatures, handed_out: holdersOf(handouts, named.id), handouts: handouts.filter((h) => h.release === named.id)}
        });
      effects.stdout(showText(named, signatures, holdersOf(handouts, named.id)));
    });

function showText(
  {id, directory, manifest, hashes, release}: NamedRelease,
  signatures: readonly string[],
  holders: readonly Holder[]
) {
  const {authority, regime, year, run, files, versions} = manifest;
  const head = {...manifest.release, manifest: hashes.sha256, fallen: release?.fallen ?? null};
  const state = release ? release.state : "不在这个工作区的决定记录里";
  const size = files.reduce((sum, f) => sum + f.bytes, 0);
  return [
    `${authority} ${year}年 ${id}（${state}）\n\n`,
    ...stampLines({...manifest, release: head}).map((line) => `${line}\n`),
    `清单 SM3 ${hashes.sm3}\n`,
    `运行 ${run}\n`,
    `制度 ${regime}；巡衡 ${versions.program}，DuckDB ${versions.duckdb}；${files.length}个文件，${Math.ceil(size / 1024)} KiB\n`,
    `目录 ${shownPath(directory)}/\n\n`,
    ...scoresText(directory),
    signatures.length > 0
      ? `签名 ${signatures.join("、")}（是否有效用 xunheng verify 核验）\n`
      : "没有签名；用 xunheng seal 签名\n",
    holders.length > 0
      ? `\n持有机关\n${textTable(
          ["机关", "材料", "最近一次"],
          holders.map((h) => [h.recipient, h.what.join("、"), h.at.slice(0, 10)])
        )}`
      : "没有发放记录\n"
  ].join("");
}

/** Each scheme's units with score, grade and rank, as scores.json has them. */
function scoresText(directory: string): string[] {
  const {schemes} = parsedJson(join(directory, PARTS.scores)) as ScoreResult;
  return schemes.map(({name, units}) => {
    const rows = units.map((u) => [u.unit_code, u.unit_name, u.covered, u.score, u.grade, u.rank, u.provisional ? "暂定" : null]);
    return `${name}\n${textTable(["单位", "名称", "巡查", "得分", "等次", "名次", "说明"], rows)}\n`;
  });
}
