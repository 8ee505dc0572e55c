import {Command} from "commander";
import {listRejects, type RejectRow} from "../warehouse/reject.ts";
import {listBatches} from "../workspace/batch.ts";
import {openWorkspace, type Workspace} from "../workspace/workspace.ts";
import {type MakeCommand, optionsOf, printJson} from "./common.ts";
import {textTable} from "./output.ts";

/** `xunheng rejects`: rows rejected by their own fault, and rows held because another table's row is missing. */
export const rejectsCommand: MakeCommand = (effects, end) =>
  new Command("rejects").description("列出退回和挂起的行：哪个文件、哪一行、哪一列、为什么").action(async (_, command: Command) => {
    const {workspace, json} = optionsOf<object>(command);
    const space = openWorkspace(workspace);
    const rows = await listRejects(space);
    if (json) printJson(effects, {rows});
    else effects.stdout(rows.length === 0 ? noneText(space) : rejectsText(rows));
    end(rows.length > 0 ? 1 : 0);
  });

/** Nothing rejected is not the same as nothing loaded. */
function noneText({id, state}: Workspace): string {
  if (listBatches(state.batches).length > 0) return "没有退回或挂起的行。\n";
  return `工作区 ${id} 还没有装入过数据，也就没有退回或挂起的行；先用 xunheng load 装入。\n`;
}

function rejectsText(rows: readonly RejectRow[]): string {
  const place = ({file, sheet, row}: RejectRow) => `${file}${sheet ? ` ${sheet}` : ""}:${row}`;
  return textTable(
    ["处理", "位置", "列", "值", "原因"],
    rows.map((r) => [
      r.cause === null ? "退回" : "挂起",
      place(r),
      r.column,
      r.value === null ? null : r.value.slice(0, 24),
      r.cause ?? r.reason
    ])
  );
}
