import {fault, type Place} from "../../src/fault.ts";
import type {SourceFile} from "../files.ts";

/** What a loader of text reads, for messages. */
export type Wanted = "CSV" | "JSON";

const RESAVE: Readonly<Record<Wanted, string>> = {
  CSV: "请用表格软件打开后另存为“CSV UTF-8（逗号分隔）”",
  JSON: "请重新导出为UTF-8编码的JSON"
};

/** How files of other formats begin (hex), what they are, and what to do; null: save it again. */
const FORMATS: readonly (readonly [begin: string, what: string, advice: string | null])[] = [
  ["504b0304", "是xlsx等压缩格式", "请在xunheng.yaml里把这个来源的loader改为spreadsheet"],
  ["d0cf11e0", "是旧版Excel或加密的文件", "请用表格软件打开后另存为 .xlsx，并把loader改为spreadsheet"],
  ["50415231", "是Parquet文件", "请在xunheng.yaml里把这个来源的loader改为parquet"],
  ["25504446", "是PDF文件", "请向提供者索取原始的表格"],
  ["1f8b", "是gzip压缩文件", "请先解压"],
  ["7b5c727466", "是RTF文件", null],
  ["fffe0000", "是UTF-32编码", null],
  ["0000feff", "是UTF-32编码", null]
];

/**
 * Refuses files of other formats by how they begin.
 * Errors: Fault 2.
 */
export function refuseOtherFormats({file}: SourceFile, head: Buffer, wanted: Wanted): void {
  const begin = head.subarray(0, 8).toString("hex");
  for (const [bytes, what, advice] of FORMATS) {
    if (begin.startsWith(bytes)) throw fault(2, {place: {file}, what: `不是${wanted}，${what}`, advice: advice ?? RESAVE[wanted]});
  }
  const text = head
    .subarray(0, 200)
    .toString("latin1")
    .replace(/^\xef\xbb\xbf/, "")
    .trimStart();
  if (/^<(!doctype|html|table|\?xml|meta|head)/i.test(text)) {
    throw fault(2, {place: {file}, what: `不是${wanted}，是网页（HTML或XML）`, advice: RESAVE[wanted]});
  }
}

/** Refuses a file with more NULs than a damaged text has. Errors: Fault 2. */
export function refuseBinary({file}: SourceFile, nuls: number, bytes: number, wanted: Wanted): void {
  if (nuls <= Math.max(16, bytes / 100)) return;
  throw fault(2, {place: {file}, what: `含有${nuls}个空字符（NUL），不是文本文件`, advice: RESAVE[wanted]});
}

/** Says that a file holds nothing at all. */
export function emptyFile({file}: SourceFile, wanted: Wanted) {
  const advice = wanted === "CSV" ? "没有数据时请至少保留表头一行" : "请核对导出是否成功";
  return fault(2, {place: {file}, what: "是空文件", advice});
}

/** Says that a file is in none of the encodings we read, or not in the one that was declared. */
export function undecodable(place: Place, what: string, wanted: Wanted, declared: string | undefined) {
  const advice = declared === undefined ? RESAVE[wanted] : "请改正xunheng.yaml里的encoding，或删去这一项，由程序识别";
  return fault(2, {place, what, advice});
}
