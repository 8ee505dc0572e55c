import {describe, expect, it} from "vitest";
import {chineseDate} from "../../../src/export/official/date.ts";
import {titleLines} from "../../../src/export/official/title-line.ts";

describe("titleLines", () => {
  it("leaves a short title on one line", () => {
    expect(titleLines("关于2025年度安全生产巡查情况的通报", 20)).toEqual(["关于2025年度安全生产巡查情况的通报"]);
  });

  it("breaks a long one between words into lines of about the same length", () => {
    const title = "关于牡丹区2025年度安全生产巡查发现问题整改情况及下一步工作安排的通报";
    const lines = titleLines(title, 20);
    expect(lines.join("")).toBe(title);
    expect(lines).toHaveLength(2);
    expect(Math.abs((lines[0]?.length ?? 0) - (lines[1]?.length ?? 0))).toBeLessThanOrEqual(8);
    for (const line of lines) expect(line).not.toMatch(/^[的、，”》）]/);
  });

  it("does not part 关于, a year or an opening mark from what follows", () => {
    for (const most of [8, 10, 12, 14, 16, 18])
      for (const line of titleLines("关于对演示区松澜镇人民政府“重大事故隐患”挂牌督办的通知", most).slice(0, -1))
        expect(line).not.toMatch(/(关于|“|\d)$/);
  });
});

describe("a title as long as a paragraph", () => {
  it("is divided at once", () => {
    const title = "关于演示区安全生产巡查发现问题整改情况的通报".repeat(20);
    const lines = titleLines(title, 20);
    expect(lines.join("")).toBe(title);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(20);
  });
});

describe("chineseDate", () => {
  it("writes months and days without a leading zero", () => {
    expect(chineseDate("2026-01-05")).toBe("2026年1月5日");
  });

  it("leaves room for the pen when the day is open", () => {
    expect(chineseDate(null)).toMatch(/^　+年　+月　+日$/);
  });
});
