import {join} from "node:path";
import {checkMapping} from "../src/contract/header.ts";
import {fault} from "../src/fault.ts";
import {quotedString} from "../src/sql.ts";
import {checkColumns} from "./database/part.ts";
import {type Address, serverAddress} from "./database/postgres/address.ts";
import {type ServerColumn, type ServerType, sentColumns, serverColumn, typesSql} from "./database/postgres/column.ts";
import {type Progress, postgresFault} from "./database/postgres/fault.ts";
import {RowFile} from "./database/postgres/row-file.ts";
import {openSession, type Session} from "./database/postgres/session.ts";
import {isSelect, notOneSelect, queryFault, withoutEnd} from "./database/select.ts";
import {rowsSql, tooManyColumns} from "./database/table.ts";
import type {Loader, LoaderContext, LoaderEntry, RawPart, Source} from "./loader.ts";

/** Longest line DuckDB is asked to read, in bytes; `RowFile` writes none that is longer. */
const LONGEST_LINE = 8 * 1024 * 1024;
const PROGRESS = 50_000;
/** How long a query may take where the source says nothing. */
const TIMEOUT = "30min";
const UNITS: Readonly<Record<string, number>> = {s: 1000, min: 60_000, h: 3_600_000};
/** How much longer we wait than the server is told to. Milliseconds. */
const GRACE = 15_000;
/** Encodings of the server in which ★ can be said. */
const STARRED = ["UTF8", "EUC_CN", "EUC_TW", "EUC_JP", "EUC_KR", "SQL_ASCII"];

/**
 * Reads what a query of the office's own returns from a PostgreSQL server: one COPY inside a transaction that cannot write, streamed
 * to a file in `scratch`. Rows are numbered as they come.
 */
const load: Loader = async (source, context) => {
  checkMapping(context.table, source);
  const address = serverAddress(source, context);
  const query = source.options?.query;
  if (!query?.trim()) {
    throw fault(2, {
      place: {file: "xunheng.yaml"},
      what: `来源 ${source.name} 没有写query`,
      advice: "请写一条SELECT，例如 query: select * from 整改台账 order by 问题编号"
    });
  }
  const timeout = duration(source);
  context.progress(`连接 ${address.shown}`);
  const progress: Progress = {sent: "login", before: 0, rows: 0};
  const session = await openSession(address, timeout + GRACE);
  try {
    return [await queryPart(session, {address, query, timeout, progress}, source, context)];
  } catch (error) {
    throw postgresFault(error, address, query, source.name, progress);
  } finally {
    await session.close();
  }
};

export const postgres: LoaderEntry = {
  title: "PostgreSQL数据库",
  options: {
    url: "$环境变量名，里面是服务器地址；或不含密码的地址",
    query: "一条SELECT",
    timeout: `查询最多用多久，例如 90s、30min、2h；不写是${TIMEOUT}`
  },
  endings: [],
  load
};

interface Asked {
  readonly address: Address;
  readonly query: string;
  /** Milliseconds. */
  readonly timeout: number;
  /** Kept up to date, for what is said when something goes wrong. */
  readonly progress: {-readonly [K in keyof Progress]: Progress[K]};
}

async function queryPart(
  session: Session,
  {address, query, timeout, progress}: Asked,
  source: Source,
  context: LoaderContext
): Promise<RawPart> {
  const {table, limits} = context;
  const file = address.shown;
  await session.rows(
    `begin isolation level repeatable read, read only;
    set local timezone to 'Asia/Shanghai'; set local datestyle to 'ISO, YMD'; set local intervalstyle to 'postgres';
    set local extra_float_digits to 3; set local bytea_output to 'hex'; set local statement_timeout to ${timeout}`
  );
  progress.sent = "query";
  const columns = await serverColumns(session, query, file, source, limits.columns);
  const {header, match, notes} = checkColumns(columns, file, source, context);
  const [encoding] = await session.rows<{server_encoding: string}>("show server_encoding");
  const sent = sentColumns(columns, match, STARRED.includes(encoding?.server_encoding ?? ""));
  const before = `copy (select ${sent.join(", ")} from (\n`;
  Object.assign(progress, {sent: "copy", before: [...before].length});
  const path = join(context.scratch, "rows.csv");
  const rows = new RowFile(path, file, limits);
  let sha256: string;
  try {
    await session.copy(
      `${before}${withoutEnd(query)}) as q(${columns.map((_, i) => `k${i}`).join(", ")})) to stdout (format csv)`,
      rows,
      () => {
        progress.rows = rows.rows;
        if (rows.rows % PROGRESS === 0) context.progress(`读取 ${file}：第${rows.rows}行`, rows.rows);
      }
    );
    progress.sent = "end";
    await session.rows("commit");
    sha256 = rows.close();
  } catch (error) {
    rows.abandon();
    throw error;
  }
  const names = ["'n': 'BIGINT'", "'f': 'VARCHAR'", ...columns.map((_, i) => `'k${i}': 'VARCHAR'`)];
  const from = `read_csv(${quotedString(path)}, auto_detect=false, header=false, columns={${names.join(", ")}}, delim=',', quote='"',
  escape='"', strict_mode=true, null_padding=false, compression='none', encoding='utf-8', max_line_size=${LONGEST_LINE}, parallel=true)`;
  const relation = rowsSql({from, row: "n", fault: "f", columns}, match, table, limits);
  return {kind: "table", file, sheet: null, sha256, header, first_row: 1, notes, stamp: null, relation};
}

/** The columns of the query, which the server parses by itself: what is more or other than one SELECT is refused here. */
async function serverColumns(session: Session, query: string, file: string, source: Source, most: number): Promise<ServerColumn[]> {
  const described = await session.describe(query);
  if (!isSelect(query)) throw notOneSelect(source.name);
  if (described.length > most) throw tooManyColumns(file, most);
  const types = await session.rows<ServerType>(typesSql([...new Set(described.map(({type}) => type))]));
  return described.map(({name, type}, i) => {
    const known = types.find(({oid}) => Number(oid) === type);
    if (!known) throw queryFault(source.name, `的列“${name}”类型不明`, "请在查询里用 ::text 把它变成文字");
    return serverColumn(name, known, `k${i}`, `k${i}`);
  });
}

/** The time a query may take, in milliseconds. */
function duration({name, options}: Source): number {
  const written = options?.timeout ?? TIMEOUT;
  const [, number, unit = ""] = /^([1-9]\d{0,4})\s*(s|min|h)$/.exec(written.trim()) ?? [];
  if (number !== undefined) return Number(number) * (UNITS[unit] ?? 0);
  throw fault(2, {
    place: {file: "xunheng.yaml"},
    what: `来源 ${name} 的timeout“${written}”不能识别`,
    advice: "请写成 90s、30min 或 2h 的样子"
  });
}
