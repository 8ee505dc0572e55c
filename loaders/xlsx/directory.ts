import {WorkbookError} from "./error.ts";

/** What a zip's directory says of an entry and fflate does not tell. */
export interface Place {
  /** Of the local header. */
  readonly offset: number;
  readonly crc: number;
}

const MAGIC = 0xffffffff;

/**
 * Places and checksums of a zip's entries, in the order of its directory.
 * Errors: WorkbookError when the directory is not there or damaged, or an entry is encrypted.
 */
export function* places(bytes: Buffer): Generator<Place, never, undefined> {
  let at = directoryStart(bytes);
  for (;;) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw new WorkbookError("文件目录已损坏");
    if ((bytes.readUInt16LE(at + 8) & 1) !== 0) throw new WorkbookError("已加密");
    const extra = at + 46 + bytes.readUInt16LE(at + 28);
    const end = extra + bytes.readUInt16LE(at + 30);
    if (end > bytes.length) throw new WorkbookError("文件目录已损坏");
    const offset = bytes.readUInt32LE(at + 42);
    yield {crc: bytes.readUInt32LE(at + 16), offset: offset === MAGIC ? wideOffset(bytes, at, extra, end) : offset};
    at = end + bytes.readUInt16LE(at + 32);
  }
}

/** Large archives, and some programs always, keep the start in a record of its own (Zip64). */
function directoryStart(bytes: Buffer): number {
  const end = bytes.lastIndexOf("PK\u0005\u0006", undefined, "latin1");
  if (end < 0 || end + 22 > bytes.length) throw new WorkbookError("文件不完整，可能没有传完");
  const start = bytes.readUInt32LE(end + 16);
  if (start !== MAGIC || end < 20 || bytes.readUInt32LE(end - 20) !== 0x07064b50) return start;
  const record = Number(bytes.readBigUInt64LE(end - 12));
  if (record + 56 > bytes.length) throw new WorkbookError("文件目录已损坏");
  return Number(bytes.readBigUInt64LE(record + 48));
}

/** The offset in an entry's Zip64 field, behind those sizes that are there too. */
function wideOffset(bytes: Buffer, entry: number, extra: number, end: number): number {
  const before = [20, 24].filter((size) => bytes.readUInt32LE(entry + size) === MAGIC).length;
  for (let at = extra; at + 4 <= end; at += 4 + bytes.readUInt16LE(at + 2)) {
    const value = at + 4 + before * 8;
    if (bytes.readUInt16LE(at) === 1 && value + 8 <= end) return Number(bytes.readBigUInt64LE(value));
  }
  throw new WorkbookError("文件目录已损坏");
}
