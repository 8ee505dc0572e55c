import {crc32, createInflateRaw, inflateRawSync} from "node:zlib";

/** Why a workbook cannot be opened; the caller makes a Fault of it. */
export class WorkbookError extends Error {
  override readonly name = "WorkbookError";
}

interface Entry {
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly crc: number;
  /** Of the local header. */
  readonly offset: number;
}

/** Most bytes a part may unpack to: a small file that unpacks to more is an attack or broken. */
const LARGEST_PART = 4 * 1024 ** 3;
const LARGEST_TEXT = 64 * 1024 ** 2;

/**
 * A zip archive in memory, by its central directory; parts are unpacked by zlib as a stream.
 * Errors: WorkbookError when it is no zip, cut short, encrypted or damaged.
 */
export class Zip {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly bytes: Buffer) {
    const end = bytes.lastIndexOf("PK\u0005\u0006", undefined, "latin1");
    if (end < 0 || end + 22 > bytes.length) throw new WorkbookError("文件不完整，可能没有传完");
    const {count, start} = this.directory(end);
    let at = start;
    for (let i = 0; i < count; i++) {
      if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw new WorkbookError("文件目录已损坏");
      at = this.addEntry(at);
    }
  }

  has(name: string): boolean {
    return this.entries.has(key(name));
  }

  /** Names of parts, as written. */
  names(): string[] {
    return [...this.entries.keys()];
  }

  /** A small part as text. */
  text(name: string): string {
    const entry = this.entry(name);
    const packed = this.packed(entry);
    if (entry.method === 0) return packed.toString("utf8");
    return damagedOr(() => inflateRawSync(packed, {maxOutputLength: LARGEST_TEXT}).toString("utf8"));
  }

  /** A part as text, piece by piece; its checksum is proved at the end. */
  async *chunks(name: string): AsyncGenerator<string, void, undefined> {
    const entry = this.entry(name);
    const decoder = new TextDecoder();
    let [sum, size] = [0, 0];
    try {
      for await (const chunk of this.unpacked(entry)) {
        sum = crc32(chunk, sum);
        size += chunk.length;
        if (size > LARGEST_PART) throw new WorkbookError("展开后过大");
        yield decoder.decode(chunk, {stream: true});
      }
    } catch (error) {
      throw error instanceof Error && "code" in error ? new WorkbookError("内容已损坏，不能展开") : error;
    }
    if (sum !== entry.crc) throw new WorkbookError("内容已损坏，校验和不符");
    yield decoder.decode();
  }

  private async *unpacked(entry: Entry): AsyncGenerator<Buffer, void, undefined> {
    const packed = this.packed(entry);
    if (entry.method === 0) {
      yield packed;
      return;
    }
    const inflate = createInflateRaw({chunkSize: 1 << 18});
    inflate.end(packed);
    yield* inflate;
  }

  private entry(name: string): Entry {
    const entry = this.entries.get(key(name));
    if (!entry) throw new WorkbookError(`缺少部件 ${name}`);
    return entry;
  }

  private packed({offset, packed, method}: Entry): Buffer {
    const {bytes} = this;
    if (method !== 0 && method !== 8) throw new WorkbookError("压缩方式不能识别");
    if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== 0x04034b50) throw new WorkbookError("文件目录已损坏");
    const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
    if (start + packed > bytes.length) throw new WorkbookError("文件不完整，可能没有传完");
    return bytes.subarray(start, start + packed);
  }

  /** Number and place of the entries; large archives keep them in a record of its own (Zip64). */
  private directory(end: number): {count: number; start: number} {
    const {bytes} = this;
    const [count, start] = [bytes.readUInt16LE(end + 10), bytes.readUInt32LE(end + 16)];
    if (count !== 0xffff && start !== 0xffffffff) return {count, start};
    const locator = end - 20;
    if (locator < 0 || bytes.readUInt32LE(locator) !== 0x07064b50) return {count, start};
    const record = Number(bytes.readBigUInt64LE(locator + 8));
    if (record + 56 > bytes.length) throw new WorkbookError("文件目录已损坏");
    return {count: Number(bytes.readBigUInt64LE(record + 32)), start: Number(bytes.readBigUInt64LE(record + 48))};
  }

  private addEntry(at: number): number {
    const {bytes} = this;
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
    const next = extraEnd + bytes.readUInt16LE(at + 32);
    if (next > bytes.length) throw new WorkbookError("文件目录已损坏");
    if ((bytes.readUInt16LE(at + 8) & 1) !== 0) throw new WorkbookError("已加密");
    const wide = wideNumbers(bytes.subarray(nameEnd, extraEnd));
    const number = (value: number) => (value === 0xffffffff ? (wide.shift() ?? value) : value);
    const size = number(bytes.readUInt32LE(at + 24));
    const packed = number(bytes.readUInt32LE(at + 20));
    const offset = number(bytes.readUInt32LE(at + 42));
    const name = bytes.toString("utf8", at + 46, nameEnd);
    this.entries.set(key(name), {method: bytes.readUInt16LE(at + 10), crc: bytes.readUInt32LE(at + 16), size, packed, offset});
    return next;
  }
}

/** The Zip64 numbers in an entry's extra fields, in their order: size, packed size, offset. */
function wideNumbers(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) !== 1 || at + 4 + length > extra.length) continue;
    return Array.from({length: Math.floor(length / 8)}, (_, i) => Number(extra.readBigUInt64LE(at + 4 + i * 8)));
  }
  return [];
}

function damagedOr<T>(work: () => T): T {
  try {
    return work();
  } catch {
    throw new WorkbookError("内容已损坏，不能展开");
  }
}

/** Office programs differ in case and slashes. */
function key(name: string): string {
  return name.replaceAll("\\", "/").replace(/^\//, "").toLowerCase();
}
