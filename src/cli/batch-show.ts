import type {Command} from "commander";
import type {Compared, DiffCounts} from "../warehouse/batch-diff.ts";
import {type Batch, listBatches} from "../workspace/batch.ts";
import {batchNamed} from "../workspace/batch-named.ts";
import {readDecisions} from "../workspace/decision.ts";
import {openWorkspace, type Workspace} from "../workspace/workspace.ts";
import {comparedText, withDiff} from "./batch-diff.ts";
import {type ListedBatch, listedBatches, MODE_WORDS, revokedIds} from "./batch-list.ts";
import {optionsOf, printJson} from "./common.ts";
import {type Effects, textTable} from "./output.ts";

/** Adds `xunheng batch show`. */
export function addShow(batch: Command, effects: Effects): void {
  batch
    .command("show")
    .description("一个批次：读了哪些文件，各行的去向，列的取舍，和这个来源以前所说的有什么不同")
    .argument("<id>", "批次编号，如 000007-finding，或序号 7")
    .addHelpText("after", "\n例：xunheng batch show 7\n    逐行的不同用 xunheng batch diff 7 看")
    .action(async (id: string, _, command: Command) => {
      const {workspace, json} = optionsOf<object>(command);
      const space = openWorkspace(workspace);
      const found = batchNamed(listBatches(space.state.batches), id);
      const listed = listedBatches(space).find((b) => b.id === found.id) as ListedBatch;
      await withDiff(space, found, revokedIds(space), async (_db, counts, compared) => {
        const {rows: _, ...manifest} = found;
        const {state, current} = listed;
        const against = compared.before.map((b) => b.id);
        if (json)
          printJson(effects, {
            ...manifest,
            ...listed,
            files: found.files,
            state,
            current,
            revoked: revocation(space, found),
            against,
            diff: counts
          });
        else effects.stdout(showText(found, listed, revocation(space, found), counts, compared));
      });
    });
}

interface Revocation {
  readonly by: string;
  readonly at: string;
  readonly reason: string | null;
}

function revocation({state}: Workspace, {id}: Batch): Revocation | null {
  const decision = readDecisions(state.decisions).decisions.find((d) => d.kind === "revoke-batch" && d.args.batch === id);
  return decision ? {by: decision.by, at: decision.at, reason: (decision.args.reason as string | undefined) ?? null} : null;
}

function showText(batch: Batch, listed: ListedBatch, revoked: Revocation | null, counts: DiffCounts, compared: Compared): string {
  const {id, source, table, mode, at, contract, files, doors, unknown} = batch;
  const state = revoked
    ? `已撤销（${revoked.by}，${revoked.at.slice(0, 16).replace("T", " ")}${revoked.reason === null ? "" : `，理由：${revoked.reason}`}）`
    : listed.current
      ? "有效，是来源的最后一个批次"
      : "有效";
  return [
    `批次 ${id}：来源 ${source}，表 ${table}，${MODE_WORDS[mode]}，${at.slice(0, 19).replace("T", " ")}装入，契约第${contract}版\n`,
    `状态：${state}\n\n`,
    files.length === 0
      ? "没有文件。\n"
      : textTable(
          ["文件", "读入", "新增", "未变", "变更", "退回", "跳过", "SHA-256"],
          files.map(({file, sheet, sha256, counts: c}) => [
            `${file}${sheet ? ` ${sheet}` : ""}`,
            c.read,
            c.new,
            c.unchanged,
            c.changed,
            c.rejected,
            c.skipped,
            sha256.slice(0, 12)
          ])
        ),
    ...files.flatMap(({file, sheet, notes}) => notes.map((note) => `· ${file}${sheet ? ` ${sheet}` : ""}：${note}\n`)),
    doors.length > 0 ? `· 列 ${doors.join("、")} 涉及举报人或亲属，在入口丢弃\n` : "",
    unknown.length > 0 ? `· 列 ${unknown.join("、")} 不在契约内，未读入\n` : "",
    `\n${comparedText(batch, compared)}：${countsText(counts, compared.whole)}\n`,
    counts.added + counts.missing + counts.changed + counts.rejected > 0 ? `逐行看：xunheng batch diff ${batch.n}\n` : ""
  ].join("");
}

/** `2行新出现，1行改变，0行不见了，0行退回，8行不变`. */
function countsText({added, missing, changed, unchanged, rejected}: DiffCounts, whole: boolean): string {
  const gone = whole ? `，${missing}行不见了` : "";
  return `${added}行新出现，${changed}行改变${gone}，${rejected}行退回，${unchanged}行不变`;
}
