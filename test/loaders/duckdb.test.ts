import {spawn} from "node:child_process";
import {once} from "node:events";
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {beforeAll, describe, expect, it} from "vitest";
import {LIMITS} from "../../loaders/limits.ts";
import type {LoaderContext} from "../../loaders/loader.ts";
import {openSealed} from "../../src/warehouse/sealed.ts";
import {duckdbOf, encryptedDuckdb, ofVersion, parquetOf} from "./made.ts";
import {pick, readFiles} from "./read.ts";

const UNIT = "create table 单位 as select '990101' as 单位编码, '东关镇' as 单位名称, '镇街' as 单位类别";
let one: Buffer;
let two: Buffer;

beforeAll(async () => {
  one = await duckdbOf(UNIT, "create sequence number", "create view v as select * from 单位");
  two = await duckdbOf(UNIT, "create schema other", "create table other.t as select 1 as a, 'b' as b");
});

function read(bytes: Uint8Array, query?: string, context = {}) {
  return readFiles({"office.duckdb": bytes}, {loader: "duckdb", options: query === undefined ? {} : {query}}, context);
}

/** Exit code and message of what is refused; the rows when it is not. */
async function refusal(bytes: Uint8Array, query?: string, context = {}): Promise<unknown> {
  return read(bytes, query, context).then(
    ({rows}) => rows,
    (error) => [error.exit ?? "no exit", error.message]
  );
}

describe("another DuckDB file", () => {
  it("gives its only table when no query is written", async () => {
    const {rows, parts} = await read(one);
    expect(pick(rows, "source_row", "unit_code", "unit_name", "unit_kind")).toEqual([[1, "990101", "东关镇", "镇街"]]);
    expect(parts[0]).toMatchObject({file: "office.duckdb", sheet: null, header: ["单位编码", "单位名称", "单位类别"]});
  });

  it("answers a query, numbered in the query's order, every value as the contract reads it", async () => {
    const query = `with u as (select i, date '2025-03-01' as d, timestamptz '2025-03-01 00:30:00+00' as t from range(3) r(i))
      select '9901' || lpad((9 - i)::varchar, 2, '0') as 单位编码, t as "单位名称", d as unit_kind, {x: 5.0::double} as 情况 from u order by i -- by number;`;
    const {rows, parts} = await read(two, query);
    expect(parts[0]?.header).toEqual(["单位编码", "单位名称", "unit_kind", "情况›x"]);
    expect(pick(rows, "source_row", "unit_code", "unit_name", "unit_kind")).toEqual([
      [1, "990109", "2025-03-01 08:30:00", "2025-03-01"],
      [2, "990108", "2025-03-01 08:30:00", "2025-03-01"],
      [3, "990107", "2025-03-01 08:30:00", "2025-03-01"]
    ]);
  });

  it("has the same hash when it gives the same rows", async () => {
    const [first, second] = [await read(one), await read(two, "select * from 单位;")];
    expect(first.parts[0]?.sha256).toBe(second.parts[0]?.sha256);
  });

  it("gives nothing of columns dropped at the door, not even to the scratch file", async () => {
    const query = "select *, '好人甲' as 举报人, '备注乙' as 备注 from 单位";
    const scratch = mkdtempSync(join(tmpdir(), "xunheng-scratch-"));
    const openEngine: LoaderContext["openEngine"] = (paths, prepare) => openSealed(paths, scratch, {}, prepare);
    try {
      const {parts} = await read(one, query, {scratch, openEngine});
      expect(parts[0]?.header).toEqual(["单位编码", "单位名称", "单位类别", "举报人", "备注"]);
      const kept = readdirSync(scratch, {withFileTypes: true}).flatMap((f) =>
        f.isFile() ? readFileSync(join(scratch, f.name), "utf8") : []
      );
      expect(kept.join("")).toContain("东关镇");
      expect(kept.join("")).not.toMatch(/好人甲|备注乙/);
    } finally {
      rmSync(scratch, {recursive: true});
    }
  });

  it("stops at the limit of rows, however long the query would go on", async () => {
    const endless = "select i::varchar as unit_code, 'a' as unit_name, 'b' as unit_kind from range(1000000000000) r(i)";
    expect(await refusal(one, endless, {limits: {...LIMITS, rows: 1000}})).toEqual([
      2,
      "office.duckdb: 行数超过上限1000（limits.rows）；请核对是否选错了表；确需更多时，在xunheng.yaml的limits里调大"
    ]);
  });
});

describe("a query that does more than read the file is refused", () => {
  const only = "xunheng.yaml: 来源 unit 的query只能是一条SELECT语句；本程序只读取数据；请只写一条SELECT，不要分号后再写别的";
  const reaching = "xunheng.yaml: 来源 unit 的query要读别的文件或改设置；query只能读这个DuckDB文件里的表；别的文件请另写一个来源";

  it.each([
    "drop table 单位",
    "insert into 单位 select * from 单位",
    "create table memory.main.t as select 1",
    "copy (select 1) to 'out.csv'",
    "attach 'x.duckdb'",
    "set lock_configuration = false",
    "pragma enable_profiling",
    "install httpfs",
    "checkpoint",
    "select 1; select 2",
    "select * from 单位; drop table 单位",
    ""
  ])("%s", async (query) => {
    expect(await refusal(one, query)).toEqual([2, only]);
  });

  it.each([
    "select * from read_csv('/etc/passwd')",
    "select * from read_text('/etc/passwd')",
    "select * from '/etc/passwd.csv'",
    "select * from glob('/*')",
    "select * from 'https://example.com/x.csv'",
    "select content as 单位编码 from query('select * from read_text(''/etc/passwd'')')"
  ])("%s", async (query) => {
    expect(await refusal(one, query)).toEqual([2, reaching]);
  });

  it.each([
    ["select nextval('number') as 单位编码, '1' as 单位名称, '2' as 单位类别", /query要写数据；本程序只读取数据/],
    ["select 1) ); drop table 单位; select * from ((select 1", /query有语法错误，在第1行第9个字/],
    [
      "select * from 单位 -- 注释\n wher 1",
      /query有语法错误，在第2行第7个字（syntax error at or near "1"）；请核对xunheng.yaml里的query$/
    ],
    ["with x as (insert into 单位 select * from 单位 returning 1) select * from x", /query有语法错误（A CTE needs a SELECT）/],
    ["select * from 没有的表", /query不能执行（Table with name 没有的表 does not exist!.*）；请核对xunheng.yaml里的query$/],
    ["select 单位编玛 from 单位", /query不能执行（Referenced column "单位编玛" not found/],
    ["select repeat('x', 10000000000) as 单位编码, '1' as 单位名称, '2' as 单位类别", /query不能执行（/],
    ["select 'x'::integer as 单位编码, '1' as 单位名称, '2' as 单位类别", /query不能执行（Could not convert string 'x' to INT32/],
    ["select * from 单位; -- 注释", /query/]
  ])("%s", async (query, said) => {
    expect(await refusal(one, query)).toEqual([2, expect.stringMatching(said)]);
  });

  it("and leaves the file and its folder as they were", async () => {
    const directory = mkdtempSync(join(tmpdir(), "xunheng-kept-"));
    const path = join(directory, "office.duckdb");
    writeFileSync(path, one);
    try {
      for (const query of ["drop table 单位", "select * from 单位", `copy (select 1) to '${directory}/out.csv'`]) {
        await readFiles({}, {loader: "duckdb", path, options: {query}}).catch(() => {});
      }
      expect(readdirSync(directory)).toEqual(["office.duckdb"]);
      expect(readFileSync(path).equals(one)).toBe(true);
    } finally {
      rmSync(directory, {recursive: true});
    }
  });
});

describe("a DuckDB file that cannot be read is refused in a sentence", () => {
  it("with several tables and no query", async () => {
    expect(await refusal(two)).toEqual([
      2,
      "office.duckdb: 有2个表：单位、other.t；请在xunheng.yaml里用query写明读哪一个，例如 query: select * from 单位"
    ]);
    expect(await refusal(await duckdbOf())).toEqual([2, "office.duckdb: 里面没有表；请核对xunheng.yaml中这个来源的path"]);
  });

  it("of another kind, cut short, garbled, or written by a newer version", async () => {
    expect(await refusal(await parquetOf("select 1 as a"))).toEqual([
      2,
      "office.duckdb: 不是DuckDB数据库，是Parquet文件；请在xunheng.yaml里把这个来源的loader改为parquet"
    ]);
    expect(await refusal(Buffer.from("SQLite format 3\u0000..."))).toEqual([
      2,
      "office.duckdb: 不是DuckDB数据库，是SQLite数据库；请把其中的表导出为CSV或Parquet"
    ]);
    expect(await refusal(Buffer.alloc(0))).toEqual([2, "office.duckdb: 是空文件；请重新导出"]);
    expect(await refusal(one.subarray(0, 9000))).toEqual([2, expect.stringMatching(/打不开这个DuckDB数据库（.+）；/)]);
    const garbled = Buffer.from(one).fill(7, 12_288);
    expect(await refusal(garbled)).toEqual([2, expect.stringMatching(/^office\.duckdb: .+；文件可能已损坏/)]);
    expect(await refusal(ofVersion(one, 9999))).toEqual([
      2,
      expect.stringMatching(/是本程序不认识的DuckDB版本写的（.*9999.*）；请用写它的DuckDB把表导出为Parquet/)
    ]);
    expect(await refusal(await encryptedDuckdb())).toEqual([
      2,
      "office.duckdb: 已加密，不能读取；请把其中的表导出为Parquet，并把loader改为parquet"
    ]);
  });

  it("held by another process: exit 4, for it may be free again", async () => {
    const directory = mkdtempSync(join(tmpdir(), "xunheng-locked-"));
    const path = join(directory, "office.duckdb");
    writeFileSync(path, one);
    const script = `import("@duckdb/node-api").then(async ({DuckDBInstance}) => { globalThis.held = await DuckDBInstance.create(process.argv[1]); console.log("held"); setInterval(() => {}, 1000); })`;
    const holder = spawn(process.execPath, ["-e", script, path], {stdio: ["ignore", "pipe", "inherit"]});
    try {
      await once(holder.stdout, "data");
      const said = await readFiles({}, {loader: "duckdb", path}).then(String, (error) => [error.exit, error.message]);
      expect(said).toEqual([4, expect.stringMatching(/office\.duckdb: 正被另一个程序打开；请关闭那个程序，再装一次$/)]);
    } finally {
      holder.kill("SIGKILL");
      rmSync(directory, {recursive: true});
    }
  });

  it("with a classification column, or a secrecy marking in a cell", async () => {
    expect(await refusal(one, "select *, '内部' as 密级 from 单位")).toEqual([3, expect.stringContaining("有密级列“密级”")]);
    expect(await refusal(one, "select *, '秘密★' as 备注 from 单位")).toEqual([
      3,
      expect.stringMatching(/^office\.duckdb:1: 有密级标志“秘密★”/)
    ]);
  });
});
