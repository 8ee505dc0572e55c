import {Command} from "commander";
import {fault} from "../fault.ts";
import {type MarkedRow, markedRows} from "../warehouse/waiver.ts";
import {decide} from "../workspace/decide.ts";
import {openWorkspace} from "../workspace/workspace.ts";
import {type MakeCommand, optionsOf, printJson} from "./common.ts";
import {type DecisionFlags, decidedJson, decidedText, decideOptions, placeText, whileDeciding, withDecision} from "./decision.ts";

interface WaiveFlags extends DecisionFlags {
  readonly sheet?: string;
}

/** Rows that a text lists. */
const SHOWN = 20;

/** `xunheng waive MARK…|FILE:ROW…`: rejected or held rows that nobody will correct. Changes no score. */
export const waiveCommand: MakeCommand = (effects, end) =>
  withDecision(
    new Command("waive")
      .description("放弃更正：退回或挂起的行不再更正，不再列为待办；不影响得分")
      .argument("<rows...>", "更正标记（见 xunheng rejects --json 的 mark，可只写前8位以上），或 文件:行，如 问题台账.xlsx:118")
      .option("--sheet <name>", "工作表；同一文件几个工作表都有这一行时要写")
  )
    .addHelpText(
      "after",
      `
放弃记的是这一行的内容：以后再装入同样的一行，仍然是放弃；改过的一行是另一行，重新列出。
例：xunheng rejects
    xunheng waive 问题台账.xlsx:118 --sheet 问题清单 --by 张三 --reason 测试时留下的行`
    )
    .action(async (names: string[], _, command: Command) => {
      const {workspace, json, sheet, ...flags} = optionsOf<WaiveFlags>(command);
      const space = openWorkspace(workspace);
      let rows: MarkedRow[] = [];
      const decided = await whileDeciding(effects, () =>
        decide(
          space,
          decideOptions(flags, effects, () => {
            if (!json) effects.stdout(previewText(rows));
          }),
          "waive",
          async (db) => {
            const all = await markedRows(db);
            rows = openRows(distinct(names.flatMap((name) => rowsNamed(all, name, sheet))));
            const sources = [...new Set(rows.map((r) => r.source))];
            return {
              kind: "waive",
              args: sources.map((source) => ({
                source,
                marks: [...new Set(rows.filter((r) => r.source === source).map((r) => r.mark))]
              })),
              concerned: null
            };
          }
        )
      );
      if (json) printJson(effects, {rows: rows.map(({state: _state, ...row}) => row), ...decidedJson(decided)});
      else effects.stdout(decidedText(decided));
      end(decided.notes.length > 0 ? 1 : 0);
    });

/** The rows that a user names. Errors: Fault 2 when there is none, or the name fits rows of several sheets or marks. */
function rowsNamed(all: readonly MarkedRow[], name: string, sheet: string | undefined): MarkedRow[] {
  if (/^[0-9a-f]{8,32}$/i.test(name)) {
    const found = all.filter((r) => r.mark.startsWith(name.toLowerCase()));
    if (new Set(found.map((r) => r.mark)).size > 1)
      throw fault(2, {place: null, what: `几个更正标记都以“${name}”开头`, advice: "请写全32位"});
    if (found.length > 0) return found;
    throw fault(2, {place: null, what: `没有退回或挂起的行带更正标记“${name}”`, advice: "用 xunheng rejects --json 看各行的 mark"});
  }
  const [, file, row] = /^(.+):(\d{1,9})$/.exec(name) ?? [];
  if (file === undefined)
    throw fault(2, {
      place: null,
      what: `“${name}”既不是更正标记，也不是 文件:行`,
      advice: "请写成 问题台账.xlsx:118 的样子，或照抄 xunheng rejects --json 的 mark"
    });
  const found = all.filter((r) => r.file === file && r.row === Number(row) && (sheet === undefined || r.sheet === sheet));
  if (found.length === 0)
    throw fault(2, {
      place: null,
      what: `${file}${sheet === undefined ? "" : ` ${sheet}`}:${row} 不是退回或挂起的行`,
      advice: "文件名和行号请照抄 xunheng rejects 的“位置”"
    });
  const sheets = [...new Set(found.map((r) => r.sheet))];
  if (sheets.length > 1)
    throw fault(2, {place: null, what: `${name} 在几个工作表里都有：${sheets.join("、")}`, advice: "请用 --sheet 写明工作表"});
  return found;
}

/** Rows still open. Errors: Fault 2 when all of them are settled already. */
function openRows(rows: readonly MarkedRow[]): MarkedRow[] {
  const open = rows.filter((r) => r.state === null);
  const [first] = rows;
  if (open.length > 0 || !first) return open;
  throw fault(2, {
    place: null,
    what: rows.length === 1 ? `${placeText(first)} 已经${first.state}` : `这${rows.length}行都已经更正或放弃`,
    advice: "不必再放弃；用 xunheng rejects --all 看"
  });
}

function distinct(rows: readonly MarkedRow[]): MarkedRow[] {
  return [...new Set(rows)];
}

function previewText(rows: readonly MarkedRow[]): string {
  const more = rows.length - SHOWN;
  return [
    `放弃更正${rows.length}行（不影响得分）：\n`,
    ...rows.slice(0, SHOWN).map((row) => `  ${placeText(row)}（来源 ${row.source}）\n`),
    more > 0 ? `  …… 另有${more}行\n` : ""
  ].join("");
}
