import {existsSync, writeFileSync} from "node:fs";
import {dirname} from "node:path";
import {Command} from "commander";
import {todoCalendar, todoTitle} from "../export/todo-calendar.ts";
import {fault, nearestName} from "../fault.ts";
import {partyWord} from "../regime/check-names.ts";
import {dayNumber, dayText} from "../regime/day.ts";
import {interpretationsUsed} from "../regime/resolve.ts";
import {outsideView} from "../regime/secrecy.ts";
import type {Regime} from "../regime/types.ts";
import {isDay} from "../regime/vocabulary.ts";
import {type Law, openLaw} from "../warehouse/law.ts";
import {outsideObligations} from "../warehouse/outside.ts";
import {DUTY_KINDS, type TodoItem, todoItems} from "../warehouse/todo.ts";
import {cutOffOptions, type MakeCommand, optionsOf, printJson, withCutOffs} from "./common.ts";
import {type Effects, textTable} from "./output.ts";

interface TodoFlags {
  readonly by?: string;
  readonly kind?: string;
  readonly ics?: string | true;
  readonly rows?: string;
}

/** How far ahead it looks unless told otherwise. */
const DAYS_AHEAD = 30;

/** How many lines of each group are printed unless more are asked for. */
const ROWS = 30;

/** `xunheng todo`: what is owed next, by whom, because of which clause; `--ics` makes a calendar of it. */
export const todoCommand: MakeCommand = (effects) =>
  withCutOffs(new Command("todo").description("待办：按制度还有哪些事没有办，哪天到期，由谁办，依据哪一条"))
    .option("--by <date>", `看到哪一天为止；默认统计截止日之后${DAYS_AHEAD}天`)
    .option("--kind <kind>", "只看一类事项，如 问题整改、整改情况报告")
    .option("--rows <n>", `每组列出几行；默认${ROWS}行`)
    .option("--ics [file]", "写成日历（.ics，每件事一个全天日程），可导入日历软件；不写文件名时打印出来")
    .addHelpText(
      "after",
      `
来源：文件＝按条款的时限推算；指定＝随问题给出的日期；解释＝文件没有写明天数，按本单位的解释。
事项：${DUTY_KINDS.join("、")}
例：xunheng todo -w 工作区目录
    xunheng todo --by 2026-03-31 --kind 整改情况报告 -w 工作区目录
    xunheng todo --ics 待办.ics -w 工作区目录`
    )
    .action(async (_, command: Command) => {
      const {workspace, json, by, kind, ics, rows, ...rest} = optionsOf<TodoFlags>(command);
      const limit = checkedFlags({by, kind, ics, rows}, json === true);
      const law = await openLaw(workspace, cutOffOptions(rest, effects));
      try {
        const until = by ?? dayText(dayNumber(law.when.as_of) + DAYS_AHEAD);
        if (ics !== undefined) {
          await writeCalendar(law, {by: until, kind}, ics, effects);
          if (ics === true) return;
        }
        const items = await todoItems(law.db, {by: until, kind});
        const {as_of} = law.when;
        if (json) printJson(effects, {as_of, by: until, items});
        else effects.stdout(todoText(items, law, until, limit));
      } finally {
        law.close();
      }
    });

/** The number of lines a group; refuses what does not fit together. */
function checkedFlags({by, kind, ics, rows}: TodoFlags, json: boolean): number {
  if (by !== undefined && !isDay(by))
    throw fault(2, {place: null, what: `--by 的日期“${by}”不存在`, advice: "请写成2025-12-31的样子"});
  if (kind !== undefined && !DUTY_KINDS.some((known) => known === kind)) {
    const near = nearestName(kind, DUTY_KINDS);
    throw fault(2, {
      place: null,
      what: `没有事项 ${kind}`,
      advice: near ? `是否指 ${near}？` : `可用：${DUTY_KINDS.join("、")}`
    });
  }
  if (ics === true && json)
    throw fault(2, {place: null, what: "--ics 没有写文件名，又要 --json", advice: "请写成 --ics 待办.ics --json，或只用其中一个"});
  if (rows !== undefined && !/^\d{1,6}$/.test(rows))
    throw fault(2, {place: null, what: `--rows “${rows}”不是行数`, advice: "请写成20的样子"});
  return rows === undefined ? ROWS : Number(rows);
}

/** Writes the calendar; it leaves the office, so where the document keeps something secret only what may be told goes in. */
async function writeCalendar(
  law: Law,
  options: {readonly by: string; readonly kind: string | undefined},
  ics: string | true,
  {stdout, stderr}: Effects
): Promise<void> {
  const view = outsideView(law.regime, law.when.as_of);
  const outside = view.clause !== null;
  if (outside) await outsideObligations(law.db, view);
  const items = await todoItems(law.db, {...options, outside});
  const {id, authority, demo} = law.space;
  const text = todoCalendar(items, {space: id, authority, as_of: law.when.as_of, demo});
  if (ics === true) stdout(text);
  else writeCalendarFile(ics, text);
  const dated = items.filter((item) => item.due_on !== null).length;
  if (ics !== true) stderr(`已写出日历 ${ics}：${dated}件\n`);
  if (dated < items.length) stderr(`${items.length - dated}件没有日期，不在日历里；见 xunheng todo\n`);
  if (!outside) return;
  const kept = (await todoItems(law.db, options)).length - items.length;
  stderr(
    `日历会离开办公室，按${view.clause}只写可以对外说的内容：${view.what.join("、")}都不在其中；另有${kept}件不写，见 xunheng todo\n`
  );
}

function writeCalendarFile(file: string, text: string): void {
  if (!existsSync(dirname(file))) throw fault(2, {place: {file}, what: "所在的目录不存在", advice: "请先建好目录，或换一个位置"});
  writeFileSync(file, text);
}

function todoText(items: readonly TodoItem[], {space, regime, when}: Law, by: string, limit: number): string {
  const late = items.filter((i) => i.days_left !== null && i.days_left < 0);
  const ahead = items.filter((i) => i.days_left !== null && i.days_left >= 0);
  const open = items.filter((i) => i.days_left === null);
  const head = `${space.demo ? "演示数据\n" : ""}《${regime.title}》待办，统计截止日${when.as_of}，看到${by}为止\n`;
  if (items.length === 0) return `${head}\n没有要办的事：到${by}为止没有到期的，也没有逾期的。\n`;
  return [
    `${head}逾期${late.length}件，将到期${ahead.length}件，没有日期${open.length}件\n`,
    groupText("逾期", late, limit, regime.words),
    groupText(`到${by}为止`, ahead, limit, regime.words),
    groupText("没有日期（文件和台账都没有写）", open, limit, regime.words),
    readingsText(items, regime)
  ].join("");
}

const HEADER = ["到期日", "还有", "事项", "约束", "由谁办", "条款", "期限的来历"];

function groupText(title: string, items: readonly TodoItem[], limit: number, words: Regime["words"]): string {
  if (items.length === 0) return "";
  const counts = new Map<string, number>();
  for (const {kind} of items) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = [...counts].map(([kind, n]) => `${kind}${n}件`).join("、");
  const more = items.length > limit ? `…… 另有${items.length - limit}件，用 --rows ${items.length} 全部列出\n` : "";
  return `\n${title}：${kinds}\n${textTable(
    HEADER,
    items.slice(0, limit).map((i) => cells(i, words))
  )}${more}`;
}

function cells(item: TodoItem, words: Regime["words"]): (string | null)[] {
  return [
    item.due_on,
    leftText(item.days_left),
    todoTitle(item),
    item.modality,
    partyWord(words, item.by),
    item.clause,
    item.because
  ];
}

/** 还有5天, 今天, 逾期3天. */
function leftText(days: number | null): string | null {
  if (days === null) return null;
  return days === 0 ? "今天" : days > 0 ? `${days}天` : `逾期${-days}天`;
}

/** How the office reads what decided these days. */
function readingsText(items: readonly TodoItem[], regime: Law["regime"]): string {
  const names = new Set(items.map((i) => i.parameter));
  if (items.some((i) => i.due_source === "解释")) names.add("undated");
  const lines = interpretationsUsed(regime, names).map(
    ({clause, interpretation: {question, answer, decided_by}}) => `解释（${clause}）：${question}——${answer}（${decided_by}）\n`
  );
  return lines.length === 0 ? "" : `\n${lines.join("")}`;
}
