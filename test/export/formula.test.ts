import fc from "fast-check";
import {readXlsx} from "hucre/xlsx";
import {expect, test} from "vitest";
import {csvBytes} from "../../src/export/csv.ts";
import {formBook} from "../../src/export/form-book.ts";
import {tableBook} from "../../src/export/sheet.ts";
import type {Stamp} from "../../src/release/stamp.ts";
import {rounds} from "../rounds.ts";
import {csvCells, isRun, runParts} from "./canary/formula.ts";

/** Texts that programs have taken for formulas, and whatever else there is. */
const begun = fc.constantFrom(
  "=",
  "+",
  "-",
  "@",
  "\t",
  "\r",
  "＝",
  "－",
  " =",
  "\u00a0=",
  "'=",
  '"=',
  "=cmd|' /C calc'!A0",
  "=HYPERLINK("
);
const text = fc.oneof(
  fc.tuple(begun, fc.string({unit: "grapheme", maxLength: 12})).map(([start, rest]) => start + rest),
  fc.string({unit: "binary", maxLength: 12}),
  fc.constantFrom("-12.5", "-", "=1+1", '=1,"2"\r\n=3', "", "</t><f>1+1</f>", "]]>", "_x003D_1+1", "&#61;1+1")
);

const stamp: Stamp = {
  ...{authority: "=1+1", regime: "@制度", year: 2025, as_of: "2025-12-31", decisions_until: "2025-12-31"},
  ...{known_at: "2026-01-05T09:00:00.000+08:00", run: "r", digest: "d".repeat(64), provisional: true, demo: true, release: null}
};

test("no cell of a CSV is run by a spreadsheet program, and every text can be read back", () => {
  fc.assert(
    fc.property(fc.array(text, {minLength: 1, maxLength: 4}), (row) => {
      const cells = csvCells(new TextDecoder("utf-8", {ignoreBOM: true}).decode(csvBytes(["列"], [["始", ...row, "末"]])));
      expect(cells.filter(isRun)).toEqual([]);
    }),
    {numRuns: rounds(300)}
  );
});

test("a CSV's text that is no formula stays as it is, another is the same behind an apostrophe", () => {
  const given = ["甲镇", "=1+1", "-12.5", "+1-1", "1-1", "@SUM(A1)", "\t=1", "a,b", 'a"b', "两\n行"];
  const cells = csvCells(new TextDecoder().decode(csvBytes(["列"], [given]))).slice(1);
  expect(cells).toEqual(["甲镇", "'=1+1", "-12.5", "'+1-1", "1-1", "'@SUM(A1)", "'\t=1", "a,b", 'a"b', "两\n行"]);
});

test("no cell of a workbook is a formula or leads outside, in a table or in a form", {timeout: 60_000}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, {minLength: 3, maxLength: 3}), text, async (row, title) => {
      const columns = ["甲", "乙", "丙"].map((header) => ({header, width: 10}));
      const table = {name: "表", title, notes: row, columns, rows: [row], empty: title};
      const fill = [{header: "答", width: 8, fill: "choice" as const, choices: ["无异议", "异议"]}];
      const form = {sheet: "表", title, steps: row, columns: [...columns, ...fill], rows: [[...row, null]], foot: row, notes: row};
      for (const bytes of [await tableBook([table], title, stamp), await formBook(form, stamp)]) {
        expect(runParts(bytes)).toEqual([]);
        const cells = (await readXlsx(bytes)).sheets.flatMap(({rows}) => rows.flat());
        expect(cells.filter((value) => typeof value === "object" && value !== null && !(value instanceof Date))).toEqual([]);
      }
    }),
    {numRuns: rounds(12)}
  );
});

test("a workbook's text that looks like a formula is read back as it was", async () => {
  const row = ["=1+1", "@SUM(A1)", "-1+1"];
  const columns = ["甲", "乙", "丙"].map((header) => ({header, width: 10}));
  const bytes = await tableBook([{name: "表", title: "=2", columns, rows: [row], empty: ""}], "题", stamp);
  const cells = (await readXlsx(bytes)).sheets.flatMap(({rows}) => rows.flat());
  for (const text of ["=2", ...row]) expect(cells).toContain(text);
});
