import fc from "fast-check";
import {expect, test} from "vitest";
import {csvText} from "../../src/components/csv.ts";

const one = (value: string | number | boolean | null) => csvText([{label: "值", value: (v: typeof value) => v}], [value]);

test("begins with a byte-order mark and ends its lines as office programs do", () => {
  expect(csvText([{label: "单位", value: (r: string) => r}], ["甲镇"])).toBe("\ufeff单位\r\n甲镇\r\n");
});

test("a text that begins like a formula gets an apostrophe, a number does not", () => {
  for (const text of ["=1+1", "+1", "-1", "@cmd", "\t=1"]) expect(one(text)).toContain(`'${text}`);
  expect(one(-4)).toBe("\ufeff值\r\n-4\r\n");
});

test("quotes, commas and line breaks stay inside one cell", () => {
  expect(one('他说"好",\n散会')).toBe('\ufeff值\r\n"他说""好"",\n散会"\r\n');
});

test("no text whatever comes out as a formula", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const cell = one(text).slice("\ufeff值\r\n".length).replace(/^"/, "");
      expect(cell).not.toMatch(/^[=+\-@\t]/);
    })
  );
});
