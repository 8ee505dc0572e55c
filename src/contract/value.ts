import {amongSql, quotedString} from "../sql.ts";
import type {Column} from "./column.ts";

const WIDE = Array.from({length: 94}, (_, i) => String.fromCharCode(0xff01 + i)).join("");
const NARROW = Array.from({length: 94}, (_, i) => String.fromCharCode(0x21 + i)).join("");
/** What stands for yes and no, in capitals. */
export const YES = ["是", "√", "Y", "YES", "TRUE", "1"];
export const NO = ["否", "×", "N", "NO", "FALSE", "0"];

/** What people write into a cell that has no value. */
export const BLANKS = ["/", "—", "——", "-", "无", "暂无"];

/** Characters that tidying has work with, and full-width letters and digits: looked for once a row, because most rows have none. */
export const ODD_BLANKS = "[\\t\\r\\n\\x{A0}\\x{3000}\\x{200B}\\x{FEFF}]";
export const FULL_WIDTH = "[\\x{FF01}-\\x{FF5E}]";

/**
 * Outer blanks gone, line breaks and tabs one space, zero-width marks dropped; blank is null.
 * @param odd SQL BOOLEAN: whether the row has any such character at all
 */
export function tidyText(sql: string, odd: string): string {
  const edges = "^[\\s\\x{A0}\\x{3000}]+|[\\s\\x{A0}\\x{3000}]+$";
  return (
    `nullif(case when ${odd} then ` +
    `regexp_replace(regexp_replace(regexp_replace(${sql}, '[\\x{200B}\\x{FEFF}]', '', 'g'), '${edges}', '', 'g'), '[\\t\\r\\n]+', ' ', 'g') ` +
    `else trim(${sql}) end, '')`
  );
}

/**
 * Outside free text full-width letters and digits are folded.
 * @param wide SQL BOOLEAN: whether the row has any outside free text
 */
export function foldedText(sql: string, {type}: Column, wide: string): string {
  if (type === "text") return sql;
  return `case when ${wide} then translate(${sql}, ${quotedString(WIDE)}, ${quotedString(NARROW)}) else ${sql} end`;
}

/** Outside free text a lone dash or 无 reads as blank. */
export function unblankedText(sql: string, {type}: Column): string {
  return type === "text" ? sql : `case when not ${amongSql(sql, BLANKS)} then ${sql} end`;
}

/**
 * The typed value of a cleaned cell, null when it does not fit its type.
 * Shape: SQL VARCHAR in, SQL of the column's fact type out.
 */
export function typedValue(sql: string, column: Column): string {
  switch (column.type) {
    case "date":
      return dateValue(sql);
    case "timestamp":
      return timestampValue(sql);
    case "integer":
      return `case when regexp_matches(${sql}, '^[+-]?\\d{1,15}(\\.0+)?$') then try_cast(split_part(${sql}, '.', 1) as bigint) end`;
    case "decimal":
      return `case when regexp_matches(${sql}, '^[+-]?\\d{1,18}(\\.\\d{1,6})?$') then try_cast(${sql} as decimal(28,6)) end`;
    case "boolean":
      return `case when ${amongSql(`upper(${sql})`, YES)} then true when ${amongSql(`upper(${sql})`, NO)} then false end`;
    case "enum":
      return `case when ${amongSql(sql, column.values)} then ${sql} end`;
    case "item":
      return `case when regexp_matches(${sql}, '^\\d+(\\.\\d+)*$') then ${sql} end`;
    case "list":
      return `nullif(trim(regexp_replace(${sql}, '\\s*[、,，;；]\\s*', '、', 'g'), '、'), '')`;
    case "code":
      return `case when not (contains(upper(${sql}), 'E') and regexp_matches(${sql}, '^\\d(\\.\\d+)?[Ee]\\+?\\d+$')) and not ends_with(${sql}, '@原') then ${sql} end`;
    case "person":
      return `case when not regexp_matches(${sql}, '^(\\d{15}|\\d{17}[0-9Xx])$') then ${sql} end`;
    case "credit_code":
      return `case when ${creditCodeHolds(sql)} then upper(${sql}) end`;
    default:
      return sql;
  }
}

function dateValue(sql: string): string {
  const midnight = "(?:[T ]?0{1,2}[:：时]0{1,2}分?(?:[:：]?0{1,2}(?:\\.0+)?秒?)?)?";
  const parts = `'^(\\d{4})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})\\s*日?\\s*${midnight}$'`;
  return (
    `case when ${sql} is null then null when ${sql} like '____-__-__' then try_cast(${sql} as date) ` +
    `when regexp_matches(${sql}, '^\\d{8}$') then try_strptime(${sql}, '%Y%m%d')::date ` +
    `when regexp_matches(${sql}, '^[2-7]\\d{4}(\\.0+)?$') then date '1899-12-30' + cast(left(${sql}, 5) as integer) ` +
    `when regexp_matches(${sql}, ${parts}) then try_strptime(regexp_replace(${sql}, ${parts}, '\\1-\\2-\\3'), '%Y-%m-%d')::date end`
  );
}

function timestampValue(sql: string): string {
  const parts =
    "'^(\\d{4})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})\\s*日?[T ]*(\\d{1,2})[:：时](\\d{1,2})分?(?:[:：]?(\\d{1,2})(?:\\.\\d+)?秒?)?$'";
  const rebuilt = `concat(regexp_replace(${sql}, ${parts}, '\\1-\\2-\\3 \\4:\\5:'), coalesce(nullif(regexp_extract(${sql}, ${parts}, 6), ''), '0'))`;
  return `case when regexp_matches(${sql}, ${parts}) then try_strptime(${rebuilt}, '%Y-%m-%d %H:%M:%S') else cast(${dateValue(sql)} as timestamp) end`;
}

/** GB 32100-2015: weights are powers of 3 modulo 31; the letters I O Z S V are not used. */
function creditCodeHolds(sql: string): string {
  const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  let weight = 1;
  const terms: string[] = [];
  for (let i = 1; i <= 17; i++) {
    terms.push(`(strpos('${alphabet}', upper(substr(${sql}, ${i}, 1))) - 1) * ${weight}`);
    weight = (weight * 3) % 31;
  }
  const digit = `substr('${alphabet}', (31 - (${terms.join(" + ")}) % 31) % 31 + 1, 1)`;
  return `regexp_matches(upper(${sql}), '^[0-9A-HJ-NPQRTUWXY]{18}$') and ${digit} = upper(substr(${sql}, 18, 1))`;
}

/**
 * What is wrong with a date that one sees more often than a day that does not exist, with a pattern that tells it; the first that fits counts.
 */
export const DATE_MISFITS: readonly {readonly pattern: string; readonly what: string}[] = [
  {pattern: "^\\d{2}\\s*[-/.年]\\s*\\d{1,2}\\s*[-/.月]\\s*\\d{1,2}\\s*日?$", what: "的年份只有两位；请写四位的年，如2025-03-01"},
  {pattern: "^\\d{1,2}\\s*[-/.月]\\s*\\d{1,2}\\s*日?$", what: "没有写年；请写全，如2025-03-01"},
  {pattern: "^\\d{4}\\s*[-/.年]\\s*\\d{1,2}\\s*月?$", what: "没有写哪一天；请写全，如2025-03-01"},
  {pattern: "^\\d{4}\\D.*\\d{1,2}[:：时]", what: "带有钟点；请只写日期，如2025-03-01"},
  {pattern: "[至~～—]|[、,，;；]", what: "不止一个日期；请只写一个，如2025-03-01"}
];

/** Why a value does not fit, `{}` standing for the value. */
export function misfit(column: Column): string {
  switch (column.type) {
    case "date":
    case "timestamp":
      return `${column.header}“{}”不是存在的日期；请核对原件，按2025-03-01的样子填写`;
    case "integer":
      return `${column.header}“{}”不是整数；请只填数字`;
    case "decimal":
      return `${column.header}“{}”不是数字（最多六位小数）；请只填数字，不带单位`;
    case "boolean":
      return `${column.header}“{}”应为是或否；不知道的请留空`;
    case "enum":
      return `${column.header}“{}”不在取值之内（${column.values.join("、")}）；请改成其中一个，整列都这样写的可在xunheng.yaml的values里对应`;
    case "item":
      return `${column.header}“{}”应为6或6.1这样的编号；请填巡查内容的编号`;
    case "code":
      return `${column.header}“{}”已被表格软件改成科学计数，或以“@原”结尾（台账用它标记复核前的原认定）；请把该列设为文本，编号另写`;
    case "person":
      return `${column.header}看似居民身份证号；请改用本单位人员编号`;
    case "credit_code":
      return `${column.header}“{}”校验位不对或不是18位；请核对营业执照`;
    default:
      return `${column.header}“{}”不能识别；请核对后填写`;
  }
}
