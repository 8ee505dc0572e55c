import type {Command} from "commander";
import {type ExportFile, writeExport} from "../export/write.ts";
import {fault} from "../fault.ts";
import {stampLines, stampMarks, stampOf} from "../release/stamp.ts";
import {openScored, type Scored} from "../warehouse/scored.ts";
import {cutOffOptions, optionsOf, printJson, withCutOffs} from "./common.ts";
import type {Effects} from "./output.ts";

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
 * Errors: Fault 2 without --to, or for options that exclude each other; and those of openResult.
 * @example const {scored, flags, to} = await openForExport<{table?: string}>(command, effects)
 */
export async function openForExport<T extends object = object>(command: Command, effects: Effects): Promise<OpenExport<T>> {
  const {workspace, json, ...flags} = optionsOf<T & ExportFlags>(command);
  const {to, release, draft, by, recipient} = flags as ExportFlags;
  if (to === undefined || to === "") throw fault(2, {place: null, what: "没有写 --to", advice: "请写明写到哪个文件或目录"});
  const options = cutOffOptions(flags as Readonly<Record<string, unknown>>, effects);
  const cutOffs = [options.as_of, options.decisions_until, options.known_at].some((text) => text !== undefined);
  if (release !== undefined && (draft === true || cutOffs))
    throw fault(2, {
      place: null,
      what: `--release 不能同${draft === true ? " --draft" : "截止日"}一起写`,
      advice: "审定结果的截止日已经定了；要看别的截止日，请去掉 --release"
    });
  const scored = await openScored(workspace, options);
  return {
    ...{scored, to, workspace, json: json === true},
    flags: flags as T & ExportFlags,
    by: by?.trim() || null,
    recipients: recipient ?? []
  };
}

/** What was exported. */
export interface Exported {
  /** What it is, as 考核办导出. */
  readonly what: string;
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
}

/**
 * Writes an export, records who gets it when it is made from a release, and says what was written and from which result.
 * Shape: JSON `{what, to, files: [{path, sha256}], stamp, …more}`.
 * Errors: Fault 2 when recipients of a release are named and nobody hands it out; those of writeExport.
 * @example await finishExport(effects, scored, {what: "简报", to, files: [{path: "", bytes}], recipients, by, workspace, json})
 */
export async function finishExport(
  effects: Effects,
  scored: Scored,
  {what, to, files, recipients, by, json, more = {}}: Exported
): Promise<void> {
  const stamp = stampOf(scored);
  const isHandedOut = stamp.release !== null && recipients.length > 0;
  if (isHandedOut && by === null)
    throw fault(2, {place: null, what: "没有写 --by", advice: `审定结果交给${recipients.join("、")}要登记，请写明由谁交出`});
  const written = await writeExport(to, files);
  if (json) {
    printJson(effects, {what, to, files: written, stamp, ...more});
    return;
  }
  const marks = stampMarks(stamp);
  effects.stdout(`${what}：已写出${written.length}个文件，${to}${marks.length > 0 ? `（${marks.join("，")}）` : ""}\n`);
  for (const line of stampLines(stamp)) effects.stdout(`  ${line}\n`);
}
