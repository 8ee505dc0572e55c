import {statSync} from "node:fs";
import {join} from "node:path";
import {checkMapping} from "../src/contract/header.ts";
import {type Fault, fault} from "../src/fault.ts";
import {quotedString} from "../src/sql.ts";
import {engineSays, fileEnds, inWords, otherKind} from "./database/file.ts";
import {readThrough} from "./database/marked.ts";
import {checkColumns} from "./database/part.ts";
import {oneSelect, onlyTable, queryFault} from "./database/select.ts";
import {describeColumns, rowsSql} from "./database/table.ts";
import {fileSha256, fileStamp, type SourceFile, sourceFiles} from "./files.ts";
import type {Loader, LoaderContext, LoaderEngine, LoaderEntry, RawPart, Source} from "./loader.ts";
import {refuseMarked} from "./marking.ts";

/** What the file is called inside the engine. */
const ATTACHED = "source";

/**
 * Reads another DuckDB file by a query of the office's own, or its only table. The engine is sealed: the query reaches nothing but
 * this file, and cannot write to it. Its rows go through a Parquet file in `scratch`.
 */
const load: Loader = async (source, context) => {
  checkMapping(context.table, source);
  const parts: RawPart[] = [];
  for (const [i, file] of (await sourceFiles(source, context)).entries()) {
    context.progress(`读取 ${file.file}`);
    parts.push(await duckdbPart(file, join(context.scratch, `rows-${i}.parquet`), source, context));
  }
  return parts;
};

export const duckdb: LoaderEntry = {
  title: "另一个DuckDB数据库文件",
  options: {path: "文件，可用 * 写多个", query: "一条SELECT；文件只有一个表时可不写"},
  endings: ["duckdb", "db"],
  load
};

async function duckdbPart(file: SourceFile, copy: string, source: Source, context: LoaderContext): Promise<RawPart> {
  refuseMarked(file.file.split("/").at(-1) ?? "", {file: file.file});
  const stamp = fileStamp(file.path);
  refuseOtherFiles(file);
  const attach = `attach ${quotedString(file.path)} as ${ATTACHED} (type duckdb, read_only)`;
  const shown = [[file.path, file.file]] as const;
  const engine = await inWords(
    () => context.openEngine([file.path], [attach, `use ${ATTACHED}`]),
    (error) => unopened(file.file, engineSays(error, shown))
  );
  try {
    const {header, notes} = await copyRows(engine, file.file, copy, source, context);
    const relation = `select cast(file_row_number + 1 as bigint) as source_row, * exclude (file_row_number) from read_parquet(${quotedString(copy)}, hive_partitioning=false, file_row_number=true)`;
    await readThrough(engine, relation, header.length, file.file, context.limits);
    const sha256 = fileSha256({path: copy, file: file.file});
    return {kind: "table", file: file.file, sheet: null, sha256, header, first_row: 1, notes, stamp, relation};
  } finally {
    engine.close();
  }
}

/** Runs the query into a Parquet file, every cell as text already. */
async function copyRows(engine: LoaderEngine, file: string, copy: string, source: Source, context: LoaderContext) {
  const {name, options} = source;
  const query = options?.query;
  const select = query === undefined ? await onlyTable(engine, ATTACHED, file) : await oneSelect(engine, query, name);
  const say = (error: unknown) => unanswered(name, file, engineSays(error, [[copy, "scratch"]]), query !== undefined);
  return inWords(async () => {
    const {columns, aliases} = await describeColumns(engine, `(${select})`, file, context.limits);
    // One row beyond the limit tells that there are too many, however long the query would go on.
    const from = `(select * from (${select}) limit ${context.limits.rows + 1}) as q(${aliases})`;
    const checked = checkColumns(columns, file, source, context);
    const rows = rowsSql({from, row: "0", columns}, checked.match, context.table, context.limits);
    await engine.run(`copy (select * exclude (source_row) from (${rows})) to ${quotedString(copy)} (format parquet)`);
    return checked;
  }, say);
}

function refuseOtherFiles(file: SourceFile): void {
  const ends = fileEnds(file, statSync(file.path).size);
  if (ends.head.slice(8, 12) === "DUCK") return;
  const other = otherKind(ends);
  throw fault(2, {
    place: {file: file.file},
    what: `不是DuckDB数据库${other ? `，${other.what}` : ""}`,
    advice: other?.advice ?? "请核对xunheng.yaml中这个来源的loader和path"
  });
}

function unopened(file: string, said: string): Fault {
  const place = {file};
  if (/could not set lock|conflicting lock|being used by another process/i.test(said)) {
    return fault(4, {place, what: "正被另一个程序打开", advice: "请关闭那个程序，再装一次"});
  }
  if (/version number|newer version|storage version/i.test(said)) {
    return fault(2, {
      place,
      what: `是本程序不认识的DuckDB版本写的（${said}）`,
      advice: "请用写它的DuckDB把表导出为Parquet，并把loader改为parquet"
    });
  }
  if (/encrypt/i.test(said))
    return fault(2, {place, what: "已加密，不能读取", advice: "请把其中的表导出为Parquet，并把loader改为parquet"});
  return fault(2, {place, what: `打不开这个DuckDB数据库（${said}）`, advice: "文件可能已损坏或没有写完，请重新导出"});
}

function unanswered(source: string, file: string, said: string, asked: boolean): Fault {
  if (!asked) return fault(2, {place: {file}, what: `读不了里面的表（${said}）`, advice: "文件可能已损坏，请重新导出"});
  if (/disabled by configuration|external extensions|locked/i.test(said)) {
    return queryFault(source, "要读别的文件或改设置", "query只能读这个DuckDB文件里的表；别的文件请另写一个来源");
  }
  if (/read-only mode/i.test(said)) return queryFault(source, "要写数据", "本程序只读取数据；请只写SELECT");
  return queryFault(source, `不能执行（${said}）`);
}
