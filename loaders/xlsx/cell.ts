import type {Column} from "../../src/contract/index.ts";
import {masked} from "./number-format.ts";
import type {Cell} from "./sheet.ts";
import {formatOf, type Workbook} from "./workbook.ts";

/** A cell as text, or why it has none. */
export interface CellText {
  readonly text: string;
  /** What is wrong, without the column's name. */
  readonly fault: string | null;
}

const DAY = 86_400_000;
/** What is kept of a text that is too long. */
const KEPT = 200;
/** A number above has lost digits in the spreadsheet program. */
const LARGEST_EXACT = 1e15;
/** Serial days a cell without a date format may mean in a date column: 1954 to 2119. */
const LIKELY_DAYS = [20_000, 80_000] as const;
/** Columns in which a date can only be a slip of the spreadsheet program: 3-1 became a day. */
const NEVER_DATES = ["code", "item", "person", "credit_code", "enum", "integer", "decimal", "boolean"];

/**
 * The text of a cell for a contract column; `null` for a header or a column the contract does not know.
 * Shape: dates ISO, with the time when it is not midnight; numbers exact, but for a format of zeros and fixed text outside
 * columns of numbers and dates (`0000`, `"W-"00`), where they read as shown; 85% is 0.85, nothing else is padded or rounded.
 */
export function readCell(cell: Cell, column: Column | null, book: Workbook): CellText {
  const {text, fault} = cellText(cell, column, book);
  const {cell_chars} = book.limits;
  if (text.length <= cell_chars) return {text, fault};
  return {
    text: `${text.slice(0, KEPT)}…`,
    fault: `超过${cell_chars}个字（limits.cell_chars）；请缩短，或在xunheng.yaml的limits里调大`
  };
}

function cellText(cell: Cell, column: Column | null, book: Workbook): CellText {
  if (cell.type === "e") return {text: cell.value ?? "", fault: `单元格是错误值 ${cell.value ?? ""}；请改正后保存`};
  if (cell.formula && (cell.value === null || (cell.value === "" && cell.type === "n"))) {
    return {text: "", fault: "公式没有保存结果；请用表格软件打开、保存后重新导入"};
  }
  const value = cell.value ?? "";
  switch (cell.type) {
    case "s":
      return sharedText(book.strings.at(Number(value)));
    case "b":
      return plain(value === "1" || value === "true" ? "TRUE" : "FALSE");
    case "d":
      return plain(value.replace(/T00:00:00(\.0+)?Z?$/, "").replace("T", " "));
    case "n":
      return value.trim() === "" ? plain("") : numberCell(value.trim(), cell.style, column, book);
    default:
      return plain(value);
  }
}

/** The text of a cell where faults do not matter: headers, titles, cells outside the table. */
export function showCell(cell: Cell | undefined, book: Workbook): string {
  return cell === undefined ? "" : readCell(cell, null, book).text;
}

function sharedText(text: string | undefined): CellText {
  return text === undefined ? {text: "", fault: "的文字不在文件里，文件可能已损坏；请用表格软件打开、保存后重新导入"} : plain(text);
}

function numberCell(value: string, style: number, column: Column | null, book: Workbook): CellText {
  const number = Number(value);
  if (!Number.isFinite(number)) return plain(value);
  const {date, mask, places} = formatOf(book, style);
  const type = column?.type ?? "text";
  const dated = type === "date" || type === "timestamp";
  if (date || (dated && number >= LIKELY_DAYS[0] && number < LIKELY_DAYS[1])) return dateCell(number, type, book);
  if (column !== null && !dated && type !== "decimal" && Math.abs(number) >= LARGEST_EXACT) {
    return {text: digits(number), fault: "数字超过15位，末尾数字已被表格软件改掉；请把该列设为文本后重新填写"};
  }
  // 6.10, the tenth part of content 6, is the number 6.1 shown with two places.
  if (type === "item" && places > 0) return plain(number.toFixed(places));
  if (mask === null || type === "integer" || type === "decimal" || dated) return plain(digits(number));
  const shown = masked(digits(Math.round(Math.abs(number))), mask);
  return plain(number < 0 && Math.round(number) !== 0 ? `-${shown}` : shown);
}

function dateCell(serial: number, type: string, book: Workbook): CellText {
  const text = knownDate(serial, book.date1904);
  // Not a day: the contract says so of a date column.
  if (text === null) return plain(digits(serial));
  if (!NEVER_DATES.includes(type)) return plain(text);
  return {text, fault: `已被表格软件改成日期（${text}）；请把该列设为文本后重新填写`};
}

/** Days met before, of both systems: a table has few of them. */
const KNOWN = [new Map<number, string | null>(), new Map<number, string | null>()] as const;
const MOST_KNOWN = 50_000;

function knownDate(serial: number, date1904: boolean): string | null {
  const known = KNOWN[date1904 ? 1 : 0];
  const found = known.get(serial);
  if (found !== undefined) return found;
  const text = serialDate(serial, date1904);
  if (known.size < MOST_KNOWN) known.set(serial, text);
  return text;
}

/**
 * The day of a serial number, with its time when that is not midnight; a number below 1 is a time only.
 * Shape: `2025-03-01`, `2025-03-01 08:30:00`, `08:30:00`; null for a day that does not exist.
 * Source: ECMA-376 part 1, 18.17.4.1; in the 1900 system day 60 is 29 February 1900, which never was.
 * @example serialDate(45717, false) // "2025-03-01"
 */
export function serialDate(serial: number, date1904: boolean): string | null {
  const seconds = Math.round(serial * 86_400);
  const [day, second] = [Math.floor(seconds / 86_400), seconds % 86_400];
  if (serial < 0 || day > 2_958_465) return null;
  const time = new Date(second * 1000).toISOString().slice(11, 19);
  if (day === 0 && !date1904) return second === 0 ? null : time;
  if (day === 60 && !date1904) return null;
  const first = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, day < 60 ? 31 : 30);
  const date = new Date(first + day * DAY).toISOString().slice(0, 10);
  return second === 0 ? date : `${date} ${time}`;
}

/** A number in full, without exponent, with the 15 digits a spreadsheet program shows: 0.1 + 0.2 is 0.3. */
function digits(exact: number): string {
  const number = Number(exact.toPrecision(15));
  const text = String(number);
  if (!text.includes("e")) return text;
  return Math.abs(number) >= 1 ? BigInt(number).toString() : number.toFixed(20).replace(/0+$/, "");
}

function plain(text: string): CellText {
  return {text, fault: null};
}
