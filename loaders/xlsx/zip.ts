import {crc32} from "node:zlib";
import {Inflate, type UnzipFileInfo, unzipSync} from "fflate";
import {type Place, places} from "./directory.ts";
import {WorkbookError} from "./error.ts";

type Entry = UnzipFileInfo & Place;

/** Most bytes a part may unpack to: a small file that unpacks to more is an attack or broken. */
const LARGEST_PART = 4 * 1024 ** 3;
/** Packed bytes unpacked at a time; they become at most a thousand times as many. */
const PIECE = 1 << 14;

/**
 * A zip archive in memory: fflate reads its directory and unpacks its parts piece by piece; sizes and checksums are proved.
 * Errors: WorkbookError when it is no zip, cut short, encrypted or damaged.
 */
export class Zip {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly bytes: Buffer) {
    const place = places(bytes);
    const filter = (info: UnzipFileInfo) => {
      this.entries.set(key(info.name), {...info, ...place.next().value});
      return false;
    };
    orDamaged("文件不完整，可能没有传完", () => unzipSync(bytes, {filter}));
  }

  has(name: string): boolean {
    return this.entries.has(key(name));
  }

  /** Names of parts, in lower case. */
  names(): string[] {
    return [...this.entries.keys()];
  }

  /** A part as text, piece by piece; its size and checksum are proved at the end. */
  *pieces(name: string, largest = LARGEST_PART): Generator<string, void, undefined> {
    const entry = this.entries.get(key(name));
    if (!entry) throw new WorkbookError(`缺少部件 ${name}`);
    if (entry.originalSize > largest) throw new WorkbookError("展开后过大");
    const decoder = new TextDecoder();
    let [sum, size] = [0, 0];
    for (const piece of unpack(this.packed(entry), entry.compression)) {
      size += piece.length;
      if (size > entry.originalSize) throw new WorkbookError("内容已损坏，长度不符");
      sum = crc32(piece, sum);
      yield decoder.decode(piece, {stream: true});
    }
    if (size !== entry.originalSize) throw new WorkbookError("内容已损坏，长度不符");
    if (sum !== entry.crc) throw new WorkbookError("内容已损坏，校验和不符");
    yield decoder.decode();
  }

  private packed({offset, size}: Entry): Uint8Array {
    const {bytes} = this;
    if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== 0x04034b50) throw new WorkbookError("文件目录已损坏");
    const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
    if (start + size > bytes.length) throw new WorkbookError("文件不完整，可能没有传完");
    return bytes.subarray(start, start + size);
  }
}

function* unpack(packed: Uint8Array, compression: number): Generator<Uint8Array, void, undefined> {
  if (compression !== 0 && compression !== 8) throw new WorkbookError("压缩方式不能识别");
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
