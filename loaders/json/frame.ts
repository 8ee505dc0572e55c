import {fault, listed} from "../../src/fault.ts";
import {DEEPEST, JsonError, type JsonText} from "./text.ts";

/** Lines looked at to tell lines of JSON from one text of JSON. */
const LINES = 50;
/** Keys of one object that are looked at. */
const MOST_KEYS = 2048;

/**
 * Whether a text is lines of JSON, each a record: most of its first lines are objects by themselves. One line alone may as well be the whole
 * text; then `byName`, the file's ending, decides.
 * @example isLines('{"a": 1}\n{"a": 2}\n', false) // true
 */
export function isLines(head: string, byName: boolean): boolean {
  if (head.startsWith("[")) return false;
  const lines = head.split("\n").filter((line) => line.trim() !== "");
  const first = lines.slice(0, LINES);
  const objects = first.filter(isObject).length;
  if (lines.length === 1) return byName && objects === 1;
  return objects > 0 && (byName || 2 * objects >= first.length);
}

function isObject(line: string): boolean {
  if (!/^\s*\{/.test(line)) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

/** What an object around records holds. */
export interface Around {
  /** Lists of objects, by the keys that lead to them. */
  readonly lists: readonly (readonly string[])[];
  /** Lists without an item. */
  readonly empty: readonly (readonly string[])[];
  /** Its own keys. */
  readonly keys: readonly string[];
}

/**
 * Finds the lists of objects in the object that begins here, not those inside other lists.
 * Errors: JsonError where the text is not JSON.
 */
export function listsOfObjects(json: JsonText): Around {
  const lists: string[][] = [];
  const empty: string[][] = [];
  const keys: string[] = [];
  const inside = (path: readonly string[]): void => {
    if (!json.enter("object")) return;
    do {
      const at = [...path, json.key()];
      if (path.length === 0 && keys.length < MOST_KEYS) keys.push(at[0] as string);
      const kind = json.begin();
      if (kind === "object" && at.length < DEEPEST) inside(at);
      else if (kind === "array") {
        if (!json.enter("array")) empty.push(at);
        else {
          if (json.begin() === "object") lists.push(at);
          do json.skip();
          while (json.more("array"));
        }
      } else json.skip();
    } while (json.more("object"));
  };
  json.begin();
  inside([]);
  if (!json.ended()) throw json.error("第一个值之后还有内容；几条记录请各占一行，或放进一个列表");
  return {lists, empty, keys};
}

/** What reading records out of a text needs. */
export interface Frame {
  /** Keys that lead to the list of records; none: the text is the list. */
  readonly path: readonly string[];
  /** Takes the record that begins at the reader. */
  readonly take: () => void;
  /** Takes a text that stands outside the records. */
  readonly outside: (text: string) => void;
}

/**
 * Goes through a whole text and hands over each record of the list at `path`. A single object there is one record.
 * Errors: JsonError where the text is not JSON; Fault 2 when there is no such list.
 */
export function readFrame(json: JsonText, frame: Frame, file: string): void {
  readAt(json, frame, 0, file);
  if (!json.ended()) throw json.error("列表之后还有内容");
}

function readAt(json: JsonText, frame: Frame, depth: number, file: string): void {
  const {path, take, outside} = frame;
  const kind = json.begin();
  if (depth === path.length) {
    if (kind === "object") take();
    else if (kind !== "array") throw notRecords(file, path, KINDS[kind] ?? "别的");
    else if (json.enter("array")) {
      do take();
      while (json.more("array"));
    } else throw noRecords(file, path);
    return;
  }
  const name = path[depth] as string;
  const seen = new Set<string>();
  let isFound = false;
  if (kind !== "object") throw notRecords(file, path.slice(0, depth), KINDS[kind] ?? "列表", path);
  if (json.enter("object")) {
    do {
      const at = json.offset;
      const key = json.key();
      if (seen.size < MOST_KEYS) seen.add(key);
      if (key !== name) json.skip(outside);
      else if (isFound) throw new JsonError(at, `键“${key}”写了两次`);
      else {
        isFound = true;
        readAt(json, frame, depth + 1, file);
      }
    } while (json.more("object"));
  }
  if (!isFound) throw missingPath(file, path.slice(0, depth + 1), seen);
}

const KINDS: Readonly<Record<string, string>> = {
  array: "列表",
  object: "对象",
  string: "文字",
  number: "数",
  true: "true",
  false: "false",
  null: "null",
  end: "结尾"
};

function notRecords(file: string, path: readonly string[], what: string, wanted: readonly string[] = path) {
  const where = path.length === 0 ? "整个文件" : path.join(".");
  const advice =
    wanted.length === 0
      ? "请改为由记录组成的列表，每条记录是大括号里的键和值"
      : "请核对xunheng.yaml里的records，它应指出记录的列表";
  return fault(2, {place: {file}, what: `${where}是${what}，不是记录`, advice});
}

/** Says that the list of records holds none. */
export function noRecords(file: string, path: readonly string[]) {
  const where = path.length === 0 ? "列表" : path.join(".");
  return fault(2, {
    place: {file},
    what: `${where}是空的，没有记录`,
    advice: "请核对导出是否成功；确实没有数据时，请先从sources里去掉这个来源"
  });
}

function missingPath(file: string, path: readonly string[], there: ReadonlySet<string>) {
  const keys = listed([...there].map((key) => key.slice(0, 40)));
  return fault(2, {
    place: {file},
    what: `没有 ${path.join(".")}`,
    advice: there.size > 0 ? `这一层有：${keys}；请改正xunheng.yaml里的records` : "这一层没有任何键；请改正xunheng.yaml里的records"
  });
}

/** Says that several lists may be meant. */
export function severalLists(file: string, lists: Around["lists"]) {
  return fault(2, {
    place: {file},
    what: `有${lists.length}个由对象组成的列表，分不清哪一个是记录`,
    advice: `请在xunheng.yaml里写明，例如 records: ${lists[0]?.join(".")}；可用：${listed(lists.map((path) => path.join(".")))}`
  });
}
