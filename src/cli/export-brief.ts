import type {Command} from "commander";
import {briefOf} from "../export/brief.ts";
import {fault} from "../fault.ts";
import {finishExport, openForExport, withExport} from "./export-common.ts";
import type {Effects} from "./output.ts";

/** `xunheng export brief`: one page for those who lead. */
export function addExportBrief(parent: Command, effects: Effects): void {
  withExport(parent.command("brief").description("简报：一页纸，一句话、主要数字、图表、得分较低的单位及原因、逾期问题"))
    .addHelpText("after", "\n写成一页 A4 的 Word（.docx）：\n  xunheng export brief --to 简报.docx")
    .action(async (_, command: Command) => {
      const {scored, to, json, by, recipients, workspace} = await openForExport(command, effects);
      try {
        if (!to.endsWith(".docx"))
          throw fault(2, {place: {file: to}, what: "简报写成 Word 文件", advice: "请把 --to 写成以 .docx 结尾的文件"});
        const {renderBrief} = await import("../export/official/brief-page.ts");
        const files = [{path: "", bytes: await renderBrief(await briefOf(scored))}];
        await finishExport(effects, scored, {what: "简报", to, files, recipients, by, workspace, json});
      } finally {
        scored.close();
      }
    });
}
