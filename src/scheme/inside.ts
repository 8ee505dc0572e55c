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
  if (style === "|" || style === ">") return place(follow(text, blockStart(text, offset), value, index, ""));
  const quote = style === '"' || style === "'" ? style : "";
  return place(follow(text, offset + quote.length, value, index, quote));
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) starts.push(i + 1);
  return starts;
}

/** The first character of a block scalar's content. */
function blockStart(text: string, offset: number): number {
  const body = text.indexOf("\n", offset) + 1;
  const blank = /^\s*/.exec(text.slice(body))?.[0].length ?? 0;
  return body + blank;
}

/** Walks source and meaning side by side. */
function follow(text: string, from: number, value: string, index: number, quote: string): number {
  let at = from;
  for (let i = 0; i < index && at < text.length; i++) {
    const wanted = value[i] ?? "";
    if (quote === '"' && text[at] === "\\") at += escapeLength(text, at);
    else if (quote === "'" && text.startsWith("''", at)) at += 2;
    else if (wanted === " " || wanted === "\n") at += blankLength(text, at, wanted);
    else at++;
  }
  return at;
}

/** A space of the meaning is one space of the source, or a folded line end with its indentation. */
function blankLength(text: string, at: number, wanted: string): number {
  if (wanted === " " && text[at] === " " && !/^ *\r?\n/.test(text.slice(at, at + 200))) return 1;
  const run = /^[ \t]*\r?\n[ \t]*/.exec(text.slice(at, at + 2000))?.[0].length;
  return run ?? 1;
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
