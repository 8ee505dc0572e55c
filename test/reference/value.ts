// What a column holds. Null is SQL's: not known.
//
// Readings taken: a month earlier than the 31st is the month's last day (so a year before 29 February is the 28th); text is
// compared by its UTF-8 bytes; a timestamp is kept as text of the form `YYYY-MM-DD HH:MM:SS`.

import {Fraction} from "./fraction.ts";

/** A calendar day, counted from 1970-01-01. */
export class Day {
  constructor(readonly number: number) {}

  /** Errors: SyntaxError for text that is no date. @example Day.of("2025-03-01").number */
  static of(text: string): Day {
    const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(text.trim());
    if (!match) throw new SyntaxError(`not a date: ${text}`);
    return Day.at(Number(match[1]), Number(match[2]), Number(match[3]));
  }

  static at(year: number, month: number, day: number): Day {
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    return new Day(Math.round(date.getTime() / 86_400_000));
  }

  get year(): number {
    return this.date().getUTCFullYear();
  }

  get month(): number {
    return this.date().getUTCMonth() + 1;
  }

  get day(): number {
    return this.date().getUTCDate();
  }

  plusDays(days: number): Day {
    return new Day(this.number + days);
  }

  /** The same day number so many months later, or that month's last day where there is none. */
  plusMonths(months: number): Day {
    const first = Day.at(this.year, this.month + months, 1);
    const length = Day.at(first.year, first.month + 1, 1).number - first.number;
    return first.plusDays(Math.min(this.day, length) - 1);
  }

  toString(): string {
    return this.date().toISOString().slice(0, 10);
  }

  private date(): Date {
    return new Date(this.number * 86_400_000);
  }
}

export type Value = null | boolean | string | Fraction | Day;

/** One row of a table or view. */
export type Row = Readonly<Record<string, Value>>;

/** Orders text by its UTF-8 bytes. */
export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** -1, 0 or 1; text is read as a number, date or boolean when the other side is one. Errors: TypeError for unlike kinds. */
export function compareValues(a: NonNullable<Value>, b: NonNullable<Value>): number {
  if (typeof a === "string" && typeof b === "string") return Math.sign(compareBytes(a, b));
  if (typeof a === "string") return -compareValues(b, a);
  if (a instanceof Fraction) {
    const other = typeof b === "string" ? Fraction.of(b) : b;
    if (other instanceof Fraction) return a.compare(other);
  } else if (a instanceof Day) {
    const other = typeof b === "string" ? Day.of(b) : b;
    if (other instanceof Day) return Math.sign(a.number - other.number);
  } else if (typeof b === "boolean" || typeof b === "string") {
    const other = typeof b === "string" ? b.toLowerCase() === "true" : b;
    return Number(a) - Number(other);
  }
  throw new TypeError(`cannot compare ${a} with ${b}`);
}

/** Text that names a value within groups and tables; null stays apart from every text. */
export function textOf(value: Value): string | null {
  return value === null ? null : String(value);
}

/** A column that holds text. */
export function text(row: Row, column: string): string | null {
  return textOf(row[column] ?? null);
}

/** A column that holds a day. */
export function day(row: Row, column: string): Day | null {
  const value = row[column] ?? null;
  return value instanceof Day ? value : null;
}

/** Whether a day lies from `from` to `to`, both included. */
export function within(on: Day | null, {from, to}: {readonly from: Day; readonly to: Day}): boolean {
  return on !== null && from.number <= on.number && on.number <= to.number;
}

/** Things by key, each group in the order given. */
export function groupBy<T, K>(things: readonly T[], key: (thing: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const thing of things) {
    const group = groups.get(key(thing));
    if (group) group.push(thing);
    else groups.set(key(thing), [thing]);
  }
  return groups;
}
