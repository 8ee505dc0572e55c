import type {Command} from "commander";
import {FINDING_SOURCE, findingBooks} from "../export/finding-book.ts";
import {fault, nearestName} from "../fault.ts";
import {stampOf} from "../release/stamp.ts";
import {quotedString} from "../sql.ts";
import type {Database} from "../warehouse/duckdb.ts";
import {printJson} from "./common.ts";
import {finishExport, openForExport, withExport} from "./export-common.ts";
import type {Effects} from "./output.ts";

/** `xunheng export findings`: a workbook a unit in which it reports what became of its open findings. */
export function addExportFindings(parent: Command, effects: Effects): void {
  withExport(
    parent
      .command("findings")
      .description("整改回填：每个单位一个工作簿，列出没有销号的问题，填好再装入；没有写 --release 的按工作区现状")
  )
    .option("--unit <code>", "只导出这个单位的")
    .action(async (_options: unknown, command: Command) => {
      // Units are asked about things as they stand, not as they stood when a result was approved.
      if (command.opts().release === undefined) command.setOptionValue("draft", true);
      const {scored, flags, ...rest} = await openForExport<{unit?: string}>(command, effects);
      try {
        if (flags.unit !== undefined) await requireKnown(scored.db, flags.unit);
        const {files, units} = await findingBooks(scored, flags.unit);
        const more = {units, source: FINDING_SOURCE.trim()};
        if (files.length === 0) {
          if (rest.json) printJson(effects, {what: "findings", to: rest.to, files: [], stamp: stampOf(scored), ...more});
          else effects.stdout("没有要单位回填的问题（都已销号，或还不能告知），没有写出文件。\n");
          return;
        }
        const count = units.reduce((sum, u) => sum + u.findings, 0);
        const lines = [
          `${units.length}个单位，没有销号的问题${count}个。`,
          "各单位交回的文件放进工作区的 回执 目录（旧的也留着），把下面一项加到 xunheng.yaml 的 sources，再 xunheng load：",
          FINDING_SOURCE
        ];
        await finishExport(effects, scored, {...rest, what: "findings", title: "整改回填", files, lines, more});
      } finally {
        scored.close();
      }
    });
}

/** Refuses a unit that is not in the data. */
async function requireKnown(db: Database, code: string): Promise<void> {
  if (await db.value(`select 1 from unit where unit_code = ${quotedString(code)} limit 1`)) return;
  const near = nearestName(code, await db.list("select distinct unit_code from unit order by unit_code"));
  throw fault(2, {place: null, what: `没有单位 ${code}`, advice: near ? `是否指 ${near}？` : "请核对单位编码"});
}
