import fc from "fast-check";
import {afterAll, beforeAll, expect, test} from "vitest";
import {LIMITS} from "../../loaders/limits.ts";
import {tableNamed} from "../../src/contract/index.ts";
import {shapeSql} from "../../src/contract/shape.ts";
import {verdictSql} from "../../src/contract/verdict.ts";
import {Fault} from "../../src/fault.ts";
import {quotedString} from "../../src/sql.ts";
import {Database, type Row} from "../../src/warehouse/duckdb.ts";
import {rounds} from "../rounds.ts";
import {pick, readFiles} from "./read.ts";
import {encoded} from "./text/write.ts";

let db: Database;
beforeAll(async () => {
  db = await Database.open(":memory:", {threads: 1});
});
afterAll(() => db.close());

const RECORD = {单位编码: "990101", 单位名称: "东关镇", 单位类别: "镇街"};

async function read(content: string | Uint8Array | object, rest = {}, context = {}) {
  const text = typeof content === "string" || content instanceof Uint8Array ? content : JSON.stringify(content);
  const {rows, parts} = await readFiles({"单位.json": text}, {loader: "json", ...rest}, context, db);
  return {rows, part: parts[0]};
}

test("reads a list of records, numbered from 1, with the keys of all as header in the order of their first appearance", async () => {
  const {rows, part} = await read([RECORD, {...RECORD, 单位编码: "990102", 排序: null, 备注: "好"}, {监管对象数: 3}]);
  expect(part?.header).toEqual(["单位编码", "单位名称", "单位类别", "排序", "备注", "监管对象数"]);
  expect(part).toMatchObject({kind: "table", file: "单位.json", sheet: null, first_row: 1, notes: []});
  expect(pick(rows, "source_row", "row_fault", "unit_code", "sort_order", "exposure")).toEqual([
    [1, null, "990101", null, null],
    [2, null, "990102", null, null],
    [3, null, null, null, "3"]
  ]);
  expect(JSON.stringify(rows)).not.toContain("好");
});

test("keeps numbers as they are written, and writes true and false as the contract reads them", async () => {
  const text = `[{"单位编码": 12345678901234567890, "单位名称": -0, "单位类别": 1e3, "监管对象数": 1.50, "排序": true, "网格列": false, "网格行": null}]`;
  const {rows} = await read(text);
  expect(pick(rows, "unit_code", "unit_name", "unit_kind", "exposure", "sort_order", "tile_col", "tile_row")).toEqual([
    ["12345678901234567890", "-0", "1e3", "1.50", "TRUE", "FALSE", null]
  ]);
});

test("objects within a record are groups, lists of single values are joined", async () => {
  const record = {...RECORD, 网格: {网格列: 1, 网格行: {网格行: 2}}, 考核分组: ["甲", null, "乙", 3]};
  const {rows, part} = await read([record]);
  expect(part?.header.slice(3)).toEqual(["网格›网格列", "网格›网格行›网格行", "考核分组"]);
  expect(pick(rows, "tile_col", "tile_row", "peer_group")).toEqual([["1", "2", "甲、乙、3"]]);
});

test("a list of objects where one value belongs rejects the row", async () => {
  const {rows} = await read([{...RECORD, 单位名称: [{a: 1}], 备注: [{b: 1}]}]);
  expect(rows[0]?.row_fault).toBe("unit_name\t单位名称是一组对象，不是一个值；请展开成单个的值");
});

test("finds the one list of objects by itself, or takes what `records` says", async () => {
  const text = {code: 0, data: {list: [RECORD], total: 1}, none: []};
  const found = await read(text);
  expect(pick(found.rows, "source_row", "unit_code")).toEqual([[1, "990101"]]);
  expect(found.part?.notes).toEqual(["记录取自 data.list"]);
  const told = await read({a: [RECORD], b: {c: [RECORD, RECORD]}}, {options: {records: "b.c"}});
  expect(told.rows).toHaveLength(2);
  expect(told.part?.notes).toEqual([]);
});

test("a single object is one record, also with a list of objects within", async () => {
  const {rows} = await read(JSON.stringify({...RECORD, 附件: [{名称: "a"}]}, null, 2));
  expect(pick(rows, "source_row", "unit_code")).toEqual([[1, "990101"]]);
});

const LINES = [
  JSON.stringify(RECORD),
  '{"单位编码": "990102",',
  "",
  '{"单位编码": "990103", "单位编码": "990104", "单位名称": "西关镇", "单位类别": "镇街"}',
  "5",
  `${JSON.stringify({...RECORD, 单位编码: "990105"})} x`,
  '{"单位编码": "990106", "单位名称": "\\ud83d", "单位类别": "镇街"}',
  JSON.stringify({...RECORD, 单位编码: "990107"})
];

test("a broken line is rejected with its number, and the next ones go on", async () => {
  const {rows, part} = await read(LINES.join("\r\n"));
  const half = "\t有半个字符（不成对的\\ud800至\\udfff）；请对照原件改正";
  const broken = (place: number, what: string) => `\t这一行不是完整的JSON（第${place}个字处：${what}）；请改正这一行，或重新导出`;
  expect(pick(rows, "source_row", "unit_code", "row_fault")).toEqual([
    [1, "990101", null],
    [2, null, broken(19, "应为双引号里的键名，却是结尾")],
    [4, "990103", "\t键“单位编码”在同一条记录里写了两次；请只留一个"],
    [5, null, "\t不是一条记录（应为大括号里的键和值，却是数）；请改正或删去"],
    [6, null, broken(44, "记录之后还有内容")],
    [7, "990106", half],
    [8, "990107", null]
  ]);
  expect(part?.notes).toEqual(["2行不是完整的JSON"]);
});

test("a line of which nothing could be read is counted as rejected, not as blank", async () => {
  const table = tableNamed("unit");
  const {rows} = await read(`${LINES.join("\n")}\n{}\n`);
  const columns = Object.keys(rows[0] ?? {});
  const tuple = (row: Row) =>
    `(${columns.map((name) => (row[name] === null ? "null" : quotedString(String(row[name])))).join(", ")})`;
  const cast = columns.map((name) => `cast(${name} as ${name === "source_row" ? "bigint" : "varchar"}) as ${name}`);
  await db.run(`create or replace table raw as select 'x' as source_file, null::varchar as source_sheet, ${cast.join(", ")}
    from (values ${rows.map(tuple).join(", ")}) as v(${columns.join(", ")})`);
  const regime = {id: "x", kinds: [], kind_words: {}, items: [], unit_kinds: []};
  await db.run(`create or replace table shaped as ${shapeSql(table, "raw", {}, regime)}`);
  const verdicts = await db.rows(`select source_row, status from (${verdictSql(table, "shaped")}) order by source_row`);
  expect(pick(verdicts, "source_row", "status")).toEqual([
    [1, "ok"],
    [2, "rejected"],
    [4, "rejected"],
    [5, "rejected"],
    [6, "rejected"],
    [7, "rejected"],
    [8, "ok"],
    [9, "blank"]
  ]);
});

test("reads UTF-16, GB18030 and a mark at the beginning", async () => {
  for (const coding of ["utf-8", "utf-16le", "utf-16be", "gb18030"] as const) {
    const {rows} = await read(encoded(JSON.stringify([RECORD]), coding, coding !== "gb18030"));
    expect(pick(rows, "unit_name")).toEqual([["东关镇"]]);
  }
});

test("keys of whistle-blowers leave nothing behind, also within a group and in a broken line", async () => {
  const record = {...RECORD, 举报人: {姓名: "张三", 电话: "13800000001"}, 举报人电话: "13800000002"};
  const {rows, part} = await read(`${JSON.stringify(record)}\n{"举报人电话": "13800000003", "单位编码" "x"}\n`);
  expect(part?.header).toContain("举报人›姓名");
  expect(JSON.stringify(rows)).not.toMatch(/1380000000|张三/);
});

test("limits reject a long value and refuse too many keys or records, naming the limit", async () => {
  const limits = {...LIMITS, cell_chars: 5, columns: 4, rows: 2};
  const {rows} = await read([{...RECORD, 单位编码: "1", 单位名称: "镇".repeat(3_000_000)}], {}, {limits});
  expect(rows[0]?.row_fault).toBe("unit_name\t单位名称超过5个字（limits.cell_chars）；请缩短，或在xunheng.yaml的limits里调大");
  await expect(read([{...RECORD, a: 1, b: 2}], {}, {limits})).rejects.toThrow("列数超过上限4（limits.columns）");
  await expect(read([{...RECORD, ["a".repeat(2000)]: 1}])).rejects.toThrow("有一个键超过1000个字");
  await expect(read(`[${"1".repeat(200_000)}]`)).rejects.toThrow("数字超过100000位");
  await expect(read([RECORD, RECORD, RECORD], {}, {limits})).rejects.toThrow("行数超过上限2（limits.rows）");
});

test("deep brackets are passed over or refused, not fallen into", async () => {
  const deep = `${'{"a":'.repeat(500)}1${"}".repeat(500)}`;
  const {rows} = await read(`[{"单位编码": "1", "单位名称": "x", "单位类别": "镇街", "b": ${deep}}]`);
  expect(rows[0]?.row_fault).toContain("对象嵌套超过64层");
  await expect(read("[".repeat(300_000))).rejects.toThrow("括号嵌套超过100000层");
  await expect(read(`{"a":`.repeat(300_000))).rejects.toThrow("括号嵌套超过100000层");
});

const piece = fc.constantFrom('"', "\\", "{", "}", "[", "]", ",", ":", "\n", "1e", "-", "null", '{"a":1}', "\\u00", "\0", "﻿", "");

test("whatever JSON says comes back, however it is laid out", async () => {
  const cell = fc.oneof(
    fc
      .string({unit: fc.constantFrom("a", "镇", '"', "\\", "、", ",", "\n", "\u2028", "😀", "'")})
      .filter((text) => !/^\s+$/.test(text)),
    fc.constantFrom("12345678901234567890123", "-0", "1.50", "1E+3", "0.1").map((digits) => ({digits}))
  );
  const record = fc.record(
    {unit_code: cell, unit_name: cell, unit_kind: cell, 考核分组: fc.option(cell)},
    {requiredKeys: ["unit_code", "unit_name", "unit_kind"]}
  );
  const layout = fc.constantFrom("list", "indented", "lines", "within");
  await fc.assert(
    fc.asyncProperty(fc.array(record, {minLength: 1, maxLength: 5}), layout, async (records, how) => {
      const json = (value: object | string | null): string => {
        if (value === null || typeof value === "string") return JSON.stringify(value);
        if ("digits" in value) return String(value.digits);
        return `{${Object.entries(value)
          .map(([key, one]) => `${how === "indented" ? "\n\t" : ""}${JSON.stringify(key)} : ${json(one)}`)
          .join(",")}}`;
      };
      const list = records.map(json);
      const text =
        how === "lines"
          ? list.join("\n")
          : how === "within"
            ? `{"n": 1, "列表": [${list.join(",")}], "z": {}}`
            : `[${list.join(",\n")}]`;
      const full = how === "lines" && list.length === 1 ? `[${text}]` : text;
      const {rows} = await read(full);
      const shown = (value: unknown) =>
        value === undefined || value === null || value === ""
          ? null
          : typeof value === "string"
            ? value.replace(/[\t\r\n]+/g, " ")
            : (value as {digits: string}).digits;
      expect(pick(rows, "unit_code", "unit_name", "unit_kind", "peer_group", "row_fault")).toEqual(
        records.map((r) => [shown(r.unit_code), shown(r.unit_name), shown(r.unit_kind), shown(r.考核分组), null])
      );
    }),
    {numRuns: rounds(40)}
  );
}, 120_000);

test("damaged JSON is read or answered with a sentence; of lines none vanishes", async () => {
  const good = LINES.filter((line) => line !== "");
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat(4), piece, fc.boolean(), async (place, length, put, isList) => {
      const text = isList ? `[${good.slice(-1)},\n${good.slice(0, 1)}]` : good.join("\n");
      const at = place % text.length;
      const damaged = text.slice(0, at) + put + text.slice(at + length);
      const found = await read(damaged).catch((error: unknown) => error);
      if (found instanceof Error) {
        if (!(found instanceof Fault)) throw found;
        expect(found.complaints.every(({what, advice}) => what !== "" && advice)).toBe(true);
      } else if (!isList) {
        const lines = damaged.split("\n").flatMap((line, i) => (line.trim() === "" ? [] : [i + 1]));
        expect(pick((found as {rows: []}).rows, "source_row").flat()).toEqual(lines);
      }
    }),
    {numRuns: rounds(60)}
  );
}, 120_000);
