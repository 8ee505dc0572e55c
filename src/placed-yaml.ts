import {isMap, isNode, isPair, isScalar, isSeq, Lexer, LineCounter, type Node, type Pair, parseDocument, visit} from "yaml";
import type {Complaint, Place} from "./fault.ts";

/** Keys and list indexes from the top of a document down to one value. */
export type Path = readonly (string | number)[];

/** A YAML document as plain values, with the place of each. */
export interface PlacedYaml {
  /** Maps, lists, text, numbers, true/false and null; undefined when the text is not YAML. */
  readonly value: unknown;
  /** Where the value stands; for a value that is missing, the key (or list entry) that should hold it. */
  at(path: Path): Place;
  /** Where the key of the value stands; for a list entry, the entry. */
  keyAt(path: Path): Place;
  /** What is wrong with the text as YAML: syntax, a key written twice, an alias. */
  readonly complaints: readonly Complaint[];
}

/** Rules are written by people; a file beyond this many characters is something else. */
const LONGEST = 2_000_000;

/** Levels of brackets, list marks on one line, or blanks of indentation: more than any rule book needs. */
const DEEPEST = 200;

/**
 * Reads YAML without losing the places. Never throws: what is wrong is in `complaints`.
 * Shape: one document; anchors, aliases and tags are refused, since a rule book says each thing where it holds.
 * @example parsePlaced("a: {b: 1}", "x.yaml").at(["a", "b"]) // {file: "x.yaml", line: 1, column: 8}
 */
export function parsePlaced(text: string, file: string): PlacedYaml {
  if (text.length > LONGEST) return broken(file, `文件有${text.length}个字符，超过${LONGEST}`);
  if (isTooDeep(text)) return broken(file, "内容嵌套过深");
  const lines = new LineCounter();
  const document = parseDocument(text, {lineCounter: lines, stringKeys: true, resolveKnownTags: false, prettyErrors: false});
  const place = (offset: number): Place => {
    const {line, col} = lines.linePos(offset);
    return {file, line: Math.max(line, 1), column: Math.max(col, 1)};
  };
  const complaints = [...document.errors, ...document.warnings].map(({code, pos}) => ({place: place(pos[0]), ...yamlWords(code)}));
  visit(document, {
    Alias: (_, {range}) => {
      complaints.push({place: place(range?.[0] ?? 0), what: "不能使用别名（*）", advice: "请把内容写在用到它的地方"});
    },
    Node: (_, node) => {
      if (!("anchor" in node) || !node.anchor) return;
      complaints.push({place: place(node.range?.[0] ?? 0), what: `不能使用锚点（&${node.anchor}）`, advice: "请删去"});
    }
  });
  return {
    value: complaints.length > 0 ? undefined : document.toJS({maxAliasCount: 0}),
    at: (path) => place(valueOffset(document.contents, path)),
    keyAt: (path) => place(keyOffset(document.contents, path)),
    complaints
  };
}

/** Parsing recurses, and a stack that overflows inside V8 ends the process instead of throwing: look before. */
function isTooDeep(text: string): boolean {
  let brackets = 0;
  let marks = 0;
  let atLineStart = true;
  for (const token of new Lexer().lex(text)) {
    if (token === "[" || token === "{") brackets++;
    else if (token === "]" || token === "}") brackets--;
    else if (token === "-" || token === "?") marks++;
    else if (token === "\n" || token === "\r\n") marks = 0;
    if (brackets > DEEPEST || marks > DEEPEST || (atLineStart && /^[ ]+$/.test(token) && token.length > DEEPEST)) return true;
    atLineStart = token.endsWith("\n");
  }
  return false;
}

function broken(file: string, what: string): PlacedYaml {
  const at = (): Place => ({file, line: 1, column: 1});
  return {value: undefined, at, keyAt: at, complaints: [{place: at(), what, advice: "请检查是否选错了文件"}]};
}

/** The steps that exist along a path: each the node and, in a map, the key before it. */
function walk(top: Node | null, path: Path): {key: Node | null; node: Node | null; depth: number} {
  let here: {key: Node | null; node: Node | null; depth: number} = {key: null, node: top, depth: 0};
  for (const [i, step] of path.entries()) {
    const {node} = here;
    if (isMap(node)) {
      const pair = (node.items as Pair[]).find(({key}) => (isScalar(key) ? String(key.value) : null) === String(step));
      if (!pair) return here;
      here = {key: pair.key as Node, node: isNode(pair.value) ? pair.value : null, depth: i + 1};
    } else if (isSeq(node)) {
      const entry = node.items[Number(step)];
      if (entry === undefined) return here;
      here = {key: null, node: isNode(entry) ? entry : isPair(entry) ? (entry.key as Node) : null, depth: i + 1};
    } else return here;
  }
  return here;
}

function keyOffset(top: Node | null, path: Path): number {
  const {key, node} = walk(top, path);
  return (key ?? node)?.range?.[0] ?? 0;
}

function valueOffset(top: Node | null, path: Path): number {
  const {key, node, depth} = walk(top, path);
  if (depth < path.length) return (key ?? node)?.range?.[0] ?? 0;
  // An empty value has no characters of its own: its key is easier to find.
  const empty = isScalar(node) && node.range?.[0] === node.range?.[1];
  return ((empty || !node ? key : node) ?? node)?.range?.[0] ?? 0;
}

function yamlWords(code: string): {what: string; advice: string} {
  switch (code) {
    case "DUPLICATE_KEY":
      return {what: "同一个字段写了两次", advice: "请只留一处"};
    case "TAB_AS_INDENT":
      return {what: "用制表符缩进", advice: "请改用空格"};
    case "BAD_INDENT":
      return {what: "缩进不对", advice: "请与同级字段对齐，并检查上面的括号和引号是否配对"};
    case "MISSING_CHAR":
      return {what: "少了逗号、冒号、引号或括号", advice: "请补上"};
    case "MULTIPLE_DOCS":
      return {what: "一个文件里有两份内容（---）", advice: "请分成两个文件"};
    case "BAD_ALIAS":
      return {what: "不能使用别名（*）", advice: "以 * 开头的文本请加引号"};
    case "TAG_RESOLVE_FAILED":
      return {what: "不能使用类型标记（!）", advice: "以 ! 开头的文本请加引号"};
    case "NON_STRING_KEY":
      return {what: "字段名不是文本", advice: "请改成简单的名称"};
    case "BAD_SCALAR_START":
      return {what: "文本不能以这个字符开头", advice: "请给文本加引号"};
    case "MULTILINE_IMPLICIT_KEY":
    case "BLOCK_AS_IMPLICIT_KEY":
      return {what: "字段名占了多行", advice: "请检查上一行是否少了冒号或引号"};
    default:
      return {what: `不是有效的 YAML（${code}）`, advice: "请检查此处的缩进、冒号和引号"};
  }
}

/**
 * JSON with keys sorted bytewise and no blanks: equal values give equal text.
 * @example canonicalJson({b: 1, a: [2]}) // '{"a":[2],"b":1}'
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner
  );
}

/** Order of complaints for a reader: from the top of the file down. */
export function byPlace(a: Complaint, b: Complaint): number {
  return (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0);
}
