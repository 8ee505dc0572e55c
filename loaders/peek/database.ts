import {statSync} from "node:fs";
import {GROUP, isDoor, matchedColumns, matchHeader} from "../../src/contract/header.ts";
import {fault} from "../../src/fault.ts";
import {quotedIdentifier, quotedString} from "../../src/sql.ts";
import {engineSays, fileEnds, inWords, otherKind, plainPath} from "../database/file.ts";
import {describeColumns} from "../database/table.ts";
import type {SourceFile} from "../files.ts";
import type {Limits} from "../limits.ts";
import type {LoaderEngine} from "../loader.ts";
import {refuseMarked} from "../marking.ts";
import {PEEK_ROWS, type Peek, type PeekPart} from "./peek.ts";

/** The first rows of a Parquet file. */
export const peekParquet: Peek = async (file, {scratch, limits, openEngine}) => {
  refuseMarked(file.file.split("/").at(-1) ?? "", {file: file.file});
  const path = plainPath(file, scratch, "peek.parquet");
  const engine = await openEngine([path]);
  try {
    const from = `read_parquet(${quotedString(path)}, hive_partitioning=false)`;
    const part = await readable(file, path, () => tablePart(engine, from, file.file, limits, null, {}));
    return {loader: "parquet", parts: [part], notes: []};
  } finally {
    engine.close();
  }
};

/** The first rows of every table of a DuckDB file. */
export const peekDuckdb: Peek = async (file, {limits, openEngine}) => {
  refuseMarked(file.file.split("/").at(-1) ?? "", {file: file.file});
  const attach = `attach ${quotedString(file.path)} as source (type duckdb, read_only)`;
  const engine = await readable(file, file.path, () => openEngine([file.path], [attach, "use source"]));
  try {
    const tables = await engine.rows<{schema: string; name: string}>(
      `select schema_name as schema, table_name as name from duckdb_tables() where database_name = 'source' and not internal
union all select schema_name, view_name from duckdb_views() where database_name = 'source' and not internal order by 1, 2`
    );
    if (tables.length === 0) throw fault(2, {place: {file: file.file}, what: "里面没有表", advice: "请核对是不是这个文件"});
    const parts: PeekPart[] = [];
    for (const {schema, name} of tables) {
      const called = schema === "main" ? plain(name) : `${plain(schema)}.${plain(name)}`;
      const options: Record<string, string> = tables.length === 1 ? {} : {query: `select * from ${called}`};
      const from = `${quotedIdentifier(schema)}.${quotedIdentifier(name)}`;
      parts.push(await readable(file, file.path, () => tablePart(engine, from, file.file, limits, called, options)));
    }
    return {loader: "duckdb", parts, notes: []};
  } finally {
    engine.close();
  }
};

/** A name as SQL takes it, without quotes where it can do without. */
function plain(name: string): string {
  return /^[a-z_\p{Script=Han}][a-z0-9_\p{Script=Han}]*$/u.test(name) ? name : quotedIdentifier(name);
}

async function tablePart(
  engine: LoaderEngine,
  from: string,
  file: string,
  limits: Limits,
  name: string | null,
  options: Readonly<Record<string, string>>
): Promise<PeekPart> {
  const {columns, aliases} = await describeColumns(engine, from, file, limits);
  const cells = columns.map(({header}) => header);
  const texts = columns.map(({header, text, binary}, i) => `${isDoor(header) || binary ? "''" : `coalesce(${text}, '')`} as c${i}`);
  const rows = await engine.rows<Record<string, string>>(
    `select ${texts.join(", ")} from ${from} as q(${aliases}) limit ${PEEK_ROWS + 1}`
  );
  const values = rows.map((row) => cells.map((_, i) => String(row[`c${i}`] ?? "")));
  return {
    name,
    hidden: false,
    options,
    heading: (table, source) => {
      const match = matchHeader(cells, table, source);
      if (matchedColumns(match, table) === 0 && match.classified.length === 0) return null;
      const whole = values.length <= PEEK_ROWS;
      return {
        cells,
        match,
        row: null,
        notes: cells.some((c) => c.includes(GROUP)) ? ["结构的各字段读作分组表头下的列"] : [],
        rows: () => ({rows: values.slice(0, PEEK_ROWS), whole})
      };
    }
  };
}

/** What the engine cannot read is said in our words. */
async function readable<T>(file: SourceFile, path: string, work: () => Promise<T>): Promise<T> {
  return inWords(work, (error) => {
    const other = otherKind(fileEnds(file, statSync(file.path).size));
    const what = `读不了（${engineSays(error, [[path, file.file]])}）`;
    return fault(2, {
      place: {file: file.file},
      what,
      advice: other?.advice ?? "文件可能已损坏、没有写完或正被别的程序打开，请重新导出"
    });
  });
}
