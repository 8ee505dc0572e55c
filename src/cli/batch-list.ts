import type {Command} from "commander";
import {type Batch, type Counts, listBatches, type Manifest} from "../workspace/batch.ts";
import {sourceNamed} from "../workspace/batch-named.ts";
import {readDecisions} from "../workspace/decision.ts";
import {openWorkspace, type Workspace} from "../workspace/workspace.ts";
import {optionsOf, printJson} from "./common.ts";
import {type Effects, textTable} from "./output.ts";

/** How each mode is called. */
export const MODE_WORDS: Readonly<Record<Manifest["mode"], string>> = {snapshot: "快照", append: "追加", corrections: "更正"};

/** A batch as `batch list` and `batch show` tell it: what it says of itself, whether it counts, its sums. */
export interface ListedBatch extends Counts {
  readonly id: string;
  readonly n: number;
  readonly source: string;
  readonly table: string;
  readonly mode: Manifest["mode"];
  readonly at: string;
  readonly state: "有效" | "已撤销";
  /** Whether it is the last word of its source. */
  readonly current: boolean;
  readonly files: readonly {readonly file: string; readonly sheet: string | null; readonly counts: Counts}[];
}

/** Batches that a text lists. */
const SHOWN = 200;

/** Adds `xunheng batch list`. */
export function addList(batch: Command, effects: Effects): void {
  batch
    .command("list")
    .description("列出全部批次：来源、时间、各行的去向、是否有效")
    .option("--source <name>", "只列一个来源")
    .addHelpText(
      "after",
      `
“最新”是来源的最后一个有效批次；已撤销的批次仍然保存，只是不再计入。
例：xunheng batch list --source finding`
    )
    .action((_, command: Command) => {
      const {workspace, json, source} = optionsOf<{source?: string}>(command);
      const space = openWorkspace(workspace);
      const all = listedBatches(space);
      if (source !== undefined)
        sourceNamed([...new Set([...all.map((b) => b.source), ...space.sources.map((s) => s.name)])], source);
      const batches = all.filter((b) => source === undefined || b.source === source);
      if (json) printJson(effects, {batches});
      else effects.stdout(listText(batches, space, source));
    });
}

/** All batches with their state. */
export function listedBatches(space: Workspace): ListedBatch[] {
  const revoked = revokedIds(space);
  const batches = listBatches(space.state.batches);
  const current = new Set<string>();
  for (const {source} of batches) {
    const last = batches.findLast((b) => b.source === source && !revoked.has(b.id));
    if (last) current.add(last.id);
  }
  return batches.map((b) => listedBatch(b, revoked.has(b.id), current.has(b.id)));
}

/** Ids of the batches that do not count. */
export function revokedIds({state}: Workspace): ReadonlySet<string> {
  const {decisions} = readDecisions(state.decisions);
  return new Set(decisions.filter((d) => d.kind === "revoke-batch").map((d) => String(d.args.batch)));
}

function listedBatch({id, n, source, table, mode, at, files}: Batch, isRevoked: boolean, current: boolean): ListedBatch {
  const sum = (key: keyof Counts) => files.reduce((total, {counts}) => total + counts[key], 0);
  return {
    id,
    n,
    source,
    table,
    mode,
    at,
    state: isRevoked ? "已撤销" : "有效",
    current,
    files: files.map(({file, sheet, counts}) => ({file, sheet, counts})),
    read: sum("read"),
    new: sum("new"),
    unchanged: sum("unchanged"),
    changed: sum("changed"),
    rejected: sum("rejected"),
    skipped: sum("skipped")
  };
}

function listText(batches: readonly ListedBatch[], {id}: Workspace, source: string | undefined): string {
  if (batches.length === 0)
    return `${source === undefined ? `工作区 ${id}` : `来源 ${source}`} 还没有装入过数据；先用 xunheng load 装入。\n`;
  const shown = batches.slice(-SHOWN);
  const table = textTable(
    ["批次", "表", "方式", "时间", "状态", "读入", "新增", "未变", "变更", "退回", "跳过"],
    shown.map((b) => [
      b.id,
      b.table,
      MODE_WORDS[b.mode],
      b.at.slice(0, 16).replace("T", " "),
      b.current ? "有效（最新）" : b.state,
      b.read,
      b.new,
      b.unchanged,
      b.changed,
      b.rejected,
      b.skipped
    ])
  );
  const left = batches.length - shown.length;
  return `${table}${left > 0 ? `较早的${left}个批次没有列出；用 --source 只看一个来源，或用 --json 列出全部。\n` : ""}`;
}
