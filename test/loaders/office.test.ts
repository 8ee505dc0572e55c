import {mkdtempSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {parse} from "yaml";
import {loadSource, type Source} from "../../loaders/index.ts";
import {matchHeader} from "../../src/contract/header.ts";
import {tableNamed} from "../../src/contract/index.ts";
import {rawSelect} from "../../src/contract/read-sql.ts";
import {type ShapeRegime, shapeSql} from "../../src/contract/shape.ts";
import {verdictSql} from "../../src/contract/verdict.ts";
import {Fault} from "../../src/fault.ts";
import {quotedString} from "../../src/sql.ts";
import {Database, type Row} from "../../src/warehouse/duckdb.ts";
import {contextOf, sourceOf} from "./read.ts";

/** What must come of a workbook that LibreOffice made; by hand, beside the workbook. */
interface Expectation {
  /** What is ugly about it; said by the test. */
  readonly what: string;
  readonly file: string;
  readonly source?: Partial<Source>;
  /** The whole message, when the file must be refused. */
  readonly refused?: string;
  readonly exit?: number;
  readonly notes?: readonly string[];
  readonly unknown?: readonly string[];
  readonly doors?: readonly string[];
  /** Columns that `rows` lists, behind the row number; blank is null. */
  readonly columns?: readonly string[];
  readonly rows?: readonly (readonly unknown[])[];
  /** Row number → columns at fault, each with words of its reason. */
  readonly rejected?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly skipped?: readonly number[];
  /** Rows below the table, listed but not read. */
  readonly below?: readonly number[];
}

const INPUT = new URL("../input/office/", import.meta.url).pathname;
const REGIME: ShapeRegime = {id: "yanshi", kinds: ["专项"], kind_words: {}, items: ["6", "7", "13"], unit_kinds: ["镇街"]};
const scratch = mkdtempSync(join(tmpdir(), "xunheng-office-"));
let db: Database;

beforeAll(async () => {
  db = await Database.open(":memory:", {threads: 2});
  // For tables of ten rows the optimizer is nearly all of the time.
  await db.run("pragma disable_optimizer");
});
afterAll(() => {
  db.close();
  rmSync(scratch, {recursive: true});
});

const expectations = readdirSync(INPUT)
  .filter((name) => name.endsWith(".yaml"))
  .flatMap((name) => parse(readFileSync(join(INPUT, name), "utf8")) as Expectation[]);

test.each(expectations)("$file: $what", async (expected) => {
  const source = sourceOf({
    name: "finding",
    table: "finding",
    loader: "spreadsheet",
    path: expected.file,
    ...expected.source
  });
  const found = await judged(source).catch((error: unknown) => {
    if (error instanceof Fault) return {refused: error.message, exit: error.exit};
    throw error;
  });
  const {what: _what, file: _file, source: _source, columns, ...rest} = expected;
  const {rejected = {}, ...other} = shortened(found, columns ?? []);
  expect(other).toEqual({...rest, rejected: undefined});
  expect(rejected).toEqual(within(expected.rejected ?? {}));
});

/** Reads and judges a source as `load` does, up to the point where batches begin. */
async function judged(source: Source) {
  const table = tableNamed(source.table);
  const parts = await loadSource(source, contextOf(INPUT, mkdtempSync(join(scratch, "x")), source));
  const headers = parts.map((part) => matchHeader(part.header, table, source));
  const selects = parts.map((part, i) => {
    const select = rawSelect(part, headers[i] as (typeof headers)[number], table);
    return `select ${quotedString(part.file)} as source_file, ${quotedString(part.sheet ?? "")} as source_sheet, * from (${select})`;
  });
  await db.run(`create or replace table raw as ${selects.join(" union all ")}`);
  await db.run(`create or replace table shaped as ${shapeSql(table, "raw", source.values, REGIME)}`);
  const order = parts.map((part) => quotedString(part.sheet ?? "")).join(", ");
  const rows = await db.rows<Row & {source_row: number; faults: string | null; status: string}>(
    `select * from (${verdictSql(table, "shaped")}) order by list_position([${order}], source_sheet), source_row`
  );
  return {parts, headers, rows};
}

/** Reasons by column. */
function reasons(faults: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [column = "", reason] of faults.split("\u001e").map((fault) => fault.split("\u001f"))) {
    found[column] = `${found[column] ?? ""}${reason}\n`;
  }
  return found;
}

/** The same with every reason as a text to be found in it. */
function within(rejected: NonNullable<Expectation["rejected"]>) {
  const parts = (row: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(row).map(([column, part]) => [column, expect.stringContaining(part)]));
  return Object.fromEntries(Object.entries(rejected).map(([number, row]) => [number, parts(row)]));
}

type Found = Awaited<ReturnType<typeof judged>> | {refused: string; exit: number};

/** In the words of an expectation; what is empty is left out. */
function shortened(found: Found, columns: readonly string[]): Partial<Expectation> {
  if ("refused" in found) return found;
  const {parts, headers, rows} = found;
  const of = (status: string) => rows.filter((row) => row.status === status);
  const all = {
    notes: parts.flatMap(({notes}) => notes),
    unknown: [...new Set(headers.flatMap((h) => h.unknown))],
    doors: [...new Set(headers.flatMap((h) => h.doors))],
    rows: of("ok").map((row) => [Number(row.source_row), ...columns.map((name) => row[name])]),
    rejected: Object.fromEntries(of("rejected").map((row) => [String(row.source_row), reasons(row.faults ?? "")])),
    skipped: of("skipped").map((row) => Number(row.source_row)),
    below: of("note").map((row) => Number(row.source_row))
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => Object.keys(value).length > 0));
}
