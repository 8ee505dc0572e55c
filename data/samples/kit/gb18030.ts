/**
 * GB18030 bytes of a text. Node decodes GB18030 but does not encode it, so the tables come from its decoder.
 * Errors: RangeError for a character the standard cannot write (a lone surrogate).
 * Source: GB 18030-2005.
 */
export function encodeGb18030(text: string): Uint8Array {
  const out: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    if (code < 0x80) out.push(code);
    else if (code > 0xffff) out.push(...fourBytes(code - 0x10000, 0x90));
    else out.push(...(twoByte().get(char) ?? fourByte(char)));
  }
  return Uint8Array.from(out);
}

let pairs: Map<string, readonly number[]> | null = null;

/** Lead bytes 81–FE with trail bytes 40–7E and 80–FE. */
function twoByte(): Map<string, readonly number[]> {
  if (pairs) return pairs;
  const decoder = new TextDecoder("gb18030");
  pairs = new Map();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      const char = decoder.decode(Uint8Array.of(lead, trail));
      if (char !== "\ufffd" && !pairs.has(char)) pairs.set(char, [lead, trail]);
    }
  }
  return pairs;
}

/** The four-byte codes of the first plane are few in our texts: looked for one by one, then remembered. */
function fourByte(char: string): readonly number[] {
  const decoder = new TextDecoder("gb18030");
  for (let index = 0; index < 39_420; index++) {
    const bytes = fourBytes(index, 0x81);
    if (decoder.decode(Uint8Array.from(bytes)) === char) {
      twoByte().set(char, bytes);
      return bytes;
    }
  }
  throw new RangeError(`GB18030 has no code for U+${char.charCodeAt(0).toString(16)}`);
}

function fourBytes(index: number, lead: number): number[] {
  return [
    lead + Math.floor(index / 12_600),
    0x30 + (Math.floor(index / 1_260) % 10),
    0x81 + (Math.floor(index / 10) % 126),
    0x30 + (index % 10)
  ];
}
