import {statSync} from "node:fs";
import {dirname, resolve} from "node:path";
import {Fault, fault} from "../fault.ts";
import {parsePlaced} from "../placed-yaml.ts";
import {parseRegime} from "../regime/parse.ts";
import type {Regime} from "../regime/types.ts";
import {parseScheme} from "../scheme/parse.ts";
import type {Scheme} from "../scheme/types.ts";
import {createExpressionParser} from "../warehouse/expression.ts";
import {findDefinition, readWritten} from "../workspace/workspace.ts";

/** The argument that names a scheme, as help shows it. */
export const SCHEME_ARGUMENT = ["<file>", "评分办法文件，或 data/schemes 里的编号"] as const;

/** The text of a scheme file. Errors: Fault 2 when it cannot be read. */
export function schemeFile(file: string): {text: string; file: string} {
  try {
    return {text: readWritten(file), file};
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw fault(2, {place: {file}, what: "读不到这个评分办法文件", advice: "请核对路径"});
  }
}

/** A scheme's text by file or id; a name with a dot or slash is a file's. Errors: Fault 2 when there is none. */
export function schemeText(name: string, workspace: string): {text: string; file: string} {
  const isFile = /[/\\.]/.test(name) || statSync(name, {throwIfNoEntry: false})?.isFile() === true;
  return isFile ? schemeFile(name) : findDefinition("schemes", name, resolve(workspace));
}

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

/** The file of cases beside a scheme's file, whether or not it is there. @example casesBeside("x.yaml") // "x.cases.yaml" */
export function casesBeside(file: string): string {
  return file.replace(/(\.ya?ml)?$/, ".cases.yaml");
}
