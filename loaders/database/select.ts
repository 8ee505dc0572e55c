import {type Fault, fault, listed} from "../../src/fault.ts";
import {quotedIdentifier, quotedString} from "../../src/sql.ts";
import type {LoaderEngine} from "../loader.ts";

/**
 * The one SELECT of a query, checked by DuckDB's own parser, ready to stand within brackets.
 * Errors: Fault 2 for anything else: several statements, one that writes or changes settings, a syntax error with its place.
 */
export async function oneSelect(engine: LoaderEngine, query: string, source: string): Promise<string> {
  const [row] = await engine.rows<{said: string}>(`select json_serialize_sql(${quotedString(query)}) as said`);
  const said = JSON.parse(row?.said ?? "{}") as {
    error: boolean;
    error_type?: string;
    error_message?: string;
    position?: string;
    statements?: unknown[];
  };
  if (said.error && said.error_type === "not implemented") throw notOneSelect(source);
  if (said.error) throw queryFault(source, `有语法错误${placeIn(query, Number(said.position ?? -1))}（${said.error_message}）`);
  if (said.statements?.length !== 1) throw notOneSelect(source);
  return withoutEnd(query);
}

/** A query without the semicolon at its end; a comment in its last line is closed by a line break. */
export function withoutEnd(query: string): string {
  return `${query.replace(/[;\s]+$/, "")}\n`;
}

/** Whether a query begins as one that reads; comments and brackets may stand before. */
export function isSelect(query: string): boolean {
  return /^(?:\s|\(|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*(?:select|with|values|table)\b/i.test(query);
}

/** Says that a query is more or other than one SELECT. */
export function notOneSelect(source: string): Fault {
  return queryFault(source, "只能是一条SELECT语句", "本程序只读取数据；请只写一条SELECT，不要分号后再写别的");
}

/** Says what is wrong with the query of a source. */
export function queryFault(source: string, what: string, advice = "请核对xunheng.yaml里的query"): Fault {
  return fault(2, {place: {file: "xunheng.yaml"}, what: `来源 ${source} 的query${what}`, advice});
}

/** Where in a query something is: `第2行第5个字`. @param position from 0; below that the place is not known */
export function placeIn(query: string, position: number): string {
  if (position < 0) return "";
  const before = [...query].slice(0, position).join("");
  const line = before.split("\n").length;
  return `，在第${line}行第${[...before].length - [...before.slice(0, before.lastIndexOf("\n") + 1)].length + 1}个字`;
}

/**
 * A query of the only table of an attached database.
 * Errors: Fault 2 naming the tables when there is none or several.
 */
export async function onlyTable(engine: LoaderEngine, database: string, file: string): Promise<string> {
  const where = `where database_name = ${quotedString(database)} and not internal order by 1, 2`;
  const named = (kind: "table" | "view") =>
    engine.rows<{schema: string; name: string}>(
      `select schema_name as schema, ${kind}_name as name from duckdb_${kind}s() ${where}`
    );
  const tables = await named("table");
  const all = [...tables, ...(await named("view"))];
  const only = tables.length === 1 ? tables[0] : all.length === 1 ? all[0] : undefined;
  if (only) return `select * from ${quotedIdentifier(only.schema)}.${quotedIdentifier(only.name)}\n`;
  if (all.length === 0) throw fault(2, {place: {file}, what: "里面没有表", advice: "请核对xunheng.yaml中这个来源的path"});
  const names = all.map(({schema, name}) => (schema === "main" ? name : `${schema}.${name}`));
  throw fault(2, {
    place: {file},
    what: `有${all.length}个表：${listed(names)}`,
    advice: `请在xunheng.yaml里用query写明读哪一个，例如 query: select * from ${names[0]}`
  });
}
