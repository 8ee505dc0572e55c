import fc from "fast-check";
import {strFromU8, strToU8, unzipSync, zipSync} from "fflate";
import {afterAll, beforeAll, expect, test} from "vitest";
import {Fault} from "../../src/fault.ts";
import {Database} from "../../src/warehouse/duckdb.ts";
import {rounds} from "../rounds.ts";
import {readFiles} from "./read.ts";
import {workbook} from "./workbook.ts";

const HEAD = ["单位编码", "单位名称", "单位类别", "启用日期"];
const ROWS = [["单位名录"], HEAD, ["990101", "东关镇", "镇街", 45717], ["990102", 7, "镇街", "2025-03-01"]];

let db: Database;
beforeAll(async () => {
  db = await Database.open(":memory:", {threads: 1});
});
afterAll(() => db.close());

async function isAnswered(files: Record<string, Uint8Array>, loader: string): Promise<void> {
  const error = await readFiles(files, {loader}, {}, db).then(
    () => null,
    (caught: unknown) => caught
  );
  if (error !== null && !(error instanceof Fault)) throw error;
  expect(error?.complaints.every(({what, advice}) => what !== "" && advice)).not.toBe(false);
}

/** Some places and what to write there; 256 cuts the file off. */
const damage = fc.array(fc.tuple(fc.nat(), fc.nat(256)), {minLength: 1, maxLength: 6});

function damaged(bytes: Uint8Array, places: readonly (readonly [number, number])[]): Uint8Array {
  let copy = Uint8Array.from(bytes);
  for (const [at, byte] of places) {
    if (byte === 256) copy = copy.slice(0, at % Math.max(1, copy.length));
    else if (copy.length > 0) copy[at % copy.length] = byte;
  }
  return copy;
}

test("a workbook with damaged bytes is read or answered with a sentence", async () => {
  const bytes = await workbook({单位: {rows: ROWS, merge: ["A1:D1", "C3:C4"], formats: {D3: "yyyy-mm-dd"}}});
  await fc.assert(
    fc.asyncProperty(damage, (places) => isAnswered({"单位.xlsx": damaged(bytes, places)}, "spreadsheet")),
    {numRuns: rounds(75)}
  );
}, 60_000);

test("a workbook whose parts are damaged before they are packed is read or answered with a sentence", async () => {
  const parts = unzipSync(await workbook({单位: {rows: ROWS, merge: ["A1:D1", "C3:C4"], formats: {D3: "yyyy-mm-dd"}}}));
  const names = Object.keys(parts).filter((name) => !name.includes("theme"));
  const piece = fc.constantFrom('"', "<", ">", "&", "</row>", "<v>", 'r="', "1e999", "-1", "<![CDATA[", "<!--", "]]>", "");
  const cut = fc.tuple(fc.constantFrom(...names), fc.nat(), fc.nat(8), piece);
  await fc.assert(
    fc.asyncProperty(fc.array(cut, {minLength: 1, maxLength: 4}), async (cuts) => {
      const copy = {...parts};
      for (const [name, at, length, text] of cuts) {
        const xml = strFromU8(copy[name] ?? new Uint8Array());
        const start = at % (xml.length + 1);
        copy[name] = strToU8(xml.slice(0, start) + text + xml.slice(start + length));
      }
      await isAnswered({"单位.xlsx": zipSync(copy)}, "spreadsheet");
    }),
    {numRuns: rounds(125)}
  );
}, 60_000);

test("a CSV with damaged bytes is read or answered with a sentence", async () => {
  const text = ["单位名录", HEAD.join(","), '990101,"东关\n镇",镇街,2025-03-01', "990102,西关镇,镇街,"].join("\r\n");
  await fc.assert(
    fc.asyncProperty(damage, (places) => isAnswered({"单位.csv": damaged(new TextEncoder().encode(text), places)}, "csv")),
    {numRuns: rounds(75)}
  );
}, 60_000);
