import type {Command} from "commander";
import {dossier} from "../export/dossier/dossier.ts";
import {fault} from "../fault.ts";
import {optionsOf} from "./common.ts";
import {type ExportFlags, finishExport, openForExport, withExport} from "./export-common.ts";
import {type Effects, progressOn} from "./output.ts";

interface DossierFlags {
  readonly finding?: string;
  readonly unit?: string;
  readonly marginal?: boolean;
}

const HELP = `
每个问题一页起：事实、点位、违反条款、期限怎样得出、全部经过、督办和异议复核、扣了多少分、原记录在哪个文件哪一行。
这是办公室自己的档案（内部资料），线索和案件也在内，不要交给被巡查单位。
例：xunheng export dossier --finding MD-0001 --to MD-0001.docx
    xunheng export dossier --unit 990101 --to 一问一档-990101.docx`;

/** `xunheng export dossier`: a card for a finding, or for each of a unit. */
export function addExportDossier(parent: Command, effects: Effects): void {
  withExport(parent.command("dossier").description("一问一档：每个问题一张卡，供打印归档；没有写 --release 的按工作区现状"))
    .option("--finding <id>", "一个问题")
    .option("--unit <code>", "一个单位的全部问题，前面有目录")
    .option("--marginal", "与 --unit 连用：逐个问题算出没有它时的得分（每个问题要重新计分一次，较慢）")
    .addHelpText("after", HELP)
    .action(async (_, command: Command) => {
      const {finding, unit, marginal, release, recipient, to: path} = optionsOf<DossierFlags & ExportFlags>(command);
      if ((finding === undefined) === (unit === undefined))
        throw fault(2, {
          place: null,
          what: "--finding 和 --unit 应写一个，也只能写一个",
          advice: "一个问题写 --finding，一个单位写 --unit"
        });
      if (path !== undefined && !path.endsWith(".docx"))
        throw fault(2, {place: {file: path}, what: "一问一档写成 Word 文件", advice: "请把 --to 写成以 .docx 结尾的文件"});
      if (recipient !== undefined && recipient.length > 0)
        throw fault(3, {
          place: null,
          what: "一问一档是内部资料，含问题线索和案件，不外发",
          advice: "给单位的请用 xunheng export document 或 export findings，并去掉 --recipient"
        });
      // The office's own files are of things as they stand, not as they stood when a result was approved.
      if (release === undefined) command.setOptionValue("draft", true);
      const {scored, to, json, by, recipients, workspace} = await openForExport<DossierFlags>(command, effects);
      const progress = progressOn(effects);
      try {
        const show = (done: number, of: number) => progress.show(`一问一档 ${done}/${of}`);
        const document = await dossier(scored, {finding, unit, marginal, progress: show});
        const {renderOfficial} = await import("../export/official/render.ts");
        const files = [{path: "", bytes: await renderOfficial(document)}];
        progress.done();
        await finishExport(effects, scored, {
          what: "一问一档",
          to,
          files,
          recipients,
          by,
          workspace,
          json,
          more: {title: document.title}
        });
      } finally {
        progress.done();
        scored.close();
      }
    });
}
