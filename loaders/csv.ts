import {join} from "node:path";
import {
  checkHeader,
  checkMapping,
  findHeader,
  HEAD_ROWS,
  type HeaderMatch,
  noHeader,
  unusedMapping
} from "../src/contract/header.ts";
import type {Table} from "../src/contract/index.ts";
import {fault} from "../src/fault.ts";
import {fileStamp, type SourceFile, sourceFiles} from "./files.ts";
import type {Loader, LoaderContext, LoaderEntry, RawPart, Source} from "./loader.ts";
import {refuseMarked} from "./marking.ts";
import {PreparedFile} from "./prepared.ts";
import {bomLength, emptyFile, openText, type TextFile, textChunks} from "./text/encoding.ts";
import {RecordReader, type TextRecord, textRecords} from "./text/records.ts";
import {isRegular} from "./text/scan.ts";

const DELIMITERS: Readonly<Record<string, string>> = {",": "逗号", ";": "分号", "\t": "制表符", "|": "竖线"};

/** Characters in which the header must be found. */
const HEAD = 1 << 20;

/** So many records with unpaired quotes, and the file is not what it seems. */
const MOST_BROKEN = 1000;

/**
 * Reads delimited text: UTF-8 with or without BOM, GB18030; comma, semicolon, TAB or `|`; titles above the header.
 * A regular file is left where it is for DuckDB; one with ragged rows, blank lines, stray quotes or mixed line ends is
 * rewritten so that no row is lost or runs into the next.
 */
const load: Loader = async (source, context) => {
  checkMapping(context.table, source);
  const files = await sourceFiles(source, context);
  return files.map((file, i) => {
    context.progress(`读取 ${file.file}`);
    return csvPart(file, i, source, context);
  });
};

export const csv: LoaderEntry = {
  title: "CSV等有分隔符的文本",
  options: {path: "文件，可用 * 写多个"},
  endings: ["csv", "tsv", "txt"],
  load
};

/** The first records of a file under one delimiter, and the header among them. */
interface Head {
  readonly delimiter: string;
  readonly header: readonly string[];
  readonly match: HeaderMatch;
  /** Records above the header. */
  readonly above: number;
  /** Characters up to the header, and up to the first record below it. */
  readonly start: number;
  readonly end: number;
  /** Whether a record up to there has a line break within quotes. */
  readonly multiline: boolean;
}

function csvPart(file: SourceFile, index: number, source: Source, {scratch, table}: LoaderContext): RawPart {
  refuseMarked(file.file.split("/").at(-1) ?? "", {file: file.file});
  const stamp = fileStamp(file.path);
  const text = openText(file, join(scratch, `text-${index}.csv`));
  const start = headText(text);
  const head = findHead(start, file, table, source);
  checkHeader(head.match, head.header, table, (cell) => ({
    file: file.file,
    line: head.above + 1,
    ...(cell === null ? {} : {column: cell + 1})
  }));
  const notes = headNotes(text, head, source);
  const part = {kind: "csv", file: file.file, sheet: null, sha256: text.sha256, header: head.header, stamp} as const;
  const first_row = head.above + 2;
  if (isPlain(text, head, start)) {
    const skip = lineBreaks(start.slice(0, head.end));
    return {...part, first_row, csv: text.utf8, skip, delimiter: head.delimiter, prepared: false, notes};
  }
  const path = join(scratch, `rows-${index}.csv`);
  const found = rewrite(text, head, path);
  return {...part, first_row, csv: path, skip: 0, delimiter: ",", prepared: true, notes: [...notes, ...found]};
}

/** The beginning of a file, up to a whole record or so. */
function headText(text: TextFile): string {
  let head = "";
  for (const chunk of textChunks(text.utf8)) {
    head += chunk;
    if (head.length >= HEAD) break;
  }
  if (head.trim() === "") throw emptyFile(text);
  return head;
}

/** Whether DuckDB may read the file where it is: its own way of skipping lines must see the head as we do. */
function isPlain(text: TextFile, head: Head, start: string): boolean {
  const titles = start.slice(0, head.start);
  const bom = bomLength(text);
  if (head.multiline || /"|\r(?!\n)/.test(titles) || bom + Buffer.byteLength(start.slice(0, head.end)) >= text.bytes) return false;
  const from = bom + Buffer.byteLength(titles);
  return isRegular({path: text.utf8, file: text.file}, from, head.delimiter, head.header.length);
}

/** Reads the head under each delimiter; the one that shows the header best is the file's. */
function findHead(text: string, {file}: SourceFile, table: Table, source: Source): Head {
  let best: (Head & {titles: readonly TextRecord[]}) | null = null;
  for (const delimiter of Object.keys(DELIMITERS)) {
    const reader = new RecordReader(text, delimiter, true);
    const records: (TextRecord & Pick<Head, "start" | "end" | "multiline">)[] = [];
    for (let start = 0, next = reader.next(); next && records.length < HEAD_ROWS; start = reader.at, next = reader.next()) {
      records.push({...next, start, end: Math.min(reader.at, text.length), multiline: reader.multiline});
    }
    const found = findHeader(
      records.map((record) => record.cells),
      table,
      source
    );
    const record = records[found?.row ?? -1];
    if (!found || !record || matched(found.match) <= matched(best?.match)) continue;
    const {start, end, multiline, cells: header} = record;
    best = {delimiter, header, match: found.match, above: found.row, start, end, multiline, titles: records.slice(0, found.row)};
  }
  for (const [i, {cells}] of (best?.titles ?? []).entries()) {
    for (const cell of cells) refuseMarked(cell, {file, line: i + 1});
  }
  if (!best) throw fault(2, noHeader(table, {file}));
  return best;
}

function matched(match: HeaderMatch | undefined): number {
  return new Set(match?.columns.filter((name) => name !== null)).size;
}

function headNotes({encoding}: TextFile, {delimiter, header}: Head, source: Source): string[] {
  const notes: string[] = [];
  if (encoding !== "UTF-8") notes.push(`编码为${encoding}`);
  if (delimiter !== ",") notes.push(`分隔符为${DELIMITERS[delimiter]}`);
  const unused = unusedMapping(header, source);
  if (unused.length > 0) notes.push(`columns里的${unused.map((h) => `“${h}”`).join("、")}不在表头里`);
  return notes;
}

/** Writes the records below the header as a prepared CSV; says what was irregular. */
function rewrite(text: TextFile, head: Head, path: string): string[] {
  const last = head.header.findLastIndex((cell) => cell.trim() !== "");
  const prepared = new PreparedFile(path);
  let row = 0;
  let broken = 0;
  for (const record of textRecords(textChunks(text.utf8), head.delimiter)) {
    row++;
    if (row <= head.above + 1) continue;
    if (record.cells.length === 1 && (record.cells[0] ?? "").trim() === "") continue;
    if (record.broken && ++broken > MOST_BROKEN) throw tooBroken(text, row);
    const cells = head.match.columns.map((name, i) => (name === null ? "" : (record.cells[i] ?? "")));
    const beyond = record.broken ? [] : record.cells.slice(last + 1).filter((cell) => cell.trim() !== "");
    const faults = record.broken ? [{column: "", reason: "引号不成对，不能分清各列；请把这一行的引号改成一对，或删去"}] : [];
    prepared.write({source_row: row, faults, cells, beyond: beyond.join(" ")});
  }
  prepared.close();
  return broken > 0 ? [`${broken}行的引号不成对`] : [];
}

function tooBroken({file}: TextFile, row: number) {
  return fault(2, {
    place: {file, line: row},
    what: `引号不成对的行超过${MOST_BROKEN}行`,
    advice: "文件不是规范的CSV，请用表格软件打开后另存为“CSV UTF-8（逗号分隔）”"
  });
}

function lineBreaks(text: string): number {
  return text.split("\n").length - 1;
}
