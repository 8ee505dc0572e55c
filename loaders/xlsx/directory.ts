import {WorkbookError} from "./error.ts";

/** What a zip's directory says of an entry and fflate does not tell, or not of every archive. */
export interface Place {
  readonly originalSize: number;
  readonly size: number;
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
    yield {crc: bytes.readUInt32LE(at + 16), ...wideNumbers(bytes, at, extra, end)};
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

/**
 * Sizes and offset; those too large for their place are in the entry's Zip64 field, in this order. Python writes such a field
 * also where the archive as a whole needs none, which fflate does not expect.
 */
function wideNumbers(bytes: Buffer, entry: number, extra: number, end: number): Omit<Place, "crc"> {
  const numbers = [24, 20, 42].map((at) => bytes.readUInt32LE(entry + at));
  if (numbers.includes(MAGIC)) {
    let value = zip64Field(bytes, extra, end);
    for (const [i, number] of numbers.entries()) {
      if (number !== MAGIC) continue;
      if (value + 8 > end) throw new WorkbookError("文件目录已损坏");
      numbers[i] = Number(bytes.readBigUInt64LE(value));
      value += 8;
    }
  }
  const [originalSize = 0, size = 0, offset = 0] = numbers;
  return {originalSize, size, offset};
}

function zip64Field(bytes: Buffer, extra: number, end: number): number {
  for (let at = extra; at + 4 <= end; at += 4 + bytes.readUInt16LE(at + 2)) {
    if (bytes.readUInt16LE(at) === 1) return at + 4;
  }
  throw new WorkbookError("文件目录已损坏");
}
