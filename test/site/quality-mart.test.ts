import {unzipSync} from "fflate";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import type {QualityFacts} from "../../src/components/quality/types.ts";
import {qualitySentence} from "../../src/components/quality-page.ts";
import {martZip} from "../../src/site/mart.ts";
import {pagesFor} from "../../src/site/pages.js";
import {qualityMart} from "../../src/site/quality-mart.ts";
import {openScored, type Scored} from "../../src/warehouse/scored.ts";
import {loadedSample} from "../samples/loaded.ts";

describe("the quality of a sample's data", () => {
  let scored: Scored;
  let mart: QualityFacts;

  beforeAll(async () => {
    scored = await openScored(await loadedSample("mudan-2023"));
    mart = await qualityMart(scored);
  });

  afterAll(() => scored?.close());

  test("the balance of every table adds up, and every row that does not count is listed", () => {
    for (const t of mart.tables) expect(t.new + t.unchanged + t.changed + t.rejected + t.skipped, t.table).toBe(t.read);
    const waiting = mart.tables.reduce((sum, t) => sum + t.rejected + t.held, 0);
    expect(new Set(mart.rejects.rows.map((r) => `${r.file} ${r.sheet} ${r.row}`)).size).toBe(waiting);
    expect(mart.batches.rows.filter((b) => b.current).length).toBe(scored.space.sources.length);
  });

  test("the page says it in a sentence", () => {
    const finding = mart.tables.find((t) => t.table === "finding");
    const quality = {...mart, tables: finding ? [finding] : []} as never;
    const space = {as_of: "2025-12-31"} as never;
    expect(qualitySentence({space, quality, units: [], checks: null})).toMatch(
      /^截至2025年12月31日，1张表读入424行，10行退回或挂起，没有计入；(没有|\d+处)存疑的?；得分都不是暂定的。$/
    );
  });

  test("is the analysts' alone", async () => {
    expect(Object.keys(unzipSync(await martZip(scored, "leadership")))).not.toContain("quality.json");
    expect(pagesFor({audience: "leadership"}).map((p) => p.path)).not.toContain("quality");
    expect(pagesFor({audience: "analyst"}).map((p) => p.path)).toContain("quality");
  });
});
