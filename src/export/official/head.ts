import {AlignmentType, BorderStyle, Paragraph, TabStopType} from "docx";
import type {OfficialDocument} from "./document.ts";
import {blank, charWidth, FACE, line, lines, mm, PAGE, RED, run, SIZE} from "./layout.ts";
import {titleLines} from "./title-line.ts";

/** Narrowed letters of the 发文机关标志, per cent. */
const NARROW = 80;

/** The largest 发文机关标志, in points. */
const LARGEST = 48;

/** Space between the red line and the title, between 发文机关标志 and 发文字号. */
const TWO_LINES = 2;

/**
 * 版头 and 标题: the issuer in red, 发文字号 and 签发人, the red line, the title, 主送机关.
 * Source: GB/T 9704-2012 7.2, 7.3.1, 7.3.2.
 */
export function headOf(doc: OfficialDocument): Paragraph[] {
  return [...issuerOf(doc), ...titleOf(doc.title), ...(doc.addressee === null ? blank(1) : addresseeOf(doc.addressee))];
}

/** 版头: the mark stands 35 mm below the top of the 版心, the red line 4 mm below the 发文字号. */
function issuerOf({issuer, number, signer}: OfficialDocument): Paragraph[] {
  const points = Math.min(LARGEST, Math.floor((PAGE.text / 20 / charWidth(issuer)) * (100 / NARROW)));
  const mark = new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: {...lines((points + 6) * 20), before: mm(35) - PAGE.line},
    children: [run(issuer, {face: FACE.title, size: points * 2, color: RED, scale: NARROW})]
  });
  return [line([]), mark, ...blank(TWO_LINES), numberOf(number, signer)];
}

/** 发文字号 in the middle; of a document that goes upward at the left, 签发人 at the right. */
function numberOf(number: string | null, signer: string | null): Paragraph {
  const text = number ?? "（代拟稿，未编号）";
  const rule = {border: {bottom: {style: BorderStyle.SINGLE, size: 18, color: RED, space: 11}}};
  if (signer === null) return line([text], {...rule, alignment: AlignmentType.CENTER});
  const char = Math.round(PAGE.char);
  // The red line reaches from margin to margin, so the texts are moved in by characters.
  return line([`　${text}`, run("\t签发人："), run(signer, {face: FACE.kai})], {
    ...rule,
    alignment: AlignmentType.LEFT,
    tabStops: [{type: TabStopType.RIGHT, position: PAGE.text - char}]
  });
}

/** 标题: 二号小标宋, broken between words, two lines below the red one. */
function titleOf(title: string): Paragraph[] {
  const most = Math.floor(PAGE.text / 20 / (SIZE.title / 2));
  const texts = titleLines(title, most);
  return [
    ...blank(TWO_LINES),
    ...texts.map(
      (text) =>
        new Paragraph({
          alignment: AlignmentType.CENTER,
          spacing: lines(680),
          keepNext: true,
          children: [run(text, {face: FACE.title, size: SIZE.title})]
        })
    )
  ];
}

/** 主送机关: a line below the title, from the margin, with a colon. */
function addresseeOf(addressee: string): Paragraph[] {
  return [...blank(1), line([`${addressee.replace(/[：:。]$/, "")}：`])];
}
