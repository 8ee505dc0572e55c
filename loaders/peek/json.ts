import {join} from "node:path";
import {GROUP, isDoor, matchedColumns, matchHeader} from "../../src/contract/header.ts";
import {fault} from "../../src/fault.ts";
import {isLines} from "../json/frame.ts";
import {JsonError, JsonText} from "../json/text.ts";
import {refuseMarked} from "../marking.ts";
import {encodingNotes, openText, textChunks} from "../text/encoding.ts";
import {PEEK_ROWS, type Peek, type PeekPart} from "./peek.ts";
import {headFile, headNote} from "./text.ts";

/** One record: keys joined by `›` → text. */
type Cells = Readonly<Record<string, string>>;

/** Records found at one place: the keys that lead to them, and whether there are no more. */
interface Found {
  readonly at: string;
  readonly records: Cells[];
  whole: boolean;
}

/** The first records of a JSON text, of every list of objects in it. */
export const peekJson: Peek = async (file, {scratch, limits}) => {
  refuseMarked(file.file.split("/").at(-1) ?? "", {file: file.file});
  const {head, whole} = headFile(file, scratch, "head.json");
  const text = openText(head, join(scratch, "head.utf8.json"), {wanted: "JSON"});
  const content = [...textChunks(text.utf8)].join("").trimStart();
  const found = isLines(content, /\.(ndjson|jsonl)$/i.test(file.path))
    ? [lines(content, whole, limits.cell_chars)]
    : lists(content, limits.cell_chars, whole, file.file);
  const notes = [...encodingNotes(text), ...(whole ? [] : [headNote()])];
  return {loader: "json", notes, parts: found.map((one) => recordsPart(one, found.length > 1))};
};

function lines(content: string, whole: boolean, longest: number): Found {
  const records: Cells[] = [];
  const json = new JsonText([], longest);
  const all = content.split("\n").filter((line) => line.trim() !== "");
  for (const line of all.slice(0, PEEK_ROWS)) {
    try {
      json.reset(line);
      if (json.begin() === "object") records.push(record(json));
    } catch (error) {
      // A broken line is rejected by itself when it is loaded.
      if (!(error instanceof JsonError)) throw error;
    }
  }
  return {at: "", records, whole: whole && all.length <= PEEK_ROWS};
}

/** Every list of objects; the text itself as the only record when there is none. Errors: Fault 2 when it is not JSON. */
function lists(content: string, longest: number, whole: boolean, file: string): Found[] {
  const json = new JsonText([content], longest);
  const found: Found[] = [];
  const list = (at: string) => {
    const one: Found = {at, records: [], whole: false};
    if (!json.enter("array")) return;
    if (json.begin() === "object") found.push(one);
    do {
      if (json.begin() !== "object" || one.records.length === PEEK_ROWS) json.skip();
      else one.records.push(record(json));
    } while (json.more("array"));
    one.whole = one.records.length < PEEK_ROWS;
  };
  const inside = (path: readonly string[]) => {
    if (!json.enter("object")) return;
    do {
      const at = [...path, json.key()];
      const kind = json.begin();
      if (kind === "object") inside(at);
      else if (kind === "array") list(at.join("."));
      else json.skip();
    } while (json.more("object"));
  };
  try {
    if (json.begin() === "array") list("");
    else inside([]);
    if (found.length > 0 || !content.startsWith("{")) return found;
    const only = new JsonText([content], longest);
    only.begin();
    return [{at: "", records: [record(only)], whole}];
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    // The head of a large text breaks off somewhere.
    if (!whole) return found;
    throw fault(2, {place: {file}, what: `不是完整的JSON：${error.what}`, advice: "请重新导出，或请提供者改正"});
  }
}

/** The object that begins here as flat cells; lists of single values joined by 、. */
function record(json: JsonText, group = "", cells: Record<string, string> = {}): Cells {
  if (!json.enter("object")) return cells;
  do {
    const key = `${group}${json.key()}`;
    const kind = json.begin();
    if (kind === "object") record(json, `${key}${GROUP}`, cells);
    else cells[key] = kind === "array" ? items(json).join("、") : single(json);
  } while (json.more("object"));
  return cells;
}

function items(json: JsonText): string[] {
  const texts: string[] = [];
  if (!json.enter("array")) return texts;
  do {
    const kind = json.begin();
    if (kind === "object" || kind === "array") json.skip();
    else texts.push(single(json));
  } while (json.more("array"));
  return texts.filter((text) => text.trim() !== "");
}

function single(json: JsonText): string {
  const kind = json.begin();
  if (kind === "string") return json.string().text;
  if (kind === "number") return json.number();
  if (kind !== "true" && kind !== "false" && kind !== "null") throw json.error("内容不完整");
  json.word(kind);
  return kind === "null" ? "" : kind.toUpperCase();
}

function recordsPart({at, records, whole}: Found, several: boolean): PeekPart {
  const cells = [...new Set(records.flatMap((one) => Object.keys(one)))];
  const rows = records.map((one) => cells.map((key) => (isDoor(key) ? "" : (one[key] ?? ""))));
  return {
    name: at === "" ? null : at,
    hidden: false,
    options: several && at !== "" ? {records: at} : {},
    heading: (table, source) => {
      const match = matchHeader(cells, table, source);
      if (matchedColumns(match, table) === 0 && match.classified.length === 0) return null;
      const notes = at === "" || several ? [] : [`记录取自 ${at}`];
      return {cells, match, row: null, notes, rows: () => ({rows, whole})};
    }
  };
}
