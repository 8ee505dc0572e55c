/** What a cell of a contract column must hold once it is typed. */
export type ColumnType =
  | "text" // free text, kept as written
  | "code" // an identifier: compared exactly, full-width letters and digits folded
  | "enum" // one of `values`
  | "list" // several short words separated by 、 or ,
  | "item" // a numbered content of the regime, `6` or `6.1`
  | "date"
  | "timestamp"
  | "integer"
  | "decimal" // DECIMAL(28,6)
  | "boolean" // blank is unknown
  | "credit_code" // 统一社会信用代码, 18 digits with a check digit
  | "person"; // a person's number in the office's own system, never an identity number

/** Who outside the office's own analysts may see a column; analysts see all of them. */
export type Audience = "leadership" | "organisation" | "public";

/** One column of the contract: the words of 2-contract, its type, who may see it. */
export interface Column {
  readonly name: string;
  readonly header: string;
  readonly type: ColumnType;
  readonly required: boolean;
  readonly values: readonly string[];
  /** A value the column takes when blank. */
  readonly fallback: string | null;
  readonly audiences: readonly Audience[];
  /** A day on which something happened: later than 统计截止日 it reads as null. */
  readonly event: boolean;
}

/** A fault seen inside one row: `when` is a predicate over the typed columns. */
export interface RowCheck {
  readonly column: string;
  readonly when: string;
  readonly reason: string;
}

/** A value that must exist in another table, else the row is held. */
export interface Reference {
  readonly column: string;
  readonly table: string;
  readonly target: string;
}

/** One input table of the contract. */
export interface Table {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly key: readonly string[];
  /** The day from which a row exists; null when rows are not dated. */
  readonly exists_on: string | null;
  readonly checks: readonly RowCheck[];
  readonly references: readonly Reference[];
  /** Order across tables: a predicate over the row `t` and its parents, true when the row must wait. */
  readonly holds: readonly {
    readonly parent: string;
    readonly on: string;
    readonly when: string;
    readonly reason: string;
    readonly advice: string;
  }[];
}

type Options = Partial<Omit<Column, "name" | "header" | "type">>;

/** A column; audiences default to nobody outside the office's analysts. */
export function column(name: string, header: string, type: ColumnType = "text", options: Options = {}): Column {
  return {name, header, type, required: false, values: [], fallback: null, audiences: [], event: false, ...options};
}

/** A day on which something happened. */
export function event(name: string, header: string, options: Options = {}): Column {
  return column(name, header, "date", {event: true, ...options});
}

/** A column that takes one of the listed values. */
export function oneOf(name: string, header: string, values: readonly string[], options: Options = {}): Column {
  return column(name, header, "enum", {values, ...options});
}

export const required = {required: true} as const;
export const leadership = {audiences: ["leadership"]} as const satisfies Options;
/** Persons: for the organisation department alone, and only where the regime reaches persons (src/site/audience.ts). */
export const organisation = {audiences: ["organisation"]} as const satisfies Options;
export const shared = {audiences: ["leadership", "organisation"]} as const satisfies Options;
export const open = {audiences: ["leadership", "organisation", "public"]} as const satisfies Options;

/** `a` must not be later than `b`. */
export function notBefore(a: string, b: string, what: string): RowCheck {
  return {column: b, when: `${b} < ${a}`, reason: `${what}；请核对这两个日期`};
}

/** A table with nothing beyond its columns and key, unless said. */
export function table(
  name: string,
  title: string,
  columns: readonly Column[],
  key: readonly string[],
  rest: Partial<Omit<Table, "name" | "title" | "columns" | "key">> = {}
): Table {
  return {name, title, columns, key, exists_on: null, checks: [], references: [], holds: [], ...rest};
}
