import {strToU8, zipSync} from "fflate";
import {expect, test} from "vitest";
import {LIMITS} from "../../../loaders/limits.ts";
import {Fault} from "../../../src/fault.ts";
import {pick, readFiles} from "../read.ts";

const HEAD = ["单位编码", "单位名称", "单位类别"];
const UNIT = ["990101", "东关镇", "镇街"];
const cell = (reference: string, text: string) => `<c r="${reference}" t="inlineStr"><is><t>${text}</t></is></c>`;
const row = (n: number, texts: readonly string[]) =>
  `<row r="${n}">${texts.map((text, i) => cell(`${"ABC"[i]}${n}`, text)).join("")}</row>`;
const sheet = (rows: string, behind = "") => `<worksheet><cols/><sheetData>${row(1, HEAD)}${rows}</sheetData>${behind}</worksheet>`;

/** A workbook written by hand; `parts` replaces or adds parts. */
function book(xml: string, parts: Readonly<Record<string, string>> = {}): Uint8Array {
  const all = {
    "xl/workbook.xml": '<workbook><sheets><sheet name="单位" sheetId="1" r:id="a"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels":
      '<Relationships><Relationship Id="a" Type="/worksheet" Target="worksheets/1.xml"/><Relationship Id="b" Type="/styles" Target="styles.xml"/></Relationships>',
    "xl/worksheets/1.xml": xml,
    ...parts
  };
  return zipSync(Object.fromEntries(Object.entries(all).map(([name, text]) => [name, strToU8(text)])), {level: 1});
}

async function answer(bytes: Uint8Array): Promise<string | Awaited<ReturnType<typeof readFiles>>> {
  return readFiles({"单位.xlsx": bytes}, {loader: "spreadsheet"}).catch((error: unknown) => {
    if (error instanceof Fault) return `${error.exit} ${error.complaints[0]?.what}`;
    throw error;
  });
}

const many = (n: number, text: (i: number) => string) => Array.from({length: n}, (_, i) => text(i)).join("");
const good = row(2, UNIT);

test.each<[string, Uint8Array, string]>([
  ["a part that unpacks to far more than rows can", book(sheet(good) + " ".repeat(65 * 1024 ** 2)), "展开后过大"],
  [
    "merged cells over one another at the top",
    book(
      sheet(
        good,
        many(20_000, () => '<mergeCell ref="A1:XFD1048576"/>')
      )
    ),
    "互相重叠"
  ],
  [
    "merged cells over one another below",
    book(
      sheet(
        row(3, UNIT),
        many(20_000, () => '<mergeCell ref="A3:B9"/>')
      )
    ),
    "互相重叠"
  ],
  [
    "more sheets than anyone has",
    book(sheet(good), {
      "xl/workbook.xml": `<workbook><sheets>${many(1001, (i) => `<sheet name="${i}" r:id="a"/>`)}</sheets></workbook>`
    }),
    "工作表超过1000个"
  ],
  [
    "an attribute in a hundred thousand",
    book(sheet(good).replace("<cols/>", `<cols ${many(150_000, (i) => ` a${i}="${i}"`)}/>`)),
    "展开后过大"
  ],
  [
    "a header wider than its limit",
    book(
      `<worksheet><sheetData><row r="1">${many(2100, (i) => `<c t="str"><v>${HEAD[i] ?? `列${i}`}</v></c>`)}</row></sheetData></worksheet>`
    ),
    "的列数超过上限2048（limits.columns）"
  ],
  [
    "a part elsewhere",
    book(sheet(good), {
      "xl/_rels/workbook.xml.rels":
        '<Relationships><Relationship Id="a" Type="/worksheet" Target="../../../etc/passwd"/></Relationships>'
    }),
    "缺少部件"
  ]
])("refuses %s", async (_, bytes, message) => {
  expect(await answer(bytes)).toEqual(expect.stringMatching(new RegExp(`^2 .*${message.replace(/[()]/g, "\\$&")}`)));
});

test("a cell longer than its limit rejects its row only", async () => {
  const read = await answer(book(sheet(row(2, ["990101", "镇".repeat(LIMITS.cell_chars + 1), "镇街"]) + row(3, UNIT))));
  if (typeof read === "string") throw new Error(read);
  expect(read.rows.map((r) => [r.source_row, r.row_fault])).toEqual([
    [2, "unit_name\t单位名称超过1000000个字（limits.cell_chars）；请缩短，或在xunheng.yaml的limits里调大"],
    [3, null]
  ]);
  expect(read.rows[0]?.unit_name).toBe(`${"镇".repeat(200)}…`);
});

test("a text the workbook does not hold rejects its row", async () => {
  const read = await answer(book(sheet(row(2, UNIT).replace(cell("B2", "东关镇"), '<c r="B2" t="s"><v>7</v></c>'))));
  expect(read).toMatchObject({rows: [{unit_name: null, row_fault: expect.stringContaining("单位名称的文字不在文件里")}]});
});

test("a value at the far corner rejects its row; a false dimension changes nothing", async () => {
  const far = sheet(`${good}<row r="1048576"><c r="XFD1048576" t="str"><v>远</v></c></row>`);
  const read = await answer(book(far.replace("<cols/>", '<dimension ref="A1:XFD1048576"/>')));
  if (typeof read === "string") throw new Error(read);
  expect(pick(read.rows, "source_row", "row_beyond")).toEqual([
    [2, null],
    [1_048_576, "远"]
  ]);
});

test("formulas of attackers stay text, names of parts and sheets lead nowhere", async () => {
  const texts = ["=cmd|' /C calc'!A0", "@SUM(1+1)*cmd", "+1-1", "-2"];
  const rows = texts.map((text, i) => row(i + 2, [`99010${i}`, text, "镇街"])).join("");
  const named = '<workbook><sheets><sheet name="../../x" sheetId="1" r:id="a"/></sheets></workbook>';
  const read = await answer(book(sheet(rows), {"xl/workbook.xml": named, "../../../evil.xml": "x", "C:\\evil.xml": "x"}));
  if (typeof read === "string") throw new Error(read);
  expect(read.parts.map((part) => part.sheet)).toEqual(["../../x"]);
  expect(pick(read.rows, "unit_name")).toEqual(texts.map((text) => [text]));
});

test("formats made to stall are passed over", async () => {
  const formats = `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="${"[$".repeat(200_000)}0"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>`;
  expect(await answer(book(sheet(good), {"xl/styles.xml": formats}))).toMatchObject({rows: [{unit_code: "990101"}]});
});
