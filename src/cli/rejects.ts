import {Command} from "commander";
import {maskNumbers} from "../contract/mask.ts";
import {type RejectBookCounts, writeRejectBook} from "../export/reject-book.ts";
import {type RejectRow, rejectRows} from "../warehouse/reject.ts";
import {openWarehouse} from "../warehouse/warehouse.ts";
import {listBatches} from "../workspace/batch.ts";
import {openWorkspace, type Workspace} from "../workspace/workspace.ts";
import {type MakeCommand, optionsOf, printJson} from "./common.ts";
import {textTable} from "./output.ts";

interface RejectFlags {
  readonly xlsx?: string;
  readonly all?: boolean;
}

/** Lines that a text lists; `--json` and `--xlsx` have more. */
const SHOWN = 200;

/** `xunheng rejects`: rows rejected by their own fault, and rows held because another table's row is missing. */
export const rejectsCommand: MakeCommand = (effects, end) =>
  new Command("rejects")
    .description("列出退回和挂起的行：哪个文件、哪一行、哪一列、为什么、怎么办")
    .option("--xlsx <file>", "另存为更正工作簿：错处标红，改好后用 xunheng corrections 装回")
    .option("--all", "也列出已更正、已放弃的行")
    .addHelpText(
      "after",
      `
还有没更正也没放弃的行时退出码为1。
例：xunheng rejects --xlsx 退回.xlsx
    （在工作簿里改好、保存）
    xunheng corrections 退回.xlsx --by 张三`
    )
    .action(async (_, command: Command) => {
      const {workspace, json, xlsx, all = false} = optionsOf<RejectFlags>(command);
      const space = openWorkspace(workspace);
      const batches = listBatches(space.state.batches);
      const db = await openWarehouse(space);
      try {
        const rows = (await rejectRows(db, {all})).map((row) => (space.mask_numbers ? maskedRow(row) : row));
        const {id, authority} = space;
        const book = xlsx === undefined ? null : await writeRejectBook(xlsx, {db, batches, workspace: id, authority, all});
        if (json) printJson(effects, {rows, ...(book === null ? {} : {xlsx: {file: xlsx, ...book}})});
        else effects.stdout(rows.length === 0 ? noneText(space, all) : rejectsText(rows));
        if (!json && book !== null) effects.stdout(bookText(String(xlsx), book));
        end(rows.some((r) => r.state === null) ? 1 : 0);
      } finally {
        db.close();
      }
    });

/** A row as it is printed: telephone and identity numbers masked. The workbook to correct shows them as they are. */
function maskedRow(row: RejectRow): RejectRow {
  const {value, reason, cause} = row;
  return {
    ...row,
    value: value === null ? null : maskNumbers(value),
    reason: maskNumbers(reason),
    cause: cause === null ? null : maskNumbers(cause)
  };
}

/** Nothing rejected is not the same as nothing loaded. */
function noneText({id, state}: Workspace, all: boolean): string {
  if (listBatches(state.batches).length > 0)
    return all ? "没有退回或挂起的行。\n" : "没有待处理的退回或挂起的行（已更正、已放弃的用 --all 列出）。\n";
  return `工作区 ${id} 还没有装入过数据，也就没有退回或挂起的行；先用 xunheng load 装入。\n`;
}

/** Characters that would turn a line of the terminal around are shown as �. */
function shown(text: string): string {
  return text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "�");
}

function rejectsText(rows: readonly RejectRow[]): string {
  const place = ({file, sheet, row}: RejectRow) => `${file}${sheet ? ` ${sheet}` : ""}:${row}`;
  const what = ({cause}: RejectRow) => (cause === null ? "退回" : "挂起");
  const table = textTable(
    ["类别", "位置", "列", "值", "原因", "怎么办"],
    rows
      .slice(0, SHOWN)
      .map((r) => [
        r.state === null ? what(r) : `${what(r)}，已${r.state}`,
        place(r),
        r.column,
        r.value === null ? null : shown(r.value.slice(0, 24)),
        shown(r.reason),
        r.advice
      ])
  );
  const more = rows.length - SHOWN;
  return more > 0 ? `${table}还有${more}条没有列出，用 --json 或 --xlsx 看全部。\n` : table;
}

function bookText(file: string, {rows, left}: RejectBookCounts): string {
  if (rows === 0) return `已写 ${file}，里面没有要改的行。\n`;
  const more = left > 0 ? `；另有${left}行放不下，多半是整列对应错了，请先核对xunheng.yaml的columns和values` : "";
  return `已写 ${file}：${rows}行${more}。改好后运行 xunheng corrections ${file} --by 填写人\n`;
}
