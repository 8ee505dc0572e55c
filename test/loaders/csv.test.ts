import fc from "fast-check";
import {afterAll, beforeAll, expect, test} from "vitest";
import {LIMITS} from "../../loaders/limits.ts";
import {Database} from "../../src/warehouse/duckdb.ts";
import {rounds} from "../rounds.ts";
import {pick, readFiles} from "./read.ts";
import {encoded} from "./text/write.ts";

const HEAD = "单位编码,单位名称,单位类别";
const GB = Uint8Array.from(
  Buffer.from("b5a5cebbb1e0c2eb2cb5a5cebbc3fbb3c62cb5a5cebbc0e0b1f00a3939303130312cb6abb9d8d5f22cd5f2bdd60a", "hex")
);

let db: Database;
beforeAll(async () => {
  db = await Database.open(":memory:", {threads: 1});
});
afterAll(() => db.close());

async function names(text: string | Uint8Array, rest = {}, context = {}) {
  const {rows, parts} = await readFiles({"单位.csv": text}, rest, context, db);
  return {rows: pick(rows, "source_row", "unit_code", "unit_name"), part: parts[0], all: rows};
}

test("reads UTF-8 where it lies, with the row numbers of the file", async () => {
  const {rows, part} = await names(`${HEAD}\n990101,东关镇,镇街\n990102,西关镇,镇街\n`);
  expect(rows).toEqual([
    [2, "990101", "东关镇"],
    [3, "990102", "西关镇"]
  ]);
  expect(part).toMatchObject({file: "单位.csv", sheet: null, prepared: false, skip: 1, first_row: 2, notes: []});
  expect(part?.header).toEqual(["单位编码", "单位名称", "单位类别"]);
  expect(part?.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test("reads a file with BOM, with or without a last line break", async () => {
  const {rows, part} = await names(`\ufeff${HEAD}\n990101,东关镇,镇街`);
  expect(rows).toEqual([[2, "990101", "东关镇"]]);
  expect(part?.header[0]).toBe("单位编码");
  expect(part).toMatchObject({prepared: false});
});

test("decodes GB18030 strictly and says so", async () => {
  const {rows, part} = await names(GB);
  expect(rows).toEqual([[2, "990101", "东关镇"]]);
  expect(part?.notes).toEqual(["编码为GB18030"]);
});

test("finds the header below titles, and the delimiter by the header", async () => {
  const text = "牡丹区单位名录;;\n填报单位：安委办, 区应急局;;\n单位编码;单位名称;单位类别\n990101;东关,镇;镇街\n";
  const {rows, part} = await names(text);
  expect(rows).toEqual([[4, "990101", "东关,镇"]]);
  expect(part).toMatchObject({skip: 3, first_row: 4, prepared: false, notes: ["分隔符为分号"]});
});

test.each([
  ["\t", "制表符"],
  ["|", "竖线"]
])("reads values parted by %j", async (delimiter, word) => {
  const text = [HEAD, "990101,东关镇,镇街"].join("\n").replaceAll(",", delimiter);
  const {rows, part} = await names(text);
  expect(rows).toEqual([[2, "990101", "东关镇"]]);
  expect(part?.notes).toEqual([`分隔符为${word}`]);
});

test("counts records, not lines, when a value holds line breaks", async () => {
  const {rows, part} = await names(`${HEAD}\r\n990101,"东关\n镇""一""",镇街\r\n990102,西关镇,镇街\r\n`);
  expect(rows).toEqual([
    [2, "990101", '东关\n镇"一"'],
    [3, "990102", "西关镇"]
  ]);
  expect(part).toMatchObject({prepared: false});
});

test("reads a header that is wrapped inside quotes", async () => {
  const {rows} = await names(`"单位\n编码",单位名称,单位类别\n990101,东关镇,镇街\n`);
  expect(rows).toEqual([[2, "990101", "东关镇"]]);
});

test("keeps every row when some are short, long, blank or quoted amiss", async () => {
  const text = [
    HEAD,
    "990101,东关镇",
    "",
    "990102,西关镇,镇街,多出的一格",
    '990103,"南关"镇,镇街',
    '990104,5"管道,镇街',
    '990105,"北关镇,镇街',
    "990106,中关镇,镇街"
  ].join("\n");
  const {rows, all, part} = await names(text);
  expect(part).toMatchObject({prepared: true});
  expect(rows).toEqual([
    [2, "990101", "东关镇"],
    [4, "990102", "西关镇"],
    [5, "990103", '"南关"镇'],
    [6, "990104", '5"管道'],
    [7, "990105", '"北关镇'],
    [8, "990106", "中关镇"]
  ]);
  const fault = "\t引号不成对，不能分清各列；请把这一行的引号改成一对，或删去";
  expect(pick(all, "row_fault", "row_beyond")).toEqual([
    [null, null],
    [null, "多出的一格"],
    [fault, null],
    [null, null],
    [fault, null],
    [null, null]
  ]);
});

test("tells values below blank headers at the end apart", async () => {
  const {all} = await names(`${HEAD},,\n990101,东关镇,镇街,,\n990102,西关镇,镇街,,错位\n`);
  expect(pick(all, "unit_code", "row_beyond")).toEqual([
    ["990101", null],
    ["990102", "错位"]
  ]);
});

test.each([
  ["CRLF", `${HEAD}\r\n990101,东关镇,镇街\r\n990102,西关镇,镇街\r\n`],
  ["CR", `${HEAD}\r990101,东关镇,镇街\r990102,西关镇,镇街\r`],
  ["mixed line ends", `${HEAD}\n990101,东关镇,镇街\r\n990102,西关镇,镇街`]
])("reads lines ended by %s", async (_, text) => {
  expect((await names(text)).rows).toEqual([
    [2, "990101", "东关镇"],
    [3, "990102", "西关镇"]
  ]);
});

test("a file with only its header has no rows", async () => {
  expect((await names(HEAD)).rows).toEqual([]);
  expect((await names(`${HEAD}\r\n`)).rows).toEqual([]);
});

test("leaves out unknown columns and those dropped at the door", async () => {
  const {rows, all, part} = await names(`${HEAD},备注,举报人电话\n990101,东关镇,镇街,好\n`);
  expect(rows).toEqual([[2, "990101", "东关镇"]]);
  expect(part?.header).toEqual([...HEAD.split(","), "备注", "举报人电话"]);
  expect(Object.values(all[0] ?? {})).not.toContain("好");
});

test("maps the office's headers", async () => {
  const {rows, part} = await names("代码,名称,单位类别\n990101,东关镇,镇街\n", {
    columns: {代码: "unit_code", " 名称": "unit_name", 旧代码: "parent_code"}
  });
  expect(rows).toEqual([[2, "990101", "东关镇"]]);
  expect(part?.notes).toEqual(["columns里的“旧代码”不在表头里"]);
});

test("a name that DuckDB would take for a pattern is a name", async () => {
  const {rows} = await readFiles({"台账[1].csv": `${HEAD}\n990101,东关镇,镇街\n`, "台账1.csv": HEAD}, {}, {}, db);
  expect(pick(rows, "unit_code")).toEqual([["990101"]]);
});

test("the files of a glob come in the order of their bytes", async () => {
  const file = (code: string) => `${HEAD}\n${code},某镇,镇街\n`;
  const {rows, parts} = await readFiles(
    {"b/2.csv": file("2"), "b/10.csv": file("10"), "b/~$2.csv": "", "a.csv": ""},
    {path: "b/*.csv"}
  );
  expect(parts.map((part) => part.file)).toEqual(["b/10.csv", "b/2.csv"]);
  expect(pick(rows, "unit_code")).toEqual([["10"], ["2"]]);
});

test("the column 责任认定 (fault) is not the row's own fault", async () => {
  const head = "问题编号,责任单位编码,问题层面,巡查内容,严重程度,问题描述,发现日期,责任认定";
  const {rows} = await readFiles(
    {"a.csv": `${head}\nW-1,990101,企业,6,一般,无台账,2025-03-01,企业主体\n`},
    {table: "finding", name: "finding"}
  );
  expect(pick(rows, "fault", "row_fault")).toEqual([["企业主体", null]]);
});

test("reads UTF-16 with and without its mark", async () => {
  for (const coding of ["utf-16le", "utf-16be"] as const) {
    for (const mark of [true, false]) {
      const {rows, part} = await names(encoded(`${HEAD}\r\n990101,一一一,镇街\r\n990102,西关镇,镇街\r\n`, coding, mark));
      expect(rows).toEqual([
        [2, "990101", "一一一"],
        [3, "990102", "西关镇"]
      ]);
      expect(part?.notes).toEqual([`编码为${coding.toUpperCase()}`]);
    }
  }
});

test("rejects the rows that hold bytes of another encoding, and reads the others", async () => {
  const good = encoded(`${HEAD}\n990101,东关镇,镇街\n990102,西关`, "gb18030", false);
  const {rows, all, part} = await names(
    Buffer.concat([good, Buffer.of(0xff, 0x0a), encoded("990103,南关镇,镇街\n", "gb18030", false)])
  );
  expect(rows.map(([row, code]) => [row, code])).toEqual([
    [2, "990101"],
    [3, "990102"],
    [4, "990103"]
  ]);
  expect(pick(all, "row_fault")).toEqual([[null], ["\t有不是GB18030编码的字节，不能识别；请对照原件改正这一行"], [null]]);
  expect(part?.notes).toEqual(["编码为GB18030", "1行有不是GB18030的字节（第一处在第3行）"]);
});

test("a NUL costs its own row only", async () => {
  const {rows, all} = await names(`${HEAD},备注\n990101,东\0关镇,镇街,\n990102,西关镇,镇街,\0\n990103,南关镇,镇街,\n`);
  expect(rows).toEqual([
    [2, "990101", "东\0关镇"],
    [3, "990102", "西关镇"],
    [4, "990103", "南关镇"]
  ]);
  // In a column of the contract the contract itself rejects it.
  expect(pick(all, "row_fault")).toEqual([[null], ["\t含有空字符（NUL）；请删除后重新填写"], [null]]);
});

test.each([
  ["single quotes", `'单位编码','单位名称','单位类别'\n'990101','东,关''镇','镇街'\n`, "东,关'镇", ["引号为单引号"]],
  ["single quotes below a header without", `${HEAD}\n990101,'东,关镇',镇街\n`, "东,关镇", ["引号为单引号"]],
  ["Word's quotes", `${HEAD}\n990101,“东,关镇”,镇街\n`, "东,关镇", ["引号为中文引号"]],
  ["Chinese quotes that belong to the text", `${HEAD}\n990101,“东关镇”,镇街\n`, "“东关镇”", []],
  ["apostrophes that belong to the text", `${HEAD}\n990101,'东关镇',镇街\n`, "'东关镇'", []],
  ["full-width commas", `${HEAD.replaceAll(",", "，")}\n990101，东,关镇，镇街\n`, "东,关镇", ["分隔符为全角逗号"]],
  ["what sep= says", `sep=#\n${HEAD.replaceAll(",", "#")}\n990101#东,关镇#镇街\n`, "东,关镇", ["分隔符为“#”"]],
  ["aligned by blanks", "单位编码   单位名称  单位类别\n990101   东关 镇   镇街\n", "东关 镇", ["分隔符为连续空格"]],
  ["text formulas", `${HEAD}\n="990101",="东关镇",镇街\n`, "东关镇", []],
  ["text formulas within quotes", `${HEAD}\n"=""990101""","=""东,关镇""",镇街\n`, "东,关镇", []],
  ["trailing delimiters", `${HEAD}\n990101,东关镇,镇街,,\n`, "东关镇", []]
])("reads %s", async (_, text, name, notes) => {
  const {rows, part, all} = await names(text);
  expect(rows.map((row) => row.slice(1))).toEqual([["990101", name]]);
  expect(part?.notes).toEqual(notes);
  expect(pick(all, "row_fault", "row_beyond")).toEqual([[null, null]]);
});

test("what the source declares wins over what the file looks like", async () => {
  const text = `${HEAD}\n990101,'东,关镇',镇街\n`;
  const {rows} = await names(text, {options: {delimiter: "逗号", quote: "单引号", encoding: "UTF-8"}});
  expect(rows).toEqual([[2, "990101", "东,关镇"]]);
  const plain = await names(`${HEAD}\n990101,"东关镇",镇街\n`, {options: {quote: "无"}});
  expect(plain.rows).toEqual([[2, "990101", '"东关镇"']]);
});

test("a row aligned by blanks with a value missing is rejected, since nobody knows which", async () => {
  const {all} = await names("单位编码   单位名称  单位类别\n990101   镇街\n");
  expect(all[0]?.row_fault).toContain("分不清哪一列空白");
});

test("rows out of line keep nothing when the file has columns dropped at the door", async () => {
  const text = [
    `${HEAD},举报人电话,排序`,
    "990101,东关镇,镇街,13800000001,1",
    "990102,西,关镇,镇街,13800000002,2",
    '990103,"西"关镇,镇街,13800000003,3',
    "990104,南关",
    "镇,镇街,13800000004,4",
    "990105,北关镇,镇街,13800000005,5",
    "990106,中关镇,镇街"
  ].join("\n");
  const {all} = await names(text);
  expect(pick(all, "unit_code", "unit_name", "sort_order")).toEqual([
    ["990101", "东关镇", "1"],
    [null, null, null],
    [null, null, null],
    [null, null, null],
    [null, null, null],
    ["990105", "北关镇", "5"],
    ["990106", "中关镇", null]
  ]);
  expect(JSON.stringify(all)).not.toContain("1380000000");
  expect(all.filter((row) => row.row_fault !== null)).toHaveLength(4);
});

test("limits reject a long cell and refuse a wide header or too many rows, naming the key", async () => {
  const limits = {...LIMITS, cell_chars: 5, columns: 3, rows: 2};
  const {rows, all} = await names(
    `${HEAD}\n990101,东关镇镇镇镇,镇街\n990102,西关镇,镇街\n`,
    {},
    {limits: {...limits, cell_chars: 6}}
  );
  expect(all[0]?.row_fault).toBeNull();
  expect(rows).toHaveLength(2);
  const long = await names(`${HEAD}\n99,东关镇镇镇镇,镇街\n`, {}, {limits});
  expect(long.all[0]?.row_fault).toBe("unit_name\t单位名称超过5个字（limits.cell_chars）；请缩短，或在xunheng.yaml的limits里调大");
  await expect(names(`${HEAD},备注\n`, {}, {limits})).rejects.toThrow("表头有4列，超过上限3（limits.columns）");
  for (const mess of ["", "\n"]) {
    const text = `${HEAD}\n${["1", "2", "3"].map((code) => `${code},镇,镇街\n`).join(mess)}`;
    await expect(names(text, {}, {limits})).rejects.toThrow("行数超过上限2（limits.rows）");
  }
});

test("whatever the values hold, and however short a row is, every value comes back in its row and column", async () => {
  const value = fc.stringMatching(/^[a甲 ,;"\r\n\t|'\\#]{0,6}$/).filter((text) => !/^\s+$/.test(text));
  const row = fc
    .tuple(fc.constantFrom("990101", "x\ny"), value, value)
    .chain((cells) => fc.nat(2).map((n) => cells.slice(0, n + 1)));
  const newline = fc.constantFrom("\n", "\r\n");
  const quote = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  await fc.assert(
    fc.asyncProperty(fc.array(row, {maxLength: 6}), newline, fc.nat(3), async (rows, end, blank) => {
      const text = [HEAD, ...rows.map((cells) => cells.map(quote).join(","))].join(end) + end.repeat(blank);
      const {all, part} = await names(text);
      const read = all.map((r) => [r.source_row, r.unit_code, r.unit_name ?? "", r.unit_kind ?? "", r.row_fault]);
      expect(read).toEqual(rows.map(([a, b = "", c = ""], i) => [i + 2, a, b, c, null]));
      if (rows.length > 0) expect(part).toMatchObject({prepared: false});
    }),
    {numRuns: rounds(40)}
  );
}, 60_000);
