/** Texts of a segment, encoded together. */
interface Segment {
  readonly bytes: Buffer;
  /** Where each text begins, and where the last ends. */
  readonly starts: Uint32Array;
}

const SEGMENT = 4096;
/** Texts kept as they are: what repeats in every row is among the first. */
const KEPT = 16 * SEGMENT;
/** A longer text is encoded by itself, so that a segment of them does not fill the memory first. */
const LONG = 32_768;

/**
 * Texts by their number, as bytes outside the heap: a workbook may hold twenty million of them, and a heap may not.
 * @example const store = new TextStore(); store.push("东关镇"); store.at(0) // "东关镇"
 */
export class TextStore implements Iterable<string> {
  private readonly kept: string[] = [];
  private readonly segments: Segment[] = [];
  private readonly long = new Map<number, Buffer>();
  private open: string[] = [];
  private count = 0;

  push(text: string): void {
    const number = this.count++;
    if (number < KEPT) this.kept.push(text);
    else {
      if (text.length > LONG) this.long.set(number, Buffer.from(text));
      this.open.push(text.length > LONG ? "" : text);
      if (this.open.length === SEGMENT) {
        this.segments.push(encoded(this.open));
        this.open = [];
      }
    }
  }

  /** Undefined when there is no such text. */
  at(number: number): string | undefined {
    if (number < KEPT) return this.kept[number];
    const long = this.long.get(number);
    if (long) return long.toString();
    const segment = this.segments[Math.floor((number - KEPT) / SEGMENT)];
    const within = (number - KEPT) % SEGMENT;
    if (!segment) return number < this.count ? this.open[within] : undefined;
    return segment.bytes.toString("utf8", segment.starts[within], segment.starts[within + 1]);
  }

  *[Symbol.iterator](): Generator<string, void, undefined> {
    for (let number = 0; number < this.count; number++) yield this.at(number) ?? "";
  }

  /** The texts that hold a word, without decoding the others. */
  *holding(word: string): Generator<string, void, undefined> {
    for (const text of [...this.kept, ...this.open]) if (text.includes(word)) yield text;
    for (const [i, {bytes, starts}] of this.segments.entries()) {
      if (!bytes.includes(word)) continue;
      for (let n = 0; n + 1 < starts.length; n++) {
        const text = this.at(KEPT + i * SEGMENT + n) ?? "";
        if (text.includes(word)) yield text;
      }
    }
    for (const bytes of this.long.values()) if (bytes.includes(word)) yield bytes.toString();
  }
}

function encoded(texts: readonly string[]): Segment {
  const starts = new Uint32Array(texts.length + 1);
  let end = 0;
  for (const [i, text] of texts.entries()) {
    end += Buffer.byteLength(text);
    starts[i + 1] = end;
  }
  const bytes = Buffer.allocUnsafeSlow(end);
  for (const [i, text] of texts.entries()) bytes.write(text, starts[i] ?? 0);
  return {bytes, starts};
}
