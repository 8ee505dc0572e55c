import fc from "fast-check";
import {expect, test} from "vitest";
import {cellText, readXml} from "../../../loaders/xlsx/xml.ts";

/** What a listener hears, adjoining texts joined. */
function heard(...pieces: string[]): string {
  let log = "";
  readXml(pieces, {
    open: (name, attributes) => {
      log += `<${name}${Object.entries(attributes).map(([key, value]) => ` ${key}=${value}`)}>`;
    },
    text: (text) => {
      log += text;
    },
    close: (name) => {
      log += `</${name}>`;
    }
  });
  return log;
}

const TEXT =
  '\ufeff<?xml version="1.0"?><x:a xmlns:x="u"><!-- <no> --><x:b r="A&gt;1>" s=\'"\'/>东&amp;西&#x4E2D;<![CDATA[<&>]]> ]]</x:a>\n';

test("hears elements without prefix, attributes and text with their references replaced, and CDATA", () => {
  expect(heard(TEXT).trim()).toBe('<a xmlns:x=u><b r=A>1>, s="></b>东&西中<&> ]]</a>');
});

test("where a text is cut into pieces makes no difference", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(TEXT.length), {maxLength: 12}), (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), TEXT.length];
      expect(heard(...places.slice(1).map((end, i) => TEXT.slice(places[i], end)))).toBe(heard(TEXT));
    }),
    {numRuns: 200}
  );
});

test.each([
  ["a document type", "含有DOCTYPE声明", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
  ["an entity XML does not know", "XML有误", "<a>&nbsp;</a>"],
  ["a text that stops", "XML有误", "<a><b></b>"],
  ["elements that cross", "XML有误", "<a><b></a></b>"],
  ["an attribute without quotes", "XML有误", "<a b=c/>"],
  ["text behind the end", "XML有误", "<a/>b"],
  ["elements within one another without end", "XML有误", "<a>".repeat(300) + "</a>".repeat(300)]
])("refuses %s", (_, message, text) => {
  expect(() => heard(text)).toThrow(message);
});

test.each([
  ["a text", "<a>"],
  ["an attribute", '<a b="'],
  ["a comment", "<a><!--"],
  ["a name", "<a"]
])("refuses %s without end before it fills the memory", (_, start) => {
  const endless = function* () {
    yield start;
    for (;;) yield "x".repeat(1 << 16);
  };
  expect(() => readXml(endless(), {})).toThrow("展开后过大");
});

test("replaces the workbook's own escapes", () => {
  expect(cellText("镇_x000D_街_x0041_x")).toBe("镇\r街Ax");
});

test("reads a large piece that has tags in it", () => {
  let opened = 0;
  readXml([`<a>${"<b/>".repeat(1_500_000)}</a>`], {open: () => opened++});
  expect(opened).toBe(1_500_001);
});
