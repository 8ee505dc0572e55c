import {existsSync} from "node:fs";
import {dirname, resolve} from "node:path";
import {Command} from "commander";
import {complaintText, Fault, fault} from "../fault.ts";
import {parsePlaced} from "../placed-yaml.ts";
import {parseRegime} from "../regime/parse.ts";
import type {Regime} from "../regime/types.ts";
import {parseScheme} from "../scheme/parse.ts";
import type {Scheme} from "../scheme/types.ts";
import {schemeWarnings} from "../scheme/warn.ts";
import {createExpressionParser} from "../warehouse/expression.ts";
import {findDefinition} from "../workspace/workspace.ts";
import {type MakeCommand, optionsOf, printJson} from "./common.ts";
import {schemeFile} from "./score.ts";

/** `xunheng scheme check FILE`. */
export const schemeCommand: MakeCommand = (effects) => {
  const scheme = new Command("scheme").description("评分办法：检查").helpCommand(false);
  scheme
    .command("check")
    .description("检查一个评分办法：每个错误都指出行和列，再列出值得斟酌的地方")
    .argument("<file>", "评分办法文件，或 data/schemes 里的编号")
    .action(async (name: string, _, command: Command) => {
      const {workspace, json} = optionsOf<object>(command);
      const {text, file} = existsSync(name) ? schemeFile(name) : findDefinition("schemes", name, resolve(workspace));
      const {scheme: checked, regime} = await checkScheme(text, file);
      const warnings = schemeWarnings(checked, regime).map(({place, what}) => ({...place, what}));
      if (json)
        printJson(effects, {
          scheme: checked.id,
          name: checked.name,
          rules: checked.rules.length,
          items: checked.items.length,
          warnings
        });
      else {
        effects.stdout(`${file}：${checked.name}，${checked.items.length}项、${checked.rules.length}条规则，可以使用。\n`);
        for (const {what, ...place} of warnings) effects.stdout(`提示 ${complaintText({place, what})}\n`);
      }
    });
  return scheme;
};

/** Checks a scheme against the regime it names. Errors: Fault 2 with every complaint. */
export async function checkScheme(text: string, file: string): Promise<{scheme: Scheme; regime: Regime}> {
  const placed = parsePlaced(text, file);
  if (placed.complaints.length > 0) throw new Fault(2, placed.complaints);
  const id =
    typeof placed.value === "object" && placed.value !== null && "regime" in placed.value ? String(placed.value.regime) : "";
  if (!id) throw fault(2, {place: {file, line: 1, column: 1}, what: "没有 regime", advice: "请写上办法所属制度的编号"});
  const definition = findDefinition("regimes", id, resolve(dirname(file), ".."), placed.at(["regime"]));
  const regime = parseRegime(definition.text, definition.file);
  const expression = await createExpressionParser();
  try {
    return {scheme: await parseScheme(text, file, {regime, expression}), regime};
  } finally {
    expression.close();
  }
}
