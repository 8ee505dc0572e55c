import {existsSync} from "node:fs";
import {dirname, resolve} from "node:path";
import type {Command} from "commander";
import {fault} from "../fault.ts";
import {parseCases} from "../scheme/case.ts";
import {pointsText} from "../scheme/decimal.ts";
import type {LedgerEntry} from "../score/types.ts";
import {type CaseResult, runCases} from "../warehouse/case.ts";
import {readCalendar} from "../workspace/calendar.ts";
import {optionsOf, printJson} from "./common.ts";
import {type Effects, textTable} from "./output.ts";
import {casesBeside, checkScheme, SCHEME_ARGUMENT, schemeFile, schemeText} from "./scheme-file.ts";

/** `xunheng scheme test FILE [--cases FILE]`: scores the cases kept beside a scheme; exit 1 when one comes out otherwise. */
export function addTest(parent: Command, effects: Effects, end: (exit: number) => void): void {
  parent
    .command("test")
    .description("按办法旁边的用例逐个计分，与应得的结果核对")
    .argument(...SCHEME_ARGUMENT)
    .option("--cases <file>", "用例文件；默认是办法旁边的 <办法>.cases.yaml")
    .addHelpText(
      "after",
      "\n用例写明事实（问题、整改、事故……）和应得的得分、等次、记分台账；改办法之前先改用例，改完一跑就知道对不对。"
    )
    .action(async (name: string, _, command: Command) => {
      const {workspace, json, cases: named} = optionsOf<{cases?: string}>(command);
      const {text, file} = schemeText(name, workspace);
      const {scheme, regime} = await checkScheme(text, file);
      const beside = named ?? casesBeside(file);
      if (!existsSync(beside))
        throw fault(2, {place: {file: beside}, what: "没有这个用例文件", advice: "请在办法旁边写一个，或用 --cases 指出"});
      const cases = parseCases(schemeFile(beside).text, beside, scheme);
      const calendar = readCalendar(resolve(dirname(file), ".."));
      const results = await runCases(cases, {scheme, regime, calendar});
      const failed = results.filter(({differences}) => differences.length > 0).length;
      if (failed > 0) end(1);
      if (json) printJson(effects, {scheme: scheme.id, passed: results.length - failed, failed, cases: results.map(resultJson)});
      else
        effects.stdout(
          `${results.map(resultText).join("")}${results.length}个用例，${results.length - failed}个通过，${failed}个不符。\n`
        );
    });
}

function resultJson({one, differences, ledger}: CaseResult) {
  return {
    name: one.name,
    ...one.place,
    passed: differences.length === 0,
    differences: differences.map(({place, ...rest}) => ({line: place.line ?? null, ...rest})),
    ledger
  };
}

function resultText({one, differences, ledger}: CaseResult): string {
  if (differences.length === 0) return `通过  ${one.name}\n`;
  const units = [...new Set(differences.map((d) => d.unit_code))];
  return [
    `不符  ${one.name}（${one.place.file}:${one.place.line}）\n`,
    ...differences.map(
      ({place, unit_code, what, expected, actual}) =>
        `  第${place.line}行 单位 ${unit_code} ${what}：应为 ${expected}，实为 ${actual}\n`
    ),
    ...units.map((unit) => `  单位 ${unit} 的记分台账\n${indented(ledgerText(ledger.filter((row) => row.unit_code === unit)))}`)
  ].join("");
}

function ledgerText(rows: readonly LedgerEntry[]): string {
  if (rows.length === 0) return "没有（未计分）\n";
  return textTable(
    ["序", "类别", "内容", "规则", "对象", "分值", "原因"],
    rows.map((row) => [row.seq, row.kind, row.item, row.rule_id, row.subject, pointsText(row.milli), row.because])
  );
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}
