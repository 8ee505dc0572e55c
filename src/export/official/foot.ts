import {
  AlignmentType,
  BorderStyle,
  HorizontalPositionAlign,
  HorizontalPositionRelativeFrom,
  type IBordersOptions,
  Paragraph,
  TabStopType,
  type TextRun,
  TextWrappingType,
  VerticalPositionAlign,
  VerticalPositionRelativeFrom
} from "docx";
import {ShapeRun} from "docx/shapes";
import {stampLines} from "../../release/stamp.ts";
import {chineseDate} from "./date.ts";
import type {OfficialDocument} from "./document.ts";
import {charWidth, INDENTED, line, lines, PAGE, run, SIZE} from "./layout.ts";

/** 附件说明: a line below the body, two characters in; a name that is broken goes on below itself. Source: GB/T 9704-2012 7.3.4. */
export function annexList({annexes}: OfficialDocument): Paragraph[] {
  if (annexes.length === 0) return [];
  const one = annexes.length === 1;
  const hang = one ? 5 : 6.5;
  const left = Math.round(hang * PAGE.char);
  return [
    line([], {keepNext: true}),
    ...annexes.map(({title}, i) => {
      const label = i === 0 ? "附件：" : "";
      const number = one ? "" : `${i + 1}．`;
      const start = i === 0 ? 2 : 5;
      return line([`${label}${number}${title}`], {
        alignment: AlignmentType.LEFT,
        indent: {left, hanging: left - Math.round(start * PAGE.char)},
        keepNext: true
      });
    })
  ];
}

/** Lines left free above the 署名, so that the seal stands over it. */
const SEAL_LINES = 2;

/**
 * 发文机关署名 and 成文日期 as of a sealed document: the day four characters from the right, the office in the middle above it; a long
 * name two characters from the right with the day in the middle below it. 附注 follows.
 * Source: GB/T 9704-2012 7.3.5, 7.3.6.
 */
export function signatureOf({signature, date, note}: OfficialDocument): Paragraph[] {
  const day = chineseDate(date);
  const [name, on] = [charWidth(signature), charWidth(day)];
  const nameRight = Math.max(2, 4 + (on - name) / 2);
  const dayRight = Math.max(4, nameRight + (name - on) / 2);
  const right = (text: string, chars: number, keepNext: boolean) =>
    line([text], {alignment: AlignmentType.RIGHT, indent: {right: Math.round(chars * PAGE.char)}, keepNext, keepLines: true});
  return [
    ...Array.from({length: SEAL_LINES}, () => line([], {keepNext: true})),
    right(signature, nameRight, true),
    right(day, dayRight, note !== null),
    ...(note === null ? [] : [line([note], {indent: INDENTED})])
  ];
}

/** Lines of the 版记: the first and the last 0.35 mm, others 0.25 mm. */
const THICK = {style: BorderStyle.SINGLE, size: 8, color: "000000", space: 3} as const;
const THIN = {...THICK, size: 6} as const;

/** Distances of lines of the 版记 and of the small print. */
const LINE = {record: 440, print: 190} as const;

/** Lines of small print that stand above the 版记; more of them run on below the text. */
const MOST_PRINT = 14;

/** Room that the lines between rows take. */
const BORDERS = 240;

/** Twips of a pixel. */
const PIXEL = 15;

/** Characters of 四号 in a line of the 版记, less one at each side. */
const RECORD_CHARS = Math.floor(PAGE.text / (SIZE.foot * 10)) - 2;

/**
 * 版记 at the foot of the last page: 抄送, 印发机关 and day between lines; in small print above it which result it was made from.
 * Lines reach from margin to margin, so texts are moved in by characters.
 * Source: GB/T 9704-2012 7.4.
 */
export function recordOf({copies, printed, stamp}: OfficialDocument): Paragraph[] {
  const copied = copyLines(copies);
  const day = printed.on === null ? "　　　　年　月　日" : chineseDate(printed.on);
  const said = stampLines(stamp, "counted");
  const print = said.map((text) => row([run(text, {size: SIZE.print, color: "595959"})], LINE.print));
  const count = printLines(said);
  const inside = count <= MOST_PRINT;
  const rows = [
    ...(inside ? print : []),
    ...copied.map((text, i) => row([run(text, {size: SIZE.foot})], LINE.record, i === 0 ? {top: THICK} : {})),
    row([run(`　${printed.by}`, {size: SIZE.foot}), run(`\t${day}印发`, {size: SIZE.foot})], LINE.record, {
      top: copied.length > 0 ? THIN : THICK,
      bottom: THICK
    })
  ];
  const height = (copied.length + 1) * LINE.record + (inside ? count : 0) * LINE.print + BORDERS;
  const box = new ShapeRun({
    type: "rectangle",
    fill: "none",
    line: "none",
    transformation: {width: PAGE.text / PIXEL, height: height / PIXEL},
    floating: {
      horizontalPosition: {relative: HorizontalPositionRelativeFrom.MARGIN, align: HorizontalPositionAlign.LEFT},
      verticalPosition: {relative: VerticalPositionRelativeFrom.MARGIN, align: VerticalPositionAlign.BOTTOM},
      wrap: {type: TextWrappingType.TOP_AND_BOTTOM},
      allowOverlap: false
    },
    textOptions: {verticalAlignment: "bottom", margins: {top: 0, right: 0, bottom: 0, left: 0}},
    children: rows
  });
  return [...(inside ? [] : [line([]), ...print]), new Paragraph({spacing: lines(20), children: [box]})];
}

/** A line of the 版记. */
function row(children: TextRun[], distance: number, border: IBordersOptions = {}): Paragraph {
  const tabStops = [{type: TabStopType.RIGHT, position: PAGE.text - SIZE.foot * 10}];
  return new Paragraph({spacing: lines(distance), alignment: AlignmentType.LEFT, border, tabStops, children});
}

/** Lines that texts take in small print. */
function printLines(texts: readonly string[]): number {
  const most = PAGE.text / (SIZE.print * 10);
  return texts.reduce((sum, text) => sum + Math.ceil(charWidth(text) / most), 0);
}

/** 抄送：…… in lines; what is broken goes on below the first name. */
function copyLines(copies: readonly string[]): string[] {
  if (copies.length === 0) return [];
  const found: string[] = [""];
  for (const char of `${copies.join("，")}。`) {
    const last = found.at(-1) ?? "";
    if (charWidth(last + char) > RECORD_CHARS - 3 && !/[，。、）]/.test(char)) found.push(char);
    else found[found.length - 1] = last + char;
  }
  return found.map((text, i) => `${i === 0 ? "　抄送：" : "　　　　"}${text}`);
}
