import {existsSync, readFileSync} from "node:fs";
import {basename, resolve} from "node:path";
import {Command} from "commander";
import {Fault} from "../fault.ts";
import {clauseCoverage, KNOWN, regimeCheck} from "../regime/coverage.ts";
import {readRegime} from "../regime/parse.ts";
import type {Regime} from "../regime/types.ts";
import {findDefinition, shownPath} from "../workspace/workspace.ts";
import {type MakeCommand, optionsOf, printJson} from "./common.ts";
import {textTable} from "./output.ts";

/** `xunheng regime check ID` and `xunheng regime clauses ID`. */
export const regimeCommand: MakeCommand = (effects) => {
  const regime = new Command("regime").description("制度：检查、条款清单").helpCommand(false);
  regime
    .command("check")
    .description("检查一个制度文件：每个错误都指出行和列")
    .argument("<id>", "制度编号或文件")
    .action((id: string, _, command: Command) => {
      const {workspace, json} = optionsOf<object>(command);
      const checked = checkRegime(id, workspace);
      const {covered, total} = clauseCoverage(checked);
      const parameters = Object.keys(checked.parameters).length;
      const open = Object.values(checked.parameters).flatMap((p) => p.interpretation).length;
      if (json)
        printJson(effects, {
          regime: checked.id,
          title: checked.title,
          parameters,
          items: checked.items.length,
          interpretations: open,
          covered,
          total
        });
      else
        effects.stdout(
          `${checked.title}（${checked.id}）：${parameters}个参数、${checked.items.length}项巡查内容、${open}处解释；${total}个条款中${covered}个有着落。\n`
        );
    });
  regime
    .command("clauses")
    .description("列出文件的每个条款和它在这里的着落")
    .argument("<id>", "制度编号或文件")
    .action((id: string, _, command: Command) => {
      const {workspace, json} = optionsOf<object>(command);
      const coverage = clauseCoverage(checkRegime(id, workspace));
      if (json) printJson(effects, coverage);
      else
        effects.stdout(
          `${textTable(
            ["条款", "内容", "着落", "对应", "说明", "参数", "检查"],
            coverage.clauses.map((c) => [c.clause, c.title, c.kind, c.target, c.why, c.parameters.join("、"), c.checks.join("、")])
          )}${coverage.total}个条款中${coverage.covered}个有着落，${coverage.total - coverage.covered}个不可计算。\n`
        );
    });
  return regime;
};

/** A regime by id or file, checked in full. Errors: Fault 2 with every complaint. */
function checkRegime(id: string, workspace: string): Regime {
  const {text, file} =
    existsSync(id) && id.endsWith(".yaml")
      ? {text: readFileSync(id, "utf8"), file: shownPath(resolve(id))}
      : findDefinition("regimes", id, resolve(workspace));
  const {regime, placed, complaints} = readRegime(text, file);
  if (!regime) throw new Fault(2, complaints);
  const named = basename(file, ".yaml") === regime.id;
  const more = [
    ...(named ? [] : [{place: placed.at(["id"]), what: `id ${regime.id} 与文件名不同`, advice: "制度按文件名查找，请改成一样"}]),
    ...regimeCheck(regime, KNOWN, (path) => placed.at(path))
  ];
  if (more.length > 0) throw new Fault(2, more);
  return regime;
}
