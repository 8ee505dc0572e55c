import {fault, nearestName} from "../src/fault.ts";
import {csv} from "./csv.ts";
import {duckdb} from "./duckdb.ts";
import {json} from "./json.ts";
import type {LoaderContext, LoaderEntry, RawPart, Source} from "./loader.ts";
import {parquet} from "./parquet.ts";
import {postgres} from "./postgres.ts";
import {spreadsheet} from "./spreadsheet.ts";

export type {CsvPart, Loader, LoaderContext, LoaderEngine, LoaderEntry, RawPart, Source, TablePart} from "./loader.ts";

/** All loaders by the name a source gives in `loader:`. */
export const LOADERS: Readonly<Record<string, LoaderEntry>> = {csv, duckdb, json, parquet, postgres, spreadsheet};

/**
 * Reads one source with the loader it names.
 * Errors: Fault 2 for an unknown loader or a file that cannot be read, 3 for a classified one.
 * @example const parts = await loadSource(source, {root, table: tableNamed(source.table), scratch, progress: () => {}})
 */
export async function loadSource(source: Source, context: LoaderContext): Promise<readonly RawPart[]> {
  const names = Object.keys(LOADERS);
  const loader = Object.hasOwn(LOADERS, source.loader) ? LOADERS[source.loader] : undefined;
  if (!loader) {
    const near = nearestName(source.loader, names);
    throw fault(2, {
      place: {file: "xunheng.yaml"},
      what: `来源 ${source.name} 的loader没有 ${source.loader}`,
      advice: near ? `是否指 ${near}？` : `可用：${names.join("、")}`
    });
  }
  return loader.load(source, context);
}
