/** A record of a delimited text. */
export interface TextRecord {
  readonly cells: readonly string[];
  /** Its quotes do not pair: the cells are those of one line, taken as written. */
  readonly broken: boolean;
}

/** A quoted value longer than this (characters) counts as never closed. */
const LONGEST_QUOTED = 1 << 20;

/**
 * Splits delimited text into records, as RFC 4180 does, and never loses what follows a fault: when a quote is not closed, or
 * something stands behind a closing quote, the record ends with its line and is marked broken; reading goes on with the
 * next line. A quote inside an unquoted value is a plain character. Blank lines are records of one empty cell.
 * Lines end with LF, CRLF or CR.
 * @example [...textRecords(['a,"b\n1"\nc,d'], ",")].map((r) => r.cells) // [["a", "b\n1"], ["c", "d"]]
 */
export function* textRecords(chunks: Iterable<string>, delimiter: string): Generator<TextRecord, void, undefined> {
  let text = "";
  for (const chunk of chunks) {
    text += chunk;
    // A record may go on in the next chunk; a quoted value is waited for only so long.
    const reader = new RecordReader(text, delimiter, false);
    for (let record = reader.next(); record; record = reader.next()) yield record;
    text = text.slice(reader.at);
  }
  const reader = new RecordReader(text, delimiter, true);
  for (let record = reader.next(); record; record = reader.next()) yield record;
}

/** Reads records from one text; `at` is where the next record starts. */
export class RecordReader {
  at = 0;
  /** Whether a line break inside quotes has been passed. */
  multiline = false;
  /** Next positions of these characters, looked for anew once passed: a text without them is searched once. */
  private readonly ahead = {'"': -1, "\n": -1, "\r": -1};

  constructor(
    private readonly text: string,
    private readonly delimiter: string,
    /** Whether the text ends here, or more may follow. */
    private readonly complete: boolean
  ) {}

  /** The next record; null at the end, or when its end is not in the text yet. */
  next(): TextRecord | null {
    if (this.at >= this.text.length) return null;
    const end = this.lineEnd(this.at);
    if (end < 0) return null;
    if (this.find('"', this.at) >= end) return this.line(end, false);
    return this.quotedRecord(end);
  }

  private line(end: number, broken: boolean): TextRecord {
    const cells = this.text.slice(this.at, end).split(this.delimiter);
    this.at = this.after(end);
    return {cells, broken};
  }

  private quotedRecord(end: number): TextRecord | null {
    const {text, delimiter} = this;
    const cells: string[] = [];
    for (let at = this.at; ; ) {
      if (text[at] !== '"') {
        const stop = this.unquotedEnd(at);
        if (stop < 0) return null;
        cells.push(text.slice(at, stop));
        if (text[stop] !== delimiter) return this.finish(cells, stop);
        at = stop + 1;
        continue;
      }
      const close = this.closingQuote(at);
      if (close === null) return null;
      if (close < 0) return this.line(end, true);
      const value = text.slice(at + 1, close).replaceAll('""', '"');
      if (!this.multiline && /[\r\n]/.test(value)) this.multiline = true;
      cells.push(value);
      const behind = text[close + 1];
      if (behind === undefined || behind === "\n" || behind === "\r") {
        return !this.complete && close + 2 >= text.length ? null : this.finish(cells, close + 1);
      }
      if (behind !== delimiter) return this.line(end, true);
      at = close + 2;
    }
  }

  private finish(cells: readonly string[], end: number): TextRecord {
    this.at = this.after(end);
    return {cells, broken: false};
  }

  /** Position of the quote that closes the one at `open`; -1 when there is none, null when it may still come. */
  private closingQuote(open: number): number | null {
    for (let at = this.text.indexOf('"', open + 1); at >= 0; at = this.text.indexOf('"', at + 2)) {
      if (at - open > LONGEST_QUOTED) return -1;
      if (at + 1 === this.text.length && !this.complete) return null;
      if (this.text[at + 1] !== '"') return at;
    }
    return this.complete || this.text.length - open > LONGEST_QUOTED ? -1 : null;
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

  private find(character: '"' | "\n" | "\r", from: number): number {
    if (this.ahead[character] < from) {
      const at = this.text.indexOf(character, from);
      this.ahead[character] = at < 0 ? Number.POSITIVE_INFINITY : at;
    }
    return this.ahead[character];
  }

  private after(end: number): number {
    return this.text[end] === "\r" && this.text[end + 1] === "\n" ? end + 2 : end + 1;
  }
}
