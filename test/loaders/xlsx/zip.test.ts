import {strToU8, zipSync} from "fflate";
import {expect, test} from "vitest";
import {Zip} from "../../../loaders/xlsx/zip.ts";

const TEXT = "牡丹区".repeat(40_000);

function packed(level: 0 | 9 = 9): Buffer {
  return Buffer.from(zipSync({"xl/Workbook.xml": strToU8(TEXT), "空.xml": new Uint8Array()}, {level}));
}

function read(bytes: Buffer, largest?: number): string {
  return [...new Zip(bytes, 4096).pieces("xl/workbook.xml", largest)].join("");
}

/** Where the directory's entry of the first part starts, and where the record of its end does. */
const entryOf = (bytes: Buffer) => bytes.indexOf("PK\u0001\u0002", 0, "latin1");
const endOf = (bytes: Buffer) => bytes.lastIndexOf("PK\u0005\u0006", undefined, "latin1");

function changed(change: (bytes: Buffer, entry: number, end: number) => void, bytes = packed()): Buffer {
  change(bytes, entryOf(bytes), endOf(bytes));
  return bytes;
}

test.each([0, 9] as const)("reads a part packed at level %d, whatever the case of its name", (level) => {
  const zip = new Zip(packed(level), 4096);
  expect(zip.names()).toEqual(["xl/workbook.xml", "空.xml"]);
  expect([...zip.pieces("/XL\\workbook.XML")].join("")).toBe(TEXT);
  expect([...zip.pieces("空.xml")].join("")).toBe("");
});

test("reads numbers kept in Zip64 fields, as Java programs write them", () => {
  const bytes = packed();
  const [entry, end] = [entryOf(bytes), endOf(bytes)];
  const nameEnd = entry + 46 + bytes.readUInt16LE(entry + 28);
  const head = Buffer.from(bytes.subarray(entry, nameEnd));
  const field = Buffer.alloc(28);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(24, 2);
  for (const [i, at] of [24, 20, 42].entries()) {
    field.writeBigUInt64LE(BigInt(head.readUInt32LE(at)), 4 + i * 8);
    head.writeUInt32LE(0xffffffff, at);
  }
  head.writeUInt16LE(28, 30);
  const directory = Buffer.concat([head, field, bytes.subarray(nameEnd, end)]);
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(2n, 32);
  record.writeBigUInt64LE(BigInt(entry), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(entry + directory.length), 8);
  const last = Buffer.from(bytes.subarray(end));
  last.writeUInt32LE(0xffffffff, 16);
  expect(read(Buffer.concat([bytes.subarray(0, entry), directory, record, locator, last]))).toBe(TEXT);
});

test.each<[string, string, (bytes: Buffer, entry: number, end: number) => void]>([
  ["another checksum", "内容已损坏，校验和不符", (bytes, entry) => bytes.writeUInt32LE(1, entry + 16)],
  ["a size too small: what it hides is not unpacked", "内容已损坏，长度不符", (bytes, entry) => bytes.writeUInt32LE(9, entry + 24)],
  ["a size too large", "内容已损坏，长度不符", (bytes, entry) => bytes.writeUInt32LE(1_000_000, entry + 24)],
  ["an encrypted part", "已加密", (bytes, entry) => bytes.writeUInt16LE(1, entry + 8)],
  ["an unknown way of packing", "压缩方式不能识别", (bytes, entry) => bytes.writeUInt16LE(12, entry + 10)],
  ["a part beyond the end", "文件目录已损坏", (bytes, entry) => bytes.writeUInt32LE(bytes.length - 4, entry + 42)],
  ["a part reaching over the end", "文件不完整，可能没有传完", (bytes, entry) => bytes.writeUInt32LE(bytes.length, entry + 20)],
  ["a directory elsewhere", "文件目录已损坏", (bytes, _, end) => bytes.writeUInt32LE(3, end + 16)],
  ["more entries than there are", "文件目录已损坏", (bytes, _, end) => bytes.writeUInt16LE(9, end + 8)],
  ["a packed part that is none", "内容已损坏，不能展开", (bytes) => bytes.fill(0xff, 60, 90)]
])("refuses %s", (_, message, change) => {
  expect(() => read(changed(change))).toThrow(message);
});

test("refuses a part larger than its limit before unpacking it", () => {
  expect(() => read(packed(), 1000)).toThrow("展开后过大");
});

test("refuses a file without its end", () => {
  const bytes = packed();
  expect(() => read(bytes.subarray(0, bytes.length - 30))).toThrow("文件不完整，可能没有传完");
  expect(() => read(Buffer.from("PK"))).toThrow("文件不完整，可能没有传完");
});
