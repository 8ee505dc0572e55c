import {readFileSync} from "node:fs";

/**
 * Cases of a guard list: one a line, `#` begins a comment.
 * `\n` stands for a line break, `\0` for NUL, `\u{…}` for the character of that number, `\{text*n}` for n times the text.
 * @example guardLines("test/input/guard/predicates.txt")[0] // "finding | days_overdue > 0"
 */
export function guardLines(file: string): string[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("# ") && line !== "#")
    .map(unescaped);
}

function unescaped(line: string): string {
  return line
    .replaceAll(/\\\{(.+?)\*(\d+)\}/gs, (_, text: string, times: string) => text.repeat(Number(times)))
    .replaceAll(/\\u\{([0-9a-f]+)\}/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replaceAll("\\n", "\n")
    .replaceAll("\\0", "\u0000");
}
