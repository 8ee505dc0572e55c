import {expect, test} from "vitest";
import {serialDate} from "../../../loaders/xlsx/cell.ts";
import {masked, numberFormat} from "../../../loaders/xlsx/number-format.ts";

test.each([
  [45717, "2025-03-01"],
  [1, "1900-01-01"],
  [59, "1900-02-28"],
  [60, null],
  [61, "1900-03-01"],
  [2958465, "9999-12-31"],
  [2958466, null],
  [-1, null],
  [0, null],
  [45717.354166666664, "2025-03-01 08:30:00"],
  [45716.999999999, "2025-03-01"],
  [0.5, "12:00:00"]
])("day %d of the 1900 system is %s", (serial, text) => {
  expect(serialDate(serial, false)).toBe(text);
});

test("day 0 of the 1904 system is its first", () => {
  expect(serialDate(0, true)).toBe("1904-01-01");
  expect(serialDate(44255, true)).toBe("2025-03-01");
});

test.each(["yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "[$-804]yyyy/m/d;@", "m/d/yy h:mm", "[h]:mm", "aaaa", "mm:ss.0", "[DBNum1]m月d日"])(
  "%s shows a date or time",
  (code) => {
    expect(numberFormat(code).date).toBe(true);
  }
);

test.each(["General", "G/通用格式", "0.00", "#,##0_);[Red](#,##0)", '0"month"', "@", "0.00E+00", '"d"0', "\\d0", "[Red]0", "0%"])(
  "%s shows none",
  (code) => {
    expect(numberFormat(code).date).toBe(false);
  }
);

test.each([
  ["0000", "12", "0012"],
  ["[$-804]0000", "12", "0012"],
  ['"W-"000', "12", "W-012"],
  ['0"个"', "12", "12个"],
  ["000-0000", "12345678", "1234-5678"],
  ["\\W00号", "7", "W07号"]
])("format %s shows %s as %s", (code, digits, shown) => {
  expect(masked(digits, numberFormat(code).mask ?? [])).toBe(shown);
});

test.each([
  ["0.00", 2],
  ["#,##0.0", 1],
  ["0.00%", 0],
  ["0.0E+00", 0],
  ["0", 0]
])("format %s always shows %i places", (code, places) => {
  expect(numberFormat(code).places).toBe(places);
});

test.each(["0.00", "#0", "0%", "0,000", "@", "0.0E+00", '"个"', "General"])("format %s is none of zeros and fixed text", (code) => {
  expect(numberFormat(code).mask).toBeNull();
});
