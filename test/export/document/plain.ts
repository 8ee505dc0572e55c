import type {Block, OfficialDocument} from "../../../src/export/official/document.ts";

/**
 * An official document as plain text, for goldens that a clerk can read: everything it says but its stamp.
 * @param most rows shown of a table; the rest are counted
 */
export function plainDocument(doc: OfficialDocument, most = 6): string {
  const lines = [
    `版头：${doc.issuer}`,
    `发文字号：${doc.number ?? "（代拟稿）"}${doc.signer === null ? "" : `　签发人：${doc.signer}`}`,
    ...(doc.marks && doc.marks.length > 0 ? [`标记：${doc.marks.join("、")}`] : []),
    `标题：${doc.title}`,
    ...(doc.addressee === null ? [] : [`主送：${doc.addressee}`]),
    "",
    ...doc.body.flatMap((block) => plainBlock(block, most)),
    ...doc.annexes.flatMap(({title, body, landscape}, i) => [
      "",
      `附件${i + 1}：${title}${landscape ? "（横排）" : ""}`,
      ...body.flatMap((block) => plainBlock(block, most))
    ]),
    "",
    `署名：${doc.signature}　${doc.date ?? "（日期待填）"}`,
    ...(doc.note === null ? [] : [doc.note]),
    ...(doc.copies.length > 0 ? [`抄送：${doc.copies.join("，")}`] : []),
    ...(doc.layout === "archive" ? [] : [`印发：${doc.printed.by}`])
  ];
  return `${lines.join("\n")}\n`;
}

function plainBlock(block: Block, most: number): string[] {
  const cell = (text: string | null) => (text ?? "").replaceAll("\n", "／");
  switch (block.kind) {
    case "break":
      return ["——（换页）——"];
    case "title":
      return [`【${block.text}】`];
    case "heading":
      return [`${"#".repeat(block.level)} ${block.text}`];
    case "text":
      return [`　　${block.text}`];
    case "fields":
      return block.fields.map(([label, value]) => `｜${label}｜${cell(value)}｜`);
    case "table": {
      const rows = block.rows.slice(0, most).map((row) => `｜${row.map(cell).join("｜")}｜`);
      const rest = block.rows.length - rows.length;
      const head = [
        ...(block.caption === null ? [] : [`〔${block.caption}〕`]),
        `｜${block.columns.map((c) => c.header).join("｜")}｜`
      ];
      return block.rows.length === 0 ? [block.empty] : [...head, ...rows, ...(rest > 0 ? [`……共${block.rows.length}行`] : [])];
    }
    case "bars":
      return [`〔${block.title}〕${block.bars.map((b) => `${b.name}${b.text}`).join("、")}`];
    case "sign":
      return [...block.lines];
  }
}

/** Everything that stands in a document, for looking after what must not. */
export function wholeText(doc: OfficialDocument): string {
  return plainDocument(doc, Number.POSITIVE_INFINITY);
}
