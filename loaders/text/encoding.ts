import {isUtf8} from "node:buffer";
import {createHash} from "node:crypto";
import {closeSync, copyFileSync, openSync, statSync, writeFileSync} from "node:fs";
import {fault} from "../../src/fault.ts";
import {fileChunks, type SourceFile} from "../files.ts";
import {refuseStarred} from "../marking.ts";

/** A text file as UTF-8 on disk. */
export interface TextFile extends SourceFile {
  /** SHA-256 of the source, not of the copy. */
  readonly sha256: string;
  readonly encoding: "UTF-8" | "GB18030";
  /** Where the UTF-8 text is: the source itself, or a copy. */
  readonly utf8: string;
  /** Size of `utf8`. */
  readonly bytes: number;
}

const STAR = Buffer.from("★");
/** Bytes before a star that may hold its marking, blanks between. */
const AROUND = 60;

/**
 * Finds out how a text file is encoded, by strict decoding of all of it: UTF-8 (with or without BOM) first, then GB18030,
 * of which a UTF-8 copy is written to `copy`.
 * Errors: Fault 2 for an empty file, another format or another encoding; 3 for a secrecy marking before ★.
 */
export function openText(file: SourceFile, copy: string): TextFile {
  const hash = createHash("sha256");
  let bytes = 0;
  let rest: Buffer = Buffer.alloc(0);
  let utf8 = true;
  for (const chunk of fileChunks(file)) {
    if (bytes === 0) refuseOtherFormats(file, chunk);
    hash.update(chunk);
    bytes += chunk.length;
    if (chunk.includes(0)) throw binary(file);
    if (!utf8) continue;
    const whole = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = whole.length - openTail(whole);
    utf8 = isUtf8(whole.subarray(0, end));
    rest = whole.subarray(end);
  }
  if (bytes === 0) throw emptyFile(file);
  const sha256 = hash.digest("hex");
  const readable = {...file, sha256, bytes};
  if (!utf8 || rest.length > 0) {
    recode(file, copy);
    refuseStars(file, copy);
    return {...readable, encoding: "GB18030", utf8: copy, bytes: statSync(copy).size};
  }
  refuseStars(file, file.path);
  // DuckDB would read these names as patterns.
  const pattern = /[*?[\]{}]/.test(file.path);
  if (pattern) copyFileSync(file.path, copy);
  return {...readable, encoding: "UTF-8", utf8: pattern ? copy : file.path};
}

/** Says that a file holds nothing at all. */
export function emptyFile({file}: SourceFile) {
  return fault(2, {place: {file}, what: "是空文件", advice: "没有数据时请至少保留表头一行"});
}

/** Length of the BOM in bytes: 3 or 0. */
export function bomLength({utf8, file}: TextFile): number {
  const [head] = fileChunks({path: utf8, file}, 0, 3);
  return head?.toString("hex") === "efbbbf" ? 3 : 0;
}

/** The text of a file, piece by piece, without BOM. */
export function* textChunks(path: string): Generator<string, void, undefined> {
  const decoder = new TextDecoder();
  for (const chunk of fileChunks({path, file: path})) yield decoder.decode(chunk, {stream: true});
  yield decoder.decode();
}

/** Bytes at the end that begin a character of which the rest is still to come. */
function openTail(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

function recode(file: SourceFile, copy: string): void {
  const decoder = new TextDecoder("gb18030", {fatal: true});
  const handle = openSync(copy, "wx");
  try {
    for (const chunk of fileChunks(file)) writeFileSync(handle, decoder.decode(chunk, {stream: true}));
    writeFileSync(handle, decoder.decode());
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw fault(2, {
      place: {file: file.file, line: brokenLine(file)},
      what: "既不是UTF-8也不是GB18030编码，从这一行起不能识别",
      advice: "请用表格软件打开后另存为“CSV UTF-8（逗号分隔）”"
    });
  } finally {
    closeSync(handle);
  }
}

/** The first line that is not UTF-8, counted from 1. */
function brokenLine(file: SourceFile): number {
  let line = 1;
  let rest: Buffer = Buffer.alloc(0);
  for (const chunk of fileChunks(file)) {
    const whole: Buffer = Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = whole.indexOf(10); end >= 0; end = whole.indexOf(10, start)) {
      if (!isUtf8(whole.subarray(start, end))) return line;
      line++;
      start = end + 1;
    }
    rest = whole.subarray(start);
  }
  return line;
}

/** Looks for markings before ★ in UTF-8 text; the search for the bytes costs next to nothing. */
function refuseStars({file}: SourceFile, path: string): void {
  let before: Buffer = Buffer.alloc(0);
  let offset = 0;
  for (const chunk of fileChunks({path, file})) {
    const bytes: Buffer = Buffer.concat([before, chunk]);
    for (let at = bytes.indexOf(STAR); at >= 0; at = bytes.indexOf(STAR, at + 1)) {
      const text = bytes.subarray(Math.max(0, at - AROUND), at + STAR.length).toString("utf8");
      refuseStarred(text, {file, line: lineAt(path, offset - before.length + at)});
    }
    offset += chunk.length;
    before = Buffer.from(bytes.subarray(-AROUND));
  }
}

/** The line of a byte, counted from 1. */
function lineAt(path: string, offset: number): number {
  let [line, from] = [1, 0];
  for (const chunk of fileChunks({path, file: path})) {
    const end = Math.min(chunk.length, offset - from);
    for (let at = chunk.indexOf(10); at >= 0 && at < end; at = chunk.indexOf(10, at + 1)) line++;
    from += chunk.length;
    if (from >= offset) break;
  }
  return line;
}

function refuseOtherFormats(file: SourceFile, head: Buffer): void {
  const place = {file: file.file};
  if (head.subarray(0, 4).toString("latin1") === "PK\u0003\u0004") {
    throw fault(2, {place, what: "不是CSV，是xlsx等压缩格式", advice: "请在xunheng.yaml里把这个来源的loader改为spreadsheet"});
  }
  if (head.subarray(0, 4).toString("hex") === "d0cf11e0") {
    throw fault(2, {
      place,
      what: "不是CSV，是旧版Excel或加密的文件",
      advice: "请用表格软件打开后另存为 .xlsx，并把loader改为spreadsheet"
    });
  }
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw fault(2, {place, what: "是UTF-16编码", advice: "请用表格软件打开后另存为“CSV UTF-8（逗号分隔）”"});
  }
}

function binary({file}: SourceFile) {
  return fault(2, {
    place: {file},
    what: "含有空字符（NUL），不是文本文件",
    advice: "请用表格软件打开后另存为“CSV UTF-8（逗号分隔）”"
  });
}
