import {expect, test} from "vitest";
import {rowsAboveNotes} from "../../loaders/above.ts";
import {matchHeader} from "../../src/contract/header.ts";
import {tableNamed} from "../../src/contract/index.ts";
import {readFiles, sourceOf} from "./read.ts";

const unit = tableNamed("unit");
const match = matchHeader(["单位编码", "单位名称", "单位类别", "备注"], unit, sourceOf({}));
const above = (...cells: string[]) => rowsAboveNotes([{number: 3, cells}], match, unit);

test("a row of data above the header is told of", () => {
  expect(above("430900", "益阳市", "市州")).toEqual([
    "第3行在表头上面，像是数据（430900，益阳市，市州），没有读；是数据的请移到表头下面"
  ]);
  expect(above("430900", "益阳市")).toHaveLength(1);
});

test.each([
  ["示例：430100", "长沙市", "市州"],
  ["某区安全生产巡查单位一览表"],
  ["填报单位：", "", "", "2025年3月"],
  ["基本情况", "基本情况", "基本情况", "备注"],
  []
])("a title, an example or a group above it is not (%s)", (...cells) => {
  expect(above(...cells)).toEqual([]);
});

test("CSV says it too", async () => {
  const {parts} = await readFiles({"单位.csv": "990101,东关镇,镇街\n单位编码,单位名称,单位类别\n990102,西关镇,镇街\n"}, {});
  expect(parts[0]?.notes).toEqual(["第1行在表头上面，像是数据（990101，东关镇，镇街），没有读；是数据的请移到表头下面"]);
});

test("a UTF-8 file with one line of GBK stays UTF-8, and that row is rejected", async () => {
  const lines = ["单位编码,单位名称,单位类别", ...Array.from({length: 30}, (_, i) => `9901${10 + i},演示${i}镇,镇街`)].join("\n");
  const gbk = Buffer.from([
    0x39, 0x39, 0x30, 0x31, 0x39, 0x39, 0x2c, 0xb6, 0xab, 0xb9, 0xd8, 0xd5, 0xf2, 0x2c, 0xd5, 0xf2, 0xbd, 0xd6, 0x0a
  ]);
  const {rows, parts} = await readFiles({"单位.csv": Buffer.concat([Buffer.from(`${lines}\n`), gbk])}, {});
  expect(rows).toHaveLength(31);
  expect(rows.filter((r) => r.row_fault !== null).map((r) => r.source_row)).toEqual([32]);
  expect(parts[0]?.notes).toEqual(["1行有不是UTF-8的字节（第一处在第32行）"]);
});
