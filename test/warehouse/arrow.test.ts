import {tableFromIPC} from "apache-arrow";
import {fromArrow} from "arquero";
import {expect, test} from "vitest";
import {arrowIpc} from "../../src/warehouse/arrow.ts";
import {Database} from "../../src/warehouse/duckdb.ts";

const SQL = `select * from (values
  ('甲', 7::bigint, date '2025-12-31', true, 1.5::decimal(28, 6), '好'),
  ('乙', null, null, null, null, null),
  ('丙', -4000, date '0001-01-01', false, -2, '好'),
  ('丁', 0, date '1970-01-01', false, 0, '好')) as v(name, milli, day, flag, wan, grade)`;

async function written(sql: string): Promise<Uint8Array> {
  const db = await Database.open();
  try {
    return await arrowIpc(db, sql);
  } finally {
    db.close();
  }
}

test("what arquero reads is what the query gave", async () => {
  const rows = fromArrow(await written(SQL), {useDate: true}).objects();
  expect(rows).toEqual([
    {name: "甲", milli: 7, day: new Date("2025-12-31"), flag: true, wan: 1.5, grade: "好"},
    {name: "乙", milli: null, day: null, flag: null, wan: null, grade: null},
    {name: "丙", milli: -4000, day: new Date("0001-01-01"), flag: false, wan: -2, grade: "好"},
    {name: "丁", milli: 0, day: new Date("1970-01-01"), flag: false, wan: 0, grade: "好"}
  ]);
});

test("repeating texts become a dictionary, others do not", async () => {
  const types = tableFromIPC(await written(SQL)).schema.fields.map((f) => `${f.name} ${f.type}`);
  expect(types).toEqual([
    "name Utf8",
    "milli Int32",
    "day Date32<DAY>",
    "flag Bool",
    "wan Float64",
    "grade Dictionary<Int32, Utf8>"
  ]);
});

test("a query without rows gives its columns", async () => {
  const table = fromArrow(await written(`select * from (${SQL}) where false`));
  expect(table.numRows()).toBe(0);
  expect(table.columnNames()).toEqual(["name", "milli", "day", "flag", "wan", "grade"]);
});

test("a number beyond 32 bits stops the writer", async () => {
  await expect(written("select 3000000000 as milli")).rejects.toThrow();
});
