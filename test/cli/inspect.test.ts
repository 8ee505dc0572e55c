import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {TABLES} from "../../src/contract/index.ts";
import {Database} from "../../src/warehouse/duckdb.ts";
import {workbook} from "../loaders/workbook.ts";
import {csvText, makeOffice, type Office} from "../office.ts";
import {run} from "./run.ts";

const UNITS = [
  {unit_code: "990101", unit_name: "演示甲镇", unit_kind: "镇街"},
  {unit_code: "990102", unit_name: "演示乙街道", unit_kind: "镇街"}
];
const HEADER = [
  "隐患编号",
  "检查编号",
  "责任单位",
  "问题层面",
  "检查项目",
  "问题等级",
  "存在问题",
  "检查时间",
  "整改时限",
  "是否当场整改",
  "举报人电话",
  "整改完成时间"
];
const ROWS = [
  [
    "W-1",
    "X1",
    "演示甲镇",
    "部门",
    "第6项",
    "重大隐患",
    "联系人13812345678，台账缺失",
    "2025.3.4",
    "2025年4月30日",
    "否",
    "13900000001",
    ""
  ],
  [
    "W-2",
    "X1",
    "演示乙街道",
    "企业层面",
    "六",
    "一般隐患",
    "身份证370102199003071234的人员无证上岗",
    "2025-03-05",
    "",
    "是",
    "13900000002",
    "2025-03-20"
  ],
  HEADER,
  ["合计", "", "", "", "", "", "2", "", "", "", "", ""]
];

let office: Office;
beforeAll(async () => {
  const inspection = {inspection_id: "X1", unit_code: "990101", kind: "全面", organiser_level: "县级"};
  office = makeOffice({unit: UNITS, inspection: [inspection]});
  const book = await workbook({
    说明: {rows: [["一、按月填报"]]},
    一组: {rows: [["安全隐患台账"], HEADER, ...ROWS], merge: ["A1:L1"]},
    旧表: {
      rows: [
        ["单位编码", "单位名称"],
        ["1", "甲"]
      ],
      hidden: true
    }
  });
  writeFileSync(join(office.directory, "隐患台账.xlsx"), book);
  await office.load();
});
afterAll(() => office.remove());

interface Sheet {
  readonly [key: string]: unknown;
  readonly entry: string;
}

async function inspected(
  ...args: string[]
): Promise<{exit: number; sheets: readonly Sheet[]; notes: readonly string[]; loader: string}> {
  const {exit, stdout, stderr} = await run("inspect", ...args, "--json");
  expect(stderr).toBe("");
  return {exit, ...JSON.parse(stdout)};
}

describe("inspect", () => {
  it("finds the table, its header and columns under an office's own words, and says what became of each", async () => {
    const {exit, sheets, loader} = await inspected(join(office.directory, "隐患台账.xlsx"), "-w", office.directory);
    expect([exit, loader, sheets.map(({sheet, table, hidden}) => [sheet, table, hidden])]).toEqual([
      0,
      "spreadsheet",
      [
        ["说明", null, false],
        ["一组", "finding", false],
        ["旧表", "unit", true]
      ]
    ]);
    const [, sheet] = sheets;
    expect(sheet).toMatchObject({header_row: 2, rows: 2, whole: true, loadable: true, source: "finding", missing: []});
    const read = ((sheet?.columns ?? []) as {header: string; column: string | null; how: string}[]).map((c) => [
      c.header,
      c.column,
      c.how
    ]);
    expect(read).toEqual([
      ["隐患编号", "finding_id", "别名"],
      ["检查编号", "inspection_id", "别名"],
      ["责任单位", "unit_code", "别名"],
      ["问题层面", "layer", "契约"],
      ["检查项目", "item", "别名"],
      ["问题等级", "severity", "别名"],
      ["存在问题", "description", "别名"],
      ["检查时间", "found_on", "别名"],
      ["整改时限", "due_on", "别名"],
      ["是否当场整改", "fix_now", "别名"],
      ["举报人电话", null, "丢弃"],
      ["整改完成时间", null, "不读"]
    ]);
    expect(sheet?.values).toMatchObject([
      {column: "layer", value: "企业层面", to: "企业"},
      {column: "item", value: "六", to: "6"},
      {column: "item", value: "第6项", to: "6"},
      {column: "severity", value: "一般隐患", to: "一般"},
      {column: "severity", value: "重大隐患", to: "重大"}
    ]);
  });

  it("masks numbers of persons and never shows what is dropped at the door", async () => {
    const {stdout} = await run("inspect", join(office.directory, "隐患台账.xlsx"), "-w", office.directory, "--sheet", "一组");
    expect(stdout).toContain("138****5678");
    expect(stdout).toContain("3701************34");
    expect(stdout).toContain("举报人电话");
    for (const secret of ["13812345678", "370102199003071234", "1390000000"]) expect(stdout).not.toContain(secret);
    expect(stdout).toContain("属于“整改”表（rectification）");
  });

  it("prints entries that load as they are when pasted: the findings, and what became of them", async () => {
    const {sheets} = await inspected(join(office.directory, "隐患台账.xlsx"), "-w", office.directory, "--sheet", "一组");
    const yaml = join(office.directory, "xunheng.yaml");
    const before = readFileSync(yaml, "utf8");
    expect(sheets[0]?.entry).toContain('演示甲镇: "990101"');
    writeFileSync(yaml, `${before}${sheets[0]?.entry}`);
    const {exit, stdout, stderr} = await run("load", "-w", office.directory, "--json");
    writeFileSync(yaml, before);
    expect([exit, stderr]).toEqual([0, ""]);
    const {tables, notes} = JSON.parse(stdout);
    expect(tables.finding).toMatchObject({read: 4, new: 2, rejected: 0, skipped: 2, held: 0});
    expect(sheets[0]?.seconds).toEqual([{source: "完成", header: "整改完成时间", stage: "完成", settled: true}]);
    expect(tables.rectification).toMatchObject({read: 2, new: 1, rejected: 0, skipped: 1, held: 0});
    expect(notes.join()).not.toContain("不在契约内");
  });

  it("leaves to a person, as comments, what it cannot know, and ends with 1", async () => {
    const file = join(office.directory, "甲.csv");
    writeFileSync(
      file,
      csvText([
        {
          问题编号: "W-9",
          责任单位: "演示丙乡",
          严重程度: "特急",
          巡查内容: "99",
          问题描述: "演示",
          发现日期: "2025-03-01",
          备注: ""
        }
      ])
    );
    const {exit, sheets, loader} = await inspected(file, "-w", office.directory);
    expect([exit, loader]).toEqual([1, "csv"]);
    expect(sheets[0]).toMatchObject({table: "finding", loadable: false, header_row: 1, rows: 1, whole: true});
    expect(sheets[0]?.missing).toMatchObject([{column: "layer", advice: expect.stringContaining("党委政府、部门、企业之一")}]);
    expect(sheets[0]?.entry).toMatchInlineSnapshot(`
      "  # 缺少必需的列 问题层面（layer），补上这一列或填好下面的constants以前装不进来
        - table: finding
          loader: csv
          path: 甲.csv
          columns:
            责任单位: unit_code
          # values:
          #   severity:
          #     特急: 请填一般、较大、重大之一，再去掉行首的#
          #   item:
          #     "99": 请填1、2、3、4、5、6、7、8、9、10之一，再去掉行首的#
          #   unit_code:
          #     演示丙乡: 请填它在单位表里的编码，再去掉行首的#
          # constants:             # 每一行都一样的，填好后去掉行首的#；各行不同的，在表里加一列
          #   inspection_id: 请填巡查表里的编号
          #   layer: 请填党委政府、部门、企业之一
      "
    `);
  });

  it("reads the days of a ledger in sources of their own, and leaves to a person what is no day", async () => {
    const file = join(office.directory, "乙.csv");
    const row = {
      序号: "1",
      隐患编号: "W-7",
      责任单位: "演示甲镇",
      问题层面: "部门",
      巡查内容: "6",
      严重程度: "一般",
      问题来源: "举报",
      问题描述: "演示",
      发现日期: "2025-03-01",
      "完成时间（年月日）": "整改中",
      复查日期: "",
      经办: "演示员"
    };
    writeFileSync(file, csvText([row, {...row, 隐患编号: "W-8", "完成时间（年月日）": "2025-03-09"}]));
    const {exit, sheets} = await inspected(file, "-w", office.directory);
    expect(exit).toBe(1);
    expect(sheets[0]).toMatchObject({loadable: true, seconds: [{settled: false}, {settled: false}]});
    expect(sheets[0]?.entry).toMatchInlineSnapshot(`
      "  - table: finding
          loader: csv
          path: 乙.csv
          columns:
            隐患编号: finding_id
            责任单位: unit_code
          values:
            unit_code:
              演示甲镇: "990101"
        # 同一个表再读一遍：填了“完成时间（年月日）”的行，各是一件“完成”
        - name: 完成
          table: rectification
          loader: csv
          path: 乙.csv
          columns:
            序号: 不读
            隐患编号: finding_id
            完成时间（年月日）: on_date
            经办: 不读
          # values:                # 不是日期，会退回；意思是还没有的，去掉行首的#，那些行就不算
          #   on_date:
          #     整改中: "/"
          constants:
            stage: 完成
          filled: on_date
        # 同一个表再读一遍：填了“复查日期”的行，各是一件“验收”；若只是去看过、没有通过验收，删去这一项
        - name: 验收
          table: rectification
          loader: csv
          path: 乙.csv
          columns:
            序号: 不读
            隐患编号: finding_id
            复查日期: on_date
            经办: 不读
          constants:
            stage: 验收
          filled: on_date
      "
    `);
    const {stdout} = await run("inspect", file, "-w", office.directory);
    expect(stdout).toContain("属于“整改”表（rectification）：由下面的来源 验收 读");
  });

  it("refuses a file with a classification column, and says what it does not know", async () => {
    const file = join(office.directory, "密.csv");
    writeFileSync(file, "问题编号,问题描述,密级\nW-1,演示,内部\n");
    expect(await run("inspect", file, "-w", office.directory)).toMatchObject({
      exit: 3,
      stderr: expect.stringContaining("有密级列“密级”")
    });
    writeFileSync(file, "甲,乙\n1,2\n");
    expect(await run("inspect", file)).toMatchObject({exit: 1, stdout: expect.stringContaining("没有认出契约里的表")});
    expect(await run("inspect", join(office.directory, "无.csv"))).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("没有这个文件")
    });
    expect(await run("inspect", file, "--table", "findng")).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("是否指 finding？")
    });
  });

  it("looks at the beginning only of a large text", async () => {
    const directory = mkdtempSync(join(tmpdir(), "xunheng-large-"));
    const file = join(directory, "单位.txt");
    const row = "990101|演示甲镇|镇街\r\n";
    writeFileSync(file, `单位编码|单位名称|单位类别\r\n${row.repeat(160_000)}`);
    const {sheets, notes} = await inspected(file);
    rmSync(directory, {recursive: true});
    expect(notes).toEqual(["文件较大，只看了前4 MiB"]);
    expect(sheets[0]).toMatchObject({
      table: "unit",
      rows: 2000,
      whole: false,
      notes: ["分隔符为竖线"]
    });
  });

  it.each(["shandong-2018/被巡查市和县区.csv", "hainan-2016/finding.csv"])("knows the sample %s", async (name) => {
    const {sheets} = await inspected(join("data/samples", name));
    const found = sheets.flatMap(({table}) => (table === null ? [] : [table]));
    if (name.startsWith("mudan")) expect(found).toEqual(expect.arrayContaining(TABLES.map((table) => table.name)));
    else expect(found).toEqual([name.startsWith("hainan") ? "finding" : "unit"]);
  });
});

describe("inspect of a blank template", () => {
  it("knows every sheet, and takes neither the notes nor the list of columns for a table", async () => {
    const directory = mkdtempSync(join(tmpdir(), "xunheng-blank-"));
    await run("init", join(directory, "blank"), "--regime", "hunan-2021");
    const {exit, sheets} = await inspected(join(directory, "blank", "台账.xlsx"));
    rmSync(directory, {recursive: true});
    expect(exit).toBe(0);
    expect(sheets.map(({table}) => table)).toEqual([null, ...TABLES.map(({name}) => name), null]);
  });
});

describe("inspect of other formats", () => {
  const rows = [
    {单位编码: "990101", 单位名称: "演示甲镇", 单位类别: "镇街"},
    {单位编码: "990102", 单位名称: "演示乙镇", 单位类别: "镇街"}
  ];
  const files: readonly [name: string, content: string, entry: string][] = [
    ["单位.json", JSON.stringify({code: 0, data: {list: rows}}), ""],
    ["单位.ndjson", rows.map((row) => `${JSON.stringify(row)}\n`).join(""), ""],
    ["两表.json", JSON.stringify({units: rows, 其他: [{a: 1}]}), "    records: units\n"]
  ];

  it.each(files)("finds the records of %s", async (name, content, entry) => {
    const file = join(office.directory, name);
    writeFileSync(file, content);
    const {exit, loader, sheets} = await inspected(file);
    expect([exit, loader]).toEqual([0, "json"]);
    expect(sheets[0]).toMatchObject({table: "unit", rows: 2, whole: true, loadable: true, header_row: null});
    expect(sheets[0]?.entry).toContain(entry);
  });

  it("looks into Parquet and DuckDB files through a sealed engine", async () => {
    const [parquet, duckdb] = [join(office.directory, "单位.parquet"), join(office.directory, "库.duckdb")];
    const db = await Database.open();
    const select = "select '990101' as unit_code, '演示甲镇' as unit_name, '镇街' as unit_kind, '张某' as 举报人";
    await db.run(`copy (${select}) to '${parquet}' (format parquet)`);
    await db.run(`attach '${duckdb}' as k`);
    await db.run(`create table k.单位 as ${select}; create table k.log as select 1 as n`);
    await db.run("detach k");
    db.close();
    const one = await inspected(parquet);
    expect([one.exit, one.loader, one.sheets[0]?.table]).toEqual([0, "parquet", "unit"]);
    const two = await run("inspect", duckdb, "--json");
    expect(two.exit).toBe(0);
    expect(JSON.parse(two.stdout).sheets).toMatchObject([
      {table: null},
      {table: "unit", entry: expect.stringContaining('query: "select * from 单位"')}
    ]);
    expect(`${JSON.stringify(one.sheets)}${two.stdout}`).not.toContain("张某");
  });
});
