import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {briefOf} from "../../src/export/brief.ts";
import {circular} from "../../src/export/document/circular.ts";
import {renderBrief} from "../../src/export/official/brief-page.ts";
import type {Block} from "../../src/export/official/document.ts";
import {renderOfficial} from "../../src/export/official/render.ts";
import {openScored} from "../../src/warehouse/scored.ts";
import {APPROVED, made} from "../export/official/made.ts";
import {loadedSample} from "../samples/loaded.ts";
import {missing, Office, type Rendered} from "./office.ts";

const reason = missing();
if (reason !== null && process.env.CI === "true") throw new Error(reason);

/** Samples of which a brief and, where it may be written, a circular is looked at. */
const SAMPLES = ["mudan-2023", "hunan-2021", "shandong-2018", "gongzhuling", "hainan-2016"];

/** Bodies of so many lines: 版记 has room on the last page, or none, or the text ends with the page. */
const LENGTHS = [1, 6, 14, 19, 23, 27];

const bodyOf = (lines: number): Block[] => Array.from({length: lines}, (_, i) => ({kind: "text", text: `第${i + 1}行。`}));

describe.skipIf(reason !== null)(`documents in LibreOffice${reason === null ? "" : ` (skipped: ${reason})`}`, () => {
  const office = new Office();
  let rendered: Record<string, Rendered> = {};

  beforeAll(async () => {
    const documents: Record<string, Uint8Array> = {
      whole: await renderOfficial(made()),
      approved: await renderOfficial(made({stamp: APPROVED, annexes: []}))
    };
    documents.wide = await renderOfficial(made({body: [{kind: "text", text: "安".repeat(26 + 28 * 3)}], annexes: []}));
    for (const n of LENGTHS) documents[`lines-${n}`] = await renderOfficial(made({body: bodyOf(n), annexes: []}));
    for (const id of SAMPLES) {
      const scored = await openScored(await loadedSample(id));
      documents[`brief-${id}`] = await renderBrief(await briefOf(scored));
      if (circular.isFree?.(scored.regime, scored.when.as_of))
        documents[`circular-${id}`] = await renderOfficial(await circular.make(scored, {}));
      scored.close();
    }
    rendered = office.render(documents);
  }, 300_000);
  afterAll(() => office.remove());

  const pagesOf = (name: string) => rendered[name]?.pages ?? [];
  /** A page's text without blanks, which depend on the typeface. */
  const plain = (page: string | undefined) => (page ?? "").replace(/\s+/g, "");

  it("puts head, title and the beginning of the body on the first page of A4", () => {
    const [first] = pagesOf("whole");
    for (const words of [
      "演示区安全生产委员会办公室文件",
      "演安委办〔2026〕3号",
      "关于2025年度安全生产巡查情况的通报",
      "各镇街：",
      "现将有关情况通报如下。"
    ])
      expect(plain(first)).toContain(words);
    const [[width, height] = [0, 0]] = rendered.whole?.sizes ?? [];
    expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
  });

  it("lays a wide annex across and ends upright with the record on the last page", () => {
    const {pages = [], sizes = []} = rendered.whole ?? {};
    const across = sizes.findIndex(([width, height]) => width > height);
    expect(plain(pages[across])).toContain("附件逾期清单");
    expect(sizes.at(-1)?.[0]).toBeLessThan(sizes.at(-1)?.[1] ?? 0);
    expect(plain(pages.at(-1))).toContain("抄送：区委组织部，区纪委监委。");
    expect(plain(pages.at(-1))).toContain("2026年1月6日印发");
  });

  it("has the record once, on the last page, below the signature, however long the text is", () => {
    for (const n of LENGTHS) {
      const pages = pagesOf(`lines-${n}`).map(plain);
      expect(
        pages.filter((p) => p.includes("抄送：")),
        `${n} lines`
      ).toHaveLength(1);
      expect(pages.at(-1), `${n} lines`).toMatch(/抄送：区委组织部，区纪委监委。.*2026年1月6日印发/);
      const whole = pages.join("");
      expect(whole.indexOf("2026年1月5日")).toBeLessThan(whole.indexOf("抄送："));
      // 署名 stands on a page with some of the body.
      expect(
        pages.find((p) => p.includes("2026年1月5日")),
        `${n} lines`
      ).toMatch(/第\d+行。/);
    }
  });

  it("has twenty-eight characters in a line, the first two of a paragraph left free", () => {
    const lengths = (
      pagesOf("wide")
        .join("\n")
        .match(/安{5,}/g) ?? []
    ).map((l) => l.length);
    expect(lengths).toEqual([26, 28, 28, 28]);
  });

  it("stands on twenty-two lines a page", () => {
    const pages = pagesOf("lines-27");
    const second = (pages[1] ?? "").match(/第\d+行。/g) ?? [];
    expect(second.length).toBeLessThanOrEqual(22);
  });

  it("numbers pages, and marks and names the result on each of them", () => {
    for (const name of ["whole", ...SAMPLES.map((id) => `brief-${id}`)]) {
      for (const [i, page] of pagesOf(name).entries()) {
        expect(plain(page), `${name} ${i + 1}`).toContain(`—${i + 1}—`);
        expect(plain(page), `${name} ${i + 1}`).toContain("未审定");
        expect(plain(page), `${name} ${i + 1}`).toContain("结果摘要");
      }
    }
    for (const page of pagesOf("approved")) {
      expect(plain(page)).not.toContain("未审定");
      expect(plain(page)).toContain("审定结果office-2025-r1");
    }
  });

  it("keeps the brief of every sample on one page", () => {
    for (const id of SAMPLES) {
      const pages = pagesOf(`brief-${id}`);
      expect(pages, id).toHaveLength(1);
      for (const words of ["简报", "等次分布", "得分较低的单位", "逾期未整改"]) expect(plain(pages[0]), id).toContain(words);
    }
  });

  it("parts no number at the end of a line", () => {
    for (const id of SAMPLES) {
      const lines = pagesOf(`circular-${id}`).flatMap((p) => p.split("\n").map((l) => l.trim()));
      for (const [i, text] of lines.entries()) {
        const next = lines.slice(i + 1).find((l) => l !== "") ?? "";
        if (/[\u4e00-\u9fff，].*\d$/.test(text) && text.length > 20)
          expect(next, `${id}: ${text}`).not.toMatch(/^[\d.]+(年|%|条|个)/);
      }
    }
  });
});
