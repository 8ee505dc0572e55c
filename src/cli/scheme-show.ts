import {writeFileSync} from "node:fs";
import {extname} from "node:path";
import type {Command} from "commander";
import {ruleBookWorkbook} from "../export/rule-book.ts";
import {fault} from "../fault.ts";
import {type RuleBook, ruleBook} from "../scheme/rule-book.ts";
import {ruleBookMarkdown} from "../scheme/rule-book-markdown.ts";
import {optionsOf, printJson} from "./common.ts";
import type {Effects} from "./output.ts";
import {checkScheme, SCHEME_ARGUMENT, schemeText} from "./scheme-file.ts";

/** Endings a rule book can be written with. */
const WRITERS: Readonly<Record<string, (book: RuleBook) => string | Promise<Uint8Array>>> = {
  ".md": ruleBookMarkdown,
  ".xlsx": ruleBookWorkbook
};

/** `xunheng scheme show FILE [--to FILE]`: the rule book, each rule as a sentence. */
export function addShow(parent: Command, effects: Effects): void {
  parent
    .command("show")
    .description("把评分办法写成规则书：每条规则一句话，说明数什么、扣多少、到哪里为止")
    .argument(...SCHEME_ARGUMENT)
    .option("--to <file>", "写到 .md 或 .xlsx 文件；不写则打印 Markdown")
    .action(async (name: string, _, command: Command) => {
      const {workspace, json, to} = optionsOf<{to?: string}>(command);
      const write = to === undefined ? ruleBookMarkdown : WRITERS[extname(to)];
      if (!write)
        throw fault(2, {
          place: {file: to ?? ""},
          what: `不会写“${extname(to ?? "")}”文件`,
          advice: `请用 ${Object.keys(WRITERS).join("、")}`
        });
      const {text, file} = schemeText(name, workspace);
      const {scheme, regime} = await checkScheme(text, file);
      const book = ruleBook(scheme, regime);
      if (to !== undefined) writeBook(to, await write(book));
      if (json) printJson(effects, book);
      else if (to === undefined) effects.stdout(ruleBookMarkdown(book));
      else effects.stdout(`已写出 ${to}：${scheme.rules.length}条规则。\n`);
    });
}

function writeBook(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content);
  } catch (error) {
    const what = `写不了规则书（${(error as Error).message.split("\n")[0]}）`;
    throw fault(2, {place: {file}, what, advice: "请核对目录是否存在、能否写入"});
  }
}
