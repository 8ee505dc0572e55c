import {copyFileSync} from "node:fs";
import {join} from "node:path";
import {type Complaint, Fault, fault} from "../../src/fault.ts";
import {fileChunks, type SourceFile} from "../files.ts";

/** First and last bytes of a file, for its kind; Latin-1. */
export interface FileEnds {
  readonly head: string;
  readonly tail: string;
  readonly bytes: number;
}

/**
 * The first sixteen bytes of a file and its last four.
 * Errors: Fault 2 for an empty file or one that cannot be opened.
 */
export function fileEnds(file: SourceFile, bytes: number): FileEnds {
  if (bytes === 0) throw fault(2, {place: {file: file.file}, what: "是空文件", advice: "请重新导出"});
  const read = (start: number, size: number) => {
    for (const chunk of fileChunks(file, start, size)) return chunk.toString("latin1");
    return "";
  };
  return {head: read(0, 16), tail: read(Math.max(0, bytes - 4), 4), bytes};
}

/** What a file is that is not what its source says; null when nobody knows. */
export function otherKind({head}: FileEnds): Pick<Complaint, "what" | "advice"> | null {
  const change = (loader: string) => `请在xunheng.yaml里把这个来源的loader改为${loader}`;
  if (head.startsWith("PAR1")) return {what: "是Parquet文件", advice: change("parquet")};
  if (head.slice(8, 12) === "DUCK") return {what: "是DuckDB数据库", advice: change("duckdb")};
  if (head.startsWith("PK\u0003\u0004")) return {what: "是xlsx等压缩格式", advice: change("spreadsheet")};
  if (head.startsWith("SQLite format 3")) return {what: "是SQLite数据库", advice: "请把其中的表导出为CSV或Parquet"};
  if (/^[\s\u00ef\u00bb\u00bf]*[[{]/.test(head)) return {what: "看似JSON文件", advice: change("json")};
  return null;
}

/** The path as DuckDB may be given it: a name that it would read as a pattern is copied to `scratch`. */
export function plainPath({path}: SourceFile, scratch: string, name: string): string {
  if (!/[*?[\]{}]/.test(path)) return path;
  const copy = join(scratch, name);
  copyFileSync(path, copy);
  return copy;
}

/**
 * What the engine said, in one line, the file named as people know it.
 * @example engineSays(new Error("Invalid Input Error: File '/a/b.parquet' too small"), [["/a/b.parquet", "b.parquet"]])
 */
export function engineSays(error: unknown, shown: readonly (readonly [string, string])[] = []): string {
  let text = (error as Error).message.split(/\r?\n/)[0] ?? "";
  for (const [path, file] of shown) text = text.replaceAll(path, file);
  return text.replace(/^[A-Z][A-Za-z ]*Error: /, "").trim();
}

/** Runs what an engine does for a file; an error of the engine's own becomes the sentence that `say` makes of it. */
export async function inWords<T>(work: () => Promise<T>, say: (error: unknown) => Fault): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Fault ? error : say(error);
  }
}
