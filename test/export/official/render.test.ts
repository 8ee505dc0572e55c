import {setTimeout} from "node:timers/promises";
import sax from "sax";
import {describe, expect, it} from "vitest";
import {renderOfficial} from "../../../src/export/official/render.ts";
import {APPROVED, made, paragraphs, partsOf} from "./made.ts";

/** Errors: where XML is not well formed. */
function parseStrictly(xml: string): void {
  const parser = sax.parser(true, {position: false, strictEntities: true});
  parser.onerror = (error) => {
    throw error;
  };
  parser.write(xml).close();
}

describe("renderOfficial", async () => {
  const bytes = await renderOfficial(made());
  const parts = partsOf(bytes);
  const body = parts["word/document.xml"] ?? "";
  const texts = paragraphs(body);

  it("gives the same bytes when made again later", async () => {
    await setTimeout(1100);
    expect(Buffer.compare(bytes, await renderOfficial(made()))).toBe(0);
  });

  it("names no day of today and no path", () => {
    const all = Object.values(parts).join("\n");
    expect(all).not.toContain(String(new Date().getFullYear() + 1));
    expect(all).not.toMatch(/\/(tmp|home|work|root)\//);
    expect(parts["docProps/core.xml"]).toContain("2000-01-01T00:00:00Z");
  });

  it("leaves a page of 156 mm by 225 mm with 22 lines of 28 characters", () => {
    expect(body).toMatch(/<w:pgSz w:w="11906" w:h="16838"/);
    expect(body).toMatch(/<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"/);
    expect(body).toContain('<w:docGrid w:type="lines" w:linePitch="579"');
    expect(Math.floor((16838 - 2098 - 1984) / 579)).toBe(22);
    // 三号 is 320 twips; five are taken from each of 28.
    expect(body).toContain('<w:spacing w:val="-5"/>');
    expect(28 * 315).toBeLessThanOrEqual(11906 - 1474 - 1587);
  });

  it("numbers headings 一、 （一） 1．, each level anew below the one above it", () => {
    expect(texts.filter((t) => /^(一、|二、|（[一二]）|\d．)/.test(t))).toEqual([
      "一、基本情况",
      "（一）覆盖",
      "（二）得分",
      "1．较低的",
      "二、要求",
      "（一）压实责任"
    ]);
  });

  it("writes head, addressee, signature, day and record where they belong", () => {
    const at = (text: string) => texts.findIndex((t) => t.includes(text));
    const order = [
      "办公室文件",
      "演安委办〔2026〕3号",
      "关于2025年度",
      "各镇街：",
      "现将",
      "附件：逾期清单",
      "2026年1月5日",
      "（联系人",
      "附件正文"
    ];
    const places = order.map(at);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(body).toContain("　抄送：区委组织部，区纪委监委。");
    expect(texts.some((t) => t === "　演示区安全生产委员会办公室\t2026年1月6日印发")).toBe(true);
  });

  it("marks every page of what is not approved, across it too", () => {
    const headers = Object.entries(parts).filter(([name]) => /header\d+\.xml$/.test(name));
    expect(headers.length).toBeGreaterThan(0);
    for (const [, xml] of headers) {
      expect(paragraphs(xml)).toContain("未审定　演示数据");
      expect(xml).toContain('string="未审定"');
    }
  });

  it("names the result on every page: state, 统计截止日, digest", () => {
    const footers = Object.entries(parts).filter(([name]) => /footer\d+\.xml$/.test(name));
    for (const [, xml] of footers) {
      expect(paragraphs(xml).join("\n")).toContain(`统计截止日 2025-12-31　结果摘要 ${"b".repeat(64)}`);
      expect(xml).toContain("未审定");
    }
  });

  it("marks nothing on an approved and numbered document, and a 代拟稿 until it has its number", async () => {
    const approved = partsOf(await renderOfficial(made({stamp: APPROVED})));
    expect(Object.entries(approved).some(([name, xml]) => name.includes("header") && xml.includes("未审定"))).toBe(false);
    expect(approved["word/footer1.xml"]).toContain("审定结果 office-2025-r1");
    const draft = partsOf(await renderOfficial(made({stamp: APPROVED, number: null})));
    expect(draft["word/header1.xml"]).toContain("代拟稿");
    expect(paragraphs(draft["word/document.xml"] ?? "")).toContain("（代拟稿，未编号）");
  });

  it("names typefaces for Word, each with one that stands in", () => {
    expect(parts["word/fontTable.xml"]).toContain('<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>');
    expect(body).toContain('w:eastAsia="方正小标宋简体"');
    expect(body).not.toContain("Times New Roman");
  });

  it("keeps a text that looks like a formula a text, also in a chart's numbers", () => {
    expect(body).toContain("=1+1镇");
    expect(parts["word/charts/chart1.xml"]).toContain("<c:v>79.5</c:v>");
  });

  it("stays well formed whatever texts say", async () => {
    const odd = `A&B<镇>"'=cmd|]]>&amp;`;
    const wild = made({
      ...{issuer: odd, number: odd, signer: odd, title: odd, addressee: odd, signature: odd, note: odd, copies: [odd]},
      body: [
        {kind: "text", text: odd},
        {kind: "fields", fields: [[odd, odd]]},
        {kind: "sign", lines: [odd]},
        {kind: "title", text: odd},
        {kind: "bars", title: odd, unit: odd, bars: [{name: odd, value: 1, text: odd, tone: "plain"}]},
        {kind: "table", caption: odd, columns: [{header: odd, width: 1}], rows: [[odd], [null]], empty: odd}
      ],
      annexes: [{title: odd, body: []}]
    });
    const wildParts = partsOf(await renderOfficial(wild));
    for (const [name, xml] of Object.entries(wildParts)) if (/\.(xml|rels)$/.test(name)) parseStrictly(xml);
    expect(paragraphs(wildParts["word/document.xml"] ?? "")).toContain("A&amp;B&lt;镇&gt;&quot;&apos;=cmd|]]&gt;&amp;amp;");
  });

  it("repeats the header of a table and tears no row", () => {
    expect(body).toContain("<w:tblHeader/>");
    expect(body.match(/<w:cantSplit\/>/g)?.length).toBe(2);
  });
});
