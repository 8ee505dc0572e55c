/** A node of the tree that DuckDB makes of an expression; `class` says which other fields it has. */
export interface TreeNode {
  readonly class: string;
  readonly type: string;
  readonly [field: string]: unknown;
}

/** What an expression is parsed inside of: the byte where it begins in `SELECT (…`. */
export const BEFORE = "SELECT (";

/** A query location that means "nowhere": all bits set, rounded by JSON. */
const NOWHERE = 2 ** 53;

/** Whether a value of a tree is a node. */
export function isTreeNode(value: unknown): value is TreeNode {
  return typeof value === "object" && value !== null && typeof (value as TreeNode).class === "string";
}

/** The nodes directly below, in reading order. Nodes hidden in other fields are found too. */
export function childNodes(node: TreeNode): TreeNode[] {
  return Object.values(node).flatMap(nodesIn);
}

/** The topmost nodes of any value. */
export function nodesIn(value: unknown): TreeNode[] {
  if (isTreeNode(value)) return [value];
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(nodesIn) : [];
}

/** Bytes from the start of the SELECT to a node, or to the first of its parts that knows its place. */
export function byteOf(node: TreeNode): number | null {
  const own = node.query_location;
  if (typeof own === "number" && own < NOWHERE) return own;
  for (const child of childNodes(node)) {
    const at = byteOf(child);
    if (at !== null) return at;
  }
  return null;
}

/**
 * Where a byte of the UTF-8 text lies, in UTF-16 units.
 * @example indexOfByte("问题 > 0", 7) // 3
 */
export function indexOfByte(text: string, bytes: number): number {
  let index = 0;
  let seen = 0;
  for (const character of text) {
    if (seen >= bytes) break;
    const point = character.codePointAt(0) ?? 0;
    seen += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    index += character.length;
  }
  return index;
}

/** Where the n-th code point of a text lies, in UTF-16 units. */
export function indexOfPoint(text: string, points: number): number {
  return [...text].slice(0, Math.max(0, points)).join("").length;
}

/** A constant's text, when it is one. */
export function textConstant(node: TreeNode | undefined): string | null {
  const value = node?.class === "CONSTANT" ? (node.value as {type: {id: string}; is_null: boolean; value?: unknown}) : null;
  return value && !value.is_null && value.type.id === "VARCHAR" && typeof value.value === "string" ? value.value : null;
}

/** The single column that a node names, or null. */
export function columnOf(node: TreeNode | undefined): string | null {
  const names = node?.class === "COLUMN_REF" ? (node.column_names as readonly string[]) : [];
  return names.length === 1 ? (names[0] ?? null) : null;
}
