import fc from "fast-check";
import {expect, test} from "vitest";
import {LIMITS} from "../../../loaders/limits.ts";
import type {SheetRow} from "../../../loaders/xlsx/grid.ts";
import {RowListener} from "../../../loaders/xlsx/row-listener.ts";
import {readXml} from "../../../loaders/xlsx/xml.ts";
import {rounds} from "../../rounds.ts";

/** The rows of a sheet, or why it is refused; with the short way for plain rows or without it. */
function rows(pieces: readonly string[], short: boolean, limits = LIMITS): SheetRow[] | string {
  const found: SheetRow[] = [];
  const listener = new RowListener(limits, (row) => found.push(row));
  try {
    readXml(pieces, listener, short ? listener.plain : null);
  } catch (error) {
    return (error as Error).message;
  }
  return found;
}

const cell = fc.constantFrom(
  '<c r="A?"><v>1</v></c>',
  '<c r="B?" s="2" t="s"><v>0</v></c>',
  '<c r="C?" t="str" s="1"><v>东关_x0041_</v></c>',
  '<c r="D?" s="3"/>',
  '<c r="D?" s="3"></c>',
  '<c r="E?"><v>a&amp;b</v></c>',
  '<c r="F?" t="inlineStr"><is><t>镇</t></is></c>',
  "<c><v>5</v></c>",
  '<c r="G?"><f>1+1</f><v>2</v></c>',
  '<c r="G?"><f>1+1</f></c>',
  '<c r="H?" s="1" s="2"><v>3</v></c>',
  '<c r="I?"><v><!-- no --> 4</v></c>',
  '<c r="XFE?"><v>1</v></c>',
  '<c r="A?"><v>again</v></c>',
  "<c r='J?'><v>6</v></c>",
  "<v>",
  ""
);
const head = fc.constantFrom(
  '<row r="?">',
  '<row r="?" spans="1:9" hidden="true">',
  "<row>",
  '<row hidden="1" r="?" >',
  '<x:row r="?">',
  '<row r="2">'
);
const row = fc.tuple(head, fc.array(cell, {maxLength: 6}), fc.constantFrom("</row>", "</row>", "</row>", "", "</x:row>"));
const between = fc.constantFrom(
  "",
  "\n",
  '<row r="?"/>',
  '<!-- <row r="9"><c r="A9"><v>9</v></c></row> -->',
  "<![CDATA[<row><c><v>1</v></c></row>]]>",
  "&bad;",
  "text"
);

test("plain rows read alike by the short way and by the parser, wherever the text is cut", () => {
  const sheet = fc.tuple(fc.array(fc.tuple(between, row), {maxLength: 6}), fc.array(fc.nat(900), {maxLength: 5}), fc.boolean());
  fc.assert(
    fc.property(sheet, ([lines, cuts, prefixed]) => {
      const body = lines.map(([gap, [open, cells, end]], i) =>
        `${gap}${open}${cells.join("")}${end}`.replaceAll("?", String(i + 3))
      );
      const text = `<worksheet xmlns:x="u"><cols><col min="1"/></cols><sheetData>${body.join("")}</sheetData><mergeCells/></worksheet>`;
      const whole = prefixed ? text.replaceAll("sheetData", "x:sheetData") : text;
      const places = [0, ...cuts.filter((at) => at < whole.length).sort((a, b) => a - b), whole.length];
      const pieces = places.slice(1).map((end, i) => whole.slice(places[i], end));
      expect(rows(pieces, true)).toEqual(rows([whole], false));
    }),
    {numRuns: rounds(400)}
  );
});

test.each([
  ["rows in descending order", '<row r="3"></row><row r="2"></row>', "第2行重复或次序颠倒"],
  ["a row twice", '<row r="3"></row><row r="3"></row>', "第3行重复或次序颠倒"],
  ["a row no sheet has", '<row r="1048577"></row>', "行号不能识别"],
  ["a row that is no number", '<row r="1e2x"></row>', "行号不能识别"],
  ["a column no sheet has", '<row r="1"><c r="XFE1"><v>1</v></c></row>', "单元格位置不能识别"],
  ["a cell twice", '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "第1行有重复的单元格"]
])("refuses %s", (_, body, message) => {
  const pieces = [`<worksheet><sheetData>${body}</sheetData></worksheet>`];
  expect(rows(pieces, true)).toBe(message);
  expect(rows(pieces, false)).toBe(message);
});

test("refuses more rows than its limit, naming it", () => {
  const pieces = ['<worksheet><sheetData><row r="1"></row><row r="2"></row></sheetData></worksheet>'];
  expect(rows(pieces, true, {...LIMITS, rows: 1})).toBe("行数超过上限1（limits.rows）");
});
