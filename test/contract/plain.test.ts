import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {RawPart} from "../../loaders/loader.ts";
import type {Column} from "../../src/contract/column.ts";
import {TABLES, type Table} from "../../src/contract/index.ts";
import {plainSql} from "../../src/contract/plain.ts";
import {type ShapeRegime, shapeSql, type ValueMap} from "../../src/contract/shape.ts";
import {verdictSql} from "../../src/contract/verdict.ts";
import {quotedIdentifier, quotedString} from "../../src/sql.ts";
import {Database} from "../../src/warehouse/duckdb.ts";
import {judgeRows} from "../../src/workspace/judge.ts";
import {rounds} from "../rounds.ts";

const REGIME: ShapeRegime = {
  id: "演示",
  kinds: ["全面", "专项"],
  kind_words: {全面巡查: "全面"},
  unit_kinds: ["镇街"],
  items: ["1", "2", "10"]
};

/** Spellings of which some are the contract's own and some only look like it. */
const SPELLINGS: Readonly<Record<Column["type"], readonly string[]>> = {
  text: ["演示", "第１号：（甲）", "a b", "无", "合计", "a", "注：说明", "0"],
  code: ["990101", "A-1", "1E5", "E1", "1e5", "12@原", "无", "-", "９９", "合计", "测001", "1.5E+10"],
  person: ["GB-1", "372901198001010010", "123456789012345", "37290119800101001X", "张三", "无"],
  list: ["1、2", "1,2", "1；2", "、", "6 、7", "环保、应急、", "无", "一"],
  enum: ["无", "一"],
  item: ["1", "6", "10.1", "2.", "1.1.1", "１", "01", "无"],
  date: [
    "2025-03-01",
    "2025-3-1",
    "20250301",
    "45717",
    "2025-02-30",
    "0025-01-01",
    "2025-03-01 00:00",
    "10000-01-01",
    "0000-01-01",
    "infinity"
  ],
  timestamp: [
    "2025-03-01 09:30",
    "2025-03-01 09:30:05",
    "2025-03-01T09:30",
    "2025-03-01 09:30:05.5",
    "2025-03-01 24:00",
    "2025-03-01",
    "2025-03-01 23:59:60",
    "2025-02-30 09:30",
    "0025-01-01 09:30",
    "2025-03-01 9:30",
    "2025-03-01 09:30:00+08"
  ],
  integer: ["1", "-5", "+5", "007", "-0", "1.0", "1e3", "999999999999999", "1000000", "9999999999999999", "1_000"],
  decimal: [
    "1",
    "1.5",
    "-0.000001",
    "1.1234567",
    "1.5000000",
    "100",
    "100.0",
    "123456789012345678",
    "1234567890123456789",
    "-0",
    "0",
    "0.0000001",
    "1_000",
    "1e3",
    "12345678901234567890",
    ".5",
    "1."
  ],
  boolean: ["是", "否", "√", "×", "Y", "yes", "TRUE", "false", "1", "0", "有"],
  credit_code: ["91350100M000100Y43", "91350100m000100y43", "91350100M000100Y44", "123"]
};

/** What may stand around or in place of any of them. */
const ODD = ["", " ", "\u3000", "\u00a0", "\u2003", "\u200b", "\ufeff", "\t", "\n", "\u0001", "\u0085", "\u202e", "１", "，"];

const cellOf = (column: Column): fc.Arbitrary<string | null> => {
  const good = fc.constantFrom(...(column.values.length > 0 ? column.values : SPELLINGS[column.type].slice(0, 2)));
  const own = fc.constantFrom(...SPELLINGS[column.type], ...column.values);
  const odd = fc.tuple(fc.constantFrom(...ODD), own, fc.constantFrom(...ODD)).map((texts) => texts.join(""));
  const blank = fc.constant(column.required ? (column.values[0] ?? SPELLINGS[column.type][0] ?? null) : null);
  return fc.oneof(
    {arbitrary: blank, weight: 300},
    {arbitrary: good, weight: 300},
    {arbitrary: own, weight: 30},
    {arbitrary: fc.constantFrom(column.header, column.name, "甲", "乙乙"), weight: 2},
    {arbitrary: odd, weight: 5},
    {arbitrary: fc.constantFrom(...ODD), weight: 5}
  ) as fc.Arbitrary<string | null>;
};

/** The office's own words, in a table of rows of which few have the same key. */
const WORDS = fc.constantFrom<ValueMap>(
  {},
  {severity: {甲: "重大", 乙乙: "较大"}, stage: {甲: "完成"}, unit_kind: {甲: "镇街", 乙乙: " 镇街"}, description: {甲: "无"}}
);

const rowsOf = (table: Table) =>
  fc.array(
    fc.tuple(fc.nat(40), fc.tuple(...table.columns.map(cellOf)), fc.constantFrom(null, null, null, null, null, "\t整行不对")),
    {minLength: 200, maxLength: 200}
  );

let db: Database;
beforeAll(async () => {
  db = await Database.open();
});
afterAll(() => db.close());

/** The relation of a part: two thirds of the rows have a key of their own, so that they can be right. */
function relationOf(table: Table, rows: readonly (readonly [number, readonly (string | null)[], string | null])[]): string {
  const [key] = table.key;
  const values = rows.map(([n, cells, fault], i) => {
    const own = cells.map((cell, c) =>
      table.columns[c]?.name === key && table.columns[c]?.type === "code" && n > 12 ? `K${i}` : cell
    );
    const said = [fault, ...own].map((cell) => (cell === null ? "null" : quotedString(cell)));
    return `(${i + 2}, ${said.join(", ")})`;
  });
  return `select source_row::bigint as source_row, row_fault::varchar as row_fault, ${table.columns.map((_, i) => `c${i}::varchar as c${i}`).join(", ")}
    from (values ${values.join(",\n")}) as v(source_row, row_fault, ${table.columns.map((_, i) => `c${i}`).join(", ")})`;
}

function partOf(table: Table, file: string, relation: string): RawPart {
  const header = table.columns.map((c) => c.header);
  return {kind: "table", file, sheet: null, sha256: "", header, first_row: 2, notes: [], stamp: null, relation};
}

/** What the contract says when it looks closely at every row. */
async function closely(table: Table, words: ValueMap, parts: readonly RawPart[]): Promise<string> {
  const names = table.columns.map((c) => quotedIdentifier(c.name));
  const raw = parts.map(
    (part) =>
      `select ${quotedString(part.file)} as source_file, null::varchar as source_sheet, source_row, row_fault, null::varchar as row_beyond,
        coalesce(${table.columns.map((_, i) => `nullif(trim(c${i}), '')`).join(", ")}, null) as row_first, null::varchar as row_corrects,
        ${names.map((name, i) => `c${i} as ${name}`).join(", ")} from (${part.kind === "table" ? part.relation : ""})`
  );
  await db.run(`create or replace table close_raw as ${raw.join(" union all by name ")}`);
  await db.run(`create or replace table close_shaped as ${shapeSql(table, "close_raw", words, REGIME)}`);
  await db.run(`create or replace table close_verdict as ${verdictSql(table, "close_shaped")}`);
  return "close_verdict";
}

const OFTEN = ["finding", "rectification"];

describe("a row that is plain", () => {
  it.each(TABLES.filter(({name}) => rounds(1) > 1 || OFTEN.includes(name)).map((table) => [table.name, table] as const))(
    "is what a close look makes of it, and so is every other row: %s",
    async (_, table) => {
      let plain = 0;
      await fc.assert(
        fc.asyncProperty(rowsOf(table), rowsOf(table), WORDS, async (one, two, words) => {
          const parts = [partOf(table, "甲", relationOf(table, one)), partOf(table, "乙", relationOf(table, two))];
          const header = {columns: table.columns.map((c) => c.name), doors: [], unknown: [], missing: []};
          await judgeRows(
            db,
            {table: table.name, columns: {}, values: words},
            parts.map((part) => ({part, header: header as never})),
            REGIME
          );
          const columns = `source_file, source_sheet, source_row, row_corrects, faults, status, ${table.columns.map((c) => quotedIdentifier(c.name)).join(", ")}`;
          const close = `select ${columns} from ${await closely(table, words, parts)}`;
          const fast = `select ${columns} from verdict`;
          const differing = await db.rows(
            `(select 'close' as by, * from (${close} except all ${fast})) union all (select 'fast', * from (${fast} except all ${close}))`
          );
          expect(differing).toEqual([]);
          plain += Number(await db.value("select count(*) from read where plain"));
        }),
        {numRuns: rounds(1)}
      );
      expect(plain).toBeGreaterThan(0);
    }
  );
});

describe("plainSql", () => {
  it("takes the contract's own spelling as it is", async () => {
    const unit = TABLES.find(({name}) => name === "unit") as Table;
    const cells = unit.columns.map(
      (c) =>
        `${({unit_code: "'990101'", unit_name: "'演示镇'", unit_kind: "'镇街'"} as Record<string, string>)[c.name] ?? "null"}::varchar as ${quotedIdentifier(c.name)}`
    );
    const raw = `(select 'f' as source_file, null::varchar as source_sheet, 2 as source_row, null::varchar as row_fault, null::varchar as row_beyond, 'x' as row_first, null::varchar as row_corrects, ${cells.join(", ")})`;
    expect(await db.row(plainSql(unit, raw, {}, REGIME))).toMatchObject({plain: true, unit_code: "990101", unit_kind: "镇街"});
  });
});
