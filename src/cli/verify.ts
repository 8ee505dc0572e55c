import {existsSync} from "node:fs";
import {resolve} from "node:path";
import {Command} from "commander";
import {fault} from "../fault.ts";
import {readTrusted} from "../release/trust.ts";
import {type Verification, verify} from "../release/verify.ts";
import {readDecisions} from "../workspace/decision.ts";
import {openWorkspace, shownPath} from "../workspace/workspace.ts";
import {gather, optionsOf, printJson} from "./common.ts";
import {type Effects, progressOn} from "./output.ts";
import {verdictLines} from "./verify-text.ts";

/** `verify`: checks a release or a package of exports, offline. */
export function verifyCommand(effects: Effects, end: (exit: number) => void): Command {
  return new Command("verify")
    .description("核验审定件或导出件：不联网，不需要工作区；逐个文件、逐条决定、逐行台账核对，并重算一遍")
    .argument("<dir>", "审定件或导出件的目录（里面有 manifest.json）")
    .option("--trust <pub>", "信任的公钥文件（PEM），可写几次；另用 -w 时，工作区已信任的公钥也算", gather)
    .action(async (directory: string, _: unknown, command: Command) => {
      const {json, workspace, trust} = optionsOf<{trust?: string[]}>(command);
      const record = command.optsWithGlobals().workspace === undefined ? null : recordOf(workspace);
      const progress = progressOn(effects);
      const found = await verify(resolve(directory), {
        trusted: readTrusted({space: record?.space, files: keyFiles(trust ?? [])}),
        record,
        progress: progress.show
      }).finally(progress.done);
      if (json) printJson(effects, jsonOf(found));
      else effects.stdout(`${verdictLines(found, shownPath(directory)).join("\n")}\n`);
      end(found.ok ? 0 : 1);
    });
}

/** Files of keys that are there. Errors: Fault 2 naming the first that is not. */
function keyFiles(files: readonly string[]): readonly string[] {
  const missing = files.find((file) => !existsSync(file));
  if (missing !== undefined)
    throw fault(2, {place: {file: missing}, what: "没有这个文件", advice: "请指出审定机关的公钥文件（PEM）"});
  return files;
}

/** The record of the workspace that -w names. The one that people stand in says nothing of what others made. */
function recordOf(workspace: string) {
  const space = openWorkspace(workspace);
  return {space, decisions: readDecisions(space.state.decisions).decisions};
}

/** What `--json` prints. */
function jsonOf({about, ...found}: Verification) {
  const approved = about && {...about.release, year: about.year, as_of: about.as_of, run: about.run, digest: about.digest};
  return {...found, approved};
}
