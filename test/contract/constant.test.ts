import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {RawPart, Source} from "../../loaders/loader.ts";
import {type Completion, completedSql, unfilledSql} from "../../src/contract/constant.ts";
import {matchHeader} from "../../src/contract/header.ts";
import {tableNamed} from "../../src/contract/index.ts";
import {rawSelect} from "../../src/contract/read-sql.ts";
import type {ShapeRegime} from "../../src/contract/shape.ts";
import {quotedString} from "../../src/sql.ts";
import {Database} from "../../src/warehouse/duckdb.ts";
import {judgeRows} from "../../src/workspace/judge.ts";

const REGIME: ShapeRegime = {id: "演示", kinds: ["全面"], kind_words: {}, unit_kinds: ["镇街"], items: ["6"]};
const DONE: Completion = {constants: {stage: "完成"}, filled: "on_date", values: {}};
const COLUMNS = {整改完成时间: "on_date"};

let db: Database;
beforeAll(async () => {
  db = await Database.open();
});
afterAll(() => db.close());

/** A part of rows of text; the first cell of a row may be its fault, after `!`. */
function partOf(header: readonly string[], rows: readonly (readonly string[])[]): RawPart {
  const values = rows.map((cells, i) => {
    const fault = cells[0]?.startsWith("!") ? cells[0].slice(1) : null;
    const own = fault === null ? cells : cells.slice(1);
    const texts = header.map((_, c) => quotedString(own[c] ?? ""));
    return `(${i + 2}::bigint, ${fault === null ? "null::varchar" : quotedString(fault)}, ${texts.join(", ")})`;
  });
  const names = header.map((_, c) => `c${c}`).join(", ");
  const relation = `select * from (values ${values.join(", ")}) as v(source_row, row_fault, ${names})`;
  return {kind: "table", file: "台账", sheet: null, sha256: "", header, first_row: 2, notes: [], stamp: null, relation};
}

/** What becomes of every row, and how many are left out. */
async function judged(
  table: string,
  part: RawPart,
  completion: Completion,
  columns: Source["columns"] = COLUMNS
): Promise<{rows: Record<string, unknown>[]; left: number}> {
  const source = {table, name: table, columns, ...completion};
  const header = matchHeader(part.header, tableNamed(table), source);
  expect(header.missing).toEqual([]);
  await judgeRows(db, source, [{part, header}], REGIME);
  const rows = await db.rows<Record<string, unknown>>(`select * from verdict where status <> 'blank' order by source_row`);
  const left = Number(
    await db.value(unfilledSql(rawSelect(part, header, tableNamed(table), false), header, tableNamed(table), completion))
  );
  return {rows, left};
}

const seen = (rows: readonly Record<string, unknown>[], ...columns: string[]) =>
  rows.map((row) => [row.source_row, row.status, ...columns.map((c) => row[c])]);

describe("rows of a table that the column `filled` tells from others", () => {
  it("reads rows with a day, and none without, however the blank is written", async () => {
    const part = partOf(
      ["问题编号", "存在问题", "整改完成时间"],
      [
        ["F1", "演示", "2025-03-20"],
        ...["", " ", "\u3000", "/", "／", "—", "——", "-", "无", "暂无", " 无 ", "\u200b"].map((day, i) => [`B${i}`, "演示", day]),
        ["F2", "演示", "2025年3月21日"],
        ["F3", "演示", "2025-02-30"],
        ["", "", ""],
        ["合计", "13", ""],
        ["合计", "13", "3"],
        ["注：演示", "", ""]
      ]
    );
    const {rows, left} = await judged("rectification", part, DONE);
    expect(seen(rows, "finding_id", "stage", "on_date", "seq_no")).toEqual([
      [2, "ok", "F1", "完成", "2025-03-20", "1"],
      [15, "ok", "F2", "完成", "2025-03-21", "1"],
      [16, "rejected", "F3", "完成", "2025-02-30", "1"],
      [19, "skipped", "合计", "完成", "3", "1"],
      [20, "note", null, null, null, "1"]
    ]);
    expect(left).toBe(12);
  });

  it("leaves out a row whose word the source maps to a blank, and rejects one whose word it does not", async () => {
    const part = partOf(
      ["问题编号", "整改完成时间"],
      [
        ["F1", "整改中"],
        ["F2", "立行立改"]
      ]
    );
    const {rows, left} = await judged("rectification", part, {...DONE, values: {on_date: {整改中: "/"}}});
    expect([seen(rows, "finding_id"), left]).toEqual([[[3, "rejected", "F2"]], 1]);
  });

  it("keeps a row of which a fault may have hidden the day, and forgets other faults with the row", async () => {
    const part = partOf(
      ["问题编号", "文号", "整改完成时间"],
      [
        ["!on_date\t日期在合并单元格内；请拆开", "F1", "", ""],
        ["!\t整行读不出；请核对", "F2", "", ""],
        ["!document_no\t文号太长；请缩短", "F3", "甲", ""],
        ["!document_no\t文号太长；请缩短\u001eon_date\t单元格是错误值；请改正", "F4", "甲", ""]
      ]
    );
    const {rows, left} = await judged("rectification", part, DONE);
    expect([seen(rows, "finding_id"), left]).toEqual([
      [
        [2, "rejected", "F1"],
        [3, "rejected", "F2"],
        [5, "rejected", "F4"]
      ],
      1
    ]);
  });

  it("numbers the rows of a CSV that is read in place as the file does", async () => {
    const directory = mkdtempSync(join(tmpdir(), "xunheng-constant-"));
    const csv = join(directory, "a.csv");
    const n = 5000;
    const lines = Array.from({length: n}, (_, i) => `F${i},${i % 3 === 0 ? "2025-03-20" : ""}`);
    writeFileSync(csv, `问题编号,整改完成时间\n${lines.join("\n")}\n`);
    const header = ["问题编号", "整改完成时间"];
    const place = {file: "a.csv", sheet: null, sha256: "", header, first_row: 2, notes: [], stamp: null};
    const part: RawPart = {...place, kind: "csv", csv, skip: 1, delimiter: ",", prepared: false, lines: n};
    const {rows, left} = await judged("rectification", part, DONE);
    rmSync(directory, {recursive: true});
    expect(left).toBe(n - Math.ceil(n / 3));
    expect(rows).toHaveLength(Math.ceil(n / 3));
    expect(rows.every((row) => row.status === "ok" && row.finding_id === `F${Number(row.source_row) - 2}`)).toBe(true);
  });
});

describe("constants of a source", () => {
  const header = ["问题编号", "责任单位编码", "存在问题", "发现日期", "严重程度"];
  const columns = {存在问题: "description"};
  const constants = {layer: "企业", item: "6", inspection_id: "X1", severity: "一般"};

  it("stand where the file has no column or the cell is blank, and nowhere else", async () => {
    const part = partOf(header, [
      ["F1", "990101", "演示", "2025-03-03", ""],
      ["F2", "990101", "演示", "2025-03-03", "重大"],
      ["F3", "990101", "演示", "2025-03-03", "/"],
      ["F4", "990101", "演示", "2025-03-03", "特急"]
    ]);
    const {rows} = await judged("finding", part, {constants, values: {}}, columns);
    expect(seen(rows, "finding_id", "severity", "layer", "item", "inspection_id")).toEqual([
      [2, "ok", "F1", "一般", "企业", "6", "X1"],
      [3, "ok", "F2", "重大", "企业", "6", "X1"],
      [4, "ok", "F3", "一般", "企业", "6", "X1"],
      [5, "rejected", "F4", "特急", "企业", "6", "X1"]
    ]);
  });

  it("make no row of a blank one, a total, a note below the table or the header once more", async () => {
    const part = partOf(header, [
      ["F1", "990101", "演示", "2025-03-03", ""],
      ["问题编号", "责任单位编码", "存在问题", "发现日期", "严重程度"],
      ["", "", "", "", ""],
      ["/", "", "", " ", "\u3000"],
      ["合计", "", "2", "", ""],
      ["以上为演示", "", "", "", ""],
      ["注：演示", "", "", "", ""]
    ]);
    const {rows} = await judged("finding", part, {constants, values: {}}, columns);
    expect(seen(rows)).toEqual([
      [2, "ok"],
      [3, "skipped"],
      [6, "skipped"],
      [7, "note"],
      [8, "note"]
    ]);
  });

  it("give no number to a total when they are part of the key", async () => {
    const part = partOf(
      ["姓名", "人员编号", "职责"],
      [
        ["甲", "R-1", "组长"],
        ["合计", "2", "演示"]
      ]
    );
    const {rows} = await judged(
      "member",
      part,
      {constants: {inspection_id: "X1"}, values: {}},
      {人员编号: "member_id", 职责: "role"}
    );
    expect(rows.map((row) => [row.status, row.inspection_id])).toEqual([
      ["ok", "X1"],
      ["skipped", null]
    ]);
  });

  it("are judged as any value", async () => {
    const part = partOf(["问题编号", "整改完成时间"], [["F1", "2025-03-20"]]);
    const {rows} = await judged("rectification", part, {constants: {stage: "完工"}, values: {}});
    expect(rows.map(({status, faults}) => [status, String(faults).includes("整改环节“完工”不在取值之内")])).toEqual([
      ["rejected", true]
    ]);
  });
});

it("leaves the SELECT of a source without either as it is", () => {
  expect(completedSql("select 1", {} as never, tableNamed("finding"), {constants: {}, values: {}})).toBe("select 1");
});
