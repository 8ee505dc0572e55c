import {
  Document,
  DocumentGridType,
  type ISectionOptions,
  Packer,
  PageOrientation,
  type Paragraph,
  SectionType,
  type Table
} from "docx";
import {type Stamp, stampMarks} from "../../release/stamp.ts";
import {bodyOf} from "./body.ts";
import type {Annex, OfficialDocument} from "./document.ts";
import {finishDocument} from "./finish.ts";
import {annexList, recordOf, signatureOf} from "./foot.ts";
import {FRAME, footerOf, headerOf, marksOf} from "./frame.ts";
import {headOf} from "./head.ts";
import {ACROSS_TEXT, FACE, face, line, lines, PAGE, run, SIZE} from "./layout.ts";

/**
 * An official document as Word opens it: 版头, 主体, 版记, annexes on pages of their own.
 * Shape: bytes of a .docx; the same document gives the same bytes.
 * Source: GB/T 9704-2012 党政机关公文格式.
 * @example writeFileSync("通报.docx", await renderOfficial(doc))
 */
export async function renderOfficial(doc: OfficialDocument): Promise<Uint8Array> {
  if (doc.layout === "archive") return renderArchive(doc);
  const frame = frameOf([...(doc.marks ?? []), ...marksOf(doc.number, doc.stamp)], doc.stamp);
  const main = [...headOf(doc), ...bodyOf(doc.body), ...annexList(doc), ...signatureOf(doc)];
  const annexes = doc.annexes.map((annex, i) => ({annex, children: annexOf(annex, doc.annexes.length > 1 ? i + 1 : null)}));
  const last = annexes.at(-1);
  // 版记 stands on the last page, upright.
  const parts: Part[] = [
    {across: false, children: main},
    ...annexes.map(({annex, children}) => ({across: annex.landscape ?? false, children}))
  ];
  if (last?.annex.landscape) parts.push({across: false, children: []});
  const end = parts.length - 1;
  const sections = parts.map(({across, children}, i) =>
    sectionOf(frame, {across, children: i === end ? [...children, ...recordOf(doc)] : children})
  );
  return pack(doc.title, doc.signature, doc.stamp, sections);
}

/** What an office keeps for itself: a title and a body, marked and numbered as every page is. */
async function renderArchive({title, body, signature, marks = [], stamp}: OfficialDocument): Promise<Uint8Array> {
  const frame = frameOf([...marks, ...stampMarks(stamp)], stamp);
  const children = bodyOf([{kind: "title", text: title}, ...body]);
  return pack(title, signature, stamp, [sectionOf(frame, {across: false, children})]);
}

interface Part {
  readonly across: boolean;
  readonly children: readonly (Paragraph | Table)[];
}

/** Headers and footers of every page. */
type Frame = Pick<ISectionOptions, "headers" | "footers">;

/** The marks above and the numbers below, as every page has them. */
export function frameOf(marks: readonly string[], stamp: Stamp): Frame {
  return {
    headers: {default: headerOf(marks), even: headerOf(marks)},
    footers: {default: footerOf("odd", stamp), even: footerOf("even", stamp)}
  };
}

/** An annex: 附件 in the corner, its title in the third line. Source: GB/T 9704-2012 7.3.7. */
function annexOf({title, body, landscape}: Annex, no: number | null): (Paragraph | Table)[] {
  return [
    line([run(`附件${no ?? ""}`, {face: FACE.heading})]),
    line([]),
    line([run(title, {face: FACE.title, size: SIZE.title - 8})], {alignment: "center", spacing: lines(640), keepNext: true}),
    line([], {spacing: lines(320)}),
    ...bodyOf(body, landscape ? ACROSS_TEXT : PAGE.text)
  ];
}

/** A section beginning on a new page: upright or across. */
function sectionOf(frame: Frame, {across, children}: Part): ISectionOptions {
  const {top, right, bottom, left} = PAGE.margin;
  return {
    ...frame,
    properties: {
      type: SectionType.NEXT_PAGE,
      page: {
        size: {width: PAGE.width, height: PAGE.height, orientation: across ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT},
        // A page that lies across is bound at its upper edge.
        margin: across ? {top: left, right: top, bottom: right, left: bottom, ...FRAME} : {top, right, bottom, left, ...FRAME}
      },
      grid: {type: DocumentGridType.LINES, linePitch: PAGE.line}
    },
    children: [...children]
  };
}

/** The package: styles, properties, the same bytes whenever it is made; with `facing` left and right pages have numbers of their own. */
export async function pack(
  title: string,
  author: string,
  stamp: Stamp,
  sections: readonly ISectionOptions[],
  facing = true
): Promise<Uint8Array> {
  const document = new Document({
    title,
    creator: author,
    lastModifiedBy: author,
    description: stamp.release === null ? "未审定" : `审定结果 ${stamp.release.id}`,
    customProperties: [
      {name: "release", value: stamp.release?.id ?? "未审定"},
      {name: "as_of", value: stamp.as_of},
      {name: "digest", value: stamp.digest},
      {name: "run", value: stamp.run}
    ],
    evenAndOddHeaderAndFooters: facing,
    defaultTabStop: Math.round(PAGE.char),
    styles: {
      paragraphStyles: [{id: "Normal", name: "Normal", quickFormat: true, run: {font: face(FACE.body), size: SIZE.body}}],
      default: {document: {run: {font: face(FACE.body), size: SIZE.body, language: {value: "en-US", eastAsia: "zh-CN"}}}}
    },
    sections: [...sections]
  });
  return finishDocument(await Packer.toBuffer(document));
}
