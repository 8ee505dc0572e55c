import type {Dialect} from "./dialect.ts";

/** What has been met so far that makes quotes doubtful. */
export interface Doubt {
  /** Whether a quote stood where none belongs. */
  stray: boolean;
  /** Whether a quoted value had a line break in it. */
  multiline: boolean;
}

/** A record of several lines, in a file whose quotes are known to be amiss. */
export interface Candidate {
  readonly text: string;
  /** Where its first line ends, and where it ends itself. */
  readonly lineEnd: number;
  readonly end: number;
  readonly cells: readonly string[];
  /** Whether a quote stands inside an unquoted value of it. */
  readonly hasStray: boolean;
}

/**
 * Whether lines that quotes hold together may be rows of their own. When a quote is missing, the next one, which opens a value
 * further down, is taken to close; so there are values too many, or too few and delimiters within the quotes, or a line by
 * itself has as many values as the header, or the quote that comes next stands at the end of a value.
 * @param width number of columns
 */
export function isRunTogether(
  {text, lineEnd, end, cells, hasStray}: Candidate,
  {delimiter, quote}: Dialect,
  width: number
): boolean {
  if (hasStray || cells.findLastIndex((cell) => cell !== "") >= width) return true;
  if (cells.length < width && cells.some((cell) => /[\r\n]/.test(cell) && cell.includes(delimiter))) return true;
  const below = text.slice(lineEnd, end).split(/\r\n|\n|\r/).slice(1); // biome-ignore format: one step
  if (below.some((line) => line.split(delimiter).length >= width)) return true;
  const next = text.indexOf(quote?.close ?? "", end);
  return next > 0 && ![delimiter, "\n", "\r", "="].includes(text[next - 1] ?? "");
}
