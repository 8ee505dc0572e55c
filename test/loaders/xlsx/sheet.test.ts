import fc from "fast-check";
import {expect, test} from "vitest";
import {columnLetters, firstRows, parseRange} from "../../../loaders/xlsx/sheet.ts";

const row = (n: number, prefix = "") =>
  `<${prefix}row r="${n}"><${prefix}c><${prefix}v>${n}</${prefix}v></${prefix}c></${prefix}row >`;

test.each(["", "x:"])("keeps the first rows and what is around them, wherever the text is cut (prefix %j)", (prefix) => {
  const rows = [1, 2, 3, 4, 5].map((n) => row(n, prefix));
  const [head, tail] = [
    `<${prefix}worksheet><${prefix}sheetData>`,
    `</${prefix}sheetData><mergeCells a=">"/></${prefix}worksheet>\n`
  ];
  const text = [head, ...rows, tail].join("");
  fc.assert(
    fc.property(fc.integer({min: 1, max: 7}), fc.array(fc.nat(text.length), {maxLength: 9}), (most, cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), text.length];
      const pieces = places.slice(1).map((end, i) => text.slice(places[i], end));
      expect([...firstRows(pieces, most)].join("")).toBe([head, ...rows.slice(0, most), tail].join(""));
    }),
    {numRuns: 300}
  );
});

test("a range is its corners", () => {
  expect(parseRange("$B$2:AA10")).toEqual({top: 2, bottom: 10, left: 1, right: 26});
  expect(parseRange("A1")).toBeNull();
});

test.each([
  [0, "A"],
  [25, "Z"],
  [26, "AA"],
  [16_383, "XFD"]
])("column %d is %s", (column, letters) => {
  expect(columnLetters(column)).toBe(letters);
});
