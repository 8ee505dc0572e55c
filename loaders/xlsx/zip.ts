import {crc32, inflateRawSync} from "node:zlib";
import {Inflate, type UnzipFileInfo, unzipSync} from "fflate";
import {type Place, places} from "./directory.ts";
import {beyondLimit, WorkbookError} from "./error.ts";

type Entry = UnzipFileInfo & Place;

/** Parts of an archive. Excel's own have a few for every sheet. */
const MOST_PARTS = 100_000;
/** A large part that is packed better than rows of a table can be is made to fill the memory. */
const [BEST_PACKED, LARGE] = [250, 64 * 1024 ** 2];
/** What is unpacked in all, in parts of the largest size allowed: every sheet is unpacked once or twice. */
const WHOLE_IN_PARTS = 4;
/** Packed bytes unpacked at a time; they become at most a thousand times as many. */
const PIECE = 1 << 14;
/** Parts that are unpacked in one go, at most so many bytes. */
const AT_ONCE = 4 * 1024 ** 2;
const SLICE = 1 << 16;

/**
 * A zip archive in memory: fflate reads its directory and unpacks its parts piece by piece; sizes and checksums are proved.
 * Errors: WorkbookError when it is no zip, cut short, encrypted or damaged.
 */
export class Zip {
  private readonly entries = new Map<string, Entry>();
  private unpacked = 0;

  /** @param unpacked_mib most that a part may unpack to, MiB */
  constructor(
    private readonly bytes: Buffer,
    private readonly unpacked_mib: number
  ) {
    const place = places(bytes);
    const filter = (info: UnzipFileInfo) => {
      if (this.entries.size >= MOST_PARTS) throw new WorkbookError("部件过多");
      if (this.has(info.name)) throw new WorkbookError("有重名的部件");
      this.entries.set(key(info.name), {...info, ...place.next().value});
      return false;
    };
    orDamaged("文件不完整，可能没有传完", () => unzipSync(bytes, {filter}));
  }

  /** Begins to count anew what is unpacked: the archive is read again, for another table. */
  again(): void {
    this.unpacked = 0;
  }

  has(name: string): boolean {
    return this.entries.has(key(name));
  }

  /** Names of parts, in lower case. */
  names(): string[] {
    return [...this.entries.keys()];
  }

  /** A part as text, piece by piece; its size and checksum are proved at the end. */
  *pieces(name: string, largest = Number.POSITIVE_INFINITY): Generator<string, void, undefined> {
    const entry = this.entries.get(key(name));
    if (!entry) throw new WorkbookError(`缺少部件 ${name}`);
    this.refuseLarge(entry, largest);
    const decoder = new TextDecoder();
    let [sum, size] = [0, 0];
    for (const piece of unpack(this.packed(entry), entry)) {
      size += piece.length;
      if (size > entry.originalSize) throw new WorkbookError("内容已损坏，长度不符");
      sum = crc32(piece, sum);
      yield decoder.decode(piece, {stream: true});
    }
    if (size !== entry.originalSize) throw new WorkbookError("内容已损坏，长度不符");
    if (sum !== entry.crc) throw new WorkbookError("内容已损坏，校验和不符");
    yield decoder.decode();
  }

  private refuseLarge({name, size, originalSize}: Entry, largest: number): void {
    const most = this.unpacked_mib * 1024 ** 2;
    if (originalSize > most) throw beyondLimit(`部件 ${name} 展开后`, "unpacked_mib", this.unpacked_mib, "MiB");
    if (originalSize > largest || (originalSize > LARGE && originalSize > size * BEST_PACKED))
      throw new WorkbookError("展开后过大");
    this.unpacked += originalSize;
    if (this.unpacked > most * WHOLE_IN_PARTS) throw new WorkbookError("各部件展开后合计过大");
  }

  private packed({offset, size}: Entry): Uint8Array {
    const {bytes} = this;
    if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== 0x04034b50) throw new WorkbookError("文件目录已损坏");
    const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
    if (start + size > bytes.length) throw new WorkbookError("文件不完整，可能没有传完");
    return bytes.subarray(start, start + size);
  }
}

function* unpack(packed: Uint8Array, {compression, originalSize}: Entry): Generator<Uint8Array, void, undefined> {
  if (compression !== 0 && compression !== 8) throw new WorkbookError("压缩方式不能识别");
  if (compression === 8 && originalSize <= AT_ONCE) {
    const whole = unpackedAtOnce(packed, originalSize);
    for (let at = 0; at < whole.length; at += SLICE) yield whole.subarray(at, at + SLICE);
    return;
  }
  let unpacked = new Uint8Array();
  const inflate = new Inflate((piece) => {
    unpacked = piece;
  });
  for (let at = 0; at < packed.length; at += PIECE) {
    const piece = packed.subarray(at, at + PIECE);
    if (compression === 8) orDamaged("内容已损坏，不能展开", () => inflate.push(piece, at + PIECE >= packed.length));
    yield compression === 8 ? unpacked : piece;
  }
}

/** What says to be small is unpacked in one go, several times as fast; and no further than it says. */
function unpackedAtOnce(packed: Uint8Array, size: number): Uint8Array {
  try {
    return inflateRawSync(packed, {maxOutputLength: Math.max(1, size)});
  } catch (error) {
    const longer = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    throw new WorkbookError(longer ? "内容已损坏，长度不符" : "内容已损坏，不能展开");
  }
}

function orDamaged(message: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw error instanceof WorkbookError ? error : new WorkbookError(message);
  }
}

/** Office programs differ in case and slashes. */
function key(name: string): string {
  return name.replaceAll("\\", "/").replace(/^\//, "").toLowerCase();
}
