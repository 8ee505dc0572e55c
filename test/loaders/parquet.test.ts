import {describe, expect, it} from "vitest";
import {LIMITS} from "../../loaders/limits.ts";
import {encryptedParquet, parquetOf} from "./made.ts";
import {pick, readFiles} from "./read.ts";

const UNIT = "'990101' as 单位编码, '东关镇' as 单位名称, '镇街' as 单位类别";

async function parquet(select: string, rest = {}, context = {}) {
  return readFiles({"单位.parquet": await parquetOf(select)}, {loader: "parquet", path: "*.parquet", ...rest}, context);
}

/** What a value of a type reads as, in a column of the contract. */
async function readAs(value: string, column = "unit_name"): Promise<[unknown, unknown]> {
  const cells = {unit_code: "'990101'", unit_name: "'东关镇'", unit_kind: "'镇街'", [column]: value};
  const {rows} = await parquet(
    `select ${Object.entries(cells)
      .map(([name, sql]) => `${sql} as ${name}`)
      .join(", ")}`
  );
  return [rows[0]?.[column], rows[0]?.row_fault];
}

describe("a Parquet file", () => {
  it("is read where it lies, rows numbered from 1, headers Chinese or English", async () => {
    const {rows, parts} = await parquet(
      "select '9901' || lpad(i::varchar, 2, '0') as unit_code, '东关镇' as 单位名称, '镇街' as 单位类别 from range(1, 4) r(i)"
    );
    expect(pick(rows, "source_row", "unit_code", "unit_name", "row_fault")).toEqual([
      [1, "990101", "东关镇", null],
      [2, "990102", "东关镇", null],
      [3, "990103", "东关镇", null]
    ]);
    expect(parts[0]).toMatchObject({file: "单位.parquet", sheet: null, first_row: 1, notes: []});
    expect(parts[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(parts[0]?.stamp?.path).toMatch(/单位\.parquet$/);
  });

  it("may be one of several, or have a name that DuckDB takes for a pattern, or no rows", async () => {
    const file = await parquetOf(`select ${UNIT}`);
    const none = await parquetOf(`select ${UNIT} limit 0`);
    const {rows, parts} = await readFiles({"b/[2].parquet": file, "b/1.parquet": none}, {loader: "parquet", path: "b/*.parquet"});
    expect(parts.map((part) => part.file)).toEqual(["b/1.parquet", "b/[2].parquet"]);
    expect(pick(rows, "unit_code")).toEqual([["990101"]]);
  });

  it("gives every type as the contract reads it", async () => {
    const values: [string, string | null][] = [
      ["date '2025-03-01'", "2025-03-01"],
      ["timestamp '2025-03-01 00:00:00'", "2025-03-01"],
      ["timestamp '2025-03-01 08:30:00'", "2025-03-01 08:30:00"],
      ["timestamp_ns '2025-03-01 00:00:00'", "2025-03-01"],
      ["timestamptz '2025-02-28 16:00:00+00'", "2025-03-01"],
      ["timestamptz '2025-03-01 00:30:00+00'", "2025-03-01 08:30:00"],
      ["timestamp 'infinity'", "infinity"],
      ["true", "TRUE"],
      ["false", "FALSE"],
      ["null::boolean", null],
      ["5.0::double", "5"],
      ["-0.0::double", "0"],
      ["0.1::double + 0.2::double", "0.3"],
      ["0.1::float", "0.1"],
      ["16777217::integer", "16777217"],
      ["0.00001::double", "0.00001"],
      ["1234567.25::double", "1234567.25"],
      ["'nan'::double", "nan"],
      ["'-infinity'::double", "-inf"],
      ["371702198001010000::bigint", "371702198001010000"],
      ["12.50::decimal(10,2)", "12.50"],
      ["12345678901234567890.123456::decimal(38,6)", "12345678901234567890.123456"],
      ["'镇街'::enum('镇街', '部门')", "镇街"],
      ["['1', null, '6.1']", "1、6.1"],
      ["[1, 2]", "1、2"],
      ["[true, false]", "TRUE、FALSE"],
      ["[date '2025-03-01']", "2025-03-01"],
      ["[]::varchar[]", null],
      ["[{a: 1}]", '[{"a":1}]'],
      ["map {'甲': 1}", '{"甲":1}'],
      ["uuid '00000000-0000-0000-0000-000000000001'", "00000000-0000-0000-0000-000000000001"],
      ["time '08:30:00'", "08:30:00"],
      ["'  有空格  '", "  有空格  "]
    ];
    const cells = values.map(([sql], i) => `${sql} as "v${i}"`);
    const columns = ["unit_code", "unit_name", "unit_kind", "parent_code", "managed_by", "successor_code", "peer_group"];
    const read: unknown[] = [];
    for (let from = 0; from < cells.length; from += columns.length) {
      const some = cells.slice(from, from + columns.length);
      const names = Object.fromEntries(columns.map((column, i) => [`v${i < some.length ? from + i : `x${i}`}`, column]));
      const rest = columns.slice(some.length).map((_, i) => `'x' as vx${some.length + i}`);
      const {rows} = await parquet(`select ${[...some, ...rest].join(", ")}`, {columns: names});
      read.push(...columns.slice(0, some.length).map((column) => rows[0]?.[column]));
      expect(rows[0]?.row_fault).toBeNull();
    }
    expect(read).toEqual(values.map(([, text]) => text));
  });

  it("rejects rows whose floating point numbers have lost digits; infinity is left to the contract", async () => {
    expect(await readAs("371702198001010011::double", "unit_code")).toEqual([
      "371702198001009984",
      "unit_code\t单位编码的数字超过15位，浮点数存不准末尾数字；请在来源里改用文本或整数类型"
    ]);
    expect(await readAs("'inf'::double", "sort_order")).toEqual(["inf", null]);
  });

  it("reads the fields of a structure as columns below a group header", async () => {
    const {rows, parts} = await parquet(
      "select {编码: '990101', 名称: {单位名称: '东关镇', 备注: '无'}} as 单位, '镇街' as 单位类别, {姓名: '张某'} as 举报人"
    );
    expect(parts[0]?.header).toEqual(["单位›编码", "单位›名称›单位名称", "单位›名称›备注", "单位类别", "举报人›姓名"]);
    expect(pick(rows, "unit_code", "unit_name", "unit_kind")).toEqual([["990101", "东关镇", "镇街"]]);
  });

  it("keeps columns outside the contract and those dropped at the door out of what is read", async () => {
    const {rows, parts} = await parquet(`select ${UNIT}, '好' as 备注, '13800000000' as 举报人电话, 'x'::blob as 照片`);
    expect(parts[0]?.header).toEqual(["单位编码", "单位名称", "单位类别", "备注", "举报人电话", "照片"]);
    const part = parts[0];
    if (part?.kind !== "table") throw new Error("not a table");
    expect(part.relation).not.toMatch(/k[45] as c[45]/);
    expect(rows).toHaveLength(1);
  });

  it("knows a sum by its first cell, whatever the column is called", async () => {
    const {rows} = await parquet(`select '合计' as 序号, null as 单位编码, '东关镇' as 单位名称, '镇街' as 单位类别`);
    expect(rows[0]?.row_first).toBe("合计");
  });

  it("rejects rows with a cell beyond the limit, and keeps its beginning", async () => {
    const limits = {...LIMITS, cell_chars: 5};
    const {rows} = await parquet("select '1' as unit_code, '一二三四五六' as unit_name, '镇街' as unit_kind", {}, {limits});
    expect(pick(rows, "unit_name", "row_fault")).toEqual([
      ["一二三四五", "unit_name\t单位名称超过5个字（limits.cell_chars）；请缩短，或在xunheng.yaml的limits里调大"]
    ]);
  });
});

describe("a Parquet file that cannot be read is refused in a sentence", () => {
  const refused = async (select: string, rest = {}, context = {}) =>
    parquet(select, rest, context).then(String, (error) => [error.exit, error.message]);
  const bytes = async (change: (file: Buffer) => Buffer) => {
    const file = change(await parquetOf(`select ${UNIT} from range(1000)`));
    return readFiles({"单位.parquet": file}, {loader: "parquet"}).then(String, (error) => [error.exit, error.message]);
  };

  it("cut short, empty, garbled, encrypted, or of another kind", async () => {
    expect(await bytes((b) => b.subarray(0, b.length - 9))).toEqual([
      2,
      "单位.parquet: 不完整，没有Parquet的结尾；请等文件写完、传完，再装一次；仍不行时重新导出"
    ]);
    expect(await bytes(() => Buffer.alloc(0))).toEqual([2, "单位.parquet: 是空文件；请重新导出"]);
    expect(await bytes((b) => Buffer.concat([b.subarray(0, 8), Buffer.alloc(b.length - 300, 7), b.subarray(-8)]))).toEqual([
      2,
      expect.stringMatching(/^单位\.parquet: 读不了这个Parquet文件（.+）；文件可能已损坏，请重新导出$/)
    ]);
    expect(await bytes((b) => Buffer.concat([b.subarray(0, 4), Buffer.alloc(60, 255), b.subarray(64)]))).toEqual([
      2,
      expect.stringMatching(/^单位\.parquet: 读不了这个Parquet文件（.+）；文件可能已损坏，请重新导出$/)
    ]);
    expect(
      await readFiles({"单位.parquet": await encryptedParquet()}, {loader: "parquet"}).catch((e) => [e.exit, e.message])
    ).toEqual([2, "单位.parquet: 已加密，不能读取；请不加密地重新导出"]);
    expect(await bytes(() => Buffer.from("单位编码,单位名称\n1,2\n"))).toEqual([
      2,
      "单位.parquet: 不是Parquet文件；请核对xunheng.yaml中这个来源的loader和path"
    ]);
    expect(await bytes(() => Buffer.from("PK\u0003\u0004............"))).toEqual([
      2,
      "单位.parquet: 不是Parquet文件，是xlsx等压缩格式；请在xunheng.yaml里把这个来源的loader改为spreadsheet"
    ]);
  });

  it("without the columns of the table, or with bytes in one of them", async () => {
    expect(await refused("select 1 as a, 2 as b")).toEqual([
      2,
      "单位.parquet: 没有单位表的列（有：a、b）；表头须有单位编码（unit_code）、单位名称（unit_name）、单位类别（unit_kind）；列名不同时请在xunheng.yaml的columns里对应"
    ]);
    expect(await refused("select 1 as unit_code, '东关镇' as 单位名称")).toEqual([
      2,
      "单位.parquet: 单位表的表头缺少必需的列：单位类别（unit_kind）；请补上；列名不同时请在xunheng.yaml的columns里对应"
    ]);
    expect(await refused(`select ${UNIT}, 'x'::blob as 上级编码`)).toEqual([
      2,
      "单位.parquet: 列“上级编码”是二进制类型（BLOB），不是文字；请在来源里把它改为文本类型后重新导出，或在查询里去掉这一列"
    ]);
    expect(await refused(`select ${UNIT}, '东关' as unit_name`)).toEqual([2, expect.stringContaining("都是 unit_name")]);
  });

  it("beyond the limits of rows and columns", async () => {
    expect(await refused(`select ${UNIT} from range(3)`, {}, {limits: {...LIMITS, rows: 2}})).toEqual([
      2,
      expect.stringContaining("行数超过上限2（limits.rows）")
    ]);
    expect(await refused(`select ${UNIT}`, {}, {limits: {...LIMITS, columns: 2}})).toEqual([
      2,
      expect.stringContaining("列数超过上限2（limits.columns）")
    ]);
  });

  it("with a classification column, or a secrecy marking in any cell, be it of a column that is not read", async () => {
    expect(await refused(`select ${UNIT}, '内部' as 密级`)).toEqual([3, expect.stringContaining("有密级列“密级”")]);
    const second = `select ${UNIT}, null as 备注 union all select '2', '西关镇', '镇街', '关于某事 机密 ★ 三年'`;
    expect(await refused(second)).toEqual([3, expect.stringMatching(/^单位\.parquet:2: 有密级标志“机密★”/)]);
    const {rows} = await parquet(`select ${UNIT}, '涉及商业秘密★的材料 ★★' as 备注`);
    expect(rows).toHaveLength(1);
  });
});
