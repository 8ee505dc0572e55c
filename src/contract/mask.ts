import {quotedIdentifier} from "../sql.ts";
import type {Column, Table} from "./column.ts";

const DIGIT = "[0-9０-９]";
const YEAR = "(?:1[89]|20|１[８９]|２０)";
const MONTH_DAY = "(?:[0０][1-9１-９]|[1１][0-2０-２])(?:[0０][1-9１-９]|[12１２][0-9０-９]|[3３][01０１])";

/** A kind of number that identifies or reaches a person, with what is left of it. Groups 1 and last stand outside the number. */
interface Pattern {
  readonly pattern: string;
  readonly kept: string;
}

/**
 * Mobile numbers, in one piece or as 3-4-4, also behind +86; identity numbers of 18 and of 15 digits with a region and a day of birth
 * that can be. A 统一社会信用代码 has a 9, 5 or 1 in front of another kind of number and is not among them.
 * Source: 工信部 numbering (1[3-9] and nine digits); GB 11643-1999.
 */
const PATTERNS: readonly Pattern[] = [
  {
    pattern: `(^|[^0-9０-９])((?:[+＋]?86[- ]?)?[1１][3-9３-９]${DIGIT}[- ]?)${DIGIT}{4}([- ]?${DIGIT}{4})($|[^0-9０-９])`,
    kept: "\\1\\2****\\3\\4"
  },
  {
    pattern: `(^|[^0-9０-９])([1-8１-８]${DIGIT}{3})${DIGIT}{2}${YEAR}${DIGIT}{2}${MONTH_DAY}${DIGIT}{2}(${DIGIT}[0-9０-９XxＸｘ])($|[^0-9０-９XxＸｘ])`,
    kept: `\\1\\2${"*".repeat(12)}\\3\\4`
  },
  {
    pattern: `(^|[^0-9０-９])([1-8１-８]${DIGIT}{3})${DIGIT}{2}([- ])${YEAR}${DIGIT}{2}${MONTH_DAY}([- ])${DIGIT}{2}(${DIGIT}[0-9０-９XxＸｘ])($|[^0-9０-９XxＸｘ])`,
    kept: "\\1\\2**\\3********\\4**\\5\\6"
  },
  {
    pattern: `(^|[^0-9０-９])([1-8１-８]${DIGIT}{3})${DIGIT}{4}${MONTH_DAY}${DIGIT}(${DIGIT}{2})($|[^0-9０-９])`,
    kept: `\\1\\2${"*".repeat(9)}\\3\\4`
  }
];

/** Columns of type text that hold a name, a reference or a number, not free text. */
const NEVER = ["unit_name", "person_name", "peer_group", "document_no", "appoint_doc", "item_name", "points", "accident_type"];

/** Whether people write freely in a column, so that a telephone or identity number may stand in it. */
export function isFreeText({name, type}: Column): boolean {
  return type === "text" && !NEVER.includes(name);
}

/** The columns of a table in which people write freely. */
export function freeText({columns}: Table): Column[] {
  return columns.filter(isFreeText);
}

/**
 * SQL of a text with mobile and identity numbers masked; length and everything else stay. Numbers with one character between them are found
 * by going over the text twice.
 * @example maskSql("'请联系13812345678'") // … → '请联系138****5678'
 */
export function maskSql(text: string): string {
  let sql = text;
  for (const {pattern, kept} of [...PATTERNS, ...PATTERNS]) sql = `regexp_replace(${sql}, '${pattern}', '${kept}', 'g')`;
  return `case when ${mayHoldNumber(text)} then ${sql} else ${text} end`;
}

/** SQL of a text as pages and exports show it: masked, unless the session's variable `mask_numbers` is false. */
export function shownSql(text: string): string {
  return `case when coalesce(getvariable('mask_numbers'), true) then ${maskSql(text)} else ${text} end`;
}

/** The statement that tells a session what xunheng.yaml says about masking. */
export function maskVariable({mask_numbers}: {readonly mask_numbers: boolean}): string {
  return `set variable mask_numbers = ${mask_numbers}`;
}

/** SQL of whether a text may hold such a number: cheap, and true for some that hold none. */
export function mayHoldNumber(text: string): string {
  return `regexp_matches(${text}, '${DIGIT}{4}[- ]?${DIGIT}{4}')`;
}

/**
 * SQL that counts the cells of a table's rows which hold such a number; null when the table has no free text.
 * @param rows relation with the table's columns and `status`; only accepted rows are shown anywhere
 */
export function countMaskedSql(table: Table, rows: string): string | null {
  const names = freeText(table).map(({name}) => quotedIdentifier(name));
  if (names.length === 0) return null;
  const cells = names.map((cell) => `coalesce((${mayHoldNumber(cell)} and ${maskSql(cell)} <> ${cell})::int, 0)`);
  // Most rows hold none in any cell: one look at all of them together is enough.
  return `select coalesce(sum(${cells.join(" + ")}), 0)::bigint from ${rows} where status = 'ok' and ${mayHoldNumber(`concat_ws(' ', ${names.join(", ")})`)}`;
}

const EXPRESSIONS = PATTERNS.map(({pattern, kept}) => ({
  expression: new RegExp(pattern, "gu"),
  kept: kept.replaceAll(/\\(\d)/g, "$$$1")
}));

/**
 * As maskSql, for a text that is at hand.
 * @example maskNumbers("张三 138-1234-5678") // "张三 138-****-5678"
 */
export function maskNumbers(text: string): string {
  let masked = text;
  for (const {expression, kept} of [...EXPRESSIONS, ...EXPRESSIONS]) masked = masked.replace(expression, kept);
  return masked;
}
