import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {DOCUMENTS} from "../../src/export/document/index.ts";
import type {DocumentOptions} from "../../src/export/document/kind.ts";
import {dossier} from "../../src/export/dossier/dossier.ts";
import type {OfficialDocument} from "../../src/export/official/document.ts";
import {renderOfficial} from "../../src/export/official/render.ts";
import {openScored} from "../../src/warehouse/scored.ts";
import {loadedSample} from "../samples/loaded.ts";
import {missing, Office, type Rendered} from "./office.ts";

const reason = missing();
if (reason !== null && process.env.CI === "true") throw new Error(reason);

/** A document of each kind, in a regime that has it, and the dossier of a unit. */
const MADE: readonly (readonly [sample: string, name: string, options: DocumentOptions])[] = [
  ["mudan-2023", "feedback", {inspection: "X25-03"}],
  ["mudan-2023", "summon", {unit: "990102"}],
  ["mudan-2023", "listing", {finding: "MD-0003"}],
  ["mudan-2023", "dossier", {unit: "990107"}],
  ["gongzhuling", "slip", {visit: "GX-2401-3-D02"}],
  ["gongzhuling", "monthly", {month: "2025-06"}],
  ["shandong-2018", "notice", {inspection: "SX-02"}]
];

describe.skipIf(reason !== null)(`drafted documents in LibreOffice${reason === null ? "" : ` (skipped: ${reason})`}`, () => {
  const office = new Office();
  const documents: Record<string, OfficialDocument> = {};
  let rendered: Record<string, Rendered> = {};

  beforeAll(async () => {
    for (const sample of new Set(MADE.map(([id]) => id))) {
      const scored = await openScored(await loadedSample(sample));
      for (const [id, name, options] of MADE) {
        if (id !== sample) continue;
        const kind = DOCUMENTS.find((d) => d.name === name);
        documents[name] = kind ? await kind.make(scored, options) : await dossier(scored, options);
      }
      scored.close();
    }
    const bytes: Record<string, Uint8Array> = {};
    for (const [name, doc] of Object.entries(documents)) bytes[name] = await renderOfficial(doc);
    rendered = office.render(bytes);
  }, 300_000);
  afterAll(() => office.remove());

  /** A page's text without blanks, which depend on the typeface. */
  const plain = (name: string, page: number) => (rendered[name]?.pages.at(page) ?? "").replace(/\s+/g, "");
  const letters = MADE.map(([, name]) => name).filter((name) => name !== "dossier");

  it.each(letters)("begins %s with its issuer, title and addressee", (name) => {
    const doc = documents[name] as OfficialDocument;
    for (const words of [doc.issuer, doc.title, doc.addressee ?? "", "代拟稿", "未审定", "演示数据"])
      expect(plain(name, 0)).toContain(words.replace(/\s+/g, ""));
  });

  it.each(letters)("begins each annex of %s on a page of its own, and ends with 版记", (name) => {
    const doc = documents[name] as OfficialDocument;
    const pages = (rendered[name]?.pages ?? []).map((page) => page.replace(/\s+/g, ""));
    for (const [i, {title}] of doc.annexes.entries()) {
      const label = `附件${doc.annexes.length > 1 ? i + 1 : ""}${title.replace(/\s+/g, "")}`;
      expect(pages.filter((page) => page.includes(label))).toHaveLength(1);
    }
    expect(pages.at(-1)).toContain("印发");
    // Every page says which result it is from.
    for (const page of pages) expect(page).toContain(doc.stamp.digest.slice(0, 12));
  });

  it.each(letters)("lets nothing of %s fall off its pages", (name) => {
    const whole = (rendered[name]?.pages ?? []).join("").replace(/\s+/g, "");
    for (const {rows} of (documents[name]?.annexes ?? []).flatMap((a) => a.body).filter((b) => b.kind === "table"))
      for (const [, id] of rows) expect(whole.includes((id ?? "").replace(/[\s-]+/g, "")) || whole.includes(id ?? "")).toBe(true);
  });

  it("begins every card of a unit on a page of its own, behind the list, without head and 版记", () => {
    const {body = []} = documents.dossier ?? {};
    const cards = body.flatMap((block) => (block.kind === "title" ? [block.text.replace(/\s+/g, "")] : []));
    expect(cards).toHaveLength(2);
    const pages = (rendered.dossier?.pages ?? []).map((page) => page.replace(/\s+/g, ""));
    expect(pages[0]).toContain("榆砾镇安全生产巡查问题一问一档");
    for (const card of cards) expect(pages.filter((page) => page.slice(0, 80).includes(card))).toHaveLength(1);
    for (const page of pages) expect(page).toContain("内部资料");
    expect(pages.join("")).not.toMatch(/印发|代拟稿/);
  });
});
