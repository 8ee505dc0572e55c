import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {fileName, writeExport} from "../../src/export/write.ts";

let place = "";
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "xunheng-write-"));
});
afterEach(() => rmSync(place, {recursive: true, force: true}));

const bytes = (text: string) => new TextEncoder().encode(text);
const TWO = [
  {path: "a.csv", bytes: bytes("a")},
  {path: "部门/b.csv", bytes: bytes("b")}
];

describe("writeExport", () => {
  it("writes one file, and names it with its hash", async () => {
    const to = join(place, "考核.csv");
    const written = await writeExport(to, [{path: "", bytes: bytes("a")}]);
    expect(readFileSync(to, "utf8")).toBe("a");
    expect(written).toEqual([{path: to, sha256: "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"}]);
    expect(readdirSync(place)).toEqual(["考核.csv"]);
  });

  it("writes a directory, also over what a killed run left beside it", async () => {
    mkdirSync(join(place, "out.pending"));
    writeFileSync(join(place, "out.pending", "half"), "x");
    await writeExport(`${join(place, "out")}/`, TWO);
    expect(readFileSync(join(place, "out", "部门", "b.csv"), "utf8")).toBe("b");
    expect(readdirSync(place)).toEqual(["out"]);
  });

  it("leaves what is there with the same bytes, signatures beside it too", async () => {
    const to = join(place, "out");
    await writeExport(to, TWO);
    mkdirSync(join(to, "signatures"));
    writeFileSync(join(to, "signatures", "x.sig"), "x");
    await writeExport(to, TWO);
    expect(existsSync(join(to, "signatures", "x.sig"))).toBe(true);
  });

  it("never writes over something else: answers may have been typed into it", async () => {
    const to = join(place, "out");
    await writeExport(to, TWO);
    writeFileSync(join(to, "a.csv"), "changed");
    await expect(writeExport(to, TWO)).rejects.toThrow("已有这个文件或目录，内容不同");
    expect(readFileSync(join(to, "a.csv"), "utf8")).toBe("changed");
    await expect(writeExport(join(to, "a.csv"), [{path: "", bytes: bytes("a")}])).rejects.toThrow("内容不同");
  });

  it("leaves nothing when what comes before the last step fails", async () => {
    const failing = writeExport(join(place, "out"), TWO, () => {
      expect(readFileSync(join(place, "out.pending", "a.csv"), "utf8")).toBe("a");
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(readdirSync(place)).toEqual([]);
  });

  it("says that a directory is missing, and refuses a path that leads outside", async () => {
    await expect(writeExport(join(place, "no", "out"), TWO)).rejects.toThrow("所在的目录不存在；请先建好目录");
    await expect(writeExport(join(place, "out"), [{path: "../x", bytes: bytes("x")}])).rejects.toThrow(RangeError);
  });
});

it("makes a part of a file's name of any unit's name", () => {
  expect(fileName("某镇/办:“一*二”?\u0007. ")).toBe("某镇_办_“一_二”__");
  expect(fileName("...")).toBe("_");
  expect([...fileName("长".repeat(200))]).toHaveLength(60);
});
