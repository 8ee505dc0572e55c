import {amongSql, quotedIdentifier, quotedString} from "../sql.ts";
import type {Column, Table} from "./column.ts";
import {factType} from "./fact.ts";
import {CONTROLS, mapped, regimeChecks, type ShapeRegime, type ValueMap, wordsFor} from "./shape.ts";
import {BLANKS, FULL_WIDTH, NO, ODD_BLANKS, typedValue, YES} from "./value.ts";

/** Types whose values are read as they stand, whatever characters they are of. */
const WORDS: readonly Column["type"][] = ["text", "code", "person", "list"];

/** Characters that have to be tidied or refused, and blanks of all widths that trimming takes away; the inside of a character class. */
const UNUSUAL = `${inside(ODD_BLANKS)}\\x{1680}\\x{2000}-\\x{200A}\\x{202F}\\x{205F}${inside(CONTROLS)}`;

function inside(characters: string): string {
  return characters.slice(1, -1);
}

/**
 * Tells the rows that need no second look: every cell is written as the contract keeps it, and nothing is wrong. Nearly all rows
 * of a clean file are; the others go through shapeSql, which reads everything that people write.
 * Shape: `raw` as for shapeSql; out the same columns and `plain` BOOLEAN. The cells of a plain row are what shapeSql makes of
 * them (it has no faults); those of another are as they were, blank ones null.
 */
export function plainSql(table: Table, raw: string, values: ValueMap, regime: ShapeRegime): string {
  const each = (line: (c: Column, name: string) => string) =>
    table.columns.map((c) => line(c, quotedIdentifier(c.name))).join(",\n  ");
  const kept = "source_file, source_sheet, source_row, row_fault, row_beyond, row_first, row_corrects";
  const words = (c: Column) => wordsFor(table, c, values, regime);
  const isText = (c: Column) => c.type === "text" && !words(c);
  const cells = `select ${kept}, ${each((_, name) => `nullif(${name}, '') as ${name}`)} from ${raw}`;
  const meant = `select ${kept}, ${each((c, name) => `${name} as ${cellOf(c)}, ${mapped(name, name, words(c))} as ${textOf(c)}`)} from (${cells})`;
  const typed = `select *, ${each((c, name) => `${valueSql(c)} as ${name}`)} from (${meant})`;
  const isWord = (c: Column) => !isText(c) && (WORDS.includes(c.type) || words(c) !== undefined);
  const tests = [
    "row_fault is null and row_beyond is null",
    ...table.columns.flatMap((c) => testsOf(c, words(c) !== undefined)),
    ...[...table.checks, ...regimeChecks(table, regime)].map(({when}) => `(${when}) is not true`),
    clean(table.columns.filter(isText).map(textOf), UNUSUAL),
    clean(
      table.columns.filter(isWord).flatMap((c) => (words(c) ? [cellOf(c), textOf(c)] : [textOf(c)])),
      UNUSUAL + inside(FULL_WIDTH)
    )
  ];
  const judged = `select *, coalesce(${tests.join("\n  and ")}, false) as plain from (${typed})`;
  const out = (c: Column, name: string) => {
    const text = keptText(c, words(c) !== undefined);
    return text === null ? `${cellOf(c)} as ${name}` : `case when plain then ${text} else ${cellOf(c)} end as ${name}`;
  };
  return `select source_file, source_sheet, source_row, row_fault, row_beyond, case when not plain then row_first end as row_first, row_corrects, plain,
  ${each(out)}
from (${judged})`;
}

/** The cell as it was, beside what it means in the contract's words and its typed value, which has the plain name. */
function cellOf({name}: Column): string {
  return quotedIdentifier(`=${name}`);
}

function textOf({name}: Column): string {
  return quotedIdentifier(`#${name}`);
}

/** The typed value of a cell in the contract's own spelling; null for any other. */
function valueSql(column: Column): string {
  const text = textOf(column);
  const value = plainValue(text, column);
  return column.fallback === null
    ? value
    : `case when ${text} is null then cast(${quotedString(column.fallback)} as ${factType(column)}) else ${value} end`;
}

function plainValue(text: string, column: Column): string {
  switch (column.type) {
    case "date":
    case "timestamp":
      return `try_cast(${text} as ${factType(column)})`;
    case "integer":
      return `try_cast(${text} as bigint)`;
    case "boolean":
      return `case when ${amongSql(text, [...YES, "true"])} then true when ${amongSql(text, [...NO, "false"])} then false end`;
    case "decimal":
      return `try_cast(${text} as decimal(18,6))`;
    case "list":
    case "credit_code":
      return typedValue(text, column);
    default:
      return text;
  }
}

/** What must hold of a column in a plain row. */
function testsOf(column: Column, isMapped: boolean): string[] {
  const [text, value] = [textOf(column), quotedIdentifier(column.name)];
  const tests = isMapped ? [`(${cellOf(column)} is null or ${trimmed(cellOf(column))})`] : [];
  if (column.required) tests.push(`${text} is not null`);
  const test = testOf(column, text, value);
  return test === null ? tests : [...tests, column.required ? test : `(${text} is null or ${test})`];
}

function testOf(column: Column, text: string, value: string): string | null {
  const word = `${trimmed(text)} and not ${amongSql(text, BLANKS)}`;
  switch (column.type) {
    case "text":
      return trimmed(text);
    case "list":
      return `${word} and ${value} is not null`;
    case "code":
      return `${word} and (not (contains(${text}, 'E') or contains(${text}, 'e')) or not regexp_matches(${text}, '^\\d')) and not ends_with(${text}, '@原')`;
    case "person":
      return `${word} and length(${text}) not in (15, 18)`;
    case "date":
      return `strlen(${text}) = 10 and cast(${value} as varchar) = ${text}`;
    case "timestamp":
      return `cast(${value} as varchar) = case strlen(${text}) when 10 then concat(${text}, ' 00:00:00') when 16 then concat(${text}, ':00') when 19 then ${text} end`;
    case "integer":
      return `strlen(${text}) <= 15 and cast(${value} as varchar) = ${text}`;
    case "enum":
      return amongSql(
        text,
        column.values.filter((v) => !BLANKS.includes(v))
      );
    case "item":
      return `regexp_matches(${text}, '^\\d+(\\.\\d+)*$')`;
    case "decimal":
      // Numbers of twelve places, because longer ones take as long to read as everything else together.
      return `strlen(${text}) <= 12 and ${bare(`cast(${value} as varchar)`)} = case strpos(${text}, '.') when 0 then ${text} else ${bare(text)} end and (strpos(${text}, '.') = 0 or strlen(${text}) - strpos(${text}, '.') between 1 and 6)`;
    case "boolean":
      return `${value} is not null`;
    case "credit_code":
      return `${value} = ${text}`;
  }
}

function trimmed(text: string): string {
  return `not starts_with(${text}, ' ') and not ends_with(${text}, ' ')`;
}

/** A decimal without the zeros after its last digit. */
function bare(text: string): string {
  return `rtrim(rtrim(${text}, '0'), '.')`;
}

/** The text that a plain row keeps; null when it is the cell itself. */
function keptText(column: Column, isMapped: boolean): string | null {
  const value = quotedIdentifier(column.name);
  switch (column.type) {
    case "timestamp":
    case "boolean":
    case "decimal":
      return `cast(${value} as varchar)`;
    case "list":
      return value;
    default:
      if (column.fallback !== null) return `cast(${value} as varchar)`;
      return isMapped ? textOf(column) : null;
  }
}

/** No such character in these cells: one look at all of them together. */
function clean(cells: readonly string[], characters: string): string {
  return cells.length === 0 ? "true" : `not regexp_matches(concat_ws('', ${cells.join(", ")}), '[${characters}]')`;
}
