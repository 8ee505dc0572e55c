import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {type WriteSheet, writeXlsx} from "hucre/xlsx";
import {afterAll, expect, it} from "vitest";
import {tableNamed} from "../../src/contract/index.ts";
import {Fault} from "../../src/fault.ts";
import type {Batch} from "../../src/workspace/batch.ts";
import {checkCorrectionFile} from "../../src/workspace/correct-file.ts";
import {BOOK_COLUMNS, sheetsOf} from "../../src/workspace/correction-sheet.ts";

const directory = mkdtempSync(join(tmpdir(), "xunheng-correct-"));
afterAll(() => rmSync(directory, {recursive: true}));

const batch = (source: string, table = source) => ({source, table}) as Batch;
const BATCHES = [batch("unit"), batch("市级台账", "finding")];

const header = (table: string) => [...BOOK_COLUMNS, ...tableNamed(table).columns.map((c) => c.header), "更正标记"];
const notes = (workspace: string): WriteSheet => ({name: "说明", rows: [["退回和挂起的行"], ["工作区", workspace, "演示安委办"]]});
const sheet = (name: string, columns: readonly string[]): WriteSheet => ({name, rows: [[...columns]]});

/** What is said of a workbook of these sheets, in the workspace `linhe`. */
async function said(sheets: WriteSheet[], name = "退回.xlsx"): Promise<string> {
  const file = join(directory, name);
  writeFileSync(file, await writeXlsx({sheets}));
  try {
    const {sheets: found, notes: more} = checkCorrectionFile(file, "linhe", BATCHES);
    return [...found.map((s) => `${s.sheet}→${s.source}`), ...more].join("\n");
  } catch (error) {
    if (error instanceof Fault) return `${error.exit} ${error.message}`;
    throw error;
  }
}

const whole = [notes("linhe"), sheet("市级台账", header("finding"))];
const without = (column: string) => header("finding").filter((name) => name !== column);

it.each([
  [
    "a whole one, with a sheet of somebody's own",
    [...whole, sheet("草稿", ["甲", "乙"])],
    "市级台账→市级台账\n工作表“草稿”不是更正，未读"
  ],
  ["one whose notes were deleted", whole.slice(1), "市级台账→市级台账"],
  [
    "a ledger",
    [sheet("问题清单", ["问题编号", "发现日期"])],
    "2 退回.xlsx: 不是更正工作簿：没有一张工作表有“更正标记”列；请用 xunheng rejects --xlsx 重新导出，再把更正填进去"
  ],
  [
    "one of another workspace",
    [notes("mudan"), ...whole.slice(1)],
    "2 退回.xlsx: 是工作区 mudan 导出的更正工作簿，这里是 linhe；请用 -w 指出那个工作区，或在这里重新导出"
  ],
  [
    "one with a renamed sheet",
    [notes("linhe"), sheet("市级台帐", header("finding"))],
    "2 退回.xlsx 市级台帐: 工作表改过名，不知道是哪个来源的；请把工作表改回“市级台账”"
  ],
  [
    "one without its marks",
    [notes("linhe"), sheet("市级台账", without("更正标记"))],
    "2 退回.xlsx 市级台账: 缺少列：更正标记；少一列就会把各行的这一列改成空白；请用 xunheng rejects --xlsx 重新导出，再把更正填进去"
  ],
  [
    "one without a column that may be blank",
    [notes("linhe"), sheet("市级台账", without("整改期限"))],
    "2 退回.xlsx 市级台账: 缺少列：整改期限；少一列就会把各行的这一列改成空白；请用 xunheng rejects --xlsx 重新导出，再把更正填进去"
  ],
  [
    "one whose header was overwritten",
    [notes("linhe"), sheet("市级台账", ["甲", "乙"])],
    "2 退回.xlsx 市级台账: 没有更正工作簿的表头；少一列就会把各行的这一列改成空白；请用 xunheng rejects --xlsx 重新导出，再把更正填进去"
  ]
])("says of %s what is to be said", async (_, sheets, message) => {
  expect(await said(sheets)).toBe(message);
});

it("refuses what is no workbook, or not there", () => {
  const complaint = (file: string) => {
    try {
      checkCorrectionFile(file, "linhe", BATCHES);
    } catch (error) {
      return (error as Error).message.replace(directory, "…");
    }
    return null;
  };
  expect(complaint(join(directory, "没有.xlsx"))).toBe("…/没有.xlsx: 没有这个文件；请核对路径");
  expect(complaint(join(directory, "退回.csv"))).toBe("退回.csv: 更正工作簿应是 .xlsx；请另存为 .xlsx");
  writeFileSync(join(directory, "假.xlsx"), "问题编号,发现日期\n");
  expect(complaint(join(directory, "假.xlsx"))).toMatch(/^假\.xlsx: .+；.+/);
});

it("gives every source a sheet of its own, whatever its name", () => {
  const long = "某某市安全生产委员会办公室二〇二五年度第三季度问题台账汇总表";
  const names = sheetsOf([batch("说明"), batch(`${long}甲乙丙`), batch(`${long}甲乙丁`), batch("finding"), batch("Finding")]).map(
    (s) => s.sheet
  );
  expect(names).toEqual(["说明~2", `${long}甲`, `${long.slice(0, 29)}~2`, "finding", "Finding~2"]);
  expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(31);
});
