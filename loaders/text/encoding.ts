import {isUtf8} from "node:buffer";
import {createHash} from "node:crypto";
import {copyFileSync, statSync} from "node:fs";
import {StringDecoder} from "node:string_decoder";
import {fault} from "../../src/fault.ts";
import {fileChunks, type SourceFile} from "../files.ts";
import {emptyFile, refuseBinary, refuseOtherFormats, undecodable, type Wanted} from "./format.ts";
import {type Damage, damageOf, recode} from "./recode.ts";
import {refuseStars} from "./star.ts";

export type Encoding = "UTF-8" | "GB18030" | "UTF-16LE" | "UTF-16BE";

/** A text file as UTF-8 on disk. */
export interface TextFile extends SourceFile {
  /** SHA-256 of the source, not of the copy. */
  readonly sha256: string;
  readonly encoding: Encoding;
  /** Where the UTF-8 text is: the source itself, or a copy. */
  readonly utf8: string;
  /** Size of `utf8`. */
  readonly bytes: number;
  /** Lines with bytes that mean nothing in this encoding: U+FFFD stands there in `utf8`. */
  readonly damage: Damage;
  readonly hasNul: boolean;
}

/** What a source may say under `encoding:`, in capital letters without `-` and `_`. */
const DECLARED: Readonly<Record<string, Encoding | "UTF-16">> = {
  UTF8: "UTF-8",
  UTF8BOM: "UTF-8",
  GB18030: "GB18030",
  GBK: "GB18030",
  GB2312: "GB18030",
  CP936: "GB18030",
  ANSI: "GB18030",
  UTF16: "UTF-16",
  UNICODE: "UTF-16",
  UTF16LE: "UTF-16LE",
  UTF16BE: "UTF-16BE"
};

/** So many damaged lines at most, and no more than a tenth of all: else the file is in another encoding. */
const MOST_DAMAGED = 1000;

/** What one pass over the bytes tells. */
interface Survey {
  readonly sha256: string;
  readonly bytes: number;
  readonly utf8: boolean;
  readonly nuls: number;
  /** The first chunk. */
  readonly head: Buffer;
}

/** What a loader wants of a text. */
export interface TextWish {
  readonly wanted: Wanted;
  /** `encoding:` of the source. */
  readonly encoding?: string | undefined;
}

/**
 * Finds out how a text file is encoded: by its BOM; UTF-16 without BOM by where its NULs stand; then by strict decoding of
 * all of it, UTF-8 first, GB18030 next. What is not UTF-8 gets a UTF-8 copy at `copy`. Few damaged lines are let through
 * with U+FFFD in place of what cannot be read; their rows must be rejected.
 * Errors: Fault 2 for an empty file, another format or another encoding; 3 for a secrecy marking before ★.
 * @example openText({path, file: "单位.csv"}, join(scratch, "text-0.csv"), {wanted: "CSV"}).encoding // "GB18030"
 */
export function openText(file: SourceFile, copy: string, {wanted, encoding: declared}: TextWish): TextFile {
  const survey = surveyOf(file, wanted);
  const {sha256, bytes, head, nuls} = survey;
  const encoding = declared === undefined ? foundEncoding(survey) : declaredEncoding(file, declared, survey);
  const known = {...file, sha256, hasNul: nuls > 0 && !encoding?.startsWith("UTF-16")};
  if (known.hasNul) refuseBinary(file, nuls, Math.min(bytes, head.length), wanted);
  if (encoding === "UTF-8" && survey.utf8) {
    refuseStars(file, file.path);
    // DuckDB would read these names as patterns.
    const pattern = /[*?[\]{}]/.test(file.path);
    if (pattern) copyFileSync(file.path, copy);
    return {...known, bytes, encoding, damage: {lines: 0, first: 0}, utf8: pattern ? copy : file.path};
  }
  const chosen = encoding ?? likelier(file);
  const damage = recode(file, chosen, copy);
  if (damage.lines > Math.min(MOST_DAMAGED, Math.max(1, damage.of / 10))) {
    throw undecodable({file: file.file, line: damage.first}, unreadable(chosen, damage, declared), wanted, declared);
  }
  refuseStars(file, copy);
  return {...known, encoding: chosen, damage, utf8: copy, bytes: statSync(copy).size};
}

/** Length of the BOM in bytes: 3 or 0. */
export function bomLength({utf8, file}: TextFile): number {
  const [head] = fileChunks({path: utf8, file}, 0, 3);
  return head?.toString("hex") === "efbbbf" ? 3 : 0;
}

/** The text of a file known to be UTF-8, piece by piece, without BOM. */
export function* textChunks(path: string): Generator<string, void, undefined> {
  // Several times as fast as TextDecoder.
  const decoder = new StringDecoder("utf8");
  let isFirst = true;
  for (const chunk of fileChunks({path, file: path})) {
    const text = decoder.write(chunk);
    yield isFirst && text.startsWith("\ufeff") ? text.slice(1) : text;
    isFirst = false;
  }
  yield decoder.end();
}

/** What to tell of how a text is encoded; nothing when it is plain UTF-8. */
export function encodingNotes({encoding, damage}: TextFile): string[] {
  const notes = encoding === "UTF-8" ? [] : [`编码为${encoding}`];
  if (damage.lines > 0) notes.push(`${damage.lines}行有不是${encoding}的字节（第一处在第${damage.first}行）`);
  return notes;
}

function surveyOf(file: SourceFile, wanted: Wanted): Survey {
  const hash = createHash("sha256");
  let [bytes, nuls, utf8] = [0, 0, true];
  let rest: Buffer = Buffer.alloc(0);
  let head: Buffer = rest;
  for (const chunk of fileChunks(file)) {
    if (bytes === 0) {
      refuseOtherFormats(file, chunk, wanted);
      head = chunk;
    }
    hash.update(chunk);
    bytes += chunk.length;
    for (let at = chunk.indexOf(0); at >= 0; at = chunk.indexOf(0, at + 1)) nuls++;
    if (!utf8) continue;
    const whole = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = whole.length - openTail(whole);
    utf8 = isUtf8(whole.subarray(0, end));
    rest = whole.subarray(end);
  }
  if (bytes === 0) throw emptyFile(file, wanted);
  return {sha256: hash.digest("hex"), bytes, utf8: utf8 && rest.length === 0, nuls, head};
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

function bomOf(head: Buffer): Encoding | null {
  const begin = head.subarray(0, 3).toString("hex");
  if (begin === "efbbbf") return "UTF-8";
  return begin.startsWith("fffe") ? "UTF-16LE" : begin.startsWith("feff") ? "UTF-16BE" : null;
}

/** Null: neither UTF-8 nor marked; GB18030 or damaged. */
function foundEncoding({head, utf8}: Survey): Encoding | null {
  return bomOf(head) ?? unmarkedUtf16(head) ?? (utf8 ? "UTF-8" : null);
}

/** Characters of ordinary tables: ASCII without controls, line ends, Chinese characters and punctuation, full-width forms. */
const ORDINARY = /[\t\r\n\x20-\x7e\u00a0-\u00ff\u2010-\u2312\u25a0-\u2605\u3000-\u301f\u4e00-\u9fff\uff00-\uffee]/g;

/**
 * UTF-16 without BOM: digits, delimiters and line ends of one byte leave a NUL beside each of them, on the same side; 一 (U+4E00) may
 * leave some on the other. Read so, nearly all characters are ordinary ones, which is not so with bytes of another encoding.
 */
function unmarkedUtf16(head: Buffer): "UTF-16LE" | "UTF-16BE" | null {
  const sample = head.subarray(0, 1 << 16);
  const nuls = [0, 0];
  for (let at = sample.indexOf(0); at >= 0; at = sample.indexOf(0, at + 1)) nuls[at % 2] = (nuls[at % 2] as number) + 1;
  const [even = 0, odd = 0] = nuls;
  if (even + odd < 2 || even + odd < sample.length / 50) return null;
  const encoding = odd > even ? "UTF-16LE" : "UTF-16BE";
  const text = new TextDecoder(encoding).decode(sample.subarray(0, sample.length - (sample.length % 2)));
  const ordinary = text.match(ORDINARY)?.length ?? 0;
  return /[\r\n]/.test(text) && ordinary >= 0.9 * text.length ? encoding : null;
}

function declaredEncoding(file: SourceFile, declared: string, survey: Survey): Encoding {
  const known = DECLARED[declared.toUpperCase().replaceAll(/[-_ ]/g, "")];
  const place = {file: "xunheng.yaml"};
  if (!known) {
    throw fault(2, {place, what: `encoding不能是“${declared}”`, advice: "可用：utf-8、gb18030、utf-16；删去这一项则由程序识别"});
  }
  const bom = bomOf(survey.head);
  const encoding = known === "UTF-16" ? (bom ?? unmarkedUtf16(survey.head) ?? "UTF-16LE") : known;
  if (bom !== null && bom !== encoding) {
    throw fault(2, {
      place: {file: file.file},
      what: `xunheng.yaml写明编码是${declared}，文件开头却标明是${bom}`,
      advice: "请改正encoding，或删去这一项，由程序识别"
    });
  }
  return encoding;
}

/**
 * Of a file that is not all UTF-8: UTF-8 when few lines are damaged in it and more lines read well with characters beyond ASCII, which
 * text of another encoding does by chance only here and there; else GB18030, unless that fits worse.
 */
function likelier(file: SourceFile): Encoding {
  const utf8 = damageOf(file, "UTF-8");
  if (utf8.lines <= utf8.beyond / 2) return "UTF-8";
  const gb = damageOf(file, "GB18030");
  return gb.lines > 0 && utf8.lines < gb.lines ? "UTF-8" : "GB18030";
}

function unreadable(encoding: Encoding, {lines}: Damage, declared: string | undefined): string {
  const isKnown = encoding.startsWith("UTF-16") || declared !== undefined;
  return `${isKnown ? `不是${encoding}编码` : "既不是UTF-8也不是GB18030编码"}，从这一行起不能识别（共${lines}行）`;
}
