import {statSync} from "node:fs";
import {checkMapping} from "../src/contract/header.ts";
import {type Fault, fault} from "../src/fault.ts";
import {quotedString} from "../src/sql.ts";
import {engineSays, fileEnds, inWords, otherKind, plainPath} from "./database/file.ts";
import {readThrough} from "./database/marked.ts";
import {checkColumns} from "./database/part.ts";
import {describeColumns, rowsSql} from "./database/table.ts";
import {fileSha256, fileStamp, type SourceFile, sourceFiles} from "./files.ts";
import type {Loader, LoaderContext, LoaderEntry, RawPart, Source} from "./loader.ts";
import {refuseMarked} from "./marking.ts";

/** Reads Parquet files where they lie; the fields of a structure are columns below a group header. */
const load: Loader = async (source, context) => {
  checkMapping(context.table, source);
  const parts: RawPart[] = [];
  for (const [i, file] of (await sourceFiles(source, context)).entries()) {
    context.progress(`读取 ${file.file}`);
    parts.push(await parquetPart(file, `part-${i}.parquet`, source, context));
  }
  return parts;
};

export const parquet: LoaderEntry = {
  title: "Parquet文件",
  options: {path: "文件，可用 * 写多个"},
  endings: ["parquet"],
  load
};

async function parquetPart(file: SourceFile, copy: string, source: Source, context: LoaderContext): Promise<RawPart> {
  refuseMarked(file.file.split("/").at(-1) ?? "", {file: file.file});
  const stamp = fileStamp(file.path);
  refuseOtherFiles(file);
  const path = plainPath(file, context.scratch, copy);
  const sha256 = fileSha256(file);
  const engine = await context.openEngine([path]);
  try {
    return await inWords(
      async () => {
        const read = `read_parquet(${quotedString(path)}, hive_partitioning=false`;
        const {columns, aliases} = await describeColumns(engine, `${read})`, file.file, context.limits);
        const {header, match, notes} = checkColumns(columns, file.file, source, context);
        const from = `${read}, file_row_number=true) as q(${aliases}, file_row_number)`;
        const relation = rowsSql({from, row: "file_row_number + 1", columns}, match, context.table, context.limits);
        await readThrough(engine, relation, columns.length, file.file, context.limits);
        return {kind: "table", file: file.file, sheet: null, sha256, header, first_row: 1, notes, stamp, relation};
      },
      (error) => unreadable(file.file, engineSays(error, [[path, file.file]]))
    );
  } finally {
    engine.close();
  }
}

function refuseOtherFiles(file: SourceFile): void {
  const ends = fileEnds(file, statSync(file.path).size);
  const place = {file: file.file};
  if (ends.head.startsWith("PARE") || ends.tail === "PARE") {
    throw fault(2, {place, what: "已加密，不能读取", advice: "请不加密地重新导出"});
  }
  if (!ends.head.startsWith("PAR1")) {
    const other = otherKind(ends);
    throw fault(2, {
      place,
      what: `不是Parquet文件${other ? `，${other.what}` : ""}`,
      advice: other?.advice ?? "请核对xunheng.yaml中这个来源的loader和path"
    });
  }
  if (ends.tail !== "PAR1")
    throw fault(2, {place, what: "不完整，没有Parquet的结尾", advice: "请等文件写完、传完，再装一次；仍不行时重新导出"});
}

function unreadable(file: string, said: string): Fault {
  if (/encrypt/i.test(said)) return fault(2, {place: {file}, what: "已加密，不能读取", advice: "请不加密地重新导出"});
  return fault(2, {place: {file}, what: `读不了这个Parquet文件（${said}）`, advice: "文件可能已损坏，请重新导出"});
}
