import type {Command} from "commander";
import {DOCUMENTS, documentNamed} from "../export/document/index.ts";
import {checkSubjects, type DocumentKind, type DocumentOptions, groundOf, SUBJECTS} from "../export/document/kind.ts";
import {fault} from "../fault.ts";
import {openRules} from "../warehouse/scored.ts";
import {isDate, openWorkspace} from "../workspace/workspace.ts";
import {optionsOf, printJson} from "./common.ts";
import {type ExportFlags, finishExport, openForExport, withExport} from "./export-common.ts";
import {type Effects, textTable, today} from "./output.ts";

interface DocumentFlags extends DocumentOptions {
  readonly list?: boolean;
}

const WORKING = DOCUMENTS.filter((d) => d.isWorking)
  .map((d) => d.title)
  .join("、");

const HELP = `
文书按 GB/T 9704 排版，写成 Word（.docx）。没有写 --number 的是“代拟稿”；没有审定结果时标“未审定”。
通报、公示稿取本年度现行的审定结果；${WORKING}没有写 --release 的按工作区现状。
  xunheng export document --list
  xunheng export document 通报 --number 某安办〔2026〕3号 --date 2026-01-20 --to 通报.docx
  xunheng export document 反馈意见 --inspection 巡查编号 --to 反馈意见.docx`;

/** `xunheng export document NAME`: a document in official form. */
export function addExportDocument(parent: Command, effects: Effects): void {
  withExport(parent.command("document [name]").description("公文：通报、反馈意见、整改通知等，GB/T 9704 格式的 Word 文件"))
    .option("--list", "列出本制度可以生成的文书和所依条款")
    .option("--unit <code>", "单位编码")
    .option("--inspection <id>", "巡查编号")
    .option("--visit <id>", "点位编号")
    .option("--finding <id>", "问题编号")
    .option("--month <month>", "月份，如 2025-06")
    .option("--number <number>", "发文字号；不写就是代拟稿")
    .option("--signer <name>", "签发人（上行文）")
    .option("--date <date>", "成文日期；不写就留空手填")
    .option("--addressee <office>", "主送机关；默认按文书")
    .option("--contact <text>", "联系人和电话，印在附注")
    .addHelpText("after", HELP)
    .action(async (name: string | undefined, _, command: Command) => {
      if (command.opts<DocumentFlags>().list) return list(command, effects);
      if (name === undefined)
        throw fault(2, {place: null, what: "没有写文书名称", advice: "可用的见 xunheng export document --list"});
      await make(documentNamed(name), command, effects);
    });
}

/** Drafts and writes one document; says no before anything is scored where that can be known. */
async function make(kind: DocumentKind, command: Command, effects: Effects): Promise<void> {
  const flags = optionsOf<DocumentFlags & ExportFlags>(command);
  const options = documentOptions(flags);
  checkSubjects(kind, options);
  if (flags.to !== undefined && !flags.to.endsWith(".docx"))
    throw fault(2, {place: {file: flags.to}, what: "公文写成 Word 文件", advice: "请把 --to 写成以 .docx 结尾的文件"});
  // Units are asked about things as they stand, not as they stood when a result was approved.
  if (kind.isWorking && flags.release === undefined) command.setOptionValue("draft", true);
  const {scored, to, ...rest} = await openForExport<DocumentFlags>(command, effects);
  try {
    const clause = groundOf(kind, scored.regime, scored.when.as_of);
    const document = await kind.make(scored, options);
    const {renderOfficial} = await import("../export/official/render.ts");
    const files = [{path: "", bytes: await renderOfficial(document)}];
    const {json, by, recipients, workspace} = rest;
    const more = {document: kind.name, title: document.title, clause, number: document.number};
    await finishExport(effects, scored, {what: kind.title, to, files, recipients, by, workspace, json, more});
  } finally {
    scored.close();
  }
}

/** What is written into the document. Errors: Fault 2 for a day or month that does not exist, or a text that is blank. */
function documentOptions(flags: DocumentFlags): DocumentOptions {
  const names = [...SUBJECTS, "number", "signer", "date", "addressee", "contact"] as const;
  const given = names.flatMap((name) => {
    const text = flags[name];
    if (text === undefined) return [];
    if (text.trim() === "") throw fault(2, {place: null, what: `--${name} 是空的`, advice: "请写上内容，或去掉这一项"});
    if (/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u.test(text.trim()))
      throw fault(2, {place: null, what: `--${name} 里有换行等控制字符`, advice: "请写成一行文字"});
    return [[name, text.trim()] as const];
  });
  const options: DocumentOptions = Object.fromEntries(given);
  if (options.date !== undefined && !isDate(options.date))
    throw fault(2, {place: null, what: `--date 的日期“${options.date}”不存在`, advice: "请写成2026-01-20的样子"});
  if (options.month !== undefined && !isDate(`${options.month}-01`))
    throw fault(2, {place: null, what: `--month 的月份“${options.month}”不存在`, advice: "请写成2025-06的样子"});
  return options;
}

/** Which documents the workspace's regime knows, with their clauses. */
async function list(command: Command, effects: Effects): Promise<void> {
  const {workspace, json} = optionsOf(command);
  const space = openWorkspace(workspace);
  const {regime} = await openRules(space);
  const day = space.as_of ?? today(effects);
  const documents = DOCUMENTS.map((kind) => ({
    ...{name: kind.name, title: kind.title, about: kind.about, clause: kind.needs(regime, day)},
    permitted: kind.needs(regime, day) !== null || (kind.isFree?.(regime, day) ?? false),
    options: [...kind.takes.map((one) => (typeof one === "string" ? one : one.join("|"))), ...(kind.may ?? []).map((s) => `[${s}]`)]
  }));
  if (json) return printJson(effects, {regime: regime.id, documents});
  const rows = documents.map(({name, title, about, clause, permitted, options}) => [
    ...[name, title, clause ?? (permitted ? "没有专门条款" : "制度没有规定")],
    options.map((o) => (o.startsWith("[") ? `[--${o.slice(1)}` : `--${o}`)).join(" "),
    about
  ]);
  effects.stdout(textTable(["名称", "文书", "条款", "须写明", "内容"], rows));
}
