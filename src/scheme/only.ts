import type {FactView} from "../contract/fact.ts";
import {columnOf, isTreeNode, type TreeNode, textConstant} from "./tree.ts";
import {valuesOf} from "./typer.ts";

/**
 * Texts that a condition leaves possible, column by column: a value, `前缀%` for like and starts_with, null for a blank.
 * A column that is not named may be anything.
 */
export type Only = Readonly<Record<string, readonly (string | null)[]>>;

/**
 * What a predicate leaves possible. Careful rather than clever: what it does not understand restricts nothing.
 * @example onlyOf(tree of "item = '6' or item like '6.%'", view) // {item: ["6", "6.%"]}
 */
export function onlyOf(node: TreeNode, view: FactView): Only {
  if (node.class === "CONJUNCTION") {
    const parts = (node.children as readonly TreeNode[]).map((child) => onlyOf(child, view));
    return node.type === "CONJUNCTION_OR" ? either(parts) : both(parts);
  }
  const one = restricted(node, view);
  return one ? {[one.column]: one.values} : {};
}

function restricted(node: TreeNode, view: FactView): {column: string; values: readonly (string | null)[]} | null {
  if (node.class === "COMPARISON") return compared(node, view);
  if (node.class !== "OPERATOR" && node.class !== "FUNCTION") return null;
  const [first, ...rest] = node.children as readonly TreeNode[];
  const column = columnOf(first);
  if (column === null) return null;
  const texts = rest.map((child) => textConstant(child));
  if (node.class === "OPERATOR") {
    if (node.type === "OPERATOR_IS_NULL") return {column, values: [null]};
    const isList = texts.every((t) => t !== null);
    if (node.type === "COMPARE_IN" && isList) return {column, values: texts};
    const all = valuesOf(view, column);
    if (node.type === "COMPARE_NOT_IN" && isList && all.length > 0) return {column, values: all.filter((v) => !texts.includes(v))};
    return null;
  }
  const [text] = texts;
  if (typeof text !== "string") return null;
  if (["starts_with", "prefix", "^@"].includes(String(node.function_name))) return {column, values: [`${text}%`]};
  return node.function_name === "~~" && /^[^%_]*%?$/.test(text) ? {column, values: [text]} : null;
}

function compared(node: TreeNode, view: FactView): {column: string; values: readonly (string | null)[]} | null {
  const sides = [node.left, node.right].filter(isTreeNode);
  const column = sides.map(columnOf).find((name) => name !== null);
  const text = sides.map(textConstant).find((t) => t !== null);
  if (column === undefined || column === null || text === undefined || text === null) return null;
  if (node.type === "COMPARE_EQUAL") return {column, values: [text]};
  const all = valuesOf(view, column);
  return node.type === "COMPARE_NOTEQUAL" && all.length > 0 ? {column, values: all.filter((v) => v !== text)} : null;
}

function either(parts: readonly Only[]): Only {
  const [first = {}, ...rest] = parts;
  const columns = Object.keys(first).filter((column) => rest.every((part) => part[column]));
  return Object.fromEntries(columns.map((column) => [column, [...new Set(parts.flatMap((part) => part[column] ?? []))]]));
}

function both(parts: readonly Only[]): Only {
  const result: Record<string, readonly (string | null)[]> = {};
  for (const part of parts) {
    for (const [column, values] of Object.entries(part)) {
      const before = result[column];
      result[column] = before ? before.filter((value) => values.some((other) => overlaps(value, other))) : values;
    }
  }
  return result;
}

/** Whether two possible texts can be the same one. */
function overlaps(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return a === b;
  const [left, right] = [a.replace(/%$/, ""), b.replace(/%$/, "")];
  if (a.endsWith("%")) return right.startsWith(left) || (b.endsWith("%") && left.startsWith(right));
  return b.endsWith("%") ? left.startsWith(right) : left === right;
}

/**
 * Whether no row can satisfy both conditions.
 * @example areDisjoint({layer: ["企业"]}, {layer: ["党委政府", "部门"]}) // true
 */
export function areDisjoint(a: Only, b: Only): boolean {
  return Object.entries(a).some(([column, values]) => {
    const others = b[column];
    return others !== undefined && !values.some((value) => others.some((other) => overlaps(value, other)));
  });
}
