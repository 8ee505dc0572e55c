import {describe, expect, it} from "vitest";
import {monthSpan} from "../../../src/export/document/month-facts.ts";
import {
  clauseWords,
  committeeName,
  countsWords,
  organName,
  periodLaw,
  sentence,
  shortLaw,
  stepWords,
  stretchWords
} from "../../../src/export/document/phrase.ts";
import type {Regime} from "../../../src/regime/types.ts";

describe("the words of a document", () => {
  it.each([
    ["三（三）5", "第三部分第（三）项第5点"],
    ["一（二）", "第一部分第（二）项"],
    ["二", "第二部分"],
    ["第七条（五）", "第七条第（五）项"],
    ["第二条", "第二条"],
    ["方案五（三）", "第五部分第（三）项"],
    ["通知三", "通知第三部分"],
    ["缺（二）", "摘录所缺部分第（二）项"],
    ["通知结尾", "通知结尾"],
    ["四（二）1、四（二）2", "第四部分第（二）项第1点、第2点"],
    ["三（一）、三（三）5", "第三部分第（一）项、第（三）项第5点"],
    ["第二条、第五条（一）", "第二条、第五条第（一）项"],
    ["一（四）、一（三）", "第一部分第（四）项、第（三）项"]
  ])("writes the clause %s out as %s", (clause, words) => {
    expect(clauseWords(clause)).toBe(words);
  });

  it.each([
    ["青穗镇", "镇街", "青穗镇人民政府"],
    ["辽砚街道", "镇街", "辽砚街道办事处"],
    ["岱汐市", "设区市", "岱汐市人民政府"],
    ["汐岱市（峰会举办市）", "设区市", "汐岱市人民政府"],
    ["演示市商务局", "部门", "演示市商务局"],
    ["黍岭演示产业园区", "园区", "黍岭演示产业园区"],
    ["某新区管委会", "县区", "某新区管委会"],
    ["青穗镇", null, "青穗镇"]
  ])("addresses %s (%s) as %s", (name, kind, organ) => {
    expect(organName(name, kind)).toBe(organ);
  });

  it("names the committee of an office, and the short name of a regime", () => {
    expect(committeeName("某区安全生产委员会办公室")).toBe("某区安全生产委员会");
    expect(committeeName("某区安全生产委员会")).toBe("某区安全生产委员会");
    const short = (title: string) => shortLaw({title} as Regime);
    expect(short("某区安全生产巡查工作制度")).toBe("《工作制度》");
    expect(short("某省安全生产巡查工作制度（试行）")).toBe("《工作制度》");
    expect(short("某市安委会办公室安全生产巡视（暗访）工作规则")).toBe("《工作规则》");
    expect(short("某省2018年安全生产巡查工作实施方案")).toBe("《实施方案》");
    expect(short("某市巡查纪要")).toBe("《某市巡查纪要》");
  });

  it("says the year of a stretch once, and leaves room for days that are not known", () => {
    expect(stretchWords("2025-03-03", "2025-03-14")).toBe("2025年3月3日至3月14日");
    expect(stretchWords("2024-12-30", "2025-01-03")).toBe("2024年12月30日至2025年1月3日");
    expect(stretchWords("2025-01-04", "2025-01-04")).toBe("2025年1月4日");
    expect(stretchWords("2025-03-03", null)).toBe("2025年3月3日至＿＿＿＿年＿＿月＿＿日");
  });

  it("cites the law of periods that was in force on the first day", () => {
    expect(periodLaw("2018-05-09")).toBe("《中华人民共和国民法总则》第二百条至第二百零四条");
    expect(periodLaw("2021-01-01")).toBe("《中华人民共和国民法典》第二百条至第二百零四条");
  });

  it("reads from a column what was approved", () => {
    expect(stepWords("inspection.notice_approved_on")).toEqual({what: "整改通知", verb: "批准"});
    expect(stepWords("inspection.report_approved_on")).toEqual({what: "报告", verb: "审定"});
  });

  it("leaves out counts of none and ends sentences once", () => {
    expect(
      countsWords(
        [
          ["重大", 0],
          ["较大", 2],
          ["一般", 1]
        ],
        "个"
      )
    ).toBe("较大2个、一般1个");
    expect(sentence("已经完成。")).toBe("已经完成。");
    expect(sentence("已经完成；")).toBe("已经完成。");
  });
});

describe("the span of a month's report", () => {
  it.each([
    ["2025-06", "2025-05-30", "2025-06-30", "2025-06-30"],
    ["2025-03", "2025-02-28", "2025-03-30", "2025-03-31"],
    ["2024-03", "2024-02-29", "2024-03-30", "2024-03-31"],
    ["2025-02", "2025-01-30", "2025-02-28", "2025-02-28"],
    ["2025-01", "2024-12-30", "2025-01-30", "2025-01-31"]
  ])("of %s begins after %s and ends on %s", (month, before, due_on, until) => {
    expect(monthSpan(month, 30, "2025-12-31")).toEqual({month, before, due_on, until});
  });

  it("knows facts up to 统计截止日", () => {
    expect(monthSpan("2025-06", 30, "2025-06-15").until).toBe("2025-06-15");
  });
});
