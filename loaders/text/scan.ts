import {fileChunks, type SourceFile} from "../files.ts";

const [QUOTE, CR, LF] = [0x22, 0x0d, 0x0a];

/** Longest record left to DuckDB, in bytes. */
const LONGEST_RECORD = 1 << 20;

/** Where in a record the scan stands. */
type State = "start" | "plain" | "quoted" | "closed" | "cr";

/** A text formula within quotes: `"=""00123"""`. */
const QUOTED_FORMULA = Buffer.from('"=""');

/** What a regular record is. */
export interface Regular {
  /** One ASCII character. */
  readonly delimiter: string;
  /** Values it may have, and values it must have. */
  readonly width: number;
  readonly least: number;
  /** Bytes it may have, a MiB at most. */
  readonly longest: number;
}

/**
 * Whether DuckDB reads this part of a file exactly as it is meant: no record has more than `width` values, quotes pair, lines end
 * all with LF or all with CRLF, no line is blank but at the end, no value is a text formula. Anything else is rewritten before
 * it is read.
 * Shape: UTF-8 bytes from `start` on (the first record below the header) → number of records and whether each is one line, or null;
 * about 1 ns a byte.
 * `progress` is told the records so far.
 */
export function regularRows(
  file: SourceFile,
  start: number,
  regular: Regular,
  progress: (rows: number) => void = () => {}
): {rows: number; oneLine: boolean} | null {
  const scan = new Scan(regular);
  for (const chunk of fileChunks(file, start)) {
    if (!scan.push(chunk)) return null;
    progress(scan.rows);
  }
  return scan.end() ? {rows: scan.rows, oneLine: scan.oneLine} : null;
}

class Scan {
  rows = 0;
  /** Whether no value so far has a line break. */
  oneLine = true;
  private readonly delimiter: number;
  private readonly longest: number;
  private state: State = "start";
  private fields = 1;
  private length = 0;
  /** Whether a blank line has been passed: DuckDB leaves it out, and rows after it would be miscounted. */
  private blank = false;
  private newline: "LF" | "CRLF" | null = null;

  /** The last bytes of the chunk before. */
  private tail: Buffer = Buffer.alloc(0);

  constructor(private readonly regular: Regular) {
    this.delimiter = regular.delimiter.charCodeAt(0);
    this.longest = Math.min(LONGEST_RECORD, regular.longest);
  }

  /** Takes the next bytes; false as soon as something is irregular. */
  push(bytes: Buffer): boolean {
    const isPlain = (this.state === "start" || this.state === "plain") && !bytes.includes(QUOTE) && !bytes.includes(CR);
    return isPlain ? this.pushPlain(bytes) : this.pushAny(bytes);
  }

  /** Bytes without a quote or CR, as most are: there is little to look for in them. */
  private pushPlain(bytes: Buffer): boolean {
    const {delimiter, longest} = this;
    let {fields} = this;
    let recordStart = -this.length;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i];
      if (byte === delimiter) fields++;
      else if (byte === LF) {
        this.fields = fields;
        if (i - recordStart > longest || !this.record(i - recordStart, "LF")) return false;
        fields = 1;
        recordStart = i + 1;
      }
    }
    this.fields = fields;
    this.tail = Buffer.from(bytes.subarray(-3));
    const last = bytes.at(-1);
    if (last !== undefined) this.state = last === delimiter || last === LF ? "start" : "plain";
    this.length = bytes.length - recordStart;
    return this.length <= longest;
  }

  private pushAny(bytes: Buffer): boolean {
    const {delimiter, longest} = this;
    if (bytes.includes(QUOTED_FORMULA) || Buffer.concat([this.tail, bytes.subarray(0, 3)]).includes(QUOTED_FORMULA)) return false;
    this.tail = Buffer.from(bytes.subarray(-3));
    let state = this.state;
    let recordStart = -this.length;
    for (let i = 0; i < bytes.length; i++) {
      if (state === "quoted") {
        const quote = bytes.indexOf(QUOTE, i);
        if (this.oneLine) this.oneLine = !hasLineBreak(bytes, i, quote < 0 ? bytes.length : quote);
        if (quote < 0) break;
        i = quote;
        state = "closed";
        continue;
      }
      const byte = bytes[i] as number;
      if (byte === delimiter) {
        if (state === "cr") return false;
        this.fields++;
        state = "start";
      } else if (byte === LF) {
        const length = i - recordStart - (state === "cr" ? 1 : 0);
        if (length > longest || !this.record(length, state === "cr" ? "CRLF" : "LF")) return false;
        recordStart = i + 1;
        state = "start";
      } else if (state === "cr") {
        return false;
      } else if (byte === CR) {
        state = "cr";
      } else if (byte === QUOTE) {
        if (state === "plain") return false;
        state = "quoted";
      } else {
        if (state === "closed") return false;
        state = "plain";
      }
    }
    this.state = state;
    this.length = bytes.length - recordStart;
    return this.length <= longest;
  }

  /** Whether the last record is whole; the file may end with or without a line break. */
  end(): boolean {
    if (this.state === "quoted" || this.state === "cr") return false;
    return this.length === 0 || this.record(this.length, this.newline ?? "LF");
  }

  private record(length: number, newline: "LF" | "CRLF"): boolean {
    this.newline ??= newline;
    const {fields} = this;
    const {width, least} = this.regular;
    const regular = this.newline === newline && (length === 0 || (!this.blank && fields <= width && fields >= least));
    if (length === 0) this.blank = true;
    else this.rows++;
    this.fields = 1;
    return regular;
  }
}

function hasLineBreak(bytes: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] === LF || bytes[i] === CR) return true;
  return false;
}
