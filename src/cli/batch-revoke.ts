import type {Command} from "commander";
import {tableNamed} from "../contract/index.ts";
import {fault} from "../fault.ts";
import {type Batch, listBatches} from "../workspace/batch.ts";
import {batchNamed} from "../workspace/batch-named.ts";
import {decide} from "../workspace/decide.ts";
import {readDecisions} from "../workspace/decision.ts";
import {openWorkspace, type Workspace} from "../workspace/workspace.ts";
import {MODE_WORDS} from "./batch-list.ts";
import {optionsOf, printJson} from "./common.ts";
import {type DecisionFlags, decidedJson, decidedText, decideOptions, effectText, whileDeciding, withDecision} from "./decision.ts";
import type {Effects} from "./output.ts";

/** Adds `xunheng batch revoke`. */
export function addRevoke(batch: Command, effects: Effects, end: (exit: number) => void): void {
  withDecision(
    batch
      .command("revoke")
      .description("撤销一个批次：就像从未装入过它；每一行回到它之前（或之后）的批次所说的内容")
      .argument("<id>", "批次编号，如 000007-finding，或序号 7")
  )
    .addHelpText(
      "after",
      `
先说哪些行会怎样，再把决定写入 decisions.jsonl，然后重建数据仓库。批次的文件仍然保存，batch show、batch diff 仍可看。
决定不能取消；撤错了，把同样的文件再装入一次即可。
例：xunheng batch revoke 7 --by 张三 --reason 装错了文件
    xunheng batch revoke 7 --by 张三 --reason 装错了文件 --dry-run    只看影响`
    )
    .action(async (id: string, _, command: Command) => {
      const {workspace, json, ...flags} = optionsOf<DecisionFlags>(command);
      const space = openWorkspace(workspace);
      const found = batchNamed(listBatches(space.state.batches), id);
      const {source, table} = found;
      const decided = await whileDeciding(effects, () =>
        decide(
          space,
          decideOptions(flags, effects, (effect) => {
            if (!json) effects.stdout(`${headText(found)}\n${effectText(effect)}`);
          }),
          "batch revoke",
          async () => {
            refuseTwice(space, found);
            return {kind: "revoke-batch", args: [{batch: found.id}], concerned: {table: tableNamed(table), source}};
          }
        )
      );
      if (json) printJson(effects, {batch: found.id, ...decidedJson(decided)});
      else effects.stdout(decidedText(decided));
      end(decided.notes.length > 0 ? 1 : 0);
    });
}

function headText({id, source, mode, at}: Batch): string {
  return `撤销批次 ${id}（来源 ${source}，${MODE_WORDS[mode]}，${at.slice(0, 16).replace("T", " ")}装入）：`;
}

function refuseTwice({state}: Workspace, {id}: Batch): void {
  const before = readDecisions(state.decisions).decisions.find((d) => d.kind === "revoke-batch" && d.args.batch === id);
  if (!before) return;
  throw fault(2, {
    place: null,
    what: `批次 ${id} 已经由${before.by}于${before.at.slice(0, 16).replace("T", " ")}撤销`,
    advice: "不必再撤销；要恢复它的内容，把同样的文件再装入一次"
  });
}
