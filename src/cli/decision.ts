import type {Command} from "commander";
import {fault} from "../fault.ts";
import type {Effect, TableEffect} from "../warehouse/effect.ts";
import type {RowChange} from "../warehouse/row-change.ts";
import type {Decided, DecideOptions} from "../workspace/decide.ts";
import {type Decision, KIND_WORDS} from "../workspace/decision.ts";
import {type Effects, instant, progressOn} from "./output.ts";

/** Options of every command that decides. */
export interface DecisionFlags {
  readonly by?: string;
  readonly reason?: string;
  readonly dryRun?: boolean;
  readonly wait?: string;
}

/** Rows that a text lists; all are counted, `--json` has more. */
const SHOWN = 20;

/** Adds the options of every command that decides. */
export function withDecision(command: Command): Command {
  return withWait(
    command
      .option("--by <name>", "谁作出这个决定（必填）")
      .option("--reason <text>", "理由（必填），记入决定，永久保留")
      .option("--dry-run", "只说会发生什么，不写决定")
  );
}

/** Adds the option of every command that writes. */
export function withWait(command: Command): Command {
  return command.option("--wait <seconds>", "别的命令占着工作区时最多等多少秒；默认不等，马上说是谁占着");
}

/** Seconds to wait. Errors: Fault 2. */
export function waitSeconds(text: string | undefined): number {
  if (text === undefined) return 0;
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw fault(2, {place: null, what: `--wait “${text}”不是秒数`, advice: "请写成60的样子"});
}

/** Says on the terminal that the command waits, and for whom. */
export function tellWaiting(effects: Effects): (text: string) => void {
  return effects.terminal ? (text) => effects.stderr(`${text}…\n`) : () => {};
}

/** What `decide` needs, from a command line; `preview` is told before anything is written. */
export function decideOptions(flags: DecisionFlags, effects: Effects, preview: DecideOptions["preview"]): DecideOptions {
  return {
    at: instant(effects),
    by: flags.by ?? "",
    reason: flags.reason ?? "",
    dry: flags.dryRun,
    wait: waitSeconds(flags.wait),
    waiting: tellWaiting(effects),
    preview
  };
}

/** Draws progress while a decision is taken. */
export async function whileDeciding<T>(effects: Effects, work: () => Promise<T>): Promise<T> {
  const progress = progressOn(effects);
  progress.show("计算这个决定的影响");
  try {
    return await work();
  } finally {
    progress.done();
  }
}

/** The JSON of every decision. */
export function decidedJson({decisions, effect, notes}: Decided): object {
  const {missing, changed, added, rows, tables} = effect;
  return {decided: decisions.length > 0, decisions, effect: {missing, changed, added, rows, tables}, notes};
}

/** What was written, or that nothing was. */
export function decidedText({decisions, notes}: Decided): string {
  if (decisions.length === 0) return "以上只是预演（--dry-run），没有写任何决定。\n";
  return [
    ...decisions.map((d) => `已记录第${d.n}条决定：${decisionText(d)}。\n`),
    ...notes.map((note) => `！ ${note}\n`),
    "数据仓库已按它重建；决定不能取消，用 --known-at 可看它之前的得分。\n"
  ].join("");
}

function decisionText({kind, by, at, args}: Decision): string {
  return `${KIND_WORDS[kind]}，${by}，${at.slice(0, 19).replace("T", " ")}，理由：${String(args.reason)}`;
}

/** What a decision does to rows, with the first of them. */
export function effectText(effect: Effect): string {
  const {missing, changed, added, rows, tables} = effect;
  const counts = [
    missing > 0 ? `${missing}行不再计入` : "",
    changed > 0 ? `${changed}行的内容改变` : "",
    added > 0 ? `${added}行重新计入` : ""
  ].filter((text) => text !== "");
  const more = missing + changed + added - Math.min(rows.length, SHOWN);
  return [
    counts.length === 0 ? "  计入的各行不变。\n" : `  ${counts.join("，")}：\n`,
    ...rows.slice(0, SHOWN).map((row) => `  ${rowText(row)}\n`),
    more > 0 ? `  …… 另有${more}行，用 --json 列出（至多1000行）\n` : "",
    ...tables.flatMap(tableTexts).map((text) => `  ${text}\n`)
  ].join("");
}

/** Where a row stands: `file sheet:row`. */
export function placeText({file, sheet, row}: {file: string; sheet: string | null; row: number}): string {
  return `${file}${sheet ? ` ${sheet}` : ""}:${row}`;
}

/** The columns of a changed row: `严重程度“一般”→“重大”`. */
export function columnsText(columns: RowChange["columns"]): string {
  const value = (text: string | null) => (text === null ? "空" : `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`);
  return columns.map((c) => `${c.header}${value(c.before)}→${value(c.after)}`).join("，");
}

function rowText(row: RowChange): string {
  const place = `${row.batch} ${placeText(row)}`;
  if (row.what === "missing") return `${row.key}：不再计入（原为 ${place}）`;
  if (row.what === "added") return `${row.key}：重新计入（${place}）`;
  return `${row.key}：${columnsText(row.columns)}（今后以 ${place} 为准）`;
}

function tableTexts({title, held, withdrawn}: TableEffect): string[] {
  const line = (word: string, [was, is]: readonly [number, number]) => (was === is ? [] : [`${title}：${word}${was}行 → ${is}行`]);
  return [...line("挂起", held), ...line("撤走待定", withdrawn)];
}
