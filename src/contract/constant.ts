import {amongSql, quotedIdentifier, quotedString} from "../sql.ts";
import type {Column, Table} from "./column.ts";
import type {HeaderMatch} from "./header.ts";
import {FAULT_SEPARATOR, type ValueMap} from "./shape.ts";
import {BLANKS} from "./value.ts";
import {NOTES, TOTALS} from "./verdict.ts";

/** What a source says of its rows beyond its headers. */
export interface Completion {
  /** Contract column → text, for rows in which the file has none. */
  readonly constants?: Readonly<Record<string, string>>;
  /** The contract column without which a row is none of this table, or several of which it needs one; parted by commas. */
  readonly filled?: string;
  readonly values: ValueMap;
}

/** The columns that `filled` names. @example filledColumns("stage,on_date") // ["stage", "on_date"] */
export function filledColumns(filled: string | undefined): string[] {
  return filled === undefined ? [] : filled.split(",");
}

/** Whether a source says either; the rows of others are read as they are. */
export function isCompleted({constants = {}, filled}: Pick<Completion, "constants" | "filled">): boolean {
  return filled !== undefined || Object.keys(constants).length > 0;
}

/**
 * The rows of a part with the constants of its source, and without the cells of rows that are not of this table.
 * Shape: a SELECT as of rawSelect in, one of the same columns and as many rows in the same order out. A row without its `filled`
 * column is blank, as is its fault; a constant stands where the cell is blank, in rows that have cells of their own.
 * A fault of the column, or of the row as a whole, leaves the row as it is: nobody can say then that it was not filled.
 * @example completedSql(rawSelect(part, header, table), header, table, {constants: {stage: "完成"}, filled: "on_date", values: {}})
 */
export function completedSql(raw: string, header: HeaderMatch, table: Table, source: Completion): string {
  if (!isCompleted(source)) return raw;
  const {constants = {}, filled} = source;
  const own = table.columns.filter(({name}) => header.columns.includes(name));
  const changed = table.columns.filter(({name}) => name in constants || (filled !== undefined && header.columns.includes(name)));
  const cell = (column: Column) => {
    const name = quotedIdentifier(column.name);
    const constant = constants[column.name];
    const filling =
      constant === undefined ? "" : ` when row_enough and ${isBlank(name, column, {})} then ${quotedString(constant)}`;
    return `case when row_unfilled then null${filling} else ${name} end as ${name}`;
  };
  const replaced = [
    "case when not row_unfilled then row_fault end as row_fault",
    "case when not row_unfilled then row_beyond end as row_beyond",
    ...changed.map(cell)
  ];
  // A row with fewer cells than it needs beside the constants is none: a title, a note, a blank row.
  const needed = table.columns.filter(({name, required}) => required && !(name in constants)).length;
  const enough = `${heldCells(own)} >= ${Math.min(2, Math.max(1, needed))} and not ${isTotal(table, constants)}`;
  return `select * exclude (row_unfilled, row_enough) replace (${replaced.join(",\n  ")})
from (select *, ${unfilledTest(table, source)} as row_unfilled, ${enough} as row_enough from (${raw}))`;
}

/**
 * Counts the rows that the `filled` column leaves out; blank rows, totals and notes are none.
 * Shape: a SELECT as of rawSelect in; SQL of one number out.
 */
export function unfilledSql(raw: string, header: HeaderMatch, table: Table, source: Completion): string {
  const own = table.columns.filter(({name}) => header.columns.includes(name));
  const first = "regexp_replace(row_first, '[\\s\\p{Z}]', '', 'g')";
  return `select count(*) from (${raw}) where ${unfilledTest(table, source)} and ${heldCells(own)} > 0
  and not coalesce(regexp_matches(${first}, '${TOTALS}|${NOTES}'), false)`;
}

function unfilledTest(table: Table, {filled, values}: Completion): string {
  const names = filledColumns(filled);
  const columns = table.columns.filter(({name}) => names.includes(name));
  if (columns.length === 0) return "false";
  const tests = columns.map((column) => {
    const faulty = `coalesce(regexp_matches(row_fault, '(^|${FAULT_SEPARATOR})(${column.name})?\\t'), false)`;
    // Whatever the type: who writes 无 into the column means that there is no such row.
    return `${isBlank(quotedIdentifier(column.name), {...column, type: "code"}, values[column.name] ?? {})} and not ${faulty}`;
  });
  return `(${tests.join(" and ")})`;
}

/** How many cells of a row hold something. */
function heldCells(columns: readonly Column[]): string {
  return `(${["0", ...columns.map((c) => `(not ${isBlank(quotedIdentifier(c.name), c, {})})::int`)].join(" + ")})`;
}

/** A 合计 row has no number of its own; a constant would give it one. */
function isTotal(table: Table, constants: Readonly<Record<string, string>>): string {
  const key = table.columns.find(({name}) => name === table.key[0]);
  if (!key || !(key.name in constants)) return "false";
  const total = `coalesce(regexp_matches(regexp_replace(row_first, '[\\s\\p{Z}]', '', 'g'), '${TOTALS}'), false)`;
  return `(${isBlank(quotedIdentifier(key.name), key, {})} and ${total})`;
}

/** Blank as the contract reads a cell, or by a word that the source maps to a blank. */
function isBlank(cell: string, {type}: Column, words: Readonly<Record<string, string>>): string {
  const blank = type === "text" ? [""] : ["", ...BLANKS];
  const mapped = Object.entries(words).flatMap(([from, to]) => (to === "" || BLANKS.includes(to) ? [from.replace(/\s/g, "")] : []));
  const text = `regexp_replace(translate(${cell}, '／－', '/-'), '[\\s\\p{Z}\\x{200B}\\x{FEFF}]', '', 'g')`;
  return amongSql(`coalesce(${text}, '')`, [...blank, ...mapped]);
}
