import {describe, expect, it} from "vitest";
import {markPages} from "../../../src/export/template/header.ts";
import {computeOnLoad, dropResults, patchCells} from "../../../src/export/template/patch.ts";

const SHEET = `<worksheet><sheetData><row r="1" spans="1:3"><c r="A1" s="4" t="s"><v>0</v></c><c r="C1" s="2"/></row><row r="2"/><x:row r='3'><x:c r='B3' t='str'><x:f>A1</x:f><x:v>a</x:v></x:c></x:row></sheetData></worksheet>`;

describe("patchCells", () => {
  it("writes a number into a cell that is there, keeps its look, and touches nothing else", () => {
    expect(patchCells(SHEET, [{row: 1, column: 2, value: "9.49"}])).toBe(
      SHEET.replace(' spans="1:3"', "").replace('<c r="C1" s="2"/>', '<c r="C1" s="2"><v>9.49</v></c>')
    );
    expect(patchCells(SHEET, [{row: 1, column: 0, value: "1"}])).toContain('<c r="A1" s="4"><v>1</v></c><c r="C1"');
  });

  it("puts cells in their order where there are none, in rows without cells too", () => {
    const patched = patchCells(SHEET, [
      {row: 1, column: 3, value: "4"},
      {row: 1, column: 1, value: "2"},
      {row: 2, column: 27, value: "7"}
    ]);
    expect(patched).toContain('</c><c r="B1"><v>2</v></c><c r="C1" s="2"/><c r="D1"><v>4</v></c></row>');
    expect(patched).toContain('<row r="2"><c r="AB2"><v>7</v></c></row>');
  });

  it("keeps the prefix that a workbook gives its elements", () => {
    expect(patchCells(SHEET, [{row: 3, column: 0, value: "1"}])).toContain(
      "<x:row r='3'><x:c r=\"A3\"><x:v>1</x:v></x:c><x:c r='B3'"
    );
  });

  it("refuses a row that is not there", () => {
    expect(() => patchCells(SHEET, [{row: 9, column: 0, value: "1"}])).toThrow(RangeError);
  });
});

it("drops the results of formulas, not the values of other cells", () => {
  expect(dropResults(SHEET)).toBe(SHEET.replace("<x:v>a</x:v>", ""));
});

it("asks for all formulas to be computed on opening, whether the workbook says anything of that or not", () => {
  expect(computeOnLoad('<workbook><sheets/><calcPr calcId="1"/></workbook>')).toContain('<calcPr calcId="1" fullCalcOnLoad="1"/>');
  expect(computeOnLoad("<workbook><sheets></sheets><definedNames></definedNames></workbook>")).toBe(
    '<workbook><sheets></sheets><definedNames></definedNames><calcPr fullCalcOnLoad="1"/></workbook>'
  );
});

describe("markPages", () => {
  const sheet = (rest: string) => `<worksheet><sheetData></sheetData>${rest}</worksheet>`;

  it("puts the mark right, or where the office's own header leaves room", () => {
    expect(markPages(sheet("<pageSetup/><rowBreaks/>"), "未审定")).toBe(
      sheet("<pageSetup/><headerFooter><oddHeader>&amp;R未审定</oddHeader></headerFooter><rowBreaks/>")
    );
    expect(markPages(sheet("<headerFooter><oddHeader>&amp;C表</oddHeader></headerFooter>"), "未审定")).toContain(
      "&amp;C表&amp;R未审定<"
    );
    expect(markPages(sheet("<headerFooter><oddHeader>&amp;R右</oddHeader></headerFooter>"), "未审定")).toContain(
      "&amp;R右&amp;L未审定<"
    );
    expect(markPages(sheet("<headerFooter><oddFooter>页</oddFooter></headerFooter>"), "未审定")).toContain(
      "<headerFooter><oddHeader>&amp;R未审定</oddHeader><oddFooter>"
    );
  });

  it("does not look into other people's views of the sheet", () => {
    const views = "<customSheetViews><customSheetView><headerFooter/></customSheetView></customSheetViews>";
    expect(markPages(sheet(views), "未审定")).toContain(`${views}<headerFooter><oddHeader>`);
  });
});
