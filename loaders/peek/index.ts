import {statSync} from "node:fs";
import {extname} from "node:path";
import {fault} from "../../src/fault.ts";
import {fileEnds} from "../database/file.ts";
import type {SourceFile} from "../files.ts";
import {LOADERS} from "../index.ts";
import type {LoaderContext} from "../loader.ts";
import {peekDuckdb, peekParquet} from "./database.ts";
import {peekJson} from "./json.ts";
import type {Peek, Peeked} from "./peek.ts";
import {peekSpreadsheet} from "./spreadsheet.ts";
import {peekText} from "./text.ts";

/** How the beginning of a file is looked at, by the name of its loader. */
export const PEEKS: Readonly<Record<string, Peek>> = {
  csv: peekText,
  duckdb: peekDuckdb,
  json: peekJson,
  parquet: peekParquet,
  spreadsheet: peekSpreadsheet
};

/**
 * The loader of a file: by what its first bytes are, then by its ending.
 * Errors: Fault 2 for a file that is empty, or that no loader reads.
 * @example loaderOf({path: "a.xlsx", file: "a.xlsx"}) // "spreadsheet"
 */
export function loaderOf(file: SourceFile): string {
  const {head, tail} = fileEnds(file, statSync(file.path).size);
  const ending = extname(file.path).slice(1).toLowerCase();
  const byEnding = Object.entries(LOADERS).find(([, {endings}]) => endings.includes(ending))?.[0];
  if (head.startsWith("PAR1") || tail === "PAR1") return "parquet";
  if (head.slice(8, 12) === "DUCK") return "duckdb";
  if (head.startsWith("PK\u0003\u0004") || head.startsWith("\u00d0\u00cf\u0011\u00e0")) return "spreadsheet";
  if (/^[\s\u00ef\u00bb\u00bf]*[[{]/.test(head) && byEnding !== "csv") return "json";
  if (byEnding !== undefined) return byEnding;
  if ([...head].every((char) => char >= " " || "\t\r\n\0".includes(char))) return "csv";
  const endings = Object.values(LOADERS).flatMap((loader) => loader.endings);
  throw fault(2, {
    place: {file: file.file},
    what: `认不出这种文件${ending === "" ? "" : `（.${ending}）`}`,
    advice: `能读的有 ${endings.map((e) => `.${e}`).join(" ")}`
  });
}

/**
 * Looks at the beginning of a file with the loader that is its own.
 * Errors: Fault 2 for a file that cannot be read, 3 for a classified one.
 */
export async function peekFile(file: SourceFile, context: Omit<LoaderContext, "table">): Promise<Peeked> {
  const loader = loaderOf(file);
  const peek = PEEKS[loader];
  if (peek) return peek(file, context);
  throw fault(2, {
    place: {file: file.file},
    what: `${LOADERS[loader]?.title ?? loader}还不能预先查看`,
    advice: `请直接在xunheng.yaml里写 loader: ${loader} 的来源，再用 xunheng load 装入`
  });
}
