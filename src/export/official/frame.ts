import {AlignmentType, Footer, Header, PageNumber, Paragraph, TextRun} from "docx";
import {TextWatermark} from "docx/watermarks";
import {type Stamp, stampLines, stampMarks} from "../../release/stamp.ts";
import {FACE, face, lines, mm, PAGE, run, SIZE} from "./layout.ts";

/** Words that must be seen on every page: 代拟稿 until numbered, 未审定, 演示数据… */
export function marksOf(number: string | null, stamp: Stamp): string[] {
  return [...(number === null ? ["代拟稿"] : []), ...stampMarks(stamp)];
}

/** Distance of the page's edge from the header and the foot, in twips. */
export const FRAME = {header: mm(20), footer: mm(12)} as const;

/** The marks at the upper right of a page, and pale across it. */
export function headerOf(marks: readonly string[]): Header {
  if (marks.length === 0) return new Header({children: [new Paragraph({children: []})]});
  const across = marks.includes("未审定") ? "未审定" : (marks[0] ?? "");
  return new Header({
    children: [
      new Paragraph({
        alignment: AlignmentType.RIGHT,
        spacing: lines(320),
        children: [
          run(marks.join("　"), {face: FACE.heading, size: SIZE.small}),
          new TextWatermark({
            text: across,
            font: FACE.heading,
            color: "D9D9D9",
            opacity: 0.5,
            width: 330,
            height: 110,
            rotation: 315
          })
        ]
      })
    ]
  });
}

/**
 * The page number between dashes, outside, and below it in small print which result the page was made from.
 * Source: GB/T 9704-2012 7.5.
 */
export function footerOf(side: "odd" | "even", stamp: Stamp): Footer {
  const char = Math.round(PAGE.char);
  const [state = ""] = stampLines(stamp, "counted");
  const print = [state, `统计截止日 ${stamp.as_of}　结果摘要 ${stamp.digest}`];
  const number = {font: face(FACE.song), size: SIZE.foot};
  return new Footer({
    children: [
      new Paragraph({
        alignment: side === "odd" ? AlignmentType.RIGHT : AlignmentType.LEFT,
        indent: side === "odd" ? {right: char} : {left: char},
        spacing: lines(360),
        children: [new TextRun({...number, children: ["— ", PageNumber.CURRENT, " —"]})]
      }),
      ...print.map(
        (text) =>
          new Paragraph({
            alignment: AlignmentType.LEFT,
            spacing: lines(190),
            children: [run(text, {size: SIZE.print - 1, color: "808080"})]
          })
      )
    ]
  });
}
