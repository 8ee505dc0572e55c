import type {CsvPart, RawPart, Source} from "../../loaders/loader.ts";
import {completedSql} from "../contract/constant.ts";
import type {HeaderMatch} from "../contract/header.ts";
import {type Table, tableNamed} from "../contract/index.ts";
import {plainSql} from "../contract/plain.ts";
import {rawSelect} from "../contract/read-sql.ts";
import {type ShapeRegime, shapeSql} from "../contract/shape.ts";
import {turnedSql, verdictSql} from "../contract/verdict.ts";
import {fault} from "../fault.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Database} from "../warehouse/duckdb.ts";

/** A part of a source with its header matched to the contract. */
export interface Matched {
  readonly part: RawPart;
  readonly header: HeaderMatch;
}

/**
 * Reads the parts of a source into the engine and judges their rows by the contract.
 * Shape: leaves the relation `verdict` (as of verdictSql). Rows that are written as the contract keeps them
 * and whose key is there once are right as they are; only the others are looked at closely.
 */
export async function judgeRows(
  db: Database,
  source: Pick<Source, "table" | "columns" | "values" | "constants" | "filled">,
  parts: readonly Matched[],
  regime: ShapeRegime
): Promise<void> {
  const table = tableNamed(source.table);
  const {values} = source;
  const read = async (of: readonly Matched[]) => {
    await drop(db);
    const selects = of.map(
      ({part, header}, i) =>
        `select ${quotedString(String(i))} as source_file, null::varchar as source_sheet, * from (${completedSql(rawSelect(part, header, table, false), header, table, source)})`
    );
    const rows = `(${selects.join("\nunion all by name\n")})`;
    await db.run(`create table read as ${plainSql(table, rows, values, regime)}`);
    return numberedSql(
      db,
      of.map(({part}) => part)
    );
  };
  // Should several threads not find the lines that were counted, one reads the file again.
  const numbered = (await read(parts)) ?? (await read(parts.map(({part, header}) => ({part: {...part, lines: null}, header}))));
  if (numbered === null) throw new Error("各行的次序不明");
  await db.run(`create view numbered as ${numbered}`);
  const key = table.key.map(quotedIdentifier);
  const hash = `hash(${key.join(", ")})`;
  const careful = Number(await db.value("select count(*) from read where not plain")) > 0;
  if (careful)
    await db.run(`create table shaped as ${shapeSql(table, "(select * from numbered where not plain)", values, regime)}`);
  const rest = careful ? ` union all select ${hash} from shaped where ${key.map((k) => `${k} is not null`).join(" and ")}` : "";
  await db.run(
    `create table again as select h from (select ${hash} as h from read where plain${rest}) group by h having count(*) > 1`
  );
  const again = Number(await db.value("select count(*) from again")) > 0;
  const columns = table.columns.map((c) => quotedIdentifier(c.name)).join(", ");
  const kept = `source_file, source_sheet, source_row, row_corrects, ${columns}`;
  const alone = again ? `plain and ${hash} not in (from again)` : "plain";
  const good = `select ${kept}, null::varchar as faults, 'ok' as status from numbered${careful || again ? ` where ${alone}` : ""}`;
  if (!careful && !again) {
    await db.run(`create view verdict as ${good}`);
    return;
  }
  const twice = `select source_file, source_sheet, source_row, null::varchar as row_first, row_corrects, 1 as row_cells, null::varchar as faults, ${columns} from numbered where plain and ${hash} in (from again)`;
  const close = [...(careful ? ["from shaped"] : []), ...(again ? [twice] : [])].join(" union all by name ");
  const all = `(select source_file, source_sheet, source_row, null as faults from numbered where plain${careful ? " union all select source_file, source_sheet, source_row, faults from shaped" : ""})`;
  await db.run(`create table judged as ${verdictSql(table, `(${close})`, source.columns, all)}`);
  await db.run(`create view verdict as ${good} union all by name from judged`);
  await refuseTurned(db, table, source.columns);
}

/** Errors: Fault 2 for a second header, among the rows, whose columns are not those of the first. */
async function refuseTurned(db: Database, table: Table, mapped: Readonly<Record<string, string>>): Promise<void> {
  const found = await db.row<{file: string; sheet: string | null; row: number; header: string; text: string}>(
    turnedSql(table, "judged", mapped)
  );
  if (!found) return;
  const {file, sheet, row, header, text} = found;
  throw fault(2, {
    place: sheet === null ? {file, line: row} : {file: `${file} ${sheet}`, line: row},
    what: `又有一遍表头，列的次序与前面的不同（${header}的位置上是“${text}”）`,
    advice: "下面的行会读错列，所以整个来源没有读；请把两张表分成两个工作表或两个文件"
  });
}

/** What is left of the source before. */
async function drop(db: Database): Promise<void> {
  await db.run(`drop view if exists verdict; drop view if exists numbered; drop table if exists judged; drop table if exists again;
    drop table if exists shaped; drop table if exists read`);
}

/**
 * The rows as read, each with its file, sheet and row. Rows of a file that was read in place are numbered by the order in which they
 * stand in `read`: that of the file, which the engine keeps however many threads read it.
 */
async function numberedSql(db: Database, parts: readonly RawPart[]): Promise<string | null> {
  const found = await db.rows<{i: string; first: number; last: number; rows: number}>(
    "select source_file as i, min(rowid) as first, max(rowid) as last, count(*) as rows from read group by 1"
  );
  const ranges = parts.map((part, i) => ({part, ...(found.find((f) => f.i === String(i)) ?? {first: 0, last: -1, rows: 0})}));
  const isInPlace = (part: RawPart): part is CsvPart => part.kind === "csv" && !part.prepared;
  for (const {part, first, last, rows} of ranges)
    if (isInPlace(part) && (last - first + 1 !== rows || rows !== (part.lines ?? rows))) return null;
  const files = ranges.map(({part}) => quotedString(part.file));
  const sheets = ranges.map(({part}) => (part.sheet === null ? "null::varchar" : quotedString(part.sheet)));
  const row = ranges.map(({part, first}) => (isInPlace(part) ? `rowid + ${part.first_row - first}` : "source_row"));
  const pick = (texts: readonly string[]) =>
    new Set(texts).size === 1 ? texts[0] : `case source_file ${texts.map((text, i) => `when '${i}' then ${text}`).join(" ")} end`;
  return `select * replace (${pick(files)} as source_file, ${pick(sheets)} as source_sheet, ${pick(row)} as source_row) from read`;
}
