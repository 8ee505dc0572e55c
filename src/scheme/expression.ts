import type {FactView} from "../contract/fact.ts";
import {type ExpressionFault, guardText, guardTree} from "./guard.ts";
import {onlyOf} from "./only.ts";
import {BEFORE, indexOfPoint} from "./tree.ts";
import type {Expression} from "./types.ts";

/** What an engine makes of `SELECT (text) FROM view`. */
export type Parsed =
  | {readonly json: string}
  /** `point`: code points from the start of the SELECT, null when unknown. */
  | {readonly error: string; readonly point: number | null};

/** The engine behind expressions: it parses, prints and types them, and runs nothing. */
export interface ExpressionParser {
  /** The tree of `SELECT (text⏎) FROM view` as JSON text. */
  parse(view: string, text: string): Promise<Parsed>;
  /** The canonical text of the one expression in such a tree. */
  print(view: string, json: string): Promise<string>;
  /** The engine's type of a canonical expression over an empty view, or why it has none. */
  typeOf(view: string, sql: string): Promise<{readonly type: string} | {readonly error: string}>;
}

/** What an expression must be: a condition, or a number. */
export type Wanted = "predicate" | "value";

/**
 * Parses and checks one expression over a fact view.
 * Shape: a checked expression, or its faults, each at a UTF-16 index of the text.
 * @example await checkExpression(parser, factOf("finding"), "days_overdue > 0", "predicate")
 */
export async function checkExpression(
  parser: ExpressionParser,
  view: FactView,
  text: string,
  wanted: Wanted
): Promise<{readonly expression: Expression} | {readonly faults: readonly ExpressionFault[]}> {
  const early = guardText(text);
  if (early.length > 0) return {faults: early};
  const [parsed, frame] = await Promise.all([parser.parse(view.name, text), parser.parse(view.name, "1")]);
  if ("error" in parsed) return {faults: [reservedFault(text, view) ?? syntaxFault(text, parsed.error, parsed.point)]};
  if ("error" in frame) throw new RangeError(`the engine cannot parse a constant: ${frame.error}`);
  const tree = readTree(parsed.json);
  if (tree === null) return {faults: [{index: 0, what: "表达式里的数值过大", advice: "常数至多为1000000000"}]};
  const guarded = guardTree(tree, readTree(frame.json), view, text);
  if (guarded.node === null || guarded.faults.length > 0) return {faults: guarded.faults};
  if (guarded.type === "NULL") return {faults: [untyped]};
  const sql = await parser.print(view.name, parsed.json);
  const found = await parser.typeOf(view.name, sql);
  if ("error" in found) return {faults: [{index: 0, what: "表达式的类型不能确定", advice: "请检查各列的类型，或拆成几条规则"}]};
  const type = wordOf(found.type);
  const fault = typeFault(type, wanted) ?? scaleFault(found.type);
  if (fault || type === null) return {faults: [fault ?? untyped]};
  return {expression: {text, sql, type, columns: guarded.columns, only: onlyOf(guarded.node, view)}};
}

const untyped = {index: 0, what: "表达式的类型不能计分", advice: "请写成整数、小数或条件"};

/** A literal such as 1e400 prints as Infinity, which is no JSON. */
function readTree(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function wordOf(type: string): Expression["type"] | null {
  if (type === "BOOLEAN") return "BOOLEAN";
  if (["TINYINT", "SMALLINT", "INTEGER", "BIGINT"].includes(type)) return "INTEGER";
  return type.startsWith("DECIMAL") ? "DECIMAL" : null;
}

function typeFault(type: Expression["type"] | null, wanted: Wanted): ExpressionFault | null {
  if (wanted === "predicate" && type !== "BOOLEAN") {
    return {index: 0, what: "这里应是条件（是或否），写的是数值或文本", advice: "请写成比较，如 days_overdue > 0"};
  }
  if (wanted === "value" && (type === "BOOLEAN" || type === null)) {
    return {index: 0, what: "这里应是整数或小数", advice: "条件可改写为 case when 条件 then 1 else 0 end"};
  }
  return null;
}

/** Points are rounded to a thousandth: a product of several decimals has no room left for that in 38 digits. */
function scaleFault(type: string): ExpressionFault | null {
  const scale = Number(/^DECIMAL\(\d+,(\d+)\)$/.exec(type)?.[1] ?? 0);
  return scale > 10 ? {index: 0, what: `结果有${scale}位小数`, advice: "至多10位，请用 round(值, 3) 先取整"} : null;
}

/** Columns whose names are words of SQL: the engine reads them as such unless they stand in double quotes. */
const RESERVED = ["full"];

function reservedFault(text: string, {columns}: FactView): ExpressionFault | null {
  for (const name of RESERVED.filter((reserved) => columns.some((c) => c.name === reserved))) {
    const bare = new RegExp(`(?<!["\\w])${name}(?!["\\w])`).exec(
      text.replaceAll(/'[^']*'/g, (quoted) => " ".repeat(quoted.length))
    );
    if (bare) return {index: bare.index, what: `列名 ${name} 是 SQL 的保留字`, advice: `请加双引号，写成 "${name}"`};
  }
  return null;
}

function syntaxFault(text: string, error: string, point: number | null): ExpressionFault {
  // Only a SELECT has a tree: a text that closes its bracket can begin another statement.
  if (point === null) return {index: 0, what: "这里只能写一个表达式", advice: "请删去分号和其后的语句"};
  const near = /at or near "(.*)"/s.exec(error)?.[1];
  const index = indexOfPoint(text, point - BEFORE.length);
  if (index >= text.trimEnd().length) {
    return {index: text.trimEnd().length, what: "表达式没有写完", advice: "请检查括号、引号是否配对，and、or 后面是否还有条件"};
  }
  if (/unterminated/i.test(error)) return {index, what: "引号没有配对", advice: "文本两边各加一个单引号"};
  return {
    index,
    what: near === undefined ? "表达式不能解析" : `表达式在“${near}”处不能解析`,
    advice: "请检查括号、引号和运算符；文本请加单引号"
  };
}
