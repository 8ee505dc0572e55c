import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync} from "node:fs";
import {tmpdir} from "node:os";
import {extname, join, relative} from "node:path";
import {readXlsx} from "hucre/xlsx";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {generate} from "../../data/samples/generate.ts";
import {encodeGb18030} from "../../data/samples/kit/gb18030.ts";
import {rowsOf} from "../../data/samples/kit/world.ts";
import {OFFICES} from "../../data/samples/office/index.ts";
import {SAMPLES} from "./space.ts";

const made = mkdtempSync(join(tmpdir(), "xunheng-made-"));

beforeAll(() => generate(made));
afterAll(() => rmSync(made, {recursive: true, force: true}));

describe.each(OFFICES.map((o) => o.id))("the committed sample %s", (id) => {
  it("has the files the generator writes, and no others", () => {
    expect(filesBelow(join(SAMPLES, id))).toEqual(filesBelow(join(made, id)));
  });

  it("has the cells the generator writes", async () => {
    for (const file of filesBelow(join(made, id)))
      expect({file, cells: await cells(join(SAMPLES, id, file))}).toEqual({file, cells: await cells(join(made, id, file))});
  });
});

describe("the generator", () => {
  it("keeps the samples below three megabytes", () => {
    const sizes = OFFICES.flatMap(({id}) => filesBelow(join(SAMPLES, id)).map((file) => statSync(join(SAMPLES, id, file)).size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(3_000_000);
  });

  it.each(OFFICES)("makes any number of findings for $id", (office) => {
    const count = [...rowsOf(office.world(1234), "finding")].length;
    expect(count).toBe(1234);
  });

  it("makes the same finding whatever the number asked for", () => {
    for (const office of OFFICES) expect(office.world(5000).bulk.story(99)).toEqual(office.world(500).bulk.story(99));
  });

  it("refuses a regime it has no office for", async () => {
    await expect(generate(made, {regime: "hebei-2020"})).rejects.toThrow("no sample for hebei-2020");
  });

  it("writes GB18030 that reads back, two bytes and four", () => {
    const text = "巡查〔2025〕①㎡—·“”，𠮷ḿ";
    expect(new TextDecoder("gb18030", {fatal: true}).decode(encodeGb18030(text))).toBe(text);
  });
});

/** Paths of the files below a directory, the state of a workspace apart. */
function filesBelow(directory: string): string[] {
  return readdirSync(directory, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith(".xunheng"))
    .sort();
}

/** What a file says: the text of a text file, the cells and merges of a workbook. */
async function cells(file: string): Promise<unknown> {
  const bytes = readFileSync(file);
  if (extname(file) !== ".xlsx") return new TextDecoder(isUtf8(bytes) ? "utf-8" : "gb18030").decode(bytes);
  const {sheets} = await readXlsx(bytes);
  return sheets.map(({name, rows, merges, hidden}) => ({name, rows, merges, hidden}));
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", {fatal: true}).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
