import {AlignmentType, type IParagraphOptions, type IRunOptions, LineRuleType, Paragraph, TextRun} from "docx";

/** Twips of a millimetre. */
const TWIPS_MM = 1440 / 25.4;

/** Millimetres in twips. @example mm(156) // 8844 */
export function mm(length: number): number {
  return Math.round(length * TWIPS_MM);
}

/**
 * The page of an official document: A4, 版心 156 mm × 225 mm, 22 lines of 28 characters.
 * Source: GB/T 9704-2012 第5章, 第6章.
 */
export const PAGE = {
  width: mm(210),
  height: mm(297),
  margin: {top: mm(37), bottom: mm(35), left: mm(28), right: mm(26)},
  /** Distance of two lines: 225 mm ÷ 22. */
  line: 579,
  /** Width of one of 28 characters: 156 mm ÷ 28. */
  char: mm(156) / 28,
  text: mm(156)
} as const;

/** Width of the text of a page that lies across. */
export const ACROSS_TEXT = PAGE.height - PAGE.margin.top - PAGE.margin.bottom;

/** Sizes in half points: 二号, 三号, 四号, 小四, 五号 and the small print. */
export const SIZE = {title: 44, body: 32, foot: 28, small: 24, table: 21, print: 15} as const;

/** Typefaces; what stands in for one that a machine lacks is in finish.ts. */
export const FACE = {body: "仿宋_GB2312", heading: "黑体", kai: "楷体_GB2312", title: "方正小标宋简体", song: "宋体"} as const;

/** 公文 red. */
export const RED = "E60012";

/** A run's typeface for Chinese, digits and letters alike; quotation marks are Chinese ones. */
export function face(name: string) {
  return {ascii: name, hAnsi: name, eastAsia: name, cs: name, hint: "eastAsia"} as const;
}

/**
 * What a character of 三号 gives up so that 28 stand in a line, in twips. A grid of characters says the same to Word, but others pull
 * figures apart by it; so the lines alone are a grid.
 */
const TIGHTER = Math.floor(PAGE.char) - SIZE.body * 10;

/** A run of text. @example run("通报", {size: SIZE.title}) */
export function run(
  text: string,
  options: Omit<IRunOptions, "text" | "children" | "font"> & {readonly face?: string} = {}
): TextRun {
  const {face: name = FACE.body, ...rest} = options;
  const spacing = rest.size === undefined ? {characterSpacing: TIGHTER} : {};
  return new TextRun({...spacing, ...rest, text, font: face(name)});
}

/** Lines of a fixed distance, in twips. */
export function lines(distance: number) {
  return {line: distance, lineRule: LineRuleType.EXACT, before: 0, after: 0} as const;
}

/** A paragraph of the body's grid; pages are filled to their last line. */
export function line(
  children: readonly (TextRun | string)[],
  options: Omit<IParagraphOptions, "children" | "text"> = {}
): Paragraph {
  return new Paragraph({
    spacing: lines(PAGE.line),
    alignment: AlignmentType.BOTH,
    widowControl: false,
    ...options,
    children: children.map((child) => (typeof child === "string" ? run(child) : child))
  });
}

/** An empty line, or several. */
export function blank(count = 1): Paragraph[] {
  return Array.from({length: count}, () => line([]));
}

/** First lines stand two characters in; what follows begins at the margin. */
export const INDENTED = {firstLine: Math.round(2 * PAGE.char), firstLineChars: 200} as const;

/** Characters that a text takes in a line: one for a Han character or full-width mark, half for a letter or digit. */
export function charWidth(text: string): number {
  let width = 0;
  for (const char of text)
    width += /[\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(char) ? 1 : 0.5;
  return width;
}
