import type {Place} from "../fault.ts";

/**
 * The place of a character inside a YAML scalar: the scalar's own place moved along its source text.
 * Knows plain, single-quoted, double-quoted and block scalars; a character it cannot follow is placed as near as it can.
 * @param text the whole file
 * @param start where the scalar begins
 * @param value what the scalar means
 * @param index which UTF-16 unit of `value`
 * @example placeInside("a: x > 0\n", {file: "s.yaml", line: 1, column: 4}, "x > 0", 2) // {…, line: 1, column: 6}
 */
export function placeInside(text: string, start: Place, value: string, index: number): Place {
  const lines = lineStarts(text);
  const offset = (lines[(start.line ?? 1) - 1] ?? 0) + (start.column ?? 1) - 1;
  const place = (at: number): Place => {
    let line = lines.length;
    while (line > 1 && (lines[line - 1] ?? 0) > at) line--;
    return {file: start.file, line, column: at - (lines[line - 1] ?? 0) + 1};
  };
  const style = text[offset] ?? "";
  if (style === "|") return place(followLiteral(text, offset, value, index));
  if (style === ">") return place(followFolded(text, skipBlank(text, text.indexOf("\n", offset) + 1), value, index, ""));
  const quote = style === '"' || style === "'" ? style : "";
  return place(followFolded(text, offset + quote.length, value, index, quote));
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) starts.push(i + 1);
  return starts;
}

/** The first character at or after a place that is no blank or line end. */
function skipBlank(text: string, at: number): number {
  return at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
}

/** Line by line, each after the block's indentation. */
function followLiteral(text: string, header: number, value: string, index: number): number {
  const body = text.indexOf("\n", header) + 1;
  const first = skipBlank(text, body);
  const indent = first - (text.lastIndexOf("\n", first - 1) + 1);
  const lines = value.slice(0, index).split("\n");
  let at = body;
  for (let i = 1; i < lines.length; i++) at = text.indexOf("\n", at) + 1;
  return at + indent + (lines.at(-1)?.length ?? 0);
}

/** Walks source and meaning side by side, where a line end of the source means a space, and n + 1 of them mean n. */
function followFolded(text: string, from: number, value: string, index: number, quote: string): number {
  let at = from;
  for (let i = 0; i < index && at < text.length; i++) {
    const run = /^[ \t]*(\r?\n[ \t]*)+/.exec(text.slice(at, at + 4000))?.[0];
    if (run && (value[i] === " " || value[i] === "\n")) {
      at += run.length;
      i += Math.max(0, run.split("\n").length - 3);
    } else if (quote === '"' && text[at] === "\\") at += escapeLength(text, at);
    else if (quote === "'" && text.startsWith("''", at)) at += 2;
    else at++;
  }
  return at;
}

function escapeLength(text: string, at: number): number {
  switch (text[at + 1]) {
    case "x":
      return 4;
    case "u":
      return 6;
    case "U":
      return 10;
    default:
      return 2;
  }
}
