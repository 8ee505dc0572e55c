import {mkdtempSync, rmSync} from "node:fs";
import {type AddressInfo, createServer, type Socket} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, describe, expect, it} from "vitest";
import {loadSource} from "../../loaders/index.ts";
import {LIMITS} from "../../loaders/limits.ts";
import type {LoaderContext} from "../../loaders/loader.ts";
import {Database} from "../../src/warehouse/duckdb.ts";
import {PASSWORD, startServer, type TestServer} from "./postgres-server.ts";
import {contextOf, pick, type Read, readFiles, sourceOf} from "./read.ts";

const server = await startServer();
const {url} = server ?? ({url: () => ""} as Pick<TestServer, "url">);
const UNIT = `select '990101' as 单位编码, '东关镇' as "单位名称", '镇街' as unit_kind`;

if (server)
  await server.database(
    "office",
    `create table 单位 as ${UNIT}`,
    "create sequence number",
    "create role reader login password 'r'"
  );
afterAll(() => server?.remove());

function read(
  query: string,
  {address = url("office"), env = {}, ...options}: Record<string, unknown> = {},
  context = {}
): Promise<Read> {
  const rest = {loader: "postgres", options: {url: "$OFFICE_DB", query, ...(options as Record<string, string>)}};
  return readFiles({}, rest, {env: {OFFICE_DB: address as string, ...(env as object)}, ...context});
}

/** Exit code and message of what is refused, which must not hold the password; the rows when it is not refused. */
async function refusal(query: string, options = {}, context = {}): Promise<unknown> {
  return read(query, options, context).then(
    ({rows}) => rows,
    (error) => {
      for (const text of [error.message, error.stack, JSON.stringify(error)]) expect(text).not.toMatch(/geheim/);
      return [error.exit ?? "no exit", error.message];
    }
  );
}

/** Reads a query of units and counts its rows where they lie. */
async function counted(query: string, context: Partial<LoaderContext>) {
  const scratch = mkdtempSync(join(tmpdir(), "xunheng-scratch-"));
  const db = await Database.open(":memory:");
  try {
    const source = sourceOf({loader: "postgres", options: {url: "$OFFICE_DB", query}});
    const [part] = await loadSource(source, contextOf(scratch, scratch, source, {env: {OFFICE_DB: url("office")}, ...context}));
    if (part?.kind !== "table") throw new Error("not a table");
    const counts = await db.row(`select count(*) as n, count(distinct source_row) as rows, max(source_row) as last,
      count(*) filter (where c0 = source_row::varchar) as same, max(length(c1))::int as long from (${part.relation})`);
    return {counts};
  } finally {
    db.close();
    rmSync(scratch, {recursive: true});
  }
}

describe.skipIf(!server)("a PostgreSQL server", () => {
  it("gives the rows of a query, numbered as they come, under Chinese or English names", async () => {
    const {rows, parts} = await read(
      `select '9901' || lpad((9 - i)::text, 2, '0') as 单位编码, E'东"关\\n镇,' as 单位名称, 'x' as unit_kind, 1 as 备注 from generate_series(1, 3) i order by i;`
    );
    expect(pick(rows, "source_row", "unit_code", "unit_name", "unit_kind", "row_fault")).toEqual([
      [1, "990108", '东"关 镇,', "x", null],
      [2, "990107", '东"关 镇,', "x", null],
      [3, "990106", '东"关 镇,', "x", null]
    ]);
    expect(parts).toMatchObject([
      {file: "$OFFICE_DB", sheet: null, first_row: 1, stamp: null, header: ["单位编码", "单位名称", "unit_kind", "备注"]}
    ]);
    expect(parts[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect((await read(UNIT)).parts[0]?.sha256).toBe((await read("select * from 单位")).parts[0]?.sha256);
  });

  it("may be reached by a local socket, and may have an address without password in xunheng.yaml", async () => {
    const local = `postgres:///office?host=${encodeURIComponent(server?.socket ?? "")}&port=${server?.port}&user=postgres`;
    const env = {PGPASSWORD: PASSWORD};
    expect((await read(UNIT, {address: local, env})).rows).toHaveLength(1);
    const {parts} = await read(UNIT, {env, url: `postgres://postgres@127.0.0.1:${server?.port}/office`});
    expect(parts[0]?.file).toBe(`postgres://127.0.0.1:${server?.port}/office`);
  });

  it("may return nothing at all", async () => {
    expect((await read(`${UNIT} where false`)).rows).toEqual([]);
  });

  it("gives every type as the contract reads it", async () => {
    const values: [string, string | null][] = [
      ["date '2025-03-01'", "2025-03-01"],
      ["date 'infinity'", "infinity"],
      ["timestamp '2025-03-01'", "2025-03-01"],
      ["timestamp '2025-03-01 08:30'", "2025-03-01 08:30:00"],
      ["timestamp '-infinity'", "-infinity"],
      ["timestamptz '2025-02-28 16:00+00'", "2025-03-01"],
      ["timestamptz '2025-03-01 00:30+00'", "2025-03-01 08:30:00"],
      ["timestamptz '1988-07-01 00:00+08'", "1988-07-01 01:00:00"],
      ["true", "TRUE"],
      ["false", "FALSE"],
      ["null::boolean", null],
      ["5.0::float8", "5"],
      ["0.1::float8 + 0.2::float8", "0.3"],
      ["0.1::float4", "0.1"],
      ["1e-5::float8", "0.00001"],
      ["'NaN'::float8", "nan"],
      ["371702198001010011", "371702198001010011"],
      ["12.50::numeric(10,2)", "12.50"],
      ["12345678901234567890123456789.123456789::numeric", "12345678901234567890123456789.123456789"],
      ["12.5::money", "12.50"],
      ["array['1', null, '6.1']", "1、6.1"],
      ["array[1, 2]", "1、2"],
      ["array[]::text[]", null],
      [`'{"甲": 1}'::json`, '{"甲": 1}'],
      [`'{"甲": 1}'::jsonb`, '{"甲": 1}'],
      ["row(1, '甲')", '{"f1":1,"f2":"甲"}'],
      ["'甲'::char(5)", "甲"],
      ["'甲乙'::varchar(5)", "甲乙"],
      ["interval '1 day'", "1 day"],
      ["time '08:30'", "08:30:00"],
      ["'00000000-0000-0000-0000-000000000001'::uuid", "00000000-0000-0000-0000-000000000001"],
      ["'镇街'::kind", "镇街"],
      ["'镇街'::word", "镇街"],
      ["''", null],
      ["E'甲\\t乙\\r\\n丙\\\\'", "甲 乙 丙\\"],
      ["'NULL'", "NULL"]
    ];
    await server?.database("types", "create type kind as enum ('镇街')", "create domain word as text check (value <> '')");
    const columns = [
      "unit_code",
      "unit_name",
      "unit_kind",
      "parent_code",
      "managed_by",
      "successor_code",
      "peer_group",
      "sort_order",
      "valid_from",
      "valid_to"
    ];
    const seen: unknown[] = [];
    for (let from = 0; from < values.length; from += columns.length) {
      const some = values.slice(from, from + columns.length);
      const cells = columns.map((column, i) => `${some[i]?.[0] ?? "null"} as ${column}`);
      const {rows} = await read(`select ${cells.join(", ")}`, {address: url("types")});
      seen.push(...columns.slice(0, some.length).map((column) => rows[0]?.[column] || null));
      expect(rows[0]?.row_fault).toBeNull();
    }
    expect(seen).toEqual(values.map(([, text]) => text));
  });

  it("rejects rows whose floating point numbers have lost digits, and those with too long a cell", async () => {
    const limits = {...LIMITS, cell_chars: 5};
    const query = "select 371702198001010011::float8 as unit_code, '一二三四五六' as unit_name, '镇街' as unit_kind";
    expect(pick((await read(query, {}, {limits})).rows, "unit_name", "row_fault")).toEqual([
      [
        "一二三四五",
        "unit_code\t单位编码的数字超过15位，浮点数存不准末尾数字；请在来源里改用文本或整数类型\u001eunit_name\t单位名称超过5个字（limits.cell_chars）；请缩短，或在xunheng.yaml的limits里调大"
      ]
    ]);
    const long = "select '1' as unit_code, repeat('很长', 1000000) as unit_name, 'x' as unit_kind union all select '2', '甲', 'y'";
    const {rows} = await read(long);
    expect(pick(rows, "source_row", "row_fault")).toEqual([
      [1, "\t整行超过4MiB，不能读取；请在查询里去掉太长的列"],
      [2, null]
    ]);
    expect(await refusal("select '1' as unit_code, repeat('x', 35000000) as unit_name, 'x' as unit_kind")).toEqual([
      2,
      "$OFFICE_DB:1: 一行超过32MiB；请在查询里去掉太长的列"
    ]);
  });

  it("streams a hundred thousand rows and says how far it is", async () => {
    const said: unknown[] = [];
    const query =
      "select i::text as unit_code, repeat('安全生产', 20) as unit_name, 'x' as unit_kind from generate_series(1, 100000) i";
    const {counts} = await counted(query, {progress: (text, rows) => said.push([text, rows])});
    expect(counts).toEqual({n: 100_000, rows: 100_000, last: 100_000, same: 100_000, long: 80});
    expect(said).toEqual([
      ["连接 $OFFICE_DB", undefined],
      ["读取 $OFFICE_DB：第50000行", 50_000],
      ["读取 $OFFICE_DB：第100000行", 100_000]
    ]);
    expect(await refusal(query, {}, {limits: {...LIMITS, rows: 9}})).toEqual([
      2,
      expect.stringContaining("行数超过上限9（limits.rows）")
    ]);
  });

  it("keeps what is dropped at the door on the server, and refuses secrecy markings in any column", async () => {
    const {parts, rows} = await read(`${UNIT}, 1/0 as 举报人电话`.replace("1/0", "(select 1/(count(*) - count(*)))"));
    expect([parts[0]?.header.at(-1), rows.length]).toEqual(["举报人电话", 1]);
    expect(await refusal(`${UNIT}, '内部' as 密级`)).toEqual([3, expect.stringContaining("有密级列“密级”")]);
    expect(await refusal(`${UNIT}, null as 备注 union all ${UNIT}, '见 机密 ★ 件'`)).toEqual([
      3,
      expect.stringMatching(/^\$OFFICE_DB:2: 有密级标志“机密★”/)
    ]);
    expect((await read(`${UNIT}, '商业秘密★' as 备注`)).rows).toHaveLength(1);
    expect(await refusal(`${UNIT}, '\\x00'::bytea as parent_code`)).toEqual([
      2,
      expect.stringContaining("列“parent_code”是二进制类型（bytea）")
    ]);
    expect((await read(`${UNIT}, '\\x00'::bytea as 照片`)).rows).toHaveLength(1);
  });

  it("refuses text in no known encoding, and reads what is UTF-8 after all", async () => {
    const admin = server?.admin();
    await admin?.unsafe("create database plain encoding 'SQL_ASCII' template template0 locale 'C'");
    await admin?.end();
    expect((await read(UNIT, {address: url("plain")})).rows).toHaveLength(1);
    expect(await refusal(UNIT.replace("'东关镇'", "E'\\xb6\\xab'"), {address: url("plain")})).toEqual([
      2,
      expect.stringMatching(/^\$OFFICE_DB: 有的文字不是UTF-8（invalid byte sequence .+）；这个数据库的编码多半是SQL_ASCII/)
    ]);
  });
});

describe.skipIf(!server)("a query that does more than read, or reads amiss, is refused with exit 2", () => {
  const only = "xunheng.yaml: 来源 unit 的query只能是一条SELECT语句；本程序只读取数据；请只写一条SELECT，不要分号后再写别的";
  it.each([
    ["drop table 单位", only],
    ["delete from 单位 returning *", only],
    ["copy (select 1) to program 'true'", only],
    ["set transaction read write", only],
    ["select 1; drop table 单位", only],
    ["commit; drop table 单位", only],
    ["select nextval('number') as 单位编码, 1 as 单位名称, 1 as 单位类别", /query要写数据/],
    [
      `select set_config('transaction_read_only', 'off', true) as 单位编码, 1 as 单位名称, nextval('number') as 单位类别`,
      /query要写数据/
    ],
    [
      "with x as (delete from 单位 returning *) select * from x",
      /query不能执行，在第1行第6个字（WITH clause containing a data-modifying statement must be at the top level）/
    ],
    ["select 1) q) to stdout; drop table 单位; copy (select * from (select 1", /query不能执行，在第1行第9个字（syntax error/],
    ["select 1) q) to program 'touch /x' --", /query不能执行，在第1行第9个字（syntax error/],
    ["select *\nfrom 单位\nwher 1", /query不能执行，在第3行第6个字（syntax error at or near "1"）/],
    ["select * from 没有", /query不能执行，在第1行第15个字（relation "没有" does not exist）/],
    ["select 单位编码, 单位名称, 单位类别 from 单位", /query不能执行，在第1行第20个字（column "单位类别" does not exist）/],
    [`${UNIT}, (1/(length(unit_kind)-2))::text as parent_code from 单位`, /query不能执行（division by zero）/],
    [`${UNIT} where $1 = 1`, /query不能执行/],
    ["select * from 单位; -- 注释", /query不能执行/],
    ["select 1 as a, 2 as b", /没有单位表的列（有：a、b）/],
    ["", /没有写query/]
  ])("%s", async (query, said) => {
    expect(await refusal(query)).toEqual([2, typeof said === "string" ? said : expect.stringMatching(said)]);
  });

  it("and nothing has been written", async () => {
    const admin = server?.admin("office");
    expect(await admin?.unsafe("select count(*)::int as n, (select last_value::int from number) as last from 单位")).toEqual([
      {n: 1, last: 1}
    ]);
    await admin?.end();
  });
});

describe.skipIf(!server)("a server out of reach ends in a sentence with exit 4", () => {
  it.each<[string, () => string, string | RegExp]>([
    [
      "wrong password",
      () => url("office", {password: "geheim-falsch"}),
      "$OFFICE_DB: 用户 postgres 的密码不对；请核对地址里的密码，特殊字符须写成百分号编码"
    ],
    [
      "no password",
      () => `postgres://postgres@127.0.0.1:${server?.port}/office`,
      "$OFFICE_DB: 用户 postgres 的密码不对；请核对地址里的密码，特殊字符须写成百分号编码"
    ],
    [
      "unknown user",
      () => url("office", {user: "nobody"}),
      "$OFFICE_DB: 用户 nobody 的密码不对；请核对地址里的密码，特殊字符须写成百分号编码"
    ],
    ["unknown database", () => url("没有"), "$OFFICE_DB: 没有数据库 没有；请核对地址末尾的库名"],
    [
      "no TLS",
      () => url("office", {query: "?sslmode=require"}),
      /^\$OFFICE_DB: 127\.0\.0\.1:\d+ 不支持加密连接（sslmode=require）；/
    ],
    [
      "no right to read",
      () => url("office", {user: "reader", password: "r"}),
      /^\$OFFICE_DB: 用户 reader 没有权限（permission denied for table 单位）；请让数据库管理员授予SELECT权限$/
    ],
    ["nobody listens", () => "postgres://u:geheim@127.0.0.1:1/office", /^\$OFFICE_DB: 连不上 127\.0\.0\.1:1（拒绝连接）；/],
    [
      "no such host",
      () => "postgres://u:geheim@no-such-host.invalid/office",
      /^\$OFFICE_DB: 连不上 no-such-host\.invalid:5432（(找不到这个主机名|域名解析失败)）；/
    ],
    [
      "no such socket",
      () => "postgres:///office?host=/no/such/folder",
      /^\$OFFICE_DB: 连不上 \/no\/such\/folder（没有这个本地套接字）；/
    ]
  ])("%s", async (_, address, said) => {
    expect(await refusal("select * from 单位", {address: address()})).toEqual([
      4,
      typeof said === "string" ? said : expect.stringMatching(said)
    ]);
  });

  it.each([
    ["closes at once", (socket: Socket) => socket.end()],
    ["talks of something else", (socket: Socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")]
  ])("something other that listens and %s", async (_, behave) => {
    const other = createServer((socket) => behave(socket.on("error", () => {})));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const {port} = other.address() as AddressInfo;
    for (const mode of ["disable", "prefer"]) {
      expect(await refusal(UNIT, {address: `postgres://u:geheim@127.0.0.1:${port}/x?sslmode=${mode}`})).toEqual([
        4,
        expect.stringMatching(/连不上 127\.0\.0\.1/)
      ]);
    }
    other.close();
  });

  it("the query takes longer than it may", async () => {
    expect(await refusal(`${UNIT} from pg_sleep(5)`, {timeout: "1s"})).toEqual([
      4,
      expect.stringMatching(/^\$OFFICE_DB: 查询超时，被服务器取消；/)
    ]);
  });
});
