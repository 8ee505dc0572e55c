import {
  AlignmentType,
  BorderStyle,
  HeightRule,
  Paragraph,
  Table,
  TableAnchorType,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  WidthType
} from "docx";
import {stampLines} from "../../release/stamp.ts";
import {chineseDate} from "./date.ts";
import type {OfficialDocument} from "./document.ts";
import {blank, charWidth, INDENTED, line, lines, PAGE, run, SIZE} from "./layout.ts";

/** 附件说明: a line below the body, two characters in; a name that is broken goes on below itself. Source: GB/T 9704-2012 7.3.4. */
export function annexList({annexes}: OfficialDocument): Paragraph[] {
  if (annexes.length === 0) return [];
  const one = annexes.length === 1;
  const hang = one ? 5 : 6.5;
  const left = Math.round(hang * PAGE.char);
  return [
    ...blank(1),
    ...annexes.map(({title}, i) => {
      const label = i === 0 ? "附件：" : "";
      const number = one ? "" : `${i + 1}．`;
      const start = i === 0 ? 2 : 5;
      return line([`${label}${number}${title}`], {
        alignment: AlignmentType.LEFT,
        indent: {left, hanging: left - Math.round(start * PAGE.char)}
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

const THICK = {style: BorderStyle.SINGLE, size: 8, color: "000000"} as const;
const THIN = {style: BorderStyle.SINGLE, size: 6, color: "000000"} as const;
const NONE = {style: BorderStyle.NONE, size: 0, color: "auto"} as const;
type Rule = typeof THICK | typeof THIN | typeof NONE;

/** Distances of lines of the 版记 and of the small print. */
const LINE = {record: 460, print: 190} as const;

/** Room below the last line of a row. */
const BELOW = 50;

/** A row of the 版记: how many lines it has, so that the whole can be set on the foot of the page. */
interface RecordRow {
  readonly children: readonly Paragraph[];
  readonly height: number;
}

/**
 * 版记 at the foot of the last page: 抄送, 印发机关 and day between lines; in small print above it which result it was made from.
 * Source: GB/T 9704-2012 7.4.
 */
export function recordOf(doc: OfficialDocument): (Paragraph | Table)[] {
  const print = printRow(stampLines(doc.stamp));
  const rows = [...copiesRow(doc.copies), printedRow(doc.printed)];
  const height = [print, ...rows].reduce((sum, row) => sum + row.height, 0);
  return [
    new Table({
      width: {size: PAGE.text, type: WidthType.DXA},
      columnWidths: [PAGE.text],
      layout: TableLayoutType.FIXED,
      float: {
        horizontalAnchor: TableAnchorType.MARGIN,
        absoluteHorizontalPosition: 0,
        verticalAnchor: TableAnchorType.PAGE,
        absoluteVerticalPosition: PAGE.height - PAGE.margin.bottom - height,
        topFromText: 120
      },
      borders: {top: NONE, bottom: NONE, left: NONE, right: NONE, insideHorizontal: NONE, insideVertical: NONE},
      margins: {left: 0, right: 0, top: 0, bottom: BELOW},
      rows: [
        tableRow(print, NONE, THICK),
        ...rows.map((row, i) => tableRow(row, i === 0 ? THICK : THIN, i === rows.length - 1 ? THICK : THIN))
      ]
    }),
    new Paragraph({spacing: lines(20), children: []})
  ];
}

/** 抄送: a character in from both sides, further lines below the first name. */
function copiesRow(copies: readonly string[]): RecordRow[] {
  if (copies.length === 0) return [];
  const char = Math.round(SIZE.foot * 10);
  const text = `${copies.join("，")}。`;
  const count = Math.ceil(charWidth(text) / Math.floor((PAGE.text - 5 * char) / char));
  return [
    {
      height: count * LINE.record + BELOW,
      children: [
        new Paragraph({
          alignment: AlignmentType.BOTH,
          spacing: lines(LINE.record),
          indent: {left: char * 4, right: char, hanging: char * 3},
          children: [run(`抄送：${text}`, {size: SIZE.foot})]
        })
      ]
    }
  ];
}

/** 印发机关 at the left, the day at the right. */
function printedRow({by, on}: OfficialDocument["printed"]): RecordRow {
  const char = Math.round(SIZE.foot * 10);
  const day = on === null ? "　　　　年　月　日" : chineseDate(on);
  return {
    height: LINE.record + BELOW,
    children: [
      new Paragraph({
        spacing: lines(LINE.record),
        indent: {left: char, right: char},
        tabStops: [{type: TabStopType.RIGHT, position: PAGE.text - char}],
        children: [run(by, {size: SIZE.foot}), run(`\t${day}印发`, {size: SIZE.foot})]
      })
    ]
  };
}

/** Which result the document was made from, as small as can be read. */
function printRow(texts: readonly string[]): RecordRow {
  const most = PAGE.text / (SIZE.print * 10);
  const count = texts.reduce((sum, text) => sum + Math.ceil(charWidth(text) / most), 0);
  return {
    height: count * LINE.print + BELOW,
    children: texts.map(
      (text) => new Paragraph({spacing: lines(LINE.print), children: [run(text, {size: SIZE.print, color: "595959"})]})
    )
  };
}

function tableRow({children, height}: RecordRow, top: Rule, bottom: Rule): TableRow {
  return new TableRow({
    cantSplit: true,
    height: {value: height, rule: HeightRule.ATLEAST},
    children: [
      new TableCell({
        width: {size: PAGE.text, type: WidthType.DXA},
        borders: {top, bottom, left: NONE, right: NONE},
        children: [...children]
      })
    ]
  });
}
