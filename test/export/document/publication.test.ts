import {describe, expect, it} from "vitest";
import {publication} from "../../../src/export/document/publication.ts";
import {openResult} from "../../../src/release/open.ts";
import {releasedSample} from "../../samples/released.ts";

describe("what the public is told", async () => {
  const scored = await openResult(await releasedSample("shandong-2018"));
  const document = await publication.make(scored, {date: "2026-01-20"});
  scored.close();
  const tables = document.body.flatMap((b) => (b.kind === "table" ? [b] : []));

  it("is who was inspected, with grade and counts: no score, no rank", () => {
    expect(tables[0]?.columns.map((c) => c.header)).toEqual(["序号", "单位", "结束日期", "等次", "问题（条）", "已整改（条）"]);
    expect(tables[0]?.rows).toHaveLength(8);
    const scores = scored.result.schemes.flatMap((s) => s.units.flatMap((u) => (u.score === null ? [] : [u.score])));
    for (const score of scores.filter((s) => !s.endsWith(".00"))) expect(JSON.stringify(document.body)).not.toContain(score);
  });

  it("cites the clause, and names the organ that approved, not the person", () => {
    expect(JSON.stringify(document.body[0])).toContain("第五部分第（五）项关于公布巡查结果的规定");
    expect(document.stamp.release?.approver.name).toBe("");
    expect(document.stamp.release?.waivers).toEqual([]);
  });

  it("leaves room for the days of the announcement", () => {
    expect(document.body).toContainEqual({kind: "text", text: "公示时间：＿＿＿＿年＿＿月＿＿日至＿＿＿＿年＿＿月＿＿日。"});
  });

  it("names an enterprise only where the media were told of it", () => {
    expect(tables[1]?.rows.length).toBeGreaterThan(0);
    expect(tables[1]?.rows.every((r) => r[0] !== null)).toBe(true);
  });
});
