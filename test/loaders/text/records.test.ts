import fc from "fast-check";
import {expect, test} from "vitest";
import {DOUBLE} from "../../../loaders/text/dialect.ts";
import {textRecords} from "../../../loaders/text/records.ts";
import {rounds} from "../../rounds.ts";

const COMMAS = {dialect: {delimiter: ",", quote: DOUBLE}};
const cells = (chunks: string[], reading = COMMAS) => [...textRecords(chunks, reading)].map((record) => record.cells);

test("reads quoted values with delimiters, line breaks and doubled quotes", () => {
  expect(cells(['a,"b,""c""\n1"\r\nd,""\re'])).toEqual([["a", 'b,"c"\n1'], ["d", ""], ["e"]]);
});

test("an unclosed quote costs its own line only", () => {
  const records = [...textRecords(['a,"b\nc,d\n"e"x,f\ng'], COMMAS)];
  expect(records).toEqual([
    {cells: ["a", '"b'], broken: true},
    {cells: ["c", "d"], broken: false},
    {cells: ['"e"x', "f"], broken: true},
    {cells: ["g"], broken: false}
  ]);
});

test("lines passed over in search of a closing quote are read again, each for itself", () => {
  expect(cells(['1,"a\nb","c"x\n2,d\n3,e\n'])).toEqual([
    ["1", '"a'],
    ['b"', '"c"x'],
    ["2", "d"],
    ["3", "e"]
  ]);
});

test("a quote that closes nowhere within a million characters costs its own line only", () => {
  const text = `"a\n${"b\n".repeat(700_000)}c`;
  const records = [...textRecords([text.slice(0, 900_000), text.slice(900_000)], COMMAS)];
  expect(records).toHaveLength(700_002);
  expect(records[0]).toEqual({cells: ['"a'], broken: true});
});

test("where a text is cut into pieces makes no difference", () => {
  const text = fc.stringMatching(/^[ab",\r\n]{0,40}$/);
  fc.assert(
    fc.property(text, fc.array(fc.nat(40), {maxLength: 5}), (whole, cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), whole.length];
      const pieces = at.slice(1).map((end, i) => whole.slice(at[i], end));
      expect(cells(pieces)).toEqual(cells([whole]));
    }),
    {numRuns: rounds(2000)}
  );
});

test("no character is lost but quotes, delimiters and line ends", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ab",\r\n]{0,40}$/), (text) => {
      const plain = (s: string) => s.replace(/[",\r\n]/g, "");
      expect(plain(cells([text]).flat().join(""))).toBe(plain(text));
    }),
    {numRuns: rounds(2000)}
  );
});
