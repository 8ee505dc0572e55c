import {describe, expect, it} from "vitest";
import {circular} from "../../../src/export/document/circular.ts";
import {overviewOf} from "../../../src/export/document/overview.ts";
import {percent, periodWords} from "../../../src/export/document/period-words.ts";
import type {Block} from "../../../src/export/official/document.ts";
import {renderOfficial} from "../../../src/export/official/render.ts";
import {openScored} from "../../../src/warehouse/scored.ts";
import {loadedSample} from "../../samples/loaded.ts";
import {paragraphs, partsOf} from "../official/made.ts";

const scored = await openScored(await loadedSample("mudan-2023"));
const overview = await overviewOf(scored);
const document = await circular.make(scored, {date: "2026-01-20"});
scored.close();

const words = (blocks: readonly Block[]) =>
  blocks.flatMap((b) => (b.kind === "text" || b.kind === "heading" ? [b.text] : [])).join("\n");

describe("the circular of a sample", () => {
  it("is addressed to whom the regime inspects, and claims no clause of a regime that has none on circulars", () => {
    expect(document.title).toBe("关于2025年度安全生产巡查情况的通报");
    expect(document.addressee).toBe("各镇街，负有安全生产监督管理职责的区直有关部门、单位");
    expect(words(document.body).split("\n")[0]).toBe(
      "根据工作安排，现将按照《牡丹区安全生产巡查工作制度》（菏区政办字〔2023〕18号，以下简称《工作制度》）开展的2025年度安全生产巡查情况（截至2025年12月31日）通报如下。"
    );
  });

  it("counts what adds up", () => {
    const {units, findings, items} = overview;
    const by = (name: string) => units.filter((u) => u.covered === name).length;
    expect(by("已巡查") + by("巡查中") + by("当年不再安排") + by("未巡查")).toBe(units.length);
    expect(items.reduce((n, i) => n + i.findings, 0)).toBe(findings.count);
    expect(items.reduce((n, i) => n + i.major, 0)).toBe(findings.major);
    expect(words(document.body)).toContain(`发现问题${findings.count}条，其中重大${findings.major}条`);
    expect(findings.done + findings.overdue).toBeLessThanOrEqual(findings.count);
  });

  it("names every overdue finding in an annex, once, the longest overdue first", () => {
    const annex = document.annexes.at(-1)?.body[0];
    if (annex?.kind !== "table") throw new Error("no table");
    expect(annex.rows.map((r) => r[1])).toEqual(overview.overdue.map((f) => f.finding_id));
    expect(new Set(annex.rows.map((r) => r[1])).size).toBe(annex.rows.length);
    const days = annex.rows.map((r) => Number(r.at(-1)));
    expect(days).toEqual(days.toSorted((a, b) => b - a));
  });

  it("lists every unit of a scheme, also those without a score", () => {
    for (const [i, {units}] of scored.result.schemes.entries()) {
      const table = document.annexes[i]?.body[0];
      if (table?.kind !== "table") throw new Error("no table");
      expect(table.rows).toHaveLength(units.length);
    }
  });

  it("asks no more of units than the regime: a report within its time, 约谈 where it says so", () => {
    const text = words(document.body);
    expect(text).toContain("应自收到之日起2个月内将整改和查处情况报送区安委会办公室（《工作制度》第三部分第（三）项第5点）。");
    expect(text).toContain("逾期未整改或整改不力的，将按规定约谈有关负责人");
    expect(text).toContain("作为年度安全生产考核的参考依据");
  });

  it("names measures for what they are: no report of the team to its office, and praise apart", () => {
    expect(words(document.body)).toMatch(/本期采取约谈\d+次、挂牌督办\d+次等措施。另通报表扬\d+次。/);
    expect(words(document.body)).not.toContain("书面报告7次");
  });

  it("is marked as what it is on every page", async () => {
    const parts = partsOf(await renderOfficial(document));
    expect(paragraphs(parts["word/header1.xml"] ?? "")).toContain("代拟稿　未审定　暂定　演示数据");
  });
});

describe("periodWords", () => {
  it("names years, rounds and cycles", () => {
    expect(periodWords({kind: "year", from: "2025-01-01", to: "2025-12-31", round_no: null})).toBe("2025年度");
    expect(periodWords({kind: "round", from: "2018-03-01", to: "2018-12-31", round_no: "1"})).toBe("2018年第1轮");
    expect(periodWords({kind: "cycle", from: "2024-01-01", to: "2025-12-31", round_no: null})).toBe("2024—2025年");
  });

  it("shares nothing of nothing", () => {
    expect([percent(1, 3), percent(0, 0), percent(2, 2)]).toEqual(["33.3%", "—", "100.0%"]);
  });
});
