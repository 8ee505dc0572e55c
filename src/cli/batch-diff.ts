import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {Command} from "commander";
import {fault} from "../fault.ts";
import {
  type Compared,
  changeTexts,
  type DiffCounts,
  diffBatch,
  type RejectedNow,
  rejectedTexts,
  saidBefore
} from "../warehouse/batch-diff.ts";
import {Database} from "../warehouse/duckdb.ts";
import type {RowChange} from "../warehouse/row-change.ts";
import {type Batch, listBatches} from "../workspace/batch.ts";
import {batchNamed} from "../workspace/batch-named.ts";
import {openWorkspace, type Workspace} from "../workspace/workspace.ts";
import {revokedIds} from "./batch-list.ts";
import {optionsOf} from "./common.ts";
import {columnsText, placeText} from "./decision.ts";
import type {Effects} from "./output.ts";

/** Rows that a text lists, of all kinds together. */
const SHOWN = 200;

/** The kinds of differences, in the order in which they are told. */
const KINDS = {changed: "改变", missing: "不见了", added: "新出现", rejected: "退回"} as const;
type Kind = keyof typeof KINDS;

/** Adds `xunheng batch diff`. */
export function addDiff(batch: Command, effects: Effects): void {
  batch
    .command("diff")
    .description("一个批次和这个来源以前所说的有什么不同：新出现、不见了、改变的行，逐列；退回的行")
    .argument("<id>", "批次编号，如 000007-finding，或序号 7")
    .option("--against <id>", "和哪个批次比；默认和同一来源在它之前的（有效的）批次比")
    .addHelpText(
      "after",
      `
按含义比较：2025年3月3日和2025-03-03相同。“不见了”的行仍然计入，直到接受撤走（xunheng accept-withdrawals）。
说明文字里的手机号、身份证号遮盖后显示。至多打印200行，--json 列出全部。
例：xunheng batch diff 7
    xunheng batch diff 7 --against 3 --json`
    )
    .action(async (id: string, _, command: Command) => {
      const {workspace, json, against} = optionsOf<{against?: string}>(command);
      const space = openWorkspace(workspace);
      const batches = listBatches(space.state.batches);
      const found = batchNamed(batches, id);
      const other = against === undefined ? null : comparedWith(found, batchNamed(batches, against));
      await withDiff(
        space,
        found,
        revokedIds(space),
        (db, counts, compared) =>
          json ? printDiff(effects, db, found, compared, counts) : tellDiff(effects, db, found, compared, counts),
        other
      );
    });
}

/** Compares a batch and hands over the engine that holds the differences; `other` is what it is compared with, when not as usual. */
export async function withDiff(
  space: Workspace,
  batch: Batch,
  revoked: ReadonlySet<string>,
  tell: (db: Database, counts: DiffCounts, compared: Compared) => Promise<void>,
  other: Compared | null = null
): Promise<void> {
  const compared = other ?? saidBefore(listBatches(space.state.batches), batch, revoked);
  const scratch = mkdtempSync(join(tmpdir(), "xunheng-"));
  const db = await Database.open(":memory:", {scratch});
  try {
    await tell(db, await diffBatch(db, batch, compared, space.mask_numbers), compared);
  } finally {
    db.close();
    rmSync(scratch, {recursive: true, force: true});
  }
}

function comparedWith(batch: Batch, against: Batch): Compared {
  if (against.table !== batch.table)
    throw fault(2, {
      place: null,
      what: `${batch.id} 是表 ${batch.table} 的批次，${against.id} 是表 ${against.table} 的，不能比较`,
      advice: "请选同一张表的两个批次；用 xunheng batch list 看"
    });
  return {before: [against], whole: true};
}

/** With what a batch was compared, as the beginning of a sentence. */
export function comparedText({id}: Batch, {before, whole}: Compared): string {
  const [first] = before;
  if (!first) return `${id} 之前这个来源没有有效的批次，全部算新出现`;
  const with_ = before.length === 1 ? first.id : `${first.id} 及其后的${before.length - 1}个追加、更正批次`;
  return `与 ${with_} 相比${whole ? "" : "（追加、更正批次不撤走别的行）"}`;
}

async function tellDiff(effects: Effects, db: Database, batch: Batch, compared: Compared, counts: DiffCounts): Promise<void> {
  const kinds = (Object.keys(KINDS) as Kind[]).filter((kind) => counts[kind] > 0);
  const said = kinds.map((kind) => `${counts[kind]}行${KINDS[kind]}`);
  effects.stdout(`${comparedText(batch, compared)}：${[...said, `${counts.unchanged}行不变`].join("，")}\n`);
  let left = SHOWN;
  for (const kind of kinds) {
    effects.stdout(`\n${KINDS[kind]}：\n`);
    const lines = await firstLines(textsOf(db, kind), kind, left);
    for (const line of lines) effects.stdout(`  ${line}\n`);
    const more = counts[kind] - lines.length;
    if (more > 0) effects.stdout(`  …… 另有${more}行，用 --json 列出\n`);
    left -= lines.length;
  }
}

async function firstLines(texts: AsyncGenerator<readonly string[]>, kind: Kind, most: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const chunk of texts) {
    for (const text of chunk.slice(0, most - lines.length)) lines.push(lineText(kind, text));
    if (lines.length >= most) break;
  }
  return lines;
}

function lineText(kind: Kind, text: string): string {
  if (kind === "rejected") {
    const row = JSON.parse(text) as RejectedNow;
    const reasons = row.reasons
      .map(({header, reason}) => (header === null || reason.startsWith(header) ? reason : `${header}：${reason}`))
      .join("；");
    return `${placeText(row)}${row.key === null ? "" : ` ${row.key}`}${row.before === "有效" ? "（以前有效，仍按以前的内容计入）" : ""}：${reasons}`;
  }
  const row = JSON.parse(text) as RowChange;
  if (kind === "changed") return `${row.key}：${columnsText(row.columns)}（${placeText(row)}）`;
  return `${row.key}（${kind === "missing" ? `原为 ${row.batch} ` : ""}${placeText(row)}）`;
}

function textsOf(db: Database, kind: Kind): AsyncGenerator<readonly string[]> {
  return kind === "rejected" ? rejectedTexts(db) : changeTexts(db, kind);
}

/** One JSON object, written as it is read: a batch of a million rows does not fit in one text. */
async function printDiff(
  {stdout}: Effects,
  db: Database,
  batch: Batch,
  {before, whole}: Compared,
  counts: DiffCounts
): Promise<void> {
  const head = {batch: batch.id, against: before.map((b) => b.id), whole, source: batch.source, table: batch.table, counts};
  stdout(JSON.stringify(head, null, 2).slice(0, -2));
  for (const kind of Object.keys(KINDS) as Kind[]) {
    stdout(`,\n  ${JSON.stringify(kind)}: [`);
    let isFirst = true;
    for await (const chunk of textsOf(db, kind)) {
      stdout(`${isFirst ? "" : ","}\n    ${chunk.join(",\n    ")}`);
      isFirst = false;
    }
    stdout(isFirst ? "]" : "\n  ]");
  }
  stdout("\n}\n");
}
