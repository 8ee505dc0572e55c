// Typed rows of the contract's tables, cut at a day.
//
// Readings taken: decimals are kept to six places, halves away from zero; a judgement and an appeal are cut by
// decisions_until (judged_on, decided_on) and not by as_of, so that a January decision counts for 31 December.

import type {Column, Table} from "../../../src/contract/column.ts";
import {tableNamed} from "../../../src/contract/index.ts";
import {Fraction} from "../fraction.ts";
import type {Rows} from "../input.ts";
import {Day, day, type Row, type Value} from "../value.ts";

/** All rows of a table, typed, whatever their date. */
export function typedRows(rows: Rows, name: string): Row[] {
  const table = tableNamed(name);
  return (rows[name] ?? []).map((raw) =>
    Object.fromEntries(table.columns.map((column) => [column.name, typed(raw[column.name] ?? column.fallback, column)]))
  );
}

/** Rows that exist on a day; days on which something happened later read as null. */
export function rowsOn(rows: Rows, name: string, on: Day): Row[] {
  const table = tableNamed(name);
  return typedRows(rows, name)
    .filter((row) => table.exists_on === null || !isLater(row[table.exists_on] ?? null, on))
    .map((row) => withoutLater(row, table, on));
}

function withoutLater(row: Row, table: Table, on: Day): Row {
  const later = table.columns.filter((column) => column.event && isLater(day(row, column.name), on));
  return {...row, ...Object.fromEntries(later.map((column) => [column.name, null]))};
}

function isLater(value: Value, on: Day): boolean {
  return value instanceof Day && value.number > on.number;
}

function typed(raw: string | number | boolean | null, {type}: Column): Value {
  if (raw === null) return null;
  switch (type) {
    case "date":
      return Day.of(String(raw));
    case "timestamp":
      return String(raw).replace("T", " ");
    case "integer":
      return Fraction.ratio(Fraction.of(String(raw)).rounded());
    case "decimal":
      return Fraction.of(String(raw)).roundedTo(6);
    case "boolean":
      return raw === true || raw === 1 || /^(true|t|1)$/i.test(String(raw));
    default:
      return String(raw);
  }
}
