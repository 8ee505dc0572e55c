import {createHash} from "node:crypto";
import {mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {contentHash, fileHashes, MANIFEST, readManifest, writeManifest} from "../../src/release/manifest.ts";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "xunheng-manifest-"));
  mkdirSync(join(directory, "facts"));
  mkdirSync(join(directory, "signatures"));
  writeFileSync(join(directory, "b.txt"), "abc");
  writeFileSync(join(directory, "a，甲.txt"), "");
  writeFileSync(join(directory, "facts", "unit.parquet"), "x".repeat(3_000_000));
  writeFileSync(join(directory, "signatures", "someone.sig"), "s");
});

afterEach(() => rmSync(directory, {recursive: true, force: true}));

const ABOUT = {format: 1, kind: "assessment", release: null} as const;

describe("the hashes of a directory", () => {
  test("are those of sha256sum and of GB/T 32905, sorted bytewise, without the manifest and the signatures", () => {
    writeManifest(directory, ABOUT);
    const files = fileHashes(directory);
    expect(files.map((f) => f.path)).toEqual(["a，甲.txt", "b.txt", "facts/unit.parquet"]);
    expect(files[1]).toEqual({
      path: "b.txt",
      bytes: 3,
      sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      sm3: "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    });
    expect(files[2]?.sha256).toBe(createHash("sha256").update("x".repeat(3_000_000)).digest("hex"));
  });

  test("refuse a link", () => {
    symlinkSync(join(directory, "b.txt"), join(directory, "c.txt"));
    expect(() => fileHashes(directory)).toThrow("不是普通文件");
  });

  test("refuse folders in folders without end", () => {
    mkdirSync(join(directory, ..."abcdefghijkl"), {recursive: true});
    expect(() => fileHashes(directory)).toThrow("目录套得太深");
  });

  test("make one hash that does not depend on the decisions beside them", () => {
    const before = contentHash(fileHashes(directory));
    writeFileSync(join(directory, "decisions.jsonl"), "{}\n");
    expect(contentHash(fileHashes(directory))).toBe(before);
    writeFileSync(join(directory, "b.txt"), "abd");
    expect(contentHash(fileHashes(directory))).not.toBe(before);
  });
});

describe("a manifest", () => {
  test("reads as it was written, with the hash of its own bytes", () => {
    const sha256 = writeManifest(directory, ABOUT);
    const read = readManifest(directory);
    expect(read.manifest).toEqual({...ABOUT, files: fileHashes(directory)});
    expect(read.sha256).toBe(sha256);
    expect(read.sha256).toBe(
      createHash("sha256")
        .update(readFileSync(join(directory, MANIFEST)))
        .digest("hex")
    );
  });

  test.each([
    ["no JSON", () => "{"],
    ["a list", () => "[]"],
    ["a key missing", (text: string) => text.replace('"format":1,', "")],
    ["a path that leads outside", (text: string) => text.replace("b.txt", "../b.txt")],
    ["an absolute path", (text: string) => text.replace("b.txt", "/b.txt")],
    ["a path of another system", (text: string) => text.replace("b.txt", "a\\\\b.txt")],
    ["a number for a hash", (text: string) => text.replace(/"sha256":"[0-9a-f]{64}"/, '"sha256":1')],
    ["more bytes than there are numbers", (text: string) => text.replace('"bytes":3,', '"bytes":1e999,')],
    ["files out of order", (text: string) => text.replace("b.txt", "z.txt").replace("facts/", "aaa/")],
    ["a key twice", (text: string) => text.replace('"format":1,', '"format":1,"format":1,')],
    ["a blank more", (text: string) => text.replace('"format":1,', '"format": 1,')],
    ["a line end less", (text: string) => text.trimEnd()]
  ])("with %s is refused with a sentence", (_, change) => {
    writeManifest(directory, ABOUT);
    const path = join(directory, MANIFEST);
    writeFileSync(path, change(readFileSync(path, "utf8")));
    expect(() => readManifest(directory)).toThrow(/manifest\.json: 清单.*；/);
  });

  test("that is a link, or missing, is refused", () => {
    expect(() => readManifest(directory)).toThrow("没有清单");
    symlinkSync(join(directory, "b.txt"), join(directory, MANIFEST));
    expect(() => readManifest(directory)).toThrow("清单不是普通文件");
  });
});
