import type {Command} from "commander";
import {fault} from "../fault.ts";
import type {ScoreOptions} from "../warehouse/scored.ts";
import {type Effects, today} from "./output.ts";

/** Options that every command takes. */
export interface Globals {
  /** The last -w; several are for `site`. */
  readonly workspace: string;
  readonly workspaces: readonly string[];
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** A command as main adds it. */
export type MakeCommand = (effects: Effects, end: (exit: number) => void) => Command;

/** Adds the cut-offs, which mean the same in every command. */
export function withCutOffs(command: Command): Command {
  return command
    .option("--as-of <date>", "统计截止日；默认取 xunheng.yaml，再默认今天")
    .option(
      "--decisions-until <date>",
      "评议和异议复核的决定计到哪一天；默认取 xunheng.yaml（--as-of 写了别的日期时不取），再默认统计截止日"
    )
    .option("--known-at <time>", "数据截止时间：只算这一刻之前装入的批次和决定")
    .option("--year <year>", "考核年度；默认取 xunheng.yaml");
}

/** Cut-offs of a parsed command line. */
export function cutOffOptions(options: Readonly<Record<string, unknown>>, effects: Effects): ScoreOptions {
  const text = (name: string) => (options[name] === undefined ? undefined : String(options[name]));
  return {
    as_of: text("asOf"),
    decisions_until: text("decisionsUntil"),
    known_at: text("knownAt"),
    year: options.year === undefined ? undefined : yearOf(String(options.year)),
    today: today(effects)
  };
}

function yearOf(text: string): number {
  if (!/^(19|20)\d{2}$/.test(text)) throw fault(2, {place: null, what: `--year “${text}”不是年度`, advice: "请写成2025的样子"});
  return Number(text);
}

/** One JSON object and a line end. */
export function printJson({stdout}: Effects, value: unknown): void {
  stdout(`${JSON.stringify(value, null, 2)}\n`);
}

/** Gathers the directories of repeated -w. */
export function gather(directory: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), directory];
}

/** Options of the command and of the program together. */
export function optionsOf<T>(command: Command): T & Globals {
  const {workspace, ...options} = command.optsWithGlobals();
  const workspaces: string[] = workspace ?? ["."];
  if (workspaces.length > 1 && command.name() !== "site")
    throw fault(2, {place: null, what: "-w 写了几次", advice: "只有 site 可以写几个工作区"});
  return {...options, workspaces, workspace: workspaces.at(-1)} as T & Globals;
}
