import type {FactView} from "../contract/fact.ts";
import {nearestName} from "../fault.ts";
import type {ValueType} from "./function.ts";
import {oddity} from "./lexeme.ts";
import {refusal} from "./refusal.ts";
import {BEFORE, byteOf, childNodes, columnOf, indexOfByte, isTreeNode, type TreeNode} from "./tree.ts";
import {Typer} from "./typer.ts";

/** What is wrong inside an expression: where in its text (UTF-16 units), what, and what to do. */
export interface ExpressionFault {
  readonly index: number;
  readonly what: string;
  readonly advice: string;
}

/** The outcome of a guarded tree. `faults` empty: harmless, over documented columns, of that type. */
export interface Guarded {
  readonly faults: readonly ExpressionFault[];
  readonly columns: readonly string[];
  readonly type: ValueType;
  /** The expression's own node; null when the statement is not a plain one. */
  readonly node: TreeNode | null;
}

/** An expression longer or deeper than any written rule needs costs time before it can be judged. */
export const LONGEST = 2_000;
export const DEEPEST = 60;

/** Faults that can be seen before parsing: too long, or characters that no one types or reads. */
export function guardText(text: string): ExpressionFault[] {
  if (text.trim() === "") return [{index: 0, what: "表达式是空的", advice: "请写上条件或数值"}];
  if (text.length > LONGEST) {
    return [{index: 0, what: `表达式有${text.length}个字符`, advice: `至多${LONGEST}个，请拆成几条规则`}];
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const strange = text.search(/[\u0000-\u0008\u000b-\u000c\u000e-\u001f\u007f-\u009f]|\p{Surrogate}|\p{Cf}|\p{Zl}|\p{Zp}/u);
  if (strange >= 0) return [{index: strange, what: "表达式里有不可见的字符", advice: "请删去后重新输入"}];
  const odd = oddity(text);
  return odd ? [odd] : [];
}

/**
 * Walks the tree of `SELECT (text) FROM view` and allows only what is known to be harmless.
 * `frame` is the tree of the same SELECT around the constant 1: whatever stands around the expression must equal it, so no
 * second statement, WHERE, CTE or other table can have come in.
 * @example guardTree(tree, frame, factOf("finding"), "days_overdue > 0").type // "BOOLEAN"
 */
export function guardTree(tree: unknown, frame: unknown, view: FactView, text: string): Guarded {
  const selected = selectList(tree);
  const node = selected?.[0];
  if (selected?.length !== 1 || !isTreeNode(node) || around(tree) !== around(frame)) {
    const fault = {index: 0, what: "这里只能写一个表达式", advice: "请删去分号、逗号和 where、from 等语句"};
    return {faults: [fault], columns: [], type: "NULL", node: null};
  }
  const faults: ExpressionFault[] = [];
  const say = (at: TreeNode, what: string, advice: string) => {
    const byte = byteOf(at);
    faults.push({index: byte === null ? 0 : indexOfByte(text, byte - BEFORE.length), what, advice});
  };
  const columns = new Set<string>();
  if (allow(node, view, columns, say, 0)) {
    return {faults, columns: [...columns].toSorted(), type: new Typer(view, say).typeOf(node), node};
  }
  return {faults, columns: [...columns].toSorted(), type: "NULL", node: null};
}

export type Say = (at: TreeNode, what: string, advice: string) => void;

/** Whether a node and all below it may stand in a rule; says why not. */
function allow(node: TreeNode, view: FactView, columns: Set<string>, say: Say, depth: number): boolean {
  if (depth > DEEPEST) {
    say(node, `表达式嵌套超过${DEEPEST}层`, "请拆成几条规则");
    return false;
  }
  const refused = refusal(node);
  if (refused) {
    say(node, refused.what, refused.advice);
    return false;
  }
  if (node.class === "COLUMN_REF") return allowColumn(node, view, columns, say);
  // No short cut: all faults of an expression are told at once.
  return childNodes(node)
    .map((child) => allow(child, view, columns, say, depth + 1))
    .every(Boolean);
}

const CLOCKS = /^(current_date|current_time|current_timestamp|localtime|localtimestamp|now|today|get_current_time.*)$/i;

function allowColumn(node: TreeNode, view: FactView, columns: Set<string>, say: Say): boolean {
  const name = columnOf(node);
  const known = view.columns.map((c) => c.name);
  if (name !== null && known.includes(name)) {
    columns.add(name);
    return true;
  }
  const shown = (node.column_names as readonly string[]).join(".");
  if (CLOCKS.test(shown)) {
    say(node, `表达式不能读取当前时间（${shown}）`, "请用统计截止日 as_of");
    return false;
  }
  const titled = view.columns.find((c) => c.doc.split(/[：；，（]/)[0] === shown);
  const near = titled?.name ?? nearestName(shown.toLowerCase(), known);
  say(
    node,
    `${view.name} 没有列 ${shown}`,
    `${near ? `是否指 ${near}？` : "文字请加单引号；"}可用列见 xunheng describe ${view.name}`
  );
  return false;
}

interface Statements {
  readonly statements?: readonly {readonly node?: {readonly select_list?: readonly unknown[]}}[];
}

function selectList(tree: unknown): readonly unknown[] | undefined {
  const {statements} = (tree ?? {}) as Statements;
  return statements?.length === 1 ? statements[0]?.node?.select_list : undefined;
}

/** Everything of a statement but its select list and its places, as text to compare. */
function around(tree: unknown): string {
  return JSON.stringify(tree, (key, value: unknown) => (key === "select_list" || key === "query_location" ? undefined : value));
}
