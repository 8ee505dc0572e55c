import {basename, join} from "node:path";
import {checkHeader, checkMapping, columnText, matchedColumns, matchHeader, unusedMapping} from "../src/contract/header.ts";
import {type Fault, fault, type Place} from "../src/fault.ts";
import {quotedString} from "../src/sql.ts";
import {fileStamp, type SourceFile, sourceFiles} from "./files.ts";
import {KeyColumns} from "./json/column.ts";
import {isLines, listsOfObjects, noRecords, severalLists} from "./json/frame.ts";
import {JsonRows} from "./json/rows.ts";
import {JsonError, JsonText} from "./json/text.ts";
import type {Loader, LoaderContext, LoaderEntry, Source, TablePart} from "./loader.ts";
import {refuseMarked} from "./marking.ts";
import {encodingNotes, openText, type TextFile, textChunks} from "./text/encoding.ts";
import {emptyFile} from "./text/format.ts";

/** Characters by which lines of JSON are told from one text of JSON. */
const HEAD = 1 << 20;

/** Longest row DuckDB is asked to read, in bytes; longer ones have been cut short. */
const LONGEST_RECORD = 8 * 1024 * 1024;

/**
 * Reads JSON: a list of records, lines of JSON with one record each, records at some key of an object (`records: data.list`, found by
 * itself when there is one list of objects), or one object that is the only record.
 * A broken line is rejected and the next ones go on; a broken text is refused whole, with line and column.
 */
const load: Loader = async (source, context) => {
  checkMapping(context.table, source);
  const files = await sourceFiles(source, context);
  return files.map((file, i) => jsonPart(file, i, source, context));
};

export const json: LoaderEntry = {
  title: "JSON，或每行一条的JSON",
  options: {
    path: "文件，可用 * 写多个",
    records: "记录的列表在哪里，由外到内的键，以 . 分隔；不写则由程序寻找",
    encoding: "编码：utf-8、gb18030、utf-16；不写则由程序识别"
  },
  endings: ["json", "ndjson", "jsonl"],
  load
};

function jsonPart(file: SourceFile, index: number, source: Source, context: LoaderContext): TablePart {
  const {scratch, table} = context;
  const place = {file: file.file};
  context.progress(`读取 ${file.file}`);
  refuseMarked(basename(file.file), place);
  const stamp = fileStamp(file.path);
  const text = openText(file, join(scratch, `text-${index}.json`), {wanted: "JSON", encoding: source.options?.encoding});
  const head = headText(text);
  const columns = new KeyColumns(file.file, source, context);
  const path = join(scratch, `rows-${index}.csv`);
  const rows = new JsonRows(path, text, columns, context);
  const found: string[] = [];
  if (source.options?.records === undefined && isLines(head, /\.(ndjson|jsonl)$/i.test(file.path))) found.push(...rows.lines());
  else {
    inText(text, () => {
      const at = recordsPath(text, head, source, context);
      if (at.length > 0 && source.options?.records === undefined) found.push(`记录取自 ${at.join(".")}`);
      rows.list(at);
    });
  }
  rows.close();
  const {header} = columns;
  const match = matchHeader(header, table, source);
  if (matchedColumns(match, table) === 0 && match.classified.length === 0) {
    const needed = table.columns.filter(({required}) => required).map(columnText);
    const advice = `记录须有${needed.join("、")}；键名不同时请在xunheng.yaml的columns里对应`;
    throw fault(2, {place, what: nothingKnown(header, table.title), advice});
  }
  checkHeader(match, header, table, () => place);
  const unused = unusedMapping(header, source);
  if (unused.length > 0) found.push(`columns里的${unused.map((h) => `“${h}”`).join("、")}不在键里`);
  const notes = [...encodingNotes(text), ...found];
  const relation = relationSql(path, header.length);
  return {kind: "table", file: file.file, sheet: null, sha256: text.sha256, header, first_row: 1, notes, stamp, relation};
}

function nothingKnown(header: readonly string[], title: string): string {
  if (header.length === 0) return "没有一条记录有键和值";
  const more = header.length > 20 ? "等" : "";
  return `没有${title}表的列（有：${header.slice(0, 20).join("、")}${more}）`;
}

function headText(text: TextFile): string {
  let head = "";
  for (const chunk of textChunks(text.utf8)) {
    head = (head + chunk).trimStart();
    if (head.length >= HEAD) break;
  }
  if (head.trim() === "") throw emptyFile(text, "JSON");
  return head;
}

/** The keys that lead to the records; none when the text itself is the list, or the only record. */
function recordsPath(text: TextFile, head: string, source: Source, {table, limits}: LoaderContext): readonly string[] {
  const said = source.options?.records;
  if (said !== undefined) return said.split(".").map((key) => key.trim());
  if (!head.startsWith("{")) return [];
  const {lists, empty, keys} = listsOfObjects(new JsonText(textChunks(text.utf8), limits.cell_chars));
  // A record may hold a list of its own.
  if (matchedColumns(matchHeader(keys, table, source), table) > 0) return [];
  if (lists.length > 1) throw severalLists(text.file, lists);
  if (lists[0]) return lists[0];
  if (empty[0]) throw noRecords(text.file, empty[0]);
  return [];
}

/** Turns a place in the text into line and column. */
function inText(text: TextFile, read: () => void): void {
  try {
    read();
  } catch (error) {
    throw error instanceof JsonError ? broken(text, error) : error;
  }
}

function broken(text: TextFile, {offset, what}: JsonError): Fault {
  return fault(2, {
    place: placeAt(text, offset),
    what: `不是完整的JSON：${what}`,
    advice: "整个文件未读；请重新导出，或请提供者改正"
  });
}

function placeAt({file, utf8}: TextFile, offset: number): Place {
  let [line, column, left] = [1, 1, offset];
  for (const chunk of textChunks(utf8)) {
    const passed = chunk.slice(0, left);
    const last = passed.lastIndexOf("\n");
    for (let at = passed.indexOf("\n"); at >= 0; at = passed.indexOf("\n", at + 1)) line++;
    column = last < 0 ? column + passed.length : passed.length - last;
    left -= passed.length;
    if (left <= 0) break;
  }
  return {file, line, column};
}

/** Rows written before a key first appeared are shorter than the header. */
function relationSql(path: string, width: number): string {
  const columns = Array.from({length: width + 2}, (_, i) => `'k${i}': 'VARCHAR'`).join(", ");
  const cells = Array.from({length: width}, (_, i) => `k${i + 2} as c${i}`).join(", ");
  return `select cast(k0 as bigint) as source_row, nullif(k1, '') as row_fault, ${cells} from read_csv(${quotedString(path)},
  auto_detect=false, header=false, columns={${columns}}, delim=',', quote='"', escape='"', strict_mode=true, null_padding=true,
  compression='none', encoding='utf-8', max_line_size=${LONGEST_RECORD}, parallel=true)`;
}
