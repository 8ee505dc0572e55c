import {readFileSync} from "node:fs";
import {join} from "node:path";
import {fault} from "../fault.ts";
import {quotedString} from "../sql.ts";
import {shownPath} from "../workspace/workspace.ts";
import type {Database, EngineOptions} from "./duckdb.ts";
import {openSealed} from "./sealed.ts";

/** Kinds of statements that a script of a score is made of. */
const KINDS: ReadonlySet<string> = new Set(["SELECT", "CREATE", "INSERT", "DROP", "SET", "VARIABLE_SET", "CREATE_FUNC"]);

/** A script of ours is never larger: it holds rules, not facts. */
const LARGEST = 64 * 2 ** 20;

/** What a script that somebody handed over may read and use. */
export interface ScriptRun extends EngineOptions {
  /** Names of the files below `directory` that it may read. */
  readonly readable: readonly string[];
  /** A new, empty directory where the engine may put what does not fit in memory. */
  readonly scratch: string;
  /** Seconds after which it is stopped. */
  readonly seconds: number;
}

/**
 * Runs a script of ScoreScript that somebody handed over, in an engine in memory that can read the files named and nothing else: it
 * writes nowhere, attaches nothing, and changes no setting.
 * Shape: leaves what the script leaves: `ledger`, `score`, `digest`.
 * Errors: Fault 2 when it does anything else, fails, or takes too long.
 * @example const db = await runScript(release, "score.sql", {readable: ["facts/x/finding_fact.parquet"], scratch, seconds: 600})
 */
export async function runScript(
  directory: string,
  name: string,
  {readable, scratch, seconds, ...options}: ScriptRun
): Promise<Database> {
  const file = join(directory, name);
  const place = {file: shownPath(file)};
  const bytes = readFileSync(file);
  if (bytes.length > LARGEST) throw fault(2, {place, what: "脚本太大", advice: "这不是巡衡写成的脚本，请用原来的文件"});
  const sql = bytes.toString("utf8");
  if (sql.trim() === "") throw fault(2, {place, what: "脚本是空的", advice: "请用原来的文件"});
  const paths = readable.map((path) => join(directory, path));
  const db = await openSealed(paths, scratch, options, [`set max_temp_directory_size = '16GiB'`]);
  const clock = {late: false};
  const timer = setTimeout(() => {
    clock.late = true;
    db.interrupt();
  }, seconds * 1000);
  try {
    await db.runKinds(rooted(sql, directory, readable), KINDS);
    return db;
  } catch (error) {
    db.close();
    const {message} = error as Error;
    const why = clock.late ? `${seconds}秒内没有算完，已停止` : `不能执行（${message.split("\n")[0]}）`;
    throw fault(2, {place, what: `脚本${why}`, advice: "脚本只应读取本目录的事实；请用原来的文件"});
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The script with the names of its files written out: it is meant to be run in its own directory, which a process that does other things
 * beside cannot enter.
 */
function rooted(sql: string, directory: string, readable: readonly string[]): string {
  let text = sql;
  for (const path of readable)
    text = text.replaceAll(`read_parquet(${quotedString(path)})`, () => `read_parquet(${quotedString(join(directory, path))})`);
  return text;
}
