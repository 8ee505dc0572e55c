import type {Command} from "commander";
import {answeredRows, confirmationTally, tallyText} from "../export/confirm/tally.ts";
import {CONFIRM_SOURCE, confirmBooks} from "../export/confirm.ts";
import {stampOf} from "../release/stamp.ts";
import {printJson} from "./common.ts";
import {requireUnit} from "./explain-known.ts";
import {finishExport, openForExport, withExport} from "./export-common.ts";
import type {Effects} from "./output.ts";

/** `xunheng export confirm`: a workbook a unit in which it answers for its deductions. */
export function addExportConfirm(parent: Command, effects: Effects): void {
  withExport(
    parent
      .command("confirm")
      .description("扣分确认：每个单位一个工作簿，逐条填“无异议”或“异议”，填好再装入；没有写 --release 的按工作区现状")
  )
    .option("--unit <code>", "只导出这个单位的")
    .action(async (_options: unknown, command: Command) => {
      // Units are asked about things as they stand, not as they stood when a result was approved.
      if (command.opts().release === undefined) command.setOptionValue("draft", true);
      const {scored, flags, ...rest} = await openForExport<{unit?: string}>(command, effects);
      try {
        if (flags.unit !== undefined) requireUnit(scored.result, flags.unit);
        const answered = await answeredRows(scored);
        const {files, units} = await confirmBooks(scored, flags.unit, answered);
        const tally = await confirmationTally(scored, answered);
        const more = {units, tally, source: CONFIRM_SOURCE.trim()};
        if (files.length === 0) {
          if (rest.json) printJson(effects, {what: "confirm", to: rest.to, files: [], stamp: stampOf(scored), ...more});
          else effects.stdout("没有需要单位确认的扣分，没有写出文件。\n");
          return;
        }
        const lines = [
          ...tallyText(tally),
          `各单位交回的文件放进工作区的 回执 目录（旧的也留着），把下面一项贴到 xunheng.yaml 的 sources（已有 confirmation 的换掉），再 xunheng load：`,
          CONFIRM_SOURCE
        ];
        await finishExport(effects, scored, {...rest, what: "confirm", title: "扣分确认", files, lines, more});
      } finally {
        scored.close();
      }
    });
}
