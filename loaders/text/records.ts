import {BLANKS, type Dialect} from "./dialect.ts";
import {type Doubt, isRunTogether} from "./doubt.ts";

/** A record of a delimited text. */
export interface TextRecord {
  readonly cells: readonly string[];
  /** Its quotes do not pair: the cells are those of one line, taken as written. */
  readonly broken: boolean;
  /** Whether a value stood within quotes. */
  readonly quoted?: boolean;
}

/** A quoted value longer than this (characters) counts as never closed. */
const LONGEST_QUOTED = 1 << 20;

/** Characters of a line that are waited for. */
const LONGEST_RECORD = 1 << 24;

/** A line goes on and on: what is read is no text of lines. */
export class LongRecordError extends Error {}

/** How to read. */
export interface Reading {
  readonly dialect: Dialect;
  /**
   * Number of columns, for a file in which quotes are known to be amiss: a record of several lines is then taken for one only if it cannot
   * be rows that a stray quote has run together.
   */
  readonly wary?: number | undefined;
  /** Characters that a quoted value may have; at least a million. */
  readonly longest?: number | undefined;
}

/**
 * Splits delimited text into records, as RFC 4180 does, and never loses what follows a fault: when a quote is not closed, or
 * something stands behind a closing quote, the record ends with its line and is marked broken; reading goes on with the
 * next line. A quote inside an unquoted value is a plain character. The text formula `="00123"` reads as its text. Blank lines
 * are records of one empty cell. Lines end with LF, CRLF or CR.
 * Errors: LongRecordError for a line of more than 16 million characters.
 * @example [...textRecords(['a,"b\n1"\nc,d'], {dialect})].map((r) => r.cells) // [["a", "b\n1"], ["c", "d"]]
 */
export function* textRecords(
  chunks: Iterable<string>,
  reading: Reading,
  doubt: Doubt = {stray: false, multiline: false}
): Generator<TextRecord, void, undefined> {
  let text = "";
  for (const chunk of chunks) {
    text += chunk;
    // A record may go on in the next chunk; a quoted value is waited for only so long.
    const reader = new RecordReader(text, reading, false, doubt);
    for (let record = reader.next(); record; record = reader.next()) yield record;
    text = text.slice(reader.at);
    if (text.length > LONGEST_RECORD) throw new LongRecordError();
  }
  const reader = new RecordReader(text, reading, true, doubt);
  for (let record = reader.next(); record; record = reader.next()) yield record;
}

/** A text formula, as exports write it to keep leading zeros. */
const FORMULA = /^="((?:[^"]|"")*)"$/;

/** What a record with quotes has shown. */
interface Seen {
  isQuoted: boolean;
  isMultiline: boolean;
  hasStray: boolean;
}

/** Reads records from one text; `at` is where the next record starts. */
export class RecordReader {
  at = 0;
  private readonly delimiter: string;
  private readonly open: string;
  private readonly close: string;
  private readonly longest: number;
  /** Next positions of these characters, looked for anew once passed: a text without them is searched once. */
  private readonly ahead = {quote: -1, "\n": -1, "\r": -1};

  constructor(
    private readonly text: string,
    private readonly reading: Reading,
    /** Whether the text ends here, or more may follow. */
    private readonly complete: boolean,
    readonly doubt: Doubt = {stray: false, multiline: false}
  ) {
    const {delimiter, quote} = reading.dialect;
    this.delimiter = delimiter;
    this.open = quote?.open ?? "";
    this.close = quote?.close ?? "";
    this.longest = Math.max(LONGEST_QUOTED, reading.longest ?? 0);
  }

  /** The next record; null at the end, or when its end is not in the text yet. */
  next(): TextRecord | null {
    if (this.at >= this.text.length) return null;
    const end = this.lineEnd(this.at);
    if (end < 0) return null;
    if (this.delimiter === BLANKS) return this.spaced(end);
    if (this.open === "" || this.findQuote(this.at) >= end) return this.line(end, false);
    return this.quotedRecord(end);
  }

  private line(end: number, broken: boolean): TextRecord {
    const cells = this.text.slice(this.at, end).split(this.delimiter);
    this.at = this.after(end);
    if (broken) {
      this.doubt.stray = true;
      // What was looked for stands further on than the next line.
      this.ahead.quote = this.ahead["\n"] = this.ahead["\r"] = -1;
    }
    return {cells, broken};
  }

  private spaced(end: number): TextRecord {
    const text = this.text.slice(this.at, end).replace(/^[\s\u3000]+|[\s\u3000]+$/g, "");
    this.at = this.after(end);
    return {cells: text.split(/[ \u00a0\u3000]{2,}|[ \u00a0\u3000]*\t[ \u00a0\u3000]*/), broken: false};
  }

  /** A record with quotes in it; `lineEnd` is the end of its first line. */
  private quotedRecord(lineEnd: number): TextRecord | null {
    const {text, delimiter, open} = this;
    const cells: string[] = [];
    const seen: Seen = {isQuoted: false, isMultiline: false, hasStray: false};
    for (let at = this.at; ; ) {
      if (text[at] !== open) {
        const formula = this.formulaEnd(at, lineEnd);
        const stop = formula > 0 ? formula : this.unquotedEnd(at);
        if (stop < 0) return null;
        const value = text.slice(at, stop);
        seen.hasStray ||= formula < 0 && (value.includes(open) || value.includes(this.close));
        cells.push(formula > 0 ? formulaText(value) : value);
        if (text[stop] !== delimiter) return this.finish(cells, stop, lineEnd, seen);
        at = stop + 1;
        continue;
      }
      const close = this.closingQuote(at);
      if (close === null) return null;
      if (close < 0) return this.line(lineEnd, true);
      const value = text.slice(at + 1, close).replaceAll(this.close + this.close, this.close);
      seen.isQuoted = true;
      seen.isMultiline ||= close > lineEnd;
      cells.push(formulaText(value));
      const behind = text[close + 1];
      if (behind === undefined || behind === "\n" || behind === "\r") {
        return !this.complete && close + 2 >= text.length ? null : this.finish(cells, close + 1, lineEnd, seen);
      }
      if (behind !== delimiter) return this.line(lineEnd, true);
      at = close + 2;
    }
  }

  private finish(cells: readonly string[], end: number, lineEnd: number, seen: Seen): TextRecord {
    const {text} = this;
    const {dialect, wary} = this.reading;
    this.doubt.stray ||= seen.hasStray;
    this.doubt.multiline ||= seen.isMultiline;
    if (seen.isMultiline && wary !== undefined && isRunTogether({text, lineEnd, end, cells, ...seen}, dialect, wary)) {
      return this.line(lineEnd, true);
    }
    this.at = this.after(end);
    return seen.isQuoted ? {cells, broken: false, quoted: true} : {cells, broken: false};
  }

  /** End of a text formula that starts here; -1 when there is none. */
  private formulaEnd(at: number, lineEnd: number): number {
    if (this.open !== '"' || this.text[at] !== "=" || this.text[at + 1] !== '"') return -1;
    const close = this.closingQuote(at + 1);
    if (close === null || close < 0 || close >= lineEnd) return -1;
    const behind = this.text[close + 1];
    return close + 1 === lineEnd || behind === this.delimiter ? close + 1 : -1;
  }

  /** Position of the quote that closes the one at `open`; -1 when there is none, null when it may still come. */
  private closingQuote(open: number): number | null {
    for (let at = this.text.indexOf(this.close, open + 1); at >= 0; at = this.text.indexOf(this.close, at + 2)) {
      if (at - open > this.longest) return -1;
      if (at + 1 === this.text.length && !this.complete) return null;
      if (this.text[at + 1] !== this.close) return at;
    }
    return this.complete || this.text.length - open > this.longest ? -1 : null;
  }

  private unquotedEnd(from: number): number {
    const end = this.lineEnd(from);
    if (end < 0) return -1;
    const delimiter = this.text.indexOf(this.delimiter, from);
    return delimiter >= 0 && delimiter < end ? delimiter : end;
  }

  /** Where the line ends that `from` is in; -1 when that is not in the text yet. */
  private lineEnd(from: number): number {
    const end = Math.min(this.find("\n", from), this.find("\r", from));
    // A CR at the very end may be the first half of CRLF.
    if (end < this.text.length && (this.complete || this.text[end] === "\n" || end + 1 < this.text.length)) return end;
    return this.complete ? this.text.length : -1;
  }

  private find(character: "\n" | "\r", from: number): number {
    if (this.ahead[character] < from) this.ahead[character] = this.positionOf(character, from);
    return this.ahead[character];
  }

  private findQuote(from: number): number {
    if (this.ahead.quote < from) this.ahead.quote = this.positionOf(this.open, from);
    return this.ahead.quote;
  }

  private positionOf(character: string, from: number): number {
    const at = this.text.indexOf(character, from);
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  }

  private after(end: number): number {
    return this.text[end] === "\r" && this.text[end + 1] === "\n" ? end + 2 : end + 1;
  }
}

function formulaText(value: string): string {
  if (!value.startsWith('="')) return value;
  const inner = FORMULA.exec(value)?.[1];
  return inner === undefined ? value : inner.replaceAll('""', '"');
}
