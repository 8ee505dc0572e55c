import type {Regime} from "../regime/types.ts";
import {amongSql, quotedIdentifier, quotedString} from "../sql.ts";
import type {Column, Table} from "./column.ts";
import {factType} from "./fact.ts";
import {DATE_MISFITS, FULL_WIDTH, foldedText, misfit, ODD_BLANKS, tidyText, typedValue, unblankedText} from "./value.ts";

/** What the regime says about values: a row outside it is a reject. */
export interface ShapeRegime {
  readonly id: string;
  readonly kinds: readonly string[];
  /** The regime's own words for its kinds → the contract's. */
  readonly kind_words: Readonly<Record<string, string>>;
  readonly items: readonly string[];
  /** Kinds of units the regime inspects; others are doubtful, not wrong. */
  readonly unit_kinds: readonly string[];
}

/** What the contract needs of a regime. */
export function shapeRegime({id, kinds, items, unit_kinds}: Regime): ShapeRegime {
  const kind_words = Object.fromEntries(Object.entries(kinds).map(([kind, word]) => [word, kind]));
  return {id, kinds: Object.keys(kinds), kind_words, items: items.map((i) => i.no), unit_kinds};
}

/** The office's own words for enumerated values: column → its word → the contract's. */
export type ValueMap = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Parts the faults of one row. */
export const FAULT_SEPARATOR = "\u001e";
/** Parts column and reason within a fault. */
export const REASON_SEPARATOR = "\u001f";

/** Invisible characters that reject a row. */
export const CONTROLS =
  "[\\x{00}-\\x{08}\\x{0B}\\x{0C}\\x{0E}-\\x{1F}\\x{7F}-\\x{9F}\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]";

function reasonSql(text: string, value: string): string {
  const [before, after] = text.split("{}");
  return after === undefined
    ? quotedString(text)
    : `concat(${quotedString(before ?? "")}, left(${value}, 40), ${quotedString(after)})`;
}

function faultSql(column: string, when: string, reason: string): string {
  return `case when ${when} then concat(${quotedString(column + REASON_SEPARATOR)}, ${reason}) end`;
}

/** The cleaned text of a column, beside its typed value of the plain name. */
function textOf(name: string): string {
  return quotedIdentifier(`#${name}`);
}

/**
 * Judges every row of a raw relation by itself.
 * Shape: `raw` names a relation (source_file, source_sheet, source_row, row_fault, row_beyond, row_first, row_corrects, one VARCHAR per contract column); the
 * query returns the same provenance, `faults` (null when the row is well formed; else column and reason, parted by control
 * characters) and one VARCHAR per contract column: canonical text of the typed value, or the cleaned text when it does not fit.
 * Source: 2-contract, tables and fine print.
 */
export function shapeSql(table: Table, raw: string, values: ValueMap, regime: ShapeRegime): string {
  const each = (line: (c: Column, name: string) => string) =>
    table.columns.map((c) => line(c, quotedIdentifier(c.name))).join(",\n  ");
  const kept = "source_file, source_sheet, source_row, row_fault, row_beyond, row_first, row_corrects";
  const cells = (columns: readonly Column[]) => `concat_ws('', ${columns.map((c) => quotedIdentifier(c.name)).join(", ")})`;
  const wide = table.columns.filter((c) => c.type !== "text");
  const flagged = `select *, regexp_matches(${cells(table.columns)}, '${ODD_BLANKS}') as row_odd, regexp_matches(${cells(wide)}, '${FULL_WIDTH}') as row_wide from ${raw}`;
  const tidied = `select ${kept}, row_wide, ${each((_, name) => `${tidyText(name, "row_odd")} as ${name}`)} from (${flagged})`;
  const folded = `select ${kept}, ${each((c, name) => `${foldedText(name, c, "row_wide")} as ${name}`)} from (${tidied})`;
  const text = `select ${kept}, ${each((c, name) => `${mapped(unblankedText(name, c), name, wordsFor(table, c, values, regime))} as ${name}`)} from (${folded})`;
  const typed = `select ${kept}, ${each((c, name) => `${name} as ${textOf(c.name)}, ${withFallback(typedValue(name, c), name, c)} as ${name}`)} from (${text})`;
  const faults = [
    `nullif(replace(row_fault, chr(9), '${REASON_SEPARATOR}'), '')`,
    faultSql("", "row_beyond is not null", "concat('最后一列之后还有内容“', left(row_beyond, 40), '”；请核对列是否错位')"),
    controlFault(table),
    ...table.columns.flatMap((c) => columnFaults(c)),
    ...regimeFaults(table, regime),
    ...table.checks.map(({column, when, reason}) => faultSql(column, when, quotedString(reason)))
  ];
  return `select source_file, source_sheet, source_row, row_first, row_corrects, (${table.columns.map((c) => `(${textOf(c.name)} is not null)::int`).join(" + ")}) as row_cells, nullif(concat_ws('${FAULT_SEPARATOR}', ${faults.join(",\n  ")}), '') as faults,
  ${each((c, name) => `coalesce(cast(${name} as varchar), ${textOf(c.name)}) as ${name}`)}
from (${typed})`;
}

/** The words that a column's cells may be written in instead of the contract's; undefined when there are none. */
export function wordsFor(table: Table, {name}: Column, values: ValueMap, regime: ShapeRegime): ValueMap[string] | undefined {
  const words = table.name === "inspection" && name === "kind" ? {...regime.kind_words, ...values[name]} : values[name];
  return words && Object.keys(words).length > 0 ? words : undefined;
}

/** SQL of a cell in the contract's words; `sql` when it is none of the others. */
export function mapped(sql: string, name: string, words: ValueMap[string] | undefined): string {
  // Outside free text the cell has been folded by now.
  const pairs = Object.entries(words ?? {}).flatMap(([from, to]) =>
    [...new Set([from, folded(from)])].map((word) => [word, to] as const)
  );
  if (pairs.length === 0) return sql;
  return `case ${name} ${pairs.map(([from, to]) => `when ${quotedString(from)} then ${quotedString(to)}`).join(" ")} else ${sql} end`;
}

/** Full-width letters, digits and brackets as they are compared. */
function folded(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

function withFallback(value: string, name: string, column: Column): string {
  return column.fallback === null
    ? value
    : `case when ${name} is null then cast(${quotedString(column.fallback)} as ${factType(column)}) else ${value} end`;
}

/** Invisible characters; the first column that holds one is named. */
function controlFault(table: Table): string {
  const all = table.columns.map((c) => textOf(c.name)).join(", ");
  const holder = table.columns
    .map((c) => `when regexp_matches(${textOf(c.name)}, '${CONTROLS}') then ${quotedString(c.name)}`)
    .join(" ");
  return `case when regexp_matches(concat_ws('', ${all}), '${CONTROLS}') then concat(case ${holder} end, '${REASON_SEPARATOR}', '含有不可见的控制字符；请删除后重新填写') end`;
}

function columnFaults(column: Column): string[] {
  const [text, value] = [textOf(column.name), quotedIdentifier(column.name)];
  const faults: string[] = [];
  if (column.required) faults.push(faultSql(column.name, `${text} is null`, quotedString(`${column.header}为空；必须填写`)));
  if (column.type !== "text" && column.type !== "list")
    faults.push(faultSql(column.name, `${text} is not null and ${value} is null`, misfitSql(column, text)));
  return faults;
}

/** Why a value does not fit; of a date, what is most likely wrong with it. */
function misfitSql(column: Column, text: string): string {
  const reason = reasonSql(misfit(column), text);
  if (column.type !== "date") return reason;
  const cases = DATE_MISFITS.map(
    ({pattern, what}) => `when regexp_matches(${text}, '${pattern}') then ${reasonSql(`${column.header}“{}”${what}`, text)}`
  );
  return `case ${cases.join(" ")} else ${reason} end`;
}

/** What a regime refuses: over typed columns, as the row checks of a table. */
export function regimeChecks(table: Table, {kinds, items}: ShapeRegime): {readonly column: string; readonly when: string}[] {
  if (table.name === "inspection") return [{column: "kind", when: `not ${amongSql("kind", kinds)}`}];
  if (table.name === "finding") return [{column: "item", when: `not ${amongSql("split_part(item, '.', 1)", items)}`}];
  return [];
}

function regimeFaults(table: Table, regime: ShapeRegime): string[] {
  const {id, kinds, items} = regime;
  const reasons: Readonly<Record<string, string>> = {
    kind: `concat('巡查方式“', kind, '”不在制度${id}之内（${kinds.join("、")}）；请改成其中一个')`,
    item: `concat('巡查内容“', item, '”不在制度${id}之内（${items[0]}至${items.at(-1)}）；请改成其中一项的编号')`
  };
  return regimeChecks(table, regime).map(({column, when}) => faultSql(column, when, reasons[column] ?? "''"));
}
