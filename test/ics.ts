/** A component of a calendar file: its properties in order, and what stands within. */
export interface IcsPart {
  readonly name: string;
  readonly properties: readonly {readonly name: string; readonly parameters: string; readonly value: string}[];
  readonly parts: readonly IcsPart[];
}

/**
 * Reads a calendar file strictly, by RFC 5545: CRLF after every line, none longer than 75 bytes, folded lines joined, parts nested.
 * Errors: RangeError for anything else.
 */
export function readIcs(text: string): IcsPart {
  if (!text.endsWith("\r\n")) throw new RangeError("the last line does not end");
  const folded = text.slice(0, -2).split("\r\n");
  for (const line of folded) {
    if (/[\r\n]/.test(line)) throw new RangeError(`a line end of another kind in ${JSON.stringify(line)}`);
    if (Buffer.byteLength(line) > 75) throw new RangeError(`a line of ${Buffer.byteLength(line)} bytes: ${line}`);
    if (line === "" || line.includes("�")) throw new RangeError("an empty or broken line");
  }
  const lines: string[] = [];
  for (const line of folded) {
    if (!line.startsWith(" ")) lines.push(line);
    else if (lines.length > 0) lines[lines.length - 1] += line.slice(1);
    else throw new RangeError("the first line is a continuation");
  }
  const rest = [...lines];
  const part = readPart(rest);
  if (rest.length > 0) throw new RangeError(`after the end: ${rest[0]}`);
  return part;
}

function readPart(lines: string[]): IcsPart {
  const name = /^BEGIN:([A-Z]+)$/.exec(lines.shift() ?? "")?.[1];
  if (!name) throw new RangeError("a part does not begin");
  const properties: IcsPart["properties"][number][] = [];
  const parts: IcsPart[] = [];
  for (;;) {
    const line = lines[0];
    if (line === undefined) throw new RangeError(`${name} does not end`);
    if (line === `END:${name}`) {
      lines.shift();
      return {name, properties, parts};
    }
    if (line.startsWith("BEGIN:")) {
      parts.push(readPart(lines));
      continue;
    }
    const found = /^([A-Z-]+)((?:;[A-Z-]+=[^":;,]+)*):(.*)$/.exec(lines.shift() ?? "");
    if (!found) throw new RangeError(`not a property: ${line}`);
    properties.push({name: found[1] ?? "", parameters: found[2] ?? "", value: found[3] ?? ""});
  }
}

/** A text value as it was before it was escaped. Errors: RangeError for a sign that should have been. */
export function icsText(value: string): string {
  if (/(?<!\\)(?:\\\\)*[;,]/.test(value)) throw new RangeError(`not escaped: ${value}`);
  return value.replace(/\\(.)/g, (_, sign: string) => {
    if (sign === "n" || sign === "N") return "\n";
    if (!"\\;,".includes(sign)) throw new RangeError(`\\${sign} means nothing`);
    return sign;
  });
}
