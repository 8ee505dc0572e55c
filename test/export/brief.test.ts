import {describe, expect, it} from "vitest";
import {briefOf} from "../../src/export/brief.ts";
import {circular} from "../../src/export/document/circular.ts";
import {renderBrief} from "../../src/export/official/brief-page.ts";
import {openScored} from "../../src/warehouse/scored.ts";
import {makeOffice} from "../office.ts";
import {loadedSample} from "../samples/loaded.ts";
import {paragraphs, partsOf} from "./official/made.ts";

async function sample(id: string) {
  const scored = await openScored(await loadedSample(id));
  try {
    return await briefOf(scored);
  } finally {
    scored.close();
  }
}

describe("the brief", async () => {
  const [open, secret] = [await sample("mudan-2023"), await sample("gongzhuling")];

  it("says in a sentence how the office stands", () => {
    expect(open.sentence).toMatch(
      /^截至2025年12月31日，23个巡查对象中已巡查17个，镇街平均\d+\.\d\d分，部门平均\d+\.\d\d分；4个单位被否决或降等（.*），24条问题逾期未整改；2个单位的得分为暂定。$/
    );
  });

  it("lists the lowest of each scheme without ranking them together, each with reasons", () => {
    expect(open.lowest).toHaveLength(5);
    expect(new Set(open.lowest.map((u) => u.scheme)).size).toBe(2);
    for (const unit of open.lowest) expect(unit.reasons.length + unit.vetoes.length).toBeGreaterThan(0);
  });

  it("gives the same bytes when made again, with native charts", async () => {
    const bytes = await renderBrief(open);
    expect(Buffer.compare(bytes, await renderBrief(open))).toBe(0);
    const parts = partsOf(bytes);
    expect(Object.keys(parts).filter((name) => /charts\/chart\d\.xml$/.test(name))).toHaveLength(2);
    expect(paragraphs(parts["word/header1.xml"] ?? "")).toContain("未审定　暂定　演示数据");
  });

  it("is a sentence also when nothing was inspected yet", async () => {
    const office = makeOffice({unit: [{unit_code: "990101", unit_name: "甲镇", unit_kind: "镇街"}]});
    await office.load();
    const scored = await openScored(office.directory);
    const empty = await briefOf(scored);
    const circle = await circular.make(scored, {});
    scored.close();
    office.remove();
    expect(empty.sentence).toBe("截至2025年12月31日，1个巡查对象中已巡查0个，尚无单位得分，没有逾期未整改的问题。");
    expect(paragraphs(partsOf(await renderBrief(empty))["word/document.xml"] ?? "")).toContain("本期没有发现问题。");
    expect(circle.body.flatMap((b) => (b.kind === "text" ? [b.text] : []))).toContain("本期没有单位得分。");
  });

  it("tells no place and no enterprise where visits are secret", async () => {
    expect(secret.overdue.every((f) => f.description === null)).toBe(true);
    const parts = partsOf(await renderBrief(secret));
    expect(paragraphs(parts["word/document.xml"] ?? "")).not.toContain("描述");
  });
});
