import {readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {type CellValue, readXlsx, type WriteSheet, writeXlsx} from "hucre/xlsx";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {shapeRegime} from "../../src/contract/shape.ts";
import {writeRejectBook} from "../../src/export/reject-book.ts";
import {type RejectRow, rejectRows} from "../../src/warehouse/reject.ts";
import {openRules} from "../../src/warehouse/scored.ts";
import {openWarehouse} from "../../src/warehouse/warehouse.ts";
import {listBatches} from "../../src/workspace/batch.ts";
import {type CorrectResult, correct} from "../../src/workspace/correct.ts";
import {appendDecision, readDecisions} from "../../src/workspace/decision.ts";
import type {LoadResult} from "../../src/workspace/load.ts";
import {makeOffice, type Office} from "../office.ts";

/** Header → new text, by the number of the source's row. */
type Changes = Readonly<Record<string, Readonly<Record<number, Readonly<Record<string, string>>>>>>;

const unit = {unit_code: "990101", unit_name: "演示甲镇", unit_kind: "镇街"};
const inspection = {
  inspection_id: "X1",
  unit_code: "990101",
  kind: "全面",
  organiser_level: "县级",
  started_on: "2025-03-01",
  ended_on: "2025-03-10"
};
const finding = (finding_id: string, rest: Record<string, string> = {}) => ({
  finding_id,
  inspection_id: "X1",
  unit_code: "990101",
  layer: "部门",
  item: "6",
  severity: "一般",
  description: "演示问题",
  found_on: "2025-03-03",
  due_on: "2025-04-03",
  ...rest
});

/** Every kind of fault, each in a row of its own; numbers are those of finding.csv. */
const FAULTY = [
  finding("F1"),
  finding("F2", {found_on: "2025-02-30"}), // 3
  finding("F3", {unit_code: "990999"}), // 4
  finding("F4", {severity: "特大", item: "66", description: "=1+1"}), // 5
  finding("F5", {description: "甲说"}), // 6
  finding("F5", {description: "乙说"}), // 7
  finding("F6", {due_on: "2025-01-01"}), // 8
  finding("", {description: "没有编号"}), // 9
  finding("F8", {description: "看不见\u202e的字符", found_on: "2025-03-04"}), // 10
  finding("F9", {found_on: "2025-13-01"}), // 11
  finding("F10", {unit_code: "990998"}) // 12
];
const RECTIFICATIONS = [
  {finding_id: "F1", stage: "完成", on_date: "2025-02-20"},
  {finding_id: "F2", stage: "完成", on_date: "2025-04-01"}
];
const PERSON = "371702199001011234";
const OFFICIALS = [
  {
    person_id: PERSON,
    person_name: "演示甲",
    unit_code: "990101",
    post: "镇长",
    duty: "政府主要负责人",
    from_on: "2024-01-01"
  }
];

/** What a careful clerk types. */
const CORRECTED: Changes = {
  finding: {
    3: {发现日期: "2025年3月2日"},
    4: {责任单位编码: "990101"},
    5: {严重程度: "重大", 巡查内容: "6"},
    6: {处理: "照此为准"},
    7: {处理: "放弃"},
    8: {整改期限: "2025-05-01", 处理: "更正"},
    9: {问题编号: "F7"},
    10: {问题描述: "看得见的字符"},
    11: {处理: "放弃"},
    12: {处理: "放弃"}
  },
  rectification: {2: {日期: "2025-03-20"}},
  official: {2: {人员编号: "R001"}}
};

let office: Office;
let hour = 0;
const moment = () => `2026-01-05T${String(8 + hour++).padStart(2, "0")}:00:00.000+08:00`;

/** The workbook as a spreadsheet program saves it: the same cells, without most of our formats. */
async function fill(name: string, changes: Changes, also: (sheets: WriteSheet[]) => void = () => {}): Promise<string> {
  const book = await readXlsx(new Uint8Array(readFileSync(join(office.directory, name))));
  const sheets = book.sheets.map(({name: sheet, rows}): WriteSheet => {
    const header = (rows[0] ?? []).map(String);
    const text = (row: readonly CellValue[], column: string) => row[header.indexOf(column)];
    for (const [number, cells] of Object.entries(changes[sheet] ?? {})) {
      const row = rows.find((r) => String(text(r, "原文件")).endsWith(".csv") && String(text(r, "原行")) === number);
      if (!row) throw new Error(`no row ${number} in ${sheet}`);
      for (const [column, value] of Object.entries(cells)) row[header.indexOf(column)] = value;
    }
    return {name: sheet, rows};
  });
  also(sheets);
  const file = join(office.directory, `filled-${name}`);
  writeFileSync(file, await writeXlsx({sheets}));
  return file;
}

async function exportBook(name: string, all = false): Promise<void> {
  const space = office.space();
  const db = await openWarehouse(space);
  try {
    const from = {db, batches: listBatches(space.state.batches), workspace: space.id, authority: space.authority, all};
    rmSync(join(office.directory, name), {force: true});
    await writeRejectBook(join(office.directory, name), from);
  } finally {
    db.close();
  }
}

async function take(file: string): Promise<CorrectResult> {
  const space = office.space();
  const {regime} = await openRules(space);
  const result = await correct(space, file, {at: moment(), by: "演示员", regime: shapeRegime(regime)});
  for (const {counts: c} of result.sheets) expect(c.read).toBe(c.new + c.unchanged + c.changed + c.rejected + c.skipped);
  return result;
}

async function load(): Promise<LoadResult> {
  const result = await office.load(moment());
  for (const c of Object.values(result.tables)) expect(c.read).toBe(c.new + c.unchanged + c.changed + c.rejected + c.skipped);
  return result;
}

async function query<T>(sql: string): Promise<T[]> {
  const db = await openWarehouse(office.space());
  try {
    return await db.rows<T>(sql);
  } finally {
    db.close();
  }
}

async function rejects(all = false): Promise<RejectRow[]> {
  const db = await openWarehouse(office.space());
  try {
    return await rejectRows(db, {all});
  } finally {
    db.close();
  }
}

const inForce = () =>
  query(
    "select finding_id, unit_code, severity, description, strftime(found_on, '%m-%d') as found_on from finding order by finding_id"
  );
const counts = ({sheets}: CorrectResult, source: string) => sheets.find((s) => s.source === source)?.counts;

beforeAll(() => {
  office = makeOffice({
    unit: [unit],
    inspection: [inspection],
    finding: FAULTY,
    rectification: RECTIFICATIONS,
    official: OFFICIALS
  });
});
afterAll(() => office?.remove());

// The tests follow one office through its days, in this order.
describe("a workbook of corrections", () => {
  it("holds every rejected and held row once, masked and harmless, with what to do", async () => {
    const {tables} = await load();
    expect(tables.finding).toMatchObject({read: 11, new: 3, rejected: 8, held: 2, open: 10});
    await exportBook("r.xlsx");
    const book = await readXlsx(new Uint8Array(readFileSync(join(office.directory, "r.xlsx"))));
    expect(book.sheets.map((s) => [s.name, s.rows.length])).toEqual([
      ["说明", 12],
      ["finding", 11],
      ["rectification", 3],
      ["official", 2]
    ]);
    const [header, ...rows] = book.sheets[1]?.rows ?? [];
    expect(header?.slice(0, 7)).toEqual(["处理", "原因", "怎么办", "原文件", "原工作表", "原行", "问题编号"]);
    expect(header?.at(-1)).toBe("更正标记");
    expect(rows[0]?.slice(1, 6)).toEqual([
      "发现日期“2025-02-30”不是存在的日期",
      "请核对原件，按2025-03-01的样子填写",
      "finding.csv",
      null,
      "3"
    ]);
    expect(JSON.stringify(book.sheets)).not.toContain(PERSON);
    const words = rows.flat().filter((cell) => typeof cell === "string");
    expect(words).toContain("=1+1");
    expect(words.some((word) => word.includes("�"))).toBe(true);
  });

  it("changes nothing when nothing was filled in", async () => {
    const result = await take(await fill("r.xlsx", {}));
    expect(result).toMatchObject({batches: {}, rows: [], open: 13});
    expect(result.sheets.map((s) => [s.counts.read, s.counts.skipped])).toEqual([
      [10, 10],
      [2, 2],
      [1, 1]
    ]);
    expect(listBatches(office.space().state.batches)).toHaveLength(5);
  });

  it("refuses row by row what is no correction, and keeps the original open", async () => {
    const file = await fill(
      "r.xlsx",
      {
        finding: {
          3: {发现日期: "2025-02-31"},
          4: {处理: "照此为准"},
          5: {处理: "照此为准"},
          8: {整改期限: "2025-05-01", 问题编号: "F1"},
          10: {处理: "改正"},
          11: {处理: "更正"}
        }
      },
      (sheets) => {
        const rows = sheets[1]?.rows ?? [];
        const [header = [], sample = []] = rows;
        rows.push(sample.map((cell, c) => (header[c] === "更正标记" ? null : cell)));
        rows.push(
          sample.map((cell, c) => (header[c] === "更正标记" ? "0".repeat(32) : header[c] === "发现日期" ? "2025-03-09" : cell))
        );
      }
    );
    const result = await take(file);
    expect(result.rows.map(({row, reason}) => [row, reason])).toEqual([
      [2, "发现日期“2025-02-31”不是存在的日期"],
      [3, "挂起的行要等所属的行装入，选“照此为准”没有用"],
      [4, "严重程度“特大”不在取值之内（一般、较大、重大）"],
      [4, "巡查内容“66”不在制度mudan-2023之内（1至10）"],
      [7, "问题编号“F1”已存在，是另一行"],
      [9, "“处理”一格不能识别"],
      [12, "没有更正标记"],
      [13, "更正标记无效，这个来源现在没有退回或挂起这一行"]
    ]);
    expect(result.rows.filter((r) => r.advice === "请对照原件改正")).toEqual([]);
    expect(counts(result, "finding")).toMatchObject({read: 12, rejected: 7, skipped: 5, new: 0});
    const open = await rejects();
    expect(open.filter((r) => r.table === "finding" && r.column === "发现日期").map((r) => [r.file, r.row])).toEqual([
      ["filled-r.xlsx", 2],
      ["finding.csv", 11]
    ]);
    expect((await inForce()).length).toBe(1);
  });

  it("takes what was corrected, chosen and waived", async () => {
    // A new export: a correction that was wrong is corrected by its own row.
    await exportBook("r.xlsx");
    const wrong = (await rejects()).find((r) => r.file === "filled-r.xlsx" && r.column === "发现日期");
    const {3: _, 8: __, ...others} = CORRECTED.finding ?? {};
    const book = await fill(
      "r.xlsx",
      {finding: {...others}, rectification: CORRECTED.rectification ?? {}, official: CORRECTED.official ?? {}},
      (sheets) => {
        const [header = [], ...rows] = sheets[1]?.rows ?? [];
        const at = (column: string) => header.indexOf(column);
        for (const row of rows) {
          if (row[at("原文件")] !== "filled-r.xlsx") continue;
          if (row[at("更正标记")] === wrong?.mark) row[at("发现日期")] = "2025年3月2日";
          else if (row[at("问题编号")] === "F1") Object.assign(row, {[at("问题编号")]: "F6"});
          else row[at("处理")] = "放弃";
        }
      }
    );
    const result = await take(book);
    expect(result.rows).toEqual([]);
    expect(result.open).toBe(0);
    expect(await rejects()).toEqual([]);
    expect(await inForce()).toEqual([
      {finding_id: "F1", unit_code: "990101", severity: "一般", description: "演示问题", found_on: "03-03"},
      {finding_id: "F2", unit_code: "990101", severity: "一般", description: "演示问题", found_on: "03-02"},
      {finding_id: "F3", unit_code: "990101", severity: "一般", description: "演示问题", found_on: "03-03"},
      {finding_id: "F4", unit_code: "990101", severity: "重大", description: "=1+1", found_on: "03-03"},
      {finding_id: "F5", unit_code: "990101", severity: "一般", description: "甲说", found_on: "03-03"},
      {finding_id: "F6", unit_code: "990101", severity: "一般", description: "演示问题", found_on: "03-03"},
      {finding_id: "F7", unit_code: "990101", severity: "一般", description: "没有编号", found_on: "03-03"},
      {finding_id: "F8", unit_code: "990101", severity: "一般", description: "看得见的字符", found_on: "03-04"}
    ]);
    expect(await query("select finding_id, strftime(on_date, '%m-%d') as on_date from rectification order by all")).toEqual([
      {finding_id: "F1", on_date: "03-20"},
      {finding_id: "F2", on_date: "04-01"}
    ]);
    expect(await query("select person_id from official")).toEqual([{person_id: "R001"}]);
    const waived = readDecisions(office.space().state.decisions).decisions;
    expect(waived.map(({kind, by, args}) => [kind, by, args.source])).toEqual([["waive", "演示员", "finding"]]);
  });

  it("changes nothing when the same workbook or the same ledgers come again", async () => {
    const before = await inForce();
    const batches = listBatches(office.space().state.batches).length;
    const again = await take(join(office.directory, "filled-r.xlsx"));
    expect(again).toMatchObject({batches: {}, rows: [], open: 0});
    expect(listBatches(office.space().state.batches)).toHaveLength(batches);
    const {tables} = await load();
    expect(tables.finding).toMatchObject({read: 11, new: 0, changed: 0, unchanged: 3, rejected: 8, held: 1, withdrawn: 0, open: 0});
    expect(tables.rectification).toMatchObject({new: 0, changed: 0, unchanged: 2, withdrawn: 0, open: 0});
    expect(await inForce()).toEqual(before);
    expect(await rejects()).toEqual([]);
    expect(new Set((await rejects(true)).map((r) => r.state))).toEqual(new Set(["更正", "放弃"]));
  });

  it("lets a row that was mended in the ledger win, and withdraws nothing that only corrections brought", async () => {
    office.write("finding", [finding("F1"), finding("F2", {found_on: "2025-03-05"})]);
    const {tables} = await load();
    expect(tables.finding).toMatchObject({read: 2, unchanged: 1, changed: 1, withdrawn: 2, open: 0});
    expect(await query("select key from finding_withdrawn order by key")).toEqual([{key: "F10"}, {key: "F3"}]);
    expect((await inForce()).map((r) => (r as {found_on: string}).found_on)).toContain("03-05");
    expect(await inForce()).toHaveLength(8);
    office.write("finding", FAULTY);
    await load();
  });

  it("lists the rows again when the batch of corrections is revoked", async () => {
    const {state} = office.space();
    const taken = listBatches(state.batches).filter((b) => b.mode === "corrections" && b.source === "finding");
    for (const {id} of taken)
      appendDecision(state.decisions, {at: moment(), kind: "revoke-batch", by: "演示员", args: {batch: id}});
    const open = (await rejects()).filter((r) => r.table === "finding");
    expect([...new Set(open.map((r) => r.row))]).toEqual([3, 4, 5, 6, 8, 9, 10]);
    expect(await inForce()).toEqual([
      {finding_id: "F1", unit_code: "990101", severity: "一般", description: "演示问题", found_on: "03-03"},
      {finding_id: "F2", unit_code: "990101", severity: "一般", description: "演示问题", found_on: "03-05"}
    ]);
  });
});
