import {existsSync} from "node:fs";
import {basename, join} from "node:path";
import type {Command} from "commander";
import {type ExportFile, type WrittenFile, writeExport} from "../export/write.ts";
import {fault} from "../fault.ts";
import {recordHandout} from "../release/handout.ts";
import {openResult} from "../release/open.ts";
import {type ReleaseHead, stampLines, stampMarks, stampOf} from "../release/stamp.ts";
import type {Scored} from "../warehouse/scored.ts";
import {openWorkspace} from "../workspace/workspace.ts";
import {cutOffOptions, optionsOf, printJson, withCutOffs} from "./common.ts";
import {type Effects, instant} from "./output.ts";

/** Options of every export, as commander names them. */
export interface ExportFlags {
  readonly to?: string;
  readonly release?: string;
  readonly draft?: boolean;
  readonly by?: string;
  readonly recipient?: readonly string[];
}

/** A result that is open for an export; close `scored` after use. */
export interface OpenExport<T> {
  readonly scored: Scored;
  /** Options of the command itself. */
  readonly flags: T & ExportFlags;
  readonly to: string;
  readonly json: boolean;
  /** Who makes the export; null: not said. */
  readonly by: string | null;
  /** Offices it goes to, as written on the command line. */
  readonly recipients: readonly string[];
  /** The last -w: hand-outs are recorded there. */
  readonly workspace: string;
}

/** Adds the options of every export. */
export function withExport(command: Command): Command {
  return withCutOffs(
    command
      .option("--to <path>", "写到哪里：文件或目录（必填）")
      .option("--release <id>", "用哪个审定结果：编号，或它的目录；默认取本年度现行的审定结果，没有时按工作区现状（标“未审定”）")
      .option("--draft", "不用审定结果，按工作区现状导出，标“未审定”")
      .option("--by <name>", "谁导出的；写了 --recipient 时必填，记入发放记录")
      .option("--recipient <office>", "交给哪个机关，可写几次；审定结果的导出据此登记发放", many)
  );
}

function many(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/**
 * Opens what an export is made from.
 * Errors: Fault 2 without --to; and those of openResult.
 * @example const {scored, flags, to} = await openForExport<{table?: string}>(command, effects)
 */
export async function openForExport<T extends object = object>(command: Command, effects: Effects): Promise<OpenExport<T>> {
  const {workspace, json, ...flags} = optionsOf<T & ExportFlags>(command);
  const {to, release, draft, by, recipient} = flags as ExportFlags;
  if (to === undefined || to === "") throw fault(2, {place: null, what: "没有写 --to", advice: "请写明写到哪个文件或目录"});
  const cutOffs = cutOffOptions(flags as Readonly<Record<string, unknown>>, effects);
  const scored = await openResult(workspace, {...cutOffs, release, draft});
  return {
    ...{scored, to, workspace, json: json === true},
    flags: flags as T & ExportFlags,
    by: by?.trim() || null,
    recipients: recipient ?? []
  };
}

/** What was exported. */
export interface Exported {
  /** What it is, for programs and for the record of hand-outs: `assessment`, or a document's name. */
  readonly what: string;
  /** What it is, for people: 考核办导出; default `what`. */
  readonly title?: string;
  readonly to: string;
  readonly files: readonly ExportFile[];
  /** Offices that get it; for a release they are recorded as holders. */
  readonly recipients: readonly string[];
  readonly by: string | null;
  readonly workspace: string;
  readonly json: boolean;
  /** The enquiry that is answered. */
  readonly request?: string;
  /** Further keys of the JSON object. */
  readonly more?: object;
  /** Further lines for people. */
  readonly lines?: readonly string[];
}

/**
 * Writes an export, records who gets it when it is made from a release, and says what was written and from which result.
 * Shape: JSON `{what, to, files: [{path, sha256}], stamp, …more}`.
 * Errors: Fault 2 when recipients of a release are named and nobody hands it out; those of writeExport and recordHandout.
 * @example await finishExport(effects, scored, {what: "brief", title: "简报", to, files: [{path: "", bytes}], recipients, by, workspace, json})
 */
export async function finishExport(effects: Effects, scored: Scored, exported: Exported): Promise<void> {
  const {what, title = what, to, files, recipients, by, json, more = {}, lines = []} = exported;
  const stamp = stampOf(scored);
  if (stamp.release !== null && recipients.length > 0 && by === null)
    throw fault(2, {place: null, what: "没有写 --by", advice: `审定结果交给${recipients.join("、")}要登记，请写明由谁交出`});
  const written = await writeExport(to, files, (ready) => handOut(effects, stamp.release, exported, ready));
  if (json) {
    printJson(effects, {what, to, files: written, stamp, ...more});
    return;
  }
  const marks = stampMarks(stamp);
  effects.stdout(`${title}：已写出${written.length}个文件，${to}${marks.length > 0 ? `（${marks.join("，")}）` : ""}\n`);
  for (const line of [...stampLines(stamp), ...lines]) effects.stdout(`  ${line}\n`);
}

/** Records the hand-out of a release, before its files stand where others find them. */
async function handOut(
  effects: Effects,
  release: ReleaseHead | null,
  {what, to, recipients, by, request, workspace}: Exported,
  written: readonly WrittenFile[]
): Promise<void> {
  if (release === null || by === null) return;
  if (!existsSync(join(workspace, "xunheng.yaml"))) {
    effects.stderr("不在工作区里，没有登记这次发放；要登记，请用 -w 指出审定件所在的工作区\n");
    return;
  }
  const files = written.map(({path, sha256}) => ({path: path === to ? basename(to) : path, sha256}));
  const body = {
    at: instant(effects),
    by,
    release: {id: release.id, manifest: release.manifest},
    what,
    to: recipients,
    request,
    files
  };
  await recordHandout(openWorkspace(workspace), body);
}
