import {writeFileSync} from "node:fs";
import {extname} from "node:path";
import {fault} from "../fault.ts";
import {quotedString} from "../sql.ts";
import type {Database} from "../warehouse/duckdb.ts";
import {type RunAbout, writeRun} from "../warehouse/kept-run.ts";

/** Columns of an exported ledger, with the headers of a workbook. */
const COLUMNS = {
  scheme: "评分办法",
  unit_code: "单位编码",
  seq: "序",
  kind: "类别",
  item: "巡查内容",
  rule_id: "规则",
  subject: "对象",
  milli: "分值(千分之一分)",
  because: "原因",
  breach: "违反条款",
  basis: "计分依据",
  batch: "批次",
  file: "来源文件",
  row: "来源行"
} as const;

const ROWS = `select ${Object.keys(COLUMNS)
  .map((c) => `"${c}"`)
  .join(", ")} from ledger order by scheme, unit_code, seq`;

/** Rows that fit a worksheet below its header. */
const MOST_ROWS = 1_048_575;

/** The workbook's own date: the same ledger gives the same bytes. */
const MADE = new Date(Date.UTC(2000, 0, 1));

/**
 * Writes the ledger, one row per cause, in ledger order.
 * Shape: .parquet, .arrow, .csv (byte order mark, texts that a spreadsheet would run as formulas made harmless) or .xlsx.
 * A Parquet file also keeps `about`, so that `xunheng diff` can compare it with another run later.
 * Errors: Fault 2 for another ending, a place that cannot be written, or more rows than a worksheet holds.
 * @example await writeLedger(db, "台账.xlsx", await runAbout(scored))
 */
export async function writeLedger(db: Database, file: string, about?: RunAbout): Promise<void> {
  const write = WRITERS[extname(file)];
  if (!write)
    throw fault(2, {place: {file}, what: `不会写“${extname(file)}”文件`, advice: `请用 ${Object.keys(WRITERS).join("、")}`});
  try {
    await write(db, file, about);
  } catch (error) {
    if ((error as Error).name === "Fault") throw error;
    throw fault(2, {
      place: {file},
      what: `写不了台账（${(error as Error).message.split("\n")[0]}）`,
      advice: "请核对目录是否存在、能否写入"
    });
  }
}

/** Libraries that write a format are read only when it is asked for: they are a quarter of a command's start. */
const WRITERS: Readonly<Record<string, (db: Database, file: string, about?: RunAbout) => Promise<void>>> = {
  ".parquet": (db, file, about) =>
    about ? writeRun(db, file, about) : db.run(`copy (${ROWS}) to ${quotedString(file)} (format parquet, compression zstd)`),
  ".arrow": async (db, file) => {
    const {arrowIpc} = await import("../warehouse/arrow.ts");
    writeFileSync(file, await arrowIpc(db, ROWS));
  },
  ".csv": (db, file) => db.run(csvSql(file)),
  ".xlsx": async (db, file) => {
    if (Number(await db.value("select count(*) from ledger")) > MOST_ROWS)
      throw fault(2, {place: {file}, what: `台账超过一张工作表能放的${MOST_ROWS}行`, advice: "请改用 .parquet 或 .csv"});
    const rows = await db.rows(ROWS);
    // Values are written as text or number cells, never as formulas.
    const cells = rows.map((row) => Object.keys(COLUMNS).map((c) => row[c] ?? null));
    const sheet = {
      name: "记分台账",
      rows: [Object.values(COLUMNS), ...cells],
      freezePane: {rows: 1},
      columns: Object.keys(COLUMNS).map((c) => ({width: c === "because" ? 60 : 14}))
    };
    const {writeXlsx} = await import("hucre/xlsx");
    writeFileSync(file, await writeXlsx({sheets: [sheet], properties: {creator: "巡衡", created: MADE, modified: MADE}}));
  }
};

function csvSql(file: string): string {
  const cells = Object.keys(COLUMNS).map(
    (c, i) => `${c === "seq" || c === "milli" || c === "row" ? `"${c}"` : safeText(`"${c}"`)} as "${i === 0 ? "\ufeff" : ""}${c}"`
  );
  return `copy (select ${cells.join(", ")} from (${ROWS})) to ${quotedString(file)} (format csv, header)`;
}

/** Texts that a spreadsheet would run as a formula get a leading apostrophe, as in csv.ts. */
function safeText(column: string): string {
  return `case when regexp_matches(${column}, '^(\\s*[=+@\\-＝＋－＠]|[\\t\\r])') then concat('''', ${column}) else ${column} end`;
}
