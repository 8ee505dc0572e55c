import {expect, test} from "vitest";
import {pick, readFiles} from "./read.ts";
import {changed, type SheetSpec, workbook} from "./workbook.ts";

const HEAD = ["单位编码", "单位名称", "单位类别"];
const FINDING = ["问题编号", "责任单位编码", "问题层面", "巡查内容", "严重程度", "问题描述", "发现日期", "整改期限", "点位编号"];

async function units(sheet: SheetSpec, rest = {}, change = (bytes: Uint8Array) => bytes) {
  const {rows, parts} = await readFiles({"单位.xlsx": change(await workbook({单位: sheet}))}, {loader: "spreadsheet", ...rest});
  return {rows, part: parts[0]};
}

async function findings(sheet: SheetSpec, change = (bytes: Uint8Array) => bytes) {
  return units(sheet, {table: "finding", name: "finding"}, change);
}

const finding = (id: string, ...rest: (string | number | null)[]) => [id, "990101", "企业", "6", "一般", "无台账", ...rest];

test("finds the header under merged titles and numbers rows as the spreadsheet program does", async () => {
  const {rows, part} = await units({
    rows: [["牡丹区单位名录"], ["填报单位：安委办"], HEAD, ["990101", "东关镇", "镇街"], [], ["990102", "西关镇", "镇街"]],
    merge: ["A1:C1", "A2:B2"]
  });
  expect(part).toMatchObject({file: "单位.xlsx", sheet: "单位", header: HEAD, first_row: 4, prepared: true, notes: []});
  expect(pick(rows, "source_row", "unit_code", "unit_name")).toEqual([
    [4, "990101", "东关镇"],
    [6, "990102", "西关镇"]
  ]);
});

test("joins group headers with those below them", async () => {
  const {rows, part} = await findings({
    rows: [
      ["问题台账"],
      ["序号", "问题编号", "问题情况", null, null, null, null, "发现日期", "整改", null],
      [null, null, "责任单位编码", "问题层面", "巡查内容", "严重程度", "问题描述", null, "期限", "完成情况"],
      ["1", "W-1", "990101", "企业", "6", "一般", "无台账", "2025-03-01", "2025-05-01", "已完成"]
    ],
    merge: ["A1:J1", "A2:A3", "B2:B3", "C2:G2", "H2:H3", "I2:J2"]
  });
  expect(part?.header).toEqual([
    "序号",
    "问题编号",
    "问题情况›责任单位编码",
    "问题情况›问题层面",
    "问题情况›巡查内容",
    "问题情况›严重程度",
    "问题情况›问题描述",
    "发现日期",
    "整改›期限",
    "整改›完成情况"
  ]);
  expect(part?.first_row).toBe(4);
  expect(pick(rows, "finding_id", "unit_code", "found_on", "due_on")).toEqual([["W-1", "990101", "2025-03-01", "2025-05-01"]]);
});

test("reads dates stored as days, as text, and with a time", async () => {
  const {rows} = await findings({
    rows: [
      FINDING,
      finding("W-1", 45717, 45748.5),
      finding("W-2", "2025年3月1日", "2025.4.1"),
      finding("W-3", 45717, 20250401),
      finding("W-4", 45717, 60)
    ],
    formats: {G2: "yyyy-mm-dd", H2: 'yyyy"年"m"月"d"日" h:mm', G4: "0", H5: "yyyy/m/d"}
  });
  expect(pick(rows, "found_on", "due_on")).toEqual([
    ["2025-03-01", "2025-04-01 12:00:00"],
    ["2025年3月1日", "2025.4.1"],
    ["2025-03-01", "20250401"],
    ["2025-03-01", "60"]
  ]);
  expect(rows[3]?.row_fault).toBeNull();
});

test("counts days from 1904 where the workbook does", async () => {
  const {rows} = await findings({rows: [FINDING, finding("W-1", 44255, 44256)], formats: {G2: "yyyy-mm-dd"}}, (bytes) =>
    changed(bytes, "xl/workbook.xml", (xml) =>
      /<workbookPr/.test(xml)
        ? xml.replace("<workbookPr", '<workbookPr date1904="1"')
        : xml.replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    )
  );
  expect(pick(rows, "found_on", "due_on")).toEqual([["2025-03-01", "2025-03-02"]]);
});

test("shows numbers in text columns as the spreadsheet program does", async () => {
  const {rows} = await units({
    rows: [
      HEAD,
      [12, "0012", "镇街"],
      [990101, 6.1, "镇街"],
      ["0013", 0.1 + 0.2, "镇街"],
      [Number("371702199001011234"), "东", "镇街"]
    ],
    formats: {A2: "000000"}
  });
  expect(pick(rows, "unit_code", "unit_name")).toEqual([
    ["000012", "0012"],
    ["990101", "6.1"],
    ["0013", "0.3"],
    ["371702199001011000", "东"]
  ]);
  expect(rows[3]?.row_fault).toBe("unit_code\t单位编码数字超过15位，末尾数字已被表格软件改掉；请把该列设为文本后重新填写");
});

test("a code that became a date is a fault", async () => {
  const {rows} = await units({rows: [HEAD, [45717, "东关镇", "镇街"]], formats: {A2: "m/d"}});
  expect(rows[0]?.row_fault).toBe("unit_code\t单位编码已被表格软件改成日期（2025-03-01）；请把该列设为文本后重新填写");
});

test("reads truth values, formulas with their result, and says which cells have none", async () => {
  const {rows} = await units(
    {
      rows: [HEAD, ["990101", true, "镇街"], ["990102", "甲", "镇街"], ["990103", "乙", "镇街"], ["990104", "丙", "镇街"]],
      at: {
        B3: {type: "formula", formula: '"西关"&"镇"', formulaResult: "西关镇"},
        B4: {type: "formula", formula: "1+1", value: null}
      }
    },
    {},
    (bytes) =>
      changed(bytes, "xl/worksheets/sheet1.xml", (xml) => xml.replace(/<c r="B5"[^>]*>.*?<\/c>/, '<c r="B5" t="e"><v>#N/A</v></c>'))
  );
  expect(pick(rows, "unit_name", "row_fault")).toEqual([
    ["TRUE", null],
    ["西关镇", null],
    [null, "unit_name\t单位名称公式没有保存结果；请用表格软件打开、保存后重新导入"],
    ["#N/A", "unit_name\t单位名称单元格是错误值 #N/A；请改正后保存"]
  ]);
});

test("reads rich text, inline strings and escaped characters, but not the phonetic guide", async () => {
  const inline =
    '<c r="B2" t="inlineStr"><is><r><t>东&amp;</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 关</t></r><rPh sb="0" eb="1"><t>dong</t></rPh></is></c>' +
    '<c r="C2" t="inlineStr"><is><t>镇_x000D_街<![CDATA[<&>]]></t></is></c>';
  const {rows} = await units({rows: [HEAD, ["990101", "甲", "乙"]]}, {}, (bytes) =>
    changed(bytes, "xl/worksheets/sheet1.xml", (xml) => xml.replace(/<c r="B2".*?<\/c><c r="C2".*?<\/c>/, inline))
  );
  expect(pick(rows, "unit_name", "unit_kind")).toEqual([["东& 关", "镇 街<&>"]]);
});

test("carries merged cells down, but not keys, dates and descriptions", async () => {
  const {rows, part} = await findings({
    rows: [
      FINDING,
      finding("W-1", "2025-03-01", "2025-05-01", "D-1"),
      ["W-2", null, null, null, null, "乙", "2025-03-02"],
      ["W-3", null, null, null, null, null, "2025-03-03", "2025-06-01", "D-3"]
    ],
    merge: ["B2:B4", "C2:C4", "D2:D4", "E2:E4", "F3:F4", "H2:H3", "I2:I3"]
  });
  expect(pick(rows, "source_row", "finding_id", "unit_code", "severity", "description", "due_on", "visit_id")).toEqual([
    [2, "W-1", "990101", "一般", "无台账", "2025-05-01", "D-1"],
    [3, "W-2", "990101", "一般", "乙", null, "D-1"],
    [4, "W-3", "990101", "一般", null, "2025-06-01", "D-3"]
  ]);
  expect(part?.notes).toEqual([
    "整改期限有1格在合并单元格内，不沿用上一行，按空白读",
    "问题描述有1格在合并单元格内，不沿用上一行，按空白读"
  ]);
});

test("rows that share a merged key say so, all of them; a record two lines high does not", async () => {
  const {rows} = await units({
    rows: [
      HEAD,
      ["990101", "东关镇", "镇街"],
      [null, "西关镇", "镇街"],
      ["990103", "南关镇", "镇街"],
      [],
      ["990104", "北关镇", "镇街"]
    ],
    merge: ["A2:A3", "A4:A5", "B4:B5", "C4:C5"]
  });
  const reason = "unit_code\t单位编码在合并单元格A2:A3内，不能判断属于哪一行；请取消合并，逐行填写";
  expect(pick(rows, "source_row", "unit_code", "row_fault")).toEqual([
    [2, "990101", reason],
    [3, null, reason],
    [4, "990103", null],
    [6, "990104", null]
  ]);
});

test("gives what stands past the last header apart", async () => {
  const {rows} = await units({rows: [HEAD, ["990101", "东关镇", "镇街", "错", "位"]]});
  expect(rows[0]?.row_beyond).toBe("错 位");
});

test("reads hidden rows and leaves hidden sheets, unless told otherwise", async () => {
  const rows = [HEAD, ["990101", "东关镇", "镇街"], ["990102", "西关镇", "镇街"]];
  const bytes = await workbook({单位: {rows, rowDefs: new Map([[2, {hidden: true}]])}, 草稿: {rows, hidden: true}});
  const codes = async (rest: object) => {
    const read = await readFiles({"单位.xlsx": bytes}, {loader: "spreadsheet", ...rest});
    return [read.parts.map((part) => part.sheet), read.rows.length, read.parts.flatMap((part) => part.notes)];
  };
  expect(await codes({})).toEqual([["单位"], 2, ["隐藏的工作表“草稿”未读", "读入隐藏行1行"]]);
  expect(await codes({hidden: "skip"})).toEqual([["单位"], 1, ["隐藏的工作表“草稿”未读", "跳过隐藏行1行"]]);
  expect(await codes({hidden: "read", sheet: "*"})).toEqual([["单位", "草稿"], 4, ["读入隐藏行1行"]]);
  expect(await codes({sheet: "草稿"})).toEqual([["草稿"], 2, []]);
});

test("several sheets make one snapshot when they are named, or all meant", async () => {
  const sheet = (code: string) => ({rows: [HEAD, [code, "某镇", "镇街"]]});
  const bytes = await workbook({一组: sheet("990101"), 说明: {rows: [["填表说明"]]}, 二组: sheet("990102")});
  const codes = async (sheet: string | string[]) => {
    const {rows, parts} = await readFiles({"单位.xlsx": bytes}, {loader: "spreadsheet", sheet});
    return [parts.map((part) => part.sheet), pick(rows, "unit_code").flat(), parts.flatMap((part) => part.notes)];
  };
  expect(await codes(["二组", "一组"])).toEqual([["二组", "一组"], ["990102", "990101"], []]);
  expect(await codes("*")).toEqual([["一组", "二组"], ["990101", "990102"], ["工作表“说明”没有单位表，未读"]]);
});

test("without `sheet` takes the one sheet that holds the table", async () => {
  const bytes = await workbook({
    说明: {rows: [["填表说明"], ["单位编码", "见目录"]]},
    单位: {rows: [HEAD, ["990101", "东关镇", "镇街"]]}
  });
  const {parts} = await readFiles({"单位.xlsx": bytes}, {loader: "spreadsheet"});
  expect(parts.map((part) => part.sheet)).toEqual(["单位"]);
});

test("reads the workbooks of a glob one after the other", async () => {
  const book = (code: string) => workbook({单位: {rows: [HEAD, [code, "某镇", "镇街"]]}});
  const {rows, parts} = await readFiles(
    {"月报/2025-02.xlsx": await book("2"), "月报/2025-01.xlsx": await book("1")},
    {loader: "spreadsheet", path: "月报/*.xlsx"}
  );
  expect(parts.map((part) => part.file)).toEqual(["月报/2025-01.xlsx", "月报/2025-02.xlsx"]);
  expect(pick(rows, "unit_code")).toEqual([["1"], ["2"]]);
});

test("keeps nothing that stands beyond the last header of a sheet with a dropped column", async () => {
  const {rows} = await units({
    rows: [
      [...HEAD, "检举人"],
      ["990101", "东关镇", "镇街", "张三", "13800000003"]
    ]
  });
  expect(pick(rows, "unit_code", "row_beyond")).toEqual([["990101", null]]);
  expect(rows[0]?.row_fault).toContain("这些内容不予保存");
  expect(JSON.stringify(rows)).not.toMatch(/张三|13800000003/);
});

test("drops columns at the door before anything is written", async () => {
  const {rows, part} = await units({
    rows: [
      [...HEAD, "举报人信息", null],
      [null, null, null, "姓名", "单位编码"],
      ["990101", "东关镇", "镇街", "张三", "1"]
    ],
    merge: ["A1:A2", "B1:B2", "C1:C2", "D1:E1"]
  });
  expect(part?.header.slice(3)).toEqual(["举报人信息›姓名", "举报人信息›单位编码"]);
  expect(pick(rows, "unit_code", "row_beyond")).toEqual([["990101", null]]);
  expect(JSON.stringify(rows)).not.toContain("张三");
});

test("商业秘密 and 保密协议 are no markings", async () => {
  const {rows} = await units({rows: [["涉及商业秘密的保密协议名录"], HEAD, ["990101", "机密文件室未上锁", "镇街"]]});
  expect(rows).toHaveLength(1);
});
