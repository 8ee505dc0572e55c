/** One value of DER (ITU-T X.690): tag, content. */
export interface Der {
  readonly tag: number;
  readonly value: Buffer;
}

/** Bytes that are not the DER that was expected; callers say which file holds them. */
export class DerError extends Error {
  override readonly name = "DerError";
}

export const SEQUENCE = 0x30;
export const INTEGER = 0x02;
export const BITS = 0x03;
export const OCTETS = 0x04;
export const OID = 0x06;

/**
 * Reads bytes that are one value and nothing else. Strict: definite lengths in their shortest form, as DER demands, so that no two
 * texts mean the same.
 * Errors: DerError.
 * @example readDer(Buffer.from("020105", "hex")).tag // 0x02
 */
export function readDer(bytes: Uint8Array): Der {
  const [only, ...more] = readAll(Buffer.from(bytes));
  if (!only || more.length > 0) throw new DerError("not one value");
  return only;
}

/** The values inside a value of the tag that is expected. Errors: DerError. */
export function inside(der: Der | undefined, tag: number): Der[] {
  return readAll(contentOf(der, tag));
}

/** The content of a value of the tag that is expected. Errors: DerError. */
export function contentOf(der: Der | undefined, tag: number): Buffer {
  if (der?.tag !== tag) throw new DerError(`expected tag ${tag}`);
  return der.value;
}

function readAll(bytes: Buffer): Der[] {
  const values: Der[] = [];
  for (let at = 0; at < bytes.length; ) {
    const {start, length} = lengthAt(bytes, at + 1);
    if (start + length > bytes.length) throw new DerError("cut short");
    values.push({tag: bytes[at] as number, value: bytes.subarray(start, start + length)});
    at = start + length;
  }
  return values;
}

function lengthAt(bytes: Buffer, at: number): {start: number; length: number} {
  const first = bytes[at];
  if (first === undefined) throw new DerError("cut short");
  if (first < 0x80) return {start: at + 1, length: first};
  const count = first - 0x80;
  if (count < 1 || count > 3 || at + count >= bytes.length) throw new DerError("bad length");
  const length = bytes.readUIntBE(at + 1, count);
  if (length < 0x80 || length < 2 ** (8 * (count - 1))) throw new DerError("length not in its shortest form");
  return {start: at + 1 + count, length};
}

/** A value of parts. @example der(SEQUENCE, integer(1n), integer(2n)).toString("hex") // "3006020101020102" */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const value = Buffer.concat(parts);
  const digits = value.length.toString(16);
  const length = Buffer.from(digits.padStart(digits.length + (digits.length % 2), "0"), "hex");
  const head = value.length < 0x80 ? [tag, value.length] : [tag, 0x80 + length.length, ...length];
  return Buffer.concat([Buffer.from(head), value]);
}

/** A whole number ≥ 0. */
export function integer(value: bigint): Buffer {
  const digits = value.toString(16);
  const bytes = Buffer.from(digits.padStart(digits.length + (digits.length % 2), "0"), "hex");
  return der(INTEGER, (bytes[0] as number) >= 0x80 ? Buffer.of(0) : Buffer.of(), bytes);
}

/** The whole number of a value; negative ones and idle leading zeros are refused. Errors: DerError. */
export function wholeOf(value: Der | undefined): bigint {
  const bytes = contentOf(value, INTEGER);
  const [first = 0x80, second = 0x80] = bytes;
  if (first >= 0x80 || (first === 0 && bytes.length > 1 && second < 0x80)) throw new DerError("not a whole number in DER");
  return BigInt(`0x${bytes.toString("hex")}`);
}

/** An object identifier. @example oid("1.2.840.10045.2.1") */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return der(OID, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(arc: number): number[] {
  const digits = [arc % 128];
  for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) digits.unshift(0x80 + (left % 128));
  return digits;
}

/** Whether a value is this object identifier. */
export function isOid(value: Der | undefined, dotted: string): boolean {
  return value?.tag === OID && der(OID, value.value).equals(oid(dotted));
}
