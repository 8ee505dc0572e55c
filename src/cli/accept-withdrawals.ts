import {Command} from "commander";
import {tableNamed} from "../contract/index.ts";
import {fault} from "../fault.ts";
import {openWarehouse} from "../warehouse/warehouse.ts";
import {type WithdrawnRow, withdrawnRows} from "../warehouse/withdrawn.ts";
import {type Batch, listBatches} from "../workspace/batch.ts";
import {sourceNamed} from "../workspace/batch-named.ts";
import {decide} from "../workspace/decide.ts";
import {openWorkspace, type Workspace} from "../workspace/workspace.ts";
import {type MakeCommand, optionsOf, printJson} from "./common.ts";
import {
  type DecisionFlags,
  decidedJson,
  decidedText,
  decideOptions,
  effectText,
  placeText,
  whileDeciding,
  withDecision
} from "./decision.ts";

/** Rows that a text lists. */
const SHOWN = 200;

/** `xunheng accept-withdrawals SOURCE`: what a source no longer brings, counts no longer. `--list` exits 1 when there is something to decide. */
export const acceptWithdrawalsCommand: MakeCommand = (effects, end) =>
  withDecision(
    new Command("accept-withdrawals")
      .description("接受撤走：来源的新文件里不见了的行，从此不再计入")
      .argument("[source]", "来源名称；--list 时可不写，列出全部来源的")
      .option("--list", "只列出撤走的行，不作决定")
  )
    .addHelpText(
      "after",
      `
一行在来源的新文件里不见了，叫撤走：它仍然计入得分，因为不见了可能只是漏了。核实确实应当去掉的，才接受。
接受只管此刻列出的各行；某行以后又出现在文件里，从那时起重新计入。依附于它的行（如问题的整改）随之挂起。
例：xunheng accept-withdrawals --list
    xunheng accept-withdrawals finding --by 张三 --reason 县委统一更正，见某文号

退出码：--list 有撤走的行时为1；没有撤走的行而要接受时为2`
    )
    .action(async (name: string | undefined, _, command: Command) => {
      const {workspace, json, list, ...flags} = optionsOf<DecisionFlags & {list?: boolean}>(command);
      const space = openWorkspace(workspace);
      const batches = listBatches(space.state.batches);
      const sources = [...new Set([...batches.map((b) => b.source), ...space.sources.map((s) => s.name)])];
      if (name !== undefined) sourceNamed(sources, name);
      if (list) {
        const rows = await listed(space, batches, name === undefined ? sources : [name]);
        if (json) printJson(effects, {rows});
        else effects.stdout(listText(rows));
        return end(rows.length > 0 ? 1 : 0);
      }
      if (name === undefined)
        throw fault(2, {
          place: null,
          what: "没有写明来源",
          advice: "请写成 xunheng accept-withdrawals 来源名称；用 --list 看哪些来源有撤走的行"
        });
      const decided = await whileDeciding(effects, () =>
        decide(
          space,
          decideOptions(flags, effects, (effect) => {
            if (!json) effects.stdout(`接受来源 ${name} 的撤走：\n${effectText(effect)}`);
          }),
          "accept-withdrawals",
          async (db) => {
            const rows = await withdrawnRows(db, batches, name);
            const [first] = rows;
            if (!first)
              throw fault(2, {place: null, what: `来源 ${name} 没有撤走的行`, advice: "没有什么要接受；用 --list 看全部来源"});
            const batch_n = batches.findLast((b) => b.source === name)?.n;
            return {
              kind: "accept-withdrawals",
              args: [{source: name, batch_n, keys: rows.length}],
              concerned: {table: tableNamed(first.table), source: name}
            };
          }
        )
      );
      if (json) printJson(effects, {source: name, ...decidedJson(decided)});
      else effects.stdout(decidedText(decided));
      end(decided.notes.length > 0 ? 1 : 0);
    });

async function listed(space: Workspace, batches: readonly Batch[], sources: readonly string[]): Promise<WithdrawnRow[]> {
  if (batches.length === 0) return [];
  const db = await openWarehouse(space);
  try {
    const rows: WithdrawnRow[] = [];
    for (const source of sources) rows.push(...(await withdrawnRows(db, batches, source)));
    return rows;
  } finally {
    db.close();
  }
}

function listText(rows: readonly WithdrawnRow[]): string {
  if (rows.length === 0) return "没有撤走的行。\n";
  const lines: string[] = [];
  for (const [i, row] of rows.slice(0, SHOWN).entries()) {
    const {source, key, batch, missing_from} = row;
    if (rows[i - 1]?.source !== source)
      lines.push(`来源 ${source}：${rows.filter((r) => r.source === source).length}行在 ${missing_from} 里不见了，仍然计入\n`);
    lines.push(`  ${key}（原为 ${batch} ${placeText(row)}）\n`);
  }
  const more = rows.length - SHOWN;
  return [
    ...lines,
    more > 0 ? `…… 另有${more}行，用 --json 全部列出\n` : "",
    "确应去掉的，用 xunheng accept-withdrawals 来源 接受。\n"
  ].join("");
}
