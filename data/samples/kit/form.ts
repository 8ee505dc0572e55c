import {type Column, tableNamed} from "../../../src/contract/index.ts";
import {excelSerial, isDay} from "./day.ts";
import type {Row, Value} from "./world.ts";

/** A cell of a sheet or a text file; `serial` is a day as Excel keeps it, shown as a date. */
export type Cell = string | number | {readonly serial: number} | null;

/** How an office writes a day. `date` and `serial` need a sheet: a real date, and a bare number. */
export type DateStyle = "iso" | "cn" | "dot" | "slash" | "compact" | "midnight" | "date" | "serial";

/** How an office writes yes and no. */
export type FlagStyle = "是否" | "√×" | "YN" | "10";

/** A column as the office writes it. */
export interface FormColumn {
  readonly header: string;
  readonly cell: (row: Row) => Cell;
}

/** One table as the office writes it: headers, formats, and what stands around and between the rows. */
export interface Form {
  readonly table: string;
  readonly columns: readonly FormColumn[];
  readonly titles: readonly string[];
  readonly notes: readonly string[];
  /** A 合计 row below the rows. */
  readonly total: boolean;
  /** After the n-th row: nothing, the header again, the row once more. */
  readonly blanks: readonly number[];
  readonly headers: readonly number[];
  readonly repeats: readonly number[];
}

/** What is particular about a form; the rest is the contract's own. */
export interface FormOptions extends Partial<Omit<Form, "table" | "columns">> {
  /** Contract columns in the office's order; default: all. */
  readonly only?: readonly string[];
  readonly omit?: readonly string[];
  /** Headers are the contract's English names. */
  readonly english?: boolean;
  /** Contract column → the office's header. */
  readonly named?: Readonly<Record<string, string>>;
  /** Contract column → the contract's word → the office's. */
  readonly words?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly dates?: DateStyle;
  readonly datesOf?: Readonly<Record<string, DateStyle>>;
  readonly flags?: FlagStyle;
  /** Codes written as numbers. */
  readonly numeric?: readonly string[];
  /** Full-width digits in the codes and days of every n-th row. */
  readonly wideEvery?: number;
  /** Columns the contract does not know. */
  readonly extra?: readonly FormColumn[];
}

/** Columns of our own forms that come back filled in: no office keeps them. */
const OURS = ["form_code"];

/**
 * A form over a contract table.
 * @example form("tip", {dates: "cn", extra: [{header: "举报人", cell: () => "某"}]}).columns.length
 */
export function form(table: string, options: FormOptions = {}): Form {
  const known = tableNamed(table).columns;
  const names = options.only ?? known.map((c) => c.name).filter((name) => !OURS.includes(name) && !options.omit?.includes(name));
  const columns = names.map((name): FormColumn => {
    const column = known.find((c) => c.name === name);
    if (!column) throw new RangeError(`table ${table} has no column ${name}`);
    return {header: options.named?.[name] ?? (options.english ? name : column.header), cell: writer(column, options)};
  });
  const {titles = [], notes = [], total = false, blanks = [], headers = [], repeats = []} = options;
  return {table, columns: [...columns, ...(options.extra ?? [])], titles, notes, total, blanks, headers, repeats};
}

function writer(column: Column, options: FormOptions): (row: Row) => Cell {
  const words = options.words?.[column.name];
  const style = options.datesOf?.[column.name] ?? options.dates ?? "iso";
  return (row) => {
    const value: Value = row[column.name];
    if (value === null || value === undefined || value === "") return null;
    if (typeof value === "boolean") return flag(value, options.flags ?? "是否");
    if (typeof value === "number") return value;
    if (words) return words[value] ?? value;
    const wide =
      options.wideEvery !== undefined && Number(/(\d+)$/.exec(String(Object.values(row)[0]))?.[1]) % options.wideEvery === 0;
    if (column.type === "date" && isDay(value)) return dateCell(value, wide ? "cn" : style, wide);
    if (column.type === "code" && options.numeric?.includes(column.name) && /^\d{1,15}$/.test(value)) return Number(value);
    return wide && column.type === "code" ? fullWidth(value) : value;
  };
}

function dateCell(day: string, style: DateStyle, wide: boolean): Cell {
  const text = dateText(day, style);
  return wide && typeof text === "string" ? fullWidth(text) : text;
}

function dateText(day: string, style: DateStyle): Cell {
  const [year = "", month = "", date = ""] = day.split("-");
  switch (style) {
    case "cn":
      return `${year}年${Number(month)}月${Number(date)}日`;
    case "dot":
      return `${year}.${Number(month)}.${Number(date)}`;
    case "slash":
      return `${year}/${month}/${date}`;
    case "compact":
      return `${year}${month}${date}`;
    case "midnight":
      return `${day} 00:00:00`;
    case "date":
      return {serial: excelSerial(day)};
    case "serial":
      return excelSerial(day);
    default:
      return day;
  }
}

function flag(value: boolean, style: FlagStyle): string {
  const [yes, no] = {是否: ["是", "否"], "√×": ["√", "×"], YN: ["Y", "N"], "10": ["1", "0"]}[style] as [string, string];
  return value ? yes : no;
}

/** Digits and letters as a Chinese input method writes them when set so. */
function fullWidth(text: string): string {
  return text.replace(/[0-9A-Za-z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
}

/** How many rows stand above the header. */
export function rowsAbove({titles}: Form): number {
  return titles.length;
}

/** The rows of a form from its title to its notes. */
export function* grid(form: Form, rows: Iterable<Row>): Generator<readonly Cell[]> {
  for (const title of form.titles) yield [title];
  const header = form.columns.map((c) => c.header);
  yield header;
  let n = 0;
  for (const row of rows) {
    n++;
    const cells = form.columns.map((c) => c.cell(row));
    yield cells;
    if (form.repeats.includes(n)) yield cells;
    if (form.headers.includes(n)) yield header;
    if (form.blanks.includes(n)) yield header.map(() => null);
  }
  if (form.total) yield ["合 计", ...Array.from({length: form.columns.length - 2}, () => null), `${n}条`];
  for (const note of form.notes) yield [note];
}
