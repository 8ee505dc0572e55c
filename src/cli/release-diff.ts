import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {Command} from "commander";
import {fault} from "../fault.ts";
import {PARTS} from "../release/office-file.ts";
import {diffResults, onlyUnits} from "../score/diff.ts";
import {readRun, runAbout, sidesOf, writeRun} from "../warehouse/kept-run.ts";
import {openScored} from "../warehouse/scored.ts";
import {cutOffOptions, type MakeCommand, optionsOf, printJson} from "./common.ts";
import type {NamedRun} from "./diff-side.ts";
import {diffMarkdown, diffText} from "./diff-text.ts";
import type {Effects} from "./output.ts";
import {openNamed} from "./release-named.ts";

interface DiffFlags {
  readonly unit?: string;
  readonly markdown?: boolean;
}

/** `release diff A [B]`: what changed between two releases, or since a release. */
export const releaseDiffCommand: MakeCommand = (effects) =>
  new Command("diff")
    .description("比较两个审定结果，或审定结果与工作区现状：每个单位差多少，一句话说明原因")
    .argument("<from>", "编号，如 office-2025-r1，或审定件的目录")
    .argument("[to]", "编号或目录；不写则与工作区现状比")
    .option("--unit <code>", "只看一个单位，列出它的每一行变化")
    .option("--markdown", "打印一份可以粘贴的Markdown文档")
    .addHelpText(
      "after",
      `
例：xunheng release diff office-2025-r1 office-2025-r2     更正改变了什么
    xunheng release diff office-2025-r1                    审定以后数据变了什么`
    )
    .action(async (from: string, to: string | undefined, _, command: Command) => {
      const {workspace, json, unit, markdown} = optionsOf<DiffFlags>(command);
      if (json && markdown) throw fault(2, {place: null, what: "--json 和 --markdown 只能写一个", advice: "请去掉一个"});
      const scratch = mkdtempSync(join(tmpdir(), "xunheng-diff-"));
      try {
        const before = await released(workspace, from);
        const after =
          to === undefined
            ? await present(workspace, before, join(scratch, "now.parquet"), effects)
            : await released(workspace, to);
        const regimes = [before, after].map((side) => side.about.result.regime);
        if (regimes[0] !== regimes[1])
          throw fault(2, {place: null, what: `两边的制度不同（${regimes.join("、")}）`, advice: "只能比较同一制度的结果"});
        const sides = await sidesOf(before, after);
        const whole = diffResults(sides.from, sides.to);
        if (unit !== undefined && !whole.units.some((u) => u.unit_code === unit))
          throw fault(2, {place: null, what: `两边都没有单位 ${unit}`, advice: "单位编码见 xunheng score"});
        const diff = unit === undefined ? whole : onlyUnits(whole, [unit]);
        const demo = before.about.demo || after.about.demo;
        if (json) printJson(effects, {...diff, demo});
        else effects.stdout(markdown ? diffMarkdown(diff, {unit, demo}) : diffText(diff, {unit, demo}));
      } finally {
        rmSync(scratch, {recursive: true, force: true});
      }
    });

/** The run of a release, with its year. Errors: Fault 2 when its ledger was changed. */
async function released(workspace: string, name: string): Promise<NamedRun & {readonly year: number}> {
  const {id, directory, manifest} = openNamed(workspace, name);
  return {...(await readRun(join(directory, PARTS.ledger))), label: id, year: manifest.year};
}

/** The workspace as it stands, scored for the year and cut-offs of a release. */
async function present(
  workspace: string,
  {about, year}: NamedRun & {readonly year: number},
  file: string,
  effects: Effects
): Promise<NamedRun> {
  const {as_of, decisions_until} = about.result;
  const scored = await openScored(workspace, {...cutOffOptions({}, effects), as_of, decisions_until, year});
  try {
    const now = await runAbout(scored);
    await writeRun(scored.db, file, now);
    return {file, about: now, label: "工作区现状"};
  } finally {
    scored.close();
  }
}
