import {appendFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {RawPart} from "../../loaders/loader.ts";
import {matchHeader} from "../../src/contract/header.ts";
import {tableNamed} from "../../src/contract/index.ts";
import {openWarehouse} from "../../src/warehouse/warehouse.ts";
import {checkFilled} from "../../src/workspace/second.ts";
import {parseWorkspace} from "../../src/workspace/workspace.ts";
import {workbook} from "../loaders/workbook.ts";
import {makeOffice, type Office} from "../office.ts";

const HEADER = [
  "序号",
  "问题编号",
  "责任单位编码",
  "问题层面",
  "存在问题",
  "发现日期",
  "整改期限",
  "整改完成时间",
  "销号时间",
  "备注"
];
const ROWS = [
  ["1", "F1", "990101", "部门", "演示一", "2025-03-03", "2025-04-03", "2025-03-20", "2025-03-25", ""],
  ["2", "F2", "990101", "企业", "演示二", "2025-03-03", "2025-04-03", "", "", "催办"],
  ["3", "F3", "990101", "企业", "演示三", "2025-03-03", "2025-04-03", "2025年4月10日", "/", ""],
  ["4", "F4", "990101", "企业", "演示四", "2025-03-03", "2025-04-03", "2025-02-30", "", ""],
  ["合计", "", "", "", "4", "", "", "", "", ""]
];
const SOURCES = `  - {table: finding, loader: spreadsheet, path: 台账.xlsx, sheet: 问题, columns: {存在问题: description}, constants: {inspection_id: X1, item: "6", severity: 一般}}
  - {name: 完成, table: rectification, loader: spreadsheet, path: 台账.xlsx, sheet: 问题, columns: {整改完成时间: on_date, 序号: 不读}, constants: {stage: 完成}, filled: on_date}
  - {name: 销号, table: rectification, loader: spreadsheet, path: 台账.xlsx, sheet: 问题, columns: {销号时间: on_date, 序号: 不读}, constants: {stage: 销号}, filled: on_date}
`;

let office: Office;
const writeBook = async (rows: readonly (readonly string[])[]) => {
  const book = await workbook({问题: {rows: [HEADER, ...rows].map((row) => [...row])}});
  writeFileSync(join(office.directory, "台账.xlsx"), book);
};
const events = async () => {
  const db = await openWarehouse(office.space());
  const rows = await db.rows<Record<string, unknown>>(
    "select finding_id, stage, cast(on_date as varchar) as on_date, seq_no::int as seq_no, source_row::int as source_row from rectification order by finding_id, stage"
  );
  db.close();
  return rows.map((row) => Object.values(row));
};

beforeAll(() => {
  const inspection = {inspection_id: "X1", unit_code: "990101", kind: "全面", organiser_level: "县级"};
  office = makeOffice({unit: [{unit_code: "990101", unit_name: "演示甲镇", unit_kind: "镇街"}], inspection: [inspection]});
  appendFileSync(join(office.directory, "xunheng.yaml"), SOURCES);
});
afterAll(() => office.remove());

describe("several sources over one sheet", () => {
  it("read a finding and what became of it from one row, and say which rows are of no event", async () => {
    await writeBook(ROWS);
    const {tables, files, notes, failures} = await office.load();
    expect(failures).toEqual([]);
    expect(tables.finding).toMatchObject({read: 5, new: 4, rejected: 0, skipped: 1, held: 0});
    expect(tables.rectification).toMatchObject({read: 4, new: 3, rejected: 1, skipped: 0, held: 0});
    expect(files.flatMap(({source, notes}) => (notes.length > 0 ? [[source, ...notes]] : []))).toEqual([
      ["完成", "1行没有填整改完成时间，不是这张表的行"],
      ["销号", "3行没有填销号时间，不是这张表的行"]
    ]);
    expect(notes).toEqual(["finding：列 序号、备注 不在契约内，未读入"]);
    expect(await events()).toEqual([
      ["F1", "完成", "2025-03-20", 1, 2],
      ["F1", "销号", "2025-03-25", 1, 2],
      ["F3", "完成", "2025-04-10", 1, 4]
    ]);
  });

  it("list an event as withdrawn when its day is cleared, and leave it in force till then", async () => {
    await writeBook(ROWS.map((row) => row.map((cell) => (cell === "2025-03-25" ? "" : cell))));
    const {tables, notes} = await office.load("2026-01-06T09:00:00.000+08:00");
    expect(tables.rectification).toMatchObject({read: 3, new: 0, unchanged: 2, rejected: 1, withdrawn: 1});
    expect(notes).toContainEqual(expect.stringMatching(/^销号：这次一行数据也没有，原有的行全部列为撤走/));
    expect(await events()).toHaveLength(3);
  });

  it("are refused when the sheet has no such column", () => {
    const source = {
      name: "解除",
      table: "action",
      loader: "csv",
      columns: {},
      values: {},
      mode: "snapshot",
      filled: "closed_on"
    } as const;
    const header = ["措施编号", "措施类型"];
    const part: RawPart = {
      kind: "table",
      file: "督办.csv",
      sheet: null,
      sha256: "",
      header,
      first_row: 2,
      notes: [],
      stamp: null,
      relation: ""
    };
    const headers = [matchHeader(header, tableNamed("action"), source)];
    expect(() => checkFilled({source, parts: [part], headers})).toThrow(
      "督办.csv: 来源 解除 的filled要看办结日期（closed_on），表头里没有这一列；列名不同时请在xunheng.yaml的columns里对应"
    );
  });
});

describe("constants and filled in xunheng.yaml", () => {
  const complaints = (rest: string, table = "rectification") => {
    const head = "authority: 演示安委办\nregime: mudan-2023\nschemes: [mudan-2023-town]\nyear: 2025\nsources:\n";
    try {
      parseWorkspace(`${head}  - {table: ${table}, loader: csv, path: a.csv, ${rest}}\n`, "x.yaml", "/offices/linhe");
    } catch (error) {
      return (error as Error).message.split("\n").map((line) => line.replace(/^x\.yaml:6:\d+: /, "@ "));
    }
    return [];
  };

  it.each([
    ["constants: {stages: 完成}", "@ 表 rectification 没有列 stages；是否指 stage？"],
    ["constants: {stage: 完工}", "@ 整改环节（stage）没有取值“完工”；是否指 完成？"],
    ['constants: {stage: "/"}', "@ constants里的 stage 是空的；请写上各行共有的取值，或删去这一项"],
    ["filled: on_dat", "@ 表 rectification 没有列 on_dat；是否指 on_date？"],
    [
      "constants: {on_date: 2025-03-20}, filled: on_date",
      "@ on_date 在constants里，每行都有，filled就没有意思了；filled请写文件里有的行填、有的行空的那一列"
    ],
    [
      "constants: {finding_id: F1, stage: 完成, on_date: 2025-03-20}",
      "@ constants写定了问题编号、整改环节、日期，各行就是同一个编号；编号各行不同，请让文件里的一列来写，用columns对应"
    ],
    ["columns: {序号: 不读过}", "@ 表 rectification 没有列 不读过；可用列见 xunheng describe rectification"]
  ])("%s is refused with its place", (rest, said) => {
    expect(complaints(rest)).toEqual([said]);
  });

  it("takes the office's own word for a value, and a column that is not to be read", () => {
    expect(complaints("constants: {stage: 整改完}, values: {stage: {整改完: 完成}}, columns: {序号: 不读}")).toEqual([]);
  });
});
