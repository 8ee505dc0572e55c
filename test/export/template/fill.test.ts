import {readFileSync} from "node:fs";
import {strFromU8, unzipSync} from "fflate";
import {type Cell, type WriteSheet, writeXlsx} from "hucre/xlsx";
import {describe, expect, it} from "vitest";
import {showCell} from "../../../loaders/xlsx/cell.ts";
import {surveySheet} from "../../../loaders/xlsx/sheet.ts";
import {openWorkbook} from "../../../loaders/xlsx/workbook.ts";
import {type Filling, fillTemplate} from "../../../src/export/template/fill.ts";

const POINTS: Record<string, number | null> = {
  "990101 AQ-03": 9490,
  "990102 AQ-03": 8400,
  "990103 AQ-03": null,
  "990101 A-02": 18_000
};
const FILLING: Filling = {
  units: [
    {code: "990101", name: "菱汐街道"},
    {code: "990102", name: "青穗镇"},
    {code: "990103", name: "梧汐街道"}
  ],
  indicators: [
    {code: "AQ-03", name: "安全生产巡查"},
    {code: "A-02", name: "责任制落实"}
  ],
  points: (unit, code) => POINTS[`${unit} ${code}`],
  full: (_, code) => (code === "AQ-03" ? 10_000 : 20_000),
  mark: "【未审定】",
  cautions: [],
  lines: ["未审定"]
};

type Rows = (string | number | null)[][];
const book = async (rows: Rows, rest: Partial<WriteSheet> = {}) =>
  Buffer.from(await writeXlsx({sheets: [{name: "表", rows, ...rest}]}));
const fill = (bytes: Buffer, options: {sheet?: string; overwrite?: boolean} = {}, filling = FILLING) =>
  fillTemplate("表.xlsx", bytes, filling, {overwrite: false, ...options});

/** Texts of the first sheet, by row and column. */
function texts(bytes: Uint8Array, sheet = 0): string[][] {
  const opened = openWorkbook(Buffer.from(bytes));
  const entry = opened.sheets[sheet];
  if (!entry) return [];
  return surveySheet(opened, entry, 100).head.map((row) => Array.from(row.cells, (cell) => showCell(cell, opened)));
}

describe("a table with units down and indicators across", () => {
  it("is filled by code of the unit where there is one, and by code or name of the indicator", async () => {
    const rows: Rows = [
      ["考核表 AQ-03", null, null, null],
      ["单位名称", "单位编码", "责任制落实", "AQ-03安全生产巡查"],
      ["别的名字", "990102", null, null],
      ["菱汐街道", "990101", null, null],
      ["不在内", "990999", null, null],
      ["合计", null, null, null]
    ];
    const merges = [{startRow: 0, startCol: 0, endRow: 0, endCol: 3}];
    const {bytes, cells, units_left, unknown_units} = fill(await book(rows, {merges}));
    expect(texts(bytes).slice(2, 4)).toEqual([
      ["别的名字", "990102", "", "8.4"],
      ["菱汐街道", "990101", "18", "9.49"]
    ]);
    expect([cells, units_left, unknown_units]).toEqual([3, ["990103 梧汐街道"], ["990999"]]);
  });

  it("leaves a filled cell with another value alone and says so, unless told to write over it", async () => {
    const rows: Rows = [
      ["单位名称", "AQ-03"],
      ["菱汐街道", 7.5],
      ["青穗镇", 8.4],
      ["梧汐街道", null]
    ];
    const kept = fill(await book(rows));
    expect(kept.refused).toEqual([{cell: "表!B2", what: "990101 AQ-03：已填“7.5”，与9.49不同，没有改；要改请加 --overwrite"}]);
    expect([kept.cells, kept.without_points]).toEqual([0, ["990103 AQ-03（B4）"]]);
    const written = fill(await book(rows), {overwrite: true});
    expect([written.cells, written.refused, texts(written.bytes)[1]]).toEqual([1, [], ["菱汐街道", "9.49"]]);
  });

  it("never writes over a formula, not even when told to write over", async () => {
    const cells = new Map<string, Partial<Cell>>([["1,1", {formula: "1+1", formulaResult: 2}]]);
    const bytes = await book(
      [
        ["单位名称", "AQ-03"],
        ["菱汐街道", null]
      ],
      {cells}
    );
    const {refused, cells: count} = fill(bytes, {overwrite: true});
    expect([count, refused]).toEqual([0, [{cell: "表!B2", what: "990101 AQ-03：是公式（现为“2”），没有填9.49"}]]);
  });

  it("tells two units of one name, and two columns of one indicator, rather than guess", async () => {
    const units = [...FILLING.units, {code: "990104", name: "青穗镇"}];
    const named = fill(
      await book([
        ["单位名称", "AQ-03"],
        ["菱汐街道", null],
        ["青穗镇", null]
      ]),
      {},
      {...FILLING, units}
    );
    expect(named.unclear).toEqual(["“青穗镇”是2个单位的名称（990102、990104），请加上单位编码一列"]);
    const twice = fill(
      await book([
        ["单位名称", "AQ-03", "AQ-03"],
        ["菱汐街道", null, null]
      ])
    );
    expect([twice.cells, twice.unclear]).toEqual([0, ["990101 的 AQ-03 有2处可填"]]);
  });
});

it("fills a row a unit and indicator, the unit merged over its rows", async () => {
  const rows: Rows = [
    ["单位名称", "考核项编码", "满分", "得分"],
    ["菱汐街道", "A-02", 20, null],
    [null, "AQ-03", 12, null],
    ["青穗镇", "AQ-03", 10, null]
  ];
  const {bytes, refused} = fill(await book(rows, {merges: [{startRow: 1, startCol: 0, endRow: 2, endCol: 0}]}));
  expect(texts(bytes).map((row) => row[3])).toEqual(["得分", "18", "9.49", "8.4"]);
  expect(refused).toEqual([{cell: "表!C3", what: "990101 AQ-03：表中满分是“12”，评分办法是10，请核对"}]);
});

it("fills indicators down and units across", async () => {
  const rows: Rows = [
    ["编码", "考核项", "菱汐街道", "青穗镇"],
    ["AQ-03", "安全生产巡查", null, null],
    ["AQ-033", "别的", null, null]
  ];
  expect(texts(fill(await book(rows)).bytes).slice(1)).toEqual([
    ["AQ-03", "安全生产巡查", "9.49", "8.4"],
    ["AQ-033", "别的"]
  ]);
});

describe("a workbook made in LibreOffice, with merged headings, formulas and a second sheet", () => {
  const bytes = readFileSync("test/input/template/考核办.xlsx");
  const filled = fill(bytes);
  const [before, after] = [unzipSync(bytes), unzipSync(filled.bytes)];
  const part = (name: string) => strFromU8(after[name] ?? new Uint8Array());

  it("gets numbers where they belong, and keeps its other parts byte for byte", () => {
    expect(filled.cells).toBe(2);
    expect(part("xl/worksheets/sheet1.xml")).toContain('<c r="F4" s="3"><v>9.49</v></c>');
    const same = Object.keys(before).filter((name) => Buffer.from(before[name] ?? "").equals(Buffer.from(after[name] ?? "")));
    const changed = Object.keys(before).filter((name) => !same.includes(name));
    expect(changed.toSorted()).toEqual(
      [
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml"
      ].toSorted()
    );
  });

  it("shows no old result of a formula, and computes them on opening", () => {
    expect(part("xl/worksheets/sheet1.xml")).toContain('<f aca="false">D4+F4</f></c>');
    expect(part("xl/worksheets/sheet2.xml")).not.toMatch(/<\/f><v>/);
    expect(part("xl/workbook.xml")).toMatch(/<calcPr [^>]*fullCalcOnLoad="1"\/>/);
  });

  it("bears the mark on every page, and a last sheet that says what was filled and from which result", () => {
    expect(part("xl/worksheets/sheet1.xml")).toContain("【未审定】</oddHeader>");
    const notes = texts(filled.bytes, 2).flat();
    expect(notes.slice(0, 2)).toEqual(["未审定", "工作表“考核评分表”：填了2格"]);
    expect(openWorkbook(Buffer.from(filled.bytes)).sheets.map((s) => s.name)).toEqual(["考核评分表", "排名", "填报说明"]);
  });

  it("is the same bytes when filled again", () => {
    expect(Buffer.from(fill(bytes).bytes).equals(Buffer.from(filled.bytes))).toBe(true);
  });
});

describe("a template that cannot be filled", () => {
  it("is told apart: no workbook, no such sheet, no table, several tables", async () => {
    const table: Rows = [
      ["单位名称", "AQ-03"],
      ["菱汐街道", null]
    ];
    const two = Buffer.from(
      await writeXlsx({
        sheets: [
          {name: "一", rows: table},
          {name: "二", rows: table}
        ]
      })
    );
    expect(() => fill(Buffer.from("x"))).toThrow(/表\.xlsx/);
    expect(() => fill(two, {sheet: "三"})).toThrow("没有工作表 三");
    expect(() => fill(two)).toThrow("几张工作表都可以填：一、二；请用 --sheet 写明填哪一张");
    expect(fill(two, {sheet: "二"}).cells).toBe(1);
    await expect(book([["单位名称"], ["菱汐街道"]]).then((bytes) => fill(bytes))).rejects.toThrow("找不到可填的表");
  });
});
