import {expect, it} from "vitest";
import {csvBytes} from "../../src/export/csv.ts";

const text = (rows: readonly (readonly (string | number | boolean | null)[])[]) =>
  new TextDecoder("utf-8", {ignoreBOM: true}).decode(csvBytes(["a"], rows));

it("begins with a byte order mark and quotes what needs it", () => {
  expect(text([['说"好"，'], ["一,二"], ["行\n行"], [null], [true]])).toBe(
    '\ufeffa\r\n"说""好""，"\r\n"一,二"\r\n"行\n行"\r\n\r\n是\r\n'
  );
});

it("writes no text that a spreadsheet would run", () => {
  for (const formula of ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1+1"])
    expect(
      text([[formula]])
        .slice(4)
        .replace(/^"/, "")
    ).toMatch(/^'/);
});

it("leaves numbers, dates and words alone", () => {
  for (const plain of ["-0.50", "12", "2025-01-01", "一=二"]) expect(text([[plain]])).toBe(`\ufeffa\r\n${plain}\r\n`);
});
