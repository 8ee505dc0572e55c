/** How a test writes a table as text. */
export interface Written {
  readonly delimiter: string;
  readonly open: string;
  readonly close: string;
  /** Every value within quotes, or only those that need it. */
  readonly all: boolean;
  readonly end: string;
}

/** A table as delimited text. */
export function written(rows: readonly (readonly string[])[], {delimiter, open, close, all, end}: Written): string {
  const value = (text: string) => {
    const needs = all || [delimiter, open, close, "\n", "\r"].some((mark) => text.includes(mark));
    return needs ? open + text.replaceAll(close, close + close) + close : text;
  };
  return rows.map((cells) => cells.map(value).join(delimiter) + end).join("");
}

export type Coding = "utf-8" | "gb18030" | "utf-16le" | "utf-16be";

/** A text as bytes, with the mark of its encoding or without. */
export function encoded(text: string, coding: Coding, mark: boolean): Uint8Array {
  const marked = mark ? `\ufeff${text}` : text;
  if (coding === "utf-8") return new TextEncoder().encode(marked);
  if (coding === "gb18030") return Uint8Array.from([...text].flatMap((character) => gbBytes(character)));
  const bytes = Buffer.from(marked, "utf16le");
  return coding === "utf-16be" ? bytes.swap16() : bytes;
}

/** Two bytes of GB18030 for each character that has them; Node decodes this encoding, but does not write it. */
let known: Map<string, number[]> | undefined;

function gbBytes(character: string): number[] {
  if (character < "\x80") return [character.charCodeAt(0)];
  if (known === undefined) {
    const decoder = new TextDecoder("gb18030");
    known = new Map();
    for (let lead = 0x81; lead <= 0xfe; lead++) {
      for (let trail = 0x40; trail <= 0xfe; trail++) {
        const text = decoder.decode(Uint8Array.of(lead, trail));
        if ([...text].length === 1 && text !== "\ufffd") known.set(text, [lead, trail]);
      }
    }
  }
  const bytes = known.get(character);
  if (!bytes) throw new RangeError(`${character} has no two bytes in GB18030`);
  return bytes;
}
