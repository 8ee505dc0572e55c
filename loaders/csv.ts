import {join} from "node:path";
import {checkHeader, checkMapping, unusedMapping} from "../src/contract/header.ts";
import {fault} from "../src/fault.ts";
import {rowsAboveNotes} from "./above.ts";
import {fileStamp, type SourceFile, sourceFiles} from "./files.ts";
import type {Loader, LoaderContext, LoaderEntry, RawPart, Source} from "./loader.ts";
import {refuseMarked} from "./marking.ts";
import {DOUBLE} from "./text/dialect.ts";
import {bomLength, encodingNotes, openText, type TextFile, textChunks} from "./text/encoding.ts";
import {emptyFile} from "./text/format.ts";
import {dialectNotes, findHead, type Head} from "./text/head.ts";
import {rewrite, tooManyRows} from "./text/rewrite.ts";
import {regularRows} from "./text/scan.ts";

/** Characters in which the header must be found. */
const HEAD = 1 << 20;

/**
 * Reads delimited text of any dialect: UTF-8, GB18030 or UTF-16; delimiter and quote by what shows the header, or as the
 * source declares; titles above the header.
 * A regular file is left where it is for DuckDB; one with ragged rows, blank lines, stray quotes or mixed line ends is
 * rewritten so that no row is lost or runs into the next.
 */
const load: Loader = async (source, context) => {
  checkMapping(context.table, source);
  const files = await sourceFiles(source, context);
  return files.map((file, i) => csvPart(file, i, source, context));
};

export const csv: LoaderEntry = {
  title: "CSV等有分隔符的文本",
  options: {
    path: "文件，可用 * 写多个",
    delimiter: "分隔符，一个符号，或制表符、空格；不写则由程序识别",
    quote: "引号：双引号、单引号、中文引号、无；不写则由程序识别",
    encoding: "编码：utf-8、gb18030、utf-16；不写则由程序识别"
  },
  endings: ["csv", "tsv", "txt"],
  load
};

function csvPart(file: SourceFile, index: number, source: Source, context: LoaderContext): RawPart {
  const {scratch, table, limits} = context;
  const progress = (rows?: number) => context.progress(`读取 ${file.file}`, rows);
  progress();
  refuseMarked(file.file.split("/").at(-1) ?? "", {file: file.file});
  const stamp = fileStamp(file.path);
  const text = openText(file, join(scratch, `text-${index}.csv`), {wanted: "CSV", encoding: source.options?.encoding});
  const start = headText(text);
  const head = findHead(start, file, table, source, limits);
  if (head.end === start.length && start.length >= HEAD) throw longHead(file);
  checkHeader(head.match, head.header, table, (cell) => ({
    file: file.file,
    line: head.above + 1,
    ...(cell === null ? {} : {column: cell + 1})
  }));
  const titles = head.titles.map(({cells}, i) => ({number: i + 1, cells}));
  const notes = [
    ...encodingNotes(text),
    ...dialectNotes(head),
    ...mappingNotes(head, source),
    ...rowsAboveNotes(titles, head.match, table)
  ];
  const part = {kind: "csv", file: file.file, sheet: null, sha256: text.sha256, header: head.header, stamp} as const;
  const first_row = head.above + 2;
  const plain = plainRows(text, head, start, context, progress);
  if (plain !== null) {
    if (plain.rows > limits.rows) throw tooManyRows(file.file, limits);
    const skip = start.slice(0, head.end).split("\n").length - 1;
    const lines = plain.oneLine ? plain.rows : null;
    return {...part, first_row, csv: text.utf8, skip, delimiter: head.dialect.delimiter, prepared: false, lines, notes};
  }
  const path = join(scratch, `rows-${index}.csv`);
  const found = rewrite(text, head, path, {table, limits, progress});
  return {...part, first_row, csv: path, skip: 0, delimiter: ",", prepared: true, notes: [...notes, ...found]};
}

/** The beginning of a file, up to a whole record or so. */
function headText(text: TextFile): string {
  let head = "";
  for (const chunk of textChunks(text.utf8)) {
    head += chunk;
    if (head.length >= HEAD) break;
  }
  if (head.trim() === "") throw emptyFile(text, "CSV");
  return head;
}

/**
 * Number of rows when DuckDB may read the file where it is, else null. Its own way of skipping lines must see the head as we
 * do, and it must find the rows as we would.
 */
function plainRows(
  text: TextFile,
  head: Head,
  start: string,
  {limits}: LoaderContext,
  progress: (rows: number) => void
): {rows: number; oneLine: boolean} | null {
  const {delimiter, quote} = head.dialect;
  if (quote !== DOUBLE || delimiter.length !== 1 || delimiter > "~" || text.damage.lines > 0 || text.hasNul) return null;
  const titles = start.slice(0, head.start);
  const bom = bomLength(text);
  if (head.multiline || /"|\r(?!\n)/.test(titles) || bom + Buffer.byteLength(start.slice(0, head.end)) >= text.bytes) return null;
  const from = bom + Buffer.byteLength(titles);
  // With columns dropped at the door no value may stand under another header.
  const least = head.match.doors.length > 0 ? head.match.columns.findLastIndex((name) => name !== null) + 1 : 1;
  const regular = {delimiter, width: head.header.length, least, longest: limits.cell_chars};
  const found = regularRows({path: text.utf8, file: text.file}, from, regular, progress);
  return found === null ? null : {...found, rows: found.rows - 1};
}

function mappingNotes({header}: Head, source: Source): string[] {
  const unused = unusedMapping(header, source);
  return unused.length > 0 ? [`columns里的${unused.map((h) => `“${h}”`).join("、")}不在表头里`] : [];
}

function longHead({file}: SourceFile) {
  return fault(2, {place: {file}, what: "表头没有在前一百万个字内结束", advice: "请核对表头是否有不成对的引号"});
}
