import {existsSync, mkdtempSync, rmSync, statSync} from "node:fs";
import {tmpdir} from "node:os";
import {join, relative, resolve, sep} from "node:path";
import {Command} from "commander";
import {LIMITS} from "../../loaders/limits.ts";
import {peekFile} from "../../loaders/peek/index.ts";
import {TABLES, type Table} from "../contract/index.ts";
import {type Fault, fault, listed, nearestName} from "../fault.ts";
import {parseRegime} from "../regime/parse.ts";
import {openSealed} from "../warehouse/sealed.ts";
import {unitCodes} from "../warehouse/unit-code.ts";
import {inspectParts, type SheetReport} from "../workspace/inspect/inspect.ts";
import {findDefinition, openWorkspace, shownPath, type Workspace} from "../workspace/workspace.ts";
import {type MakeCommand, optionsOf, printJson} from "./common.ts";
import {inspectText} from "./inspect-text.ts";

/** The JSON of `xunheng inspect --json`. */
export interface InspectResult {
  readonly file: string;
  readonly loader: string;
  readonly notes: readonly string[];
  readonly sheets: readonly SheetReport[];
}

/** `xunheng inspect FILE`: what is in a file, and the entry of `sources:` to paste. Exit 1 when a person must decide something. */
export const inspectCommand: MakeCommand = (effects, end) =>
  new Command("inspect")
    .description("看一个文件里有什么表、各列对应哪一栏，打印可以贴进 xunheng.yaml 的来源；什么也不装入")
    .argument("<file>", "Excel、CSV 等文件")
    .option("--table <name>", "只当作这张表看，如 finding；不写则自己认")
    .option("--sheet <name>", "只看这个工作表")
    .addHelpText(
      "after",
      `
例：xunheng inspect 问题台账.xlsx -w offices/linhe
写明工作区（-w）时，照它的制度核对取值，照它已装入的单位表查编码，路径从它的目录算起。
退出码：0 打印的来源可以直接用；1 有列或取值要人定；2 读不了；3 有密级标志，整个文件未读`
    )
    .action(async (file: string, _, command: Command) => {
      const options = optionsOf<{table?: string; sheet?: string}>(command);
      const result = await inspectFile(file, options);
      if (options.json) printJson(effects, result);
      else effects.stdout(inspectText(result, options.sheet !== undefined));
      const meant = result.sheets.filter((s) => s.table !== null && (!s.hidden || options.sheet !== undefined));
      end(meant.length > 0 && meant.every(isSettled) ? 0 : 1);
    });

/** Whether nothing is left for a person to say. */
function isSettled({loadable, values, units, seconds}: SheetReport): boolean {
  return (
    loadable &&
    seconds.every(({settled}) => settled) &&
    values.every(({to}) => to !== null) &&
    units.every(({code}) => code !== null)
  );
}

async function inspectFile(
  named: string,
  {table: tableName, sheet, workspace}: {table?: string; sheet?: string; workspace: string}
): Promise<InspectResult> {
  const table = tableName === undefined ? null : tableOf(tableName);
  const path = resolve(named);
  const file = {path, file: shownPath(path)};
  if (!statSync(path, {throwIfNoEntry: false})?.isFile()) {
    const what = existsSync(path) ? "是文件夹，不是文件" : "没有这个文件";
    throw fault(2, {place: {file: named}, what, advice: "请写明一个文件"});
  }
  const space = spaceOf(workspace);
  const regime = space === null ? null : regimeOf(space);
  const scratch = mkdtempSync(join(tmpdir(), "xunheng-inspect-"));
  try {
    const peeked = await peekFile(file, {
      root: resolve(workspace),
      scratch,
      limits: space?.limits ?? LIMITS,
      env: process.env,
      openEngine: (paths, prepare) => openSealed(paths, scratch, {}, prepare),
      progress: () => {}
    });
    const parts = sheet === undefined ? peeked.parts : peeked.parts.filter(({name}) => name === sheet);
    if (parts.length === 0)
      throw noSheet(
        file.file,
        sheet ?? "",
        peeked.parts.flatMap(({name}) => name ?? [])
      );
    const around = {
      loader: peeked.loader,
      file: file.file,
      path: relative(resolve(workspace), path).split(sep).join("/"),
      regime,
      units: space === null ? new Map<string, string>() : await unitCodes(space.state.warehouse),
      sources: space?.sources.map(({name}) => name) ?? [],
      table,
      several: peeked.parts.length > 1
    };
    return {file: file.file, loader: peeked.loader, notes: peeked.notes, sheets: inspectParts(parts, around)};
  } finally {
    rmSync(scratch, {recursive: true, force: true});
  }
}

function tableOf(name: string): Table {
  const found = TABLES.find((table) => table.name === name || table.title === name);
  if (found) return found;
  const names = TABLES.map((table) => table.name);
  const near = nearestName(name, names);
  throw fault(2, {place: null, what: `没有表 ${name}`, advice: near ? `是否指 ${near}？` : `可用：${listed(names)}`});
}

function noSheet(file: string, name: string, names: readonly string[]): Fault {
  const near = nearestName(name, names);
  return fault(2, {
    place: {file},
    what: `没有工作表“${name}”`,
    advice: near ? `是否指“${near}”？` : names.length > 0 ? `有：${listed(names)}` : "这个文件没有工作表之分，不必写 --sheet"
  });
}

/** The workspace that is named or that one stands in; null when there is none. */
function spaceOf(directory: string): Workspace | null {
  if (directory === "." && !existsSync("xunheng.yaml")) return null;
  return openWorkspace(directory);
}

function regimeOf({regime, directory}: Workspace) {
  const {text, file} = findDefinition("regimes", regime, directory);
  return parseRegime(text, file);
}
