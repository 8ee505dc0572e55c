import {AlignmentType, Paragraph, type Table} from "docx";
import {barsOf} from "./bars.ts";
import type {Block} from "./document.ts";
import {FACE, INDENTED, line, lines, PAGE, run, SIZE} from "./layout.ts";
import {fieldsOf, tableOf} from "./table.ts";

/** Han numbers up to ninety-nine. @example hanNumber(12) // "十二" */
export function hanNumber(n: number): string {
  const digits = "零一二三四五六七八九";
  if (n < 10) return digits[n] ?? "";
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  return `${tens > 1 ? digits[tens] : ""}十${ones > 0 ? digits[ones] : ""}`;
}

/** Levels of headings: 一、 黑体, （一） 楷体, 1. and （1） 仿宋. Source: GB/T 9704-2012 7.3.3. */
const LEVELS = [
  {number: (n: number) => `${hanNumber(n)}、`, face: FACE.heading},
  {number: (n: number) => `（${hanNumber(n)}）`, face: FACE.kai},
  {number: (n: number) => `${n}．`, face: FACE.body},
  {number: (n: number) => `（${n}）`, face: FACE.body}
] as const;

/**
 * The blocks of a body, headings numbered in order.
 * Shape: `width` is that of the text in twips.
 */
export function bodyOf(blocks: readonly Block[], width: number = PAGE.text): (Paragraph | Table)[] {
  const counts = [0, 0, 0, 0];
  // 署名 never stands on a page without some of the body.
  const last = blocks.length - 1;
  return blocks.flatMap((block, at): (Paragraph | Table)[] => {
    switch (block.kind) {
      case "heading": {
        const i = block.level - 1;
        counts[i] = (counts[i] ?? 0) + 1;
        counts.fill(0, i + 1);
        const level = LEVELS[i] as (typeof LEVELS)[number];
        return [
          line([run(`${level.number(counts[i] ?? 1)}${block.text}`, {face: level.face})], {
            indent: INDENTED,
            outlineLevel: i,
            keepNext: true,
            keepLines: true
          })
        ];
      }
      case "break":
        return [new Paragraph({pageBreakBefore: true, spacing: lines(20), children: []})];
      case "title":
        return [
          line([run(block.text, {face: FACE.title, size: SIZE.title - 8})], {
            ...{alignment: AlignmentType.CENTER, spacing: {...lines(640), after: 160}},
            ...{keepNext: true, keepLines: true}
          })
        ];
      case "text":
        return [line([block.text], {indent: INDENTED, keepNext: at === last})];
      case "table":
        return tableOf(block, width);
      case "bars":
        return barsOf(block, width);
      case "fields":
        return fieldsOf(block.fields, width);
      default:
        return block.lines.map((text) => line([text], {alignment: AlignmentType.LEFT, keepLines: true, indent: INDENTED}));
    }
  });
}
