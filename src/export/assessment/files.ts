import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {stampOf} from "../../release/stamp.ts";
import {points} from "../../score/score.ts";
import {jsonTable} from "../../site/leaving.ts";
import {quotedIdentifier, quotedString} from "../../sql.ts";
import type {Scored} from "../../warehouse/scored.ts";
import {csvBytes} from "../csv.ts";
import {packageFiles} from "../package.ts";
import type {ExportFile} from "../write.ts";
import {assessmentBook} from "./book.ts";
import {assessmentSchema} from "./schema.ts";
import {flatTable, TABLE_NAMES} from "./tables.ts";
import type {AssessmentExport} from "./types.ts";

export type TableName = (typeof TABLE_NAMES)[number];

/**
 * One of the three tables as CSV: points as decimals, headers in Chinese; every row names the result that it comes from.
 * @example assessmentCsv(all, "指标")
 */
export function assessmentCsv(all: AssessmentExport, name: TableName): Uint8Array {
  const {columns, rows} = flatTable(all, name);
  const shown = rows.map((row) =>
    row.map((value, c) => (columns[c]?.kind === "points" && typeof value === "number" ? points(value) : value))
  );
  return csvBytes(
    columns.map((column) => column.header),
    shown
  );
}

/**
 * One of the three tables as Parquet: points in thousandths, names in English; the file's own metadata name the result.
 * @example await assessmentParquet(scored, all, "指标")
 */
export async function assessmentParquet({db}: Scored, all: AssessmentExport, name: TableName): Promise<Uint8Array> {
  const {file, columns, rows} = flatTable(all, name);
  const table = `export_${file}`;
  const objects = rows.map((row, row_no) => ({row_no, ...Object.fromEntries(columns.map((column, c) => [column.name, row[c]]))}));
  await jsonTable(db, table, objects, {row_no: "BIGINT", ...Object.fromEntries(columns.map(({name, type}) => [name, type]))});
  const directory = mkdtempSync(join(tmpdir(), "xunheng-export-"));
  try {
    const path = join(directory, `${file}.parquet`);
    const list = columns.map((column) => quotedIdentifier(column.name)).join(", ");
    const about = quotedString(JSON.stringify(all.stamp));
    await db.run(
      `copy (select ${list} from ${table} order by row_no) to ${quotedString(path)} (format parquet, compression zstd, kv_metadata {xunheng_stamp: ${about}})`
    );
    return readFileSync(path);
  } finally {
    rmSync(directory, {recursive: true, force: true});
    await db.run(`drop table ${table}`);
  }
}

/** The whole as JSON, as assessmentSchema describes it. */
export function assessmentJson(all: AssessmentExport): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(all, null, 2)}\n`);
}

/** The JSON Schema as a file. */
export function schemaJson(): string {
  return `${JSON.stringify(assessmentSchema(), null, 2)}\n`;
}

/**
 * All forms of the export as a package that can be signed and checked: workbook, three tables as CSV and Parquet, JSON with its schema.
 * @example await writeExport("考核", await assessmentPackage(scored, all))
 */
export async function assessmentPackage(scored: Scored, all: AssessmentExport): Promise<ExportFile[]> {
  const files: ExportFile[] = [
    {path: "考核.xlsx", bytes: await assessmentBook(scored, all)},
    {path: "assessment.json", bytes: assessmentJson(all)},
    {path: "assessment.schema.json", bytes: new TextEncoder().encode(schemaJson())}
  ];
  for (const name of TABLE_NAMES) {
    files.push({path: `${name}.csv`, bytes: assessmentCsv(all, name)});
    files.push({path: `${name}.parquet`, bytes: await assessmentParquet(scored, all, name)});
  }
  return packageFiles("assessment", stampOf(scored), files);
}
