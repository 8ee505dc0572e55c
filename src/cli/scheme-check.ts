import {existsSync} from "node:fs";
import type {Command} from "commander";
import {type Complaint, complaintText, Fault} from "../fault.ts";
import type {Regime} from "../regime/types.ts";
import {parseCases} from "../scheme/case.ts";
import type {Scheme} from "../scheme/types.ts";
import {schemeWarnings} from "../scheme/warn.ts";
import {optionsOf, printJson} from "./common.ts";
import type {Effects} from "./output.ts";
import {casesBeside, checkScheme, SCHEME_ARGUMENT, schemeFile, schemeText} from "./scheme-file.ts";

interface Checked {
  readonly scheme: Scheme;
  readonly regime: Regime;
  /** How many cases there are beside it; null without a file of cases. */
  readonly cases: number | null;
}

/** `xunheng scheme check FILE`: every error at once, then what is worth a thought; with the cases beside it. */
export function addCheck(parent: Command, effects: Effects): void {
  parent
    .command("check")
    .description("检查一个评分办法和旁边的用例：每个错误都指出行和列，再列出值得斟酌的地方")
    .argument(...SCHEME_ARGUMENT)
    .action(async (name: string, _, command: Command) => {
      const {workspace, json} = optionsOf<object>(command);
      const {text, file} = schemeText(name, workspace);
      const checked = await checkBoth(text, file).catch((error: unknown) => {
        if (json && error instanceof Fault) printJson(effects, {errors: error.complaints.map(complaintJson), warnings: []});
        throw error;
      });
      const {scheme, regime, cases} = checked;
      const warnings = schemeWarnings(scheme, regime).map(({place, what}) => ({...place, what}));
      if (json) {
        const {id, name: title, rules, items} = scheme;
        printJson(effects, {scheme: id, name: title, rules: rules.length, items: items.length, cases, errors: [], warnings});
        return;
      }
      const tested = cases === null ? "没有用例" : `${cases}个用例`;
      effects.stdout(`${file}：${scheme.name}，${scheme.items.length}项、${scheme.rules.length}条规则、${tested}，可以使用。\n`);
      for (const {what, ...place} of warnings) effects.stdout(`提示 ${complaintText({place, what})}\n`);
    });
}

async function checkBoth(text: string, file: string): Promise<Checked> {
  const {scheme, regime} = await checkScheme(text, file);
  const beside = casesBeside(file);
  return {scheme, regime, cases: existsSync(beside) ? parseCases(schemeFile(beside).text, beside, scheme).length : null};
}

/** A complaint as an editor or another program reads it. */
export function complaintJson({place, what, advice = ""}: Complaint) {
  return {file: place?.file ?? null, line: place?.line ?? null, column: place?.column ?? null, what, advice};
}
