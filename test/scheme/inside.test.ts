import {describe, expect, it} from "vitest";
import {parsePlaced} from "../../src/placed-yaml.ts";
import {placeInside} from "../../src/scheme/inside.ts";

/** Line and column where `part` of the value of `a` stands in the file. */
function found(text: string, part: string): string {
  const placed = parsePlaced(text, "x.yaml");
  const {a} = placed.value as {a: string};
  const {line, column} = placeInside(text, placed.at(["a"]), a, a.indexOf(part));
  return `${line}:${column}`;
}

/** Where `part` stands when one looks. */
function seen(text: string, part: string): string {
  const before = text.slice(0, text.indexOf(part)).split("\n");
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

describe("placeInside", () => {
  it.each([
    ["plain", "a: x > 0 and severty\n"],
    ["plain over lines", "a: x > 0 and\n  y and\n    severty\nb: 1\n"],
    ["plain with Chinese before", "a: x = '重大🔥' and severty\n"],
    ["single quotes", "a: 'x = ''重大'' and severty'\n"],
    ["double quotes", "a: \"x = '\\u91cd\\x41\\n' and severty\"\n"],
    ["double quotes over lines", 'a: "x and\n\n  severty"\n'],
    ["literal block", "a: |\n  x > 0\n    and severty\n"],
    ["literal block with blank lines", "a: |-\n\n  x > 0\n\n  and severty\n"],
    ["folded block", "a: >-\n  x > 0\n  and\n  severty\n"],
    ["a flow map", "{b: 1, a: x and severty}\n"],
    ["Windows line ends", "b: 1\r\na: |\r\n  x\r\n  and severty\r\n"],
    ["a comment before the block's text", "a: | # why\n  x and severty\n"]
  ])("finds a word in %s", (_, text) => {
    expect(found(text, "severty")).toBe(seen(text, "severty"));
  });
});
