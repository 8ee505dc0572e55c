import {type DuckDBConnection, DuckDBInstance} from "@duckdb/node-api";
import {FACTS} from "../contract/fact.ts";
import type {ExpressionParser, Parsed} from "../scheme/expression.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import {modelSql} from "./model.ts";

/**
 * An expression parser on an engine of its own: in memory, empty typed tables instead of facts, no file, network or extension,
 * settings locked. It parses, prints and types; nothing of an expression is ever run.
 * @example const parser = await createExpressionParser(); try { … } finally { parser.close(); }
 */
export async function createExpressionParser(): Promise<ExpressionParser & {close(): void}> {
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    memory_limit: "256MiB",
    threads: "1"
  });
  const connection = await instance.connect();
  for (const view of FACTS) {
    const columns = view.columns.map(({name, type}) => `${quotedIdentifier(name)} ${type}`);
    await connection.run(`create table ${quotedIdentifier(view.name)} (${columns.join(", ")})`);
  }
  await connection.run(modelSql("function"));
  await connection.run("set enable_external_access = false");
  await connection.run("set lock_configuration = true");
  return {
    ...expressionParser((sql) => firstValue(connection, sql)),
    close() {
      connection.closeSync();
      instance.closeSync();
    }
  };
}

/**
 * An expression parser over anything that answers a query with its first value as text.
 * @example expressionParser(async (sql) => (await db.value<string>(sql)) ?? "")
 */
export function expressionParser(value: (sql: string) => Promise<string>): ExpressionParser {
  const frames = new Map<string, Promise<Parsed>>();
  async function parse(view: string, text: string): Promise<Parsed> {
    let json: string;
    try {
      // The line break ends a trailing comment, which would else swallow the bracket.
      json = await value(`select json_serialize_sql(${quotedString(`SELECT (${text}\n) FROM ${view}`)})`);
    } catch (error) {
      return {error: error instanceof Error ? error.message : String(error), point: null};
    }
    return parseError(json) ?? {json};
  }
  return {
    parse(view, text) {
      if (text !== "1") return parse(view, text);
      const frame = frames.get(view) ?? parse(view, text);
      frames.set(view, frame);
      return frame;
    },
    async print(view, json) {
      // Quotes inside a text constant are escaped in the JSON, so that only names of functions are found.
      const known = json.replaceAll(/"function_name":"(least|greatest)"/g, '"function_name":"$1_known"');
      const sql = await value(`select json_deserialize_sql(cast(${quotedString(known)} as json))`);
      const [before, after] = ["SELECT ", ` FROM ${view}`];
      if (!sql.startsWith(before) || !sql.endsWith(after)) throw new RangeError(`not a plain SELECT: ${sql}`);
      return sql.slice(before.length, -after.length);
    },
    async typeOf(view, sql) {
      try {
        return {type: await value(`select column_type from (describe select ${sql} as x from ${quotedIdentifier(view)})`)};
      } catch (error) {
        return {error: error instanceof Error ? error.message : String(error)};
      }
    }
  };
}

/** What the engine says of a text it cannot parse: `{"error":true,…}`. Text with 1e400 is no JSON, and is judged later. */
function parseError(json: string): Parsed | null {
  if (!json.startsWith('{"error":true')) return null;
  const {error_message, position} = JSON.parse(json) as {error_message: string; position?: string};
  return {error: error_message, point: position === undefined ? null : Number(position)};
}

async function firstValue(connection: DuckDBConnection, sql: string): Promise<string> {
  const reader = await connection.runAndReadAll(sql);
  return String(reader.getRows()[0]?.[0] ?? "");
}
