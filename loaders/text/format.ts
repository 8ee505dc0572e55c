import {fault} from "../../src/fault.ts";
import type {SourceFile} from "../files.ts";

const RESAVE = "请用表格软件打开后另存为“CSV UTF-8（逗号分隔）”";

/** How files of other formats begin (hex), what they are, and what to do. */
const FORMATS: readonly (readonly [begin: string, what: string, advice: string])[] = [
  ["504b0304", "是xlsx等压缩格式", "请在xunheng.yaml里把这个来源的loader改为spreadsheet"],
  ["d0cf11e0", "是旧版Excel或加密的文件", "请用表格软件打开后另存为 .xlsx，并把loader改为spreadsheet"],
  ["50415231", "是Parquet文件", "请在xunheng.yaml里把这个来源的loader改为parquet"],
  ["25504446", "是PDF文件", "请向提供者索取原始的表格"],
  ["1f8b", "是gzip压缩文件", "请先解压"],
  ["7b5c727466", "是RTF文件", RESAVE],
  ["fffe0000", "是UTF-32编码", RESAVE],
  ["0000feff", "是UTF-32编码", RESAVE]
];

/**
 * Refuses files of other formats by how they begin. `wanted` is what the loader reads: `CSV`, `JSON`.
 * Errors: Fault 2.
 */
export function refuseOtherFormats({file}: SourceFile, head: Buffer, wanted: string): void {
  const begin = head.subarray(0, 8).toString("hex");
  for (const [bytes, what, advice] of FORMATS) {
    if (begin.startsWith(bytes)) throw fault(2, {place: {file}, what: `不是${wanted}，${what}`, advice});
  }
  const text = head
    .subarray(0, 200)
    .toString("latin1")
    .replace(/^\xef\xbb\xbf/, "")
    .trimStart();
  if (/^<(!doctype|html|table|\?xml|meta|head)/i.test(text)) {
    throw fault(2, {place: {file}, what: `不是${wanted}，是网页（HTML或XML）`, advice: RESAVE});
  }
}

/** Refuses a file with more NULs than a damaged text has. Errors: Fault 2. */
export function refuseBinary({file}: SourceFile, nuls: number, bytes: number): void {
  if (nuls <= Math.max(16, bytes / 100)) return;
  throw fault(2, {place: {file}, what: `含有${nuls}个空字符（NUL），不是文本文件`, advice: RESAVE});
}

/** Says that a file holds nothing at all. */
export function emptyFile({file}: SourceFile) {
  return fault(2, {place: {file}, what: "是空文件", advice: "没有数据时请至少保留表头一行"});
}
