import {fileChunks, type SourceFile} from "../files.ts";

const [QUOTE, CR, LF] = [0x22, 0x0d, 0x0a];

/** Longest record left to DuckDB, in bytes. */
const LONGEST_RECORD = 1 << 20;

/** Where in a record the scan stands. */
type State = "start" | "plain" | "quoted" | "closed" | "cr";

/**
 * Whether DuckDB reads this part of a file exactly as it is meant: no record has more than `width` values, quotes pair, lines end
 * all with LF or all with CRLF, no line is blank but at the end. Anything else is rewritten before it is read.
 * Shape: UTF-8 bytes from `start` on (the first record below the header) → true or false; about 1 ns a byte.
 */
export function isRegular(file: SourceFile, start: number, delimiter: string, width: number): boolean {
  const scan = new Scan(delimiter.charCodeAt(0), width);
  for (const chunk of fileChunks(file, start)) if (!scan.push(chunk)) return false;
  return scan.end();
}

class Scan {
  private state: State = "start";
  private fields = 1;
  private length = 0;
  /** Whether a blank line has been passed: DuckDB leaves it out, and rows after it would be miscounted. */
  private blank = false;
  private newline: "LF" | "CRLF" | null = null;

  constructor(
    private readonly delimiter: number,
    private readonly width: number
  ) {}

  /** Takes the next bytes; false as soon as something is irregular. */
  push(bytes: Buffer): boolean {
    const {delimiter} = this;
    let state = this.state;
    let recordStart = -this.length;
    for (let i = 0; i < bytes.length; i++) {
      if (state === "quoted") {
        const quote = bytes.indexOf(QUOTE, i);
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
        if (length > LONGEST_RECORD || !this.record(length, state === "cr" ? "CRLF" : "LF")) return false;
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
    return this.length <= LONGEST_RECORD;
  }

  /** Whether the last record is whole; the file may end with or without a line break. */
  end(): boolean {
    if (this.state === "quoted" || this.state === "cr") return false;
    return this.length === 0 || (!this.blank && this.fields <= this.width);
  }

  private record(length: number, newline: "LF" | "CRLF"): boolean {
    this.newline ??= newline;
    const regular = this.newline === newline && this.fields <= this.width && (!this.blank || length === 0);
    this.blank ||= length === 0;
    this.fields = 1;
    return regular;
  }
}
