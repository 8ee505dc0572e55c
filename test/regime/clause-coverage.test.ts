import {describe, expect, it} from "vitest";
import {CHECKS, checksOf} from "../../src/regime/check-names.ts";
import {clauseCoverage, KNOWN, regimeCheck} from "../../src/regime/coverage.ts";
import {isParameter} from "../../src/regime/parameters.ts";
import {citedClauses} from "../../src/regime/references.ts";
import type {Clause, Regime} from "../../src/regime/types.ts";
import {clauseNumbers, FIVE, IDS, type RegimeId} from "./five.ts";

/** `under("三（二）", 10)` are 三（二）1 to 三（二）10. */
function under(part: string, count: number): string[] {
  return Array.from({length: count}, (_, i) => `${part}${i + 1}`);
}

/** `parts("方案五", "一二三")` are 方案五（一）, 方案五（二）, 方案五（三）. */
function parts(whole: string, numbers: string): string[] {
  return [...numbers].map((no) => `${whole}（${no}）`);
}

/** The numbers that have a text of their own in each document, read from the documents by eye, in their order. */
const READ: Readonly<Record<RegimeId, readonly string[]>> = {
  "mudan-2023": [
    ...[...parts("一", "一二三"), ...parts("二", "一二"), ...under("二（二）", 4), "三（一）", ...under("三（二）", 10)],
    ...[...under("三（三）", 6), ...under("四（一）", 3), ...under("四（二）", 4), "四（三）"]
  ],
  "hunan-2021": [
    ...[...parts("一", "一二"), ...under("一（三）", 3), ...parts("二", "一二"), ...under("二（二）", 4), ...under("三（一）", 10)],
    ...["三（二）", ...under("三（二）", 7), ...under("三（三）", 6), ...under("四（一）", 3), ...under("四（二）", 6), "四（三）"],
    ...parts("五", "一二")
  ],
  "shandong-2018": [
    ...["通知前言", "通知一", "通知二", "通知三", "通知结尾", "方案前言", "方案一", ...parts("方案二", "一二三")],
    ...["方案三", ...under("方案三", 10), "方案四", ...parts("方案五", "一二三四五六"), ...parts("方案六", "一二三")]
  ],
  gongzhuling: [
    ...["第一条", "第二条", "第三条", ...parts("第四条", "一二"), ...parts("第五条", "一二三"), "第六条"],
    ...[
      ...parts("第六条", "一二三四五六七八九十"),
      "第六条（十一）",
      ...parts("第七条", "一二三四五六"),
      ...parts("第八条", "一二三")
    ],
    ...[...parts("第九条", "一二三"), ...parts("第十条", "一二"), "第十一条"]
  ],
  "hainan-2016": [
    ...[...parts("一", "一二三四"), "二", ...under("二（二）", 4), ...under("三（一）", 10), "三（二）", ...parts("缺", "二三四")]
  ]
};

/** What must at least be computable. */
const LEAST: Readonly<Record<RegimeId, readonly string[]>> = {
  "mudan-2023": ["二（一）", "三（一）", ...under("三（三）", 6), "四（二）1", "四（二）3", "四（三）"],
  "hunan-2021": ["一（二）", "二（一）", "二（二）", ...under("三（三）", 6), "四（一）3", ...under("四（二）", 6)],
  "shandong-2018": [
    ...["通知一", "通知二", "通知三", ...parts("方案二", "一二三"), "方案三", "方案四"],
    ...parts("方案五", "一二三四五六")
  ],
  gongzhuling: [
    ...["第二条", "第三条", ...parts("第五条", "一二三"), "第六条（三）", "第六条（八）", "第六条（十）", "第六条（十一）"],
    ...[...parts("第七条", "一二三四五六"), ...parts("第八条", "一二三"), "第九条（二）"]
  ],
  "hainan-2016": [...parts("一", "二三四"), "二", ...under("三（一）", 10), "缺（二）", "缺（三）"]
};

/** Clauses with no duty that data could show, each with its reason in the file. */
const NOT_COMPUTABLE: Readonly<Record<RegimeId, readonly string[]>> = {
  "mudan-2023": [
    ...["一（一）", "一（三）", "二（二）", ...under("二（二）", 4), "四（一）2", "四（一）3", "四（二）2", "四（二）4"]
  ],
  "hunan-2021": ["一（一）", "一（三）1", "一（三）2", ...under("二（二）", 4), "五（一）"],
  "shandong-2018": ["方案一", "方案六（三）"],
  gongzhuling: ["第一条", "第九条（一）", "第九条（三）", "第十条（一）"],
  "hainan-2016": ["一（一）", ...under("二（二）", 4), "缺（四）"]
};

describe("clauses of the five regimes", () => {
  it.each(IDS)("%s lists every numbered clause of its document, in order, and no other", (id) => {
    expect(clauseNumbers(id)).toEqual(READ[id]);
    expect(FIVE[id].clauses.map(({no}) => no)).toEqual(clauseNumbers(id));
  });

  it.each(IDS)("%s points only to what exists", (id) => {
    expect(regimeCheck(FIVE[id], KNOWN)).toEqual([]);
  });

  it.each(IDS)("%s makes at least the clauses computable that data can show", (id) => {
    const kinds = new Map(clauseCoverage(FIVE[id]).clauses.map(({clause, kind}) => [clause, kind]));
    for (const clause of LEAST[id]) expect(["参数", "检查", "页面", "导出", "数据表"], clause).toContain(kinds.get(clause));
  });

  it.each(IDS)("%s calls no clause not computable but those reviewed", (id) => {
    const {clauses, covered, total} = clauseCoverage(FIVE[id]);
    const given = clauses.filter(({kind}) => kind === "不可计算");
    expect(given.map(({clause}) => clause)).toEqual(NOT_COMPUTABLE[id]);
    for (const {why} of given) expect(why.length).toBeGreaterThan(4);
    expect([covered, total]).toEqual([READ[id].length - NOT_COMPUTABLE[id].length, READ[id].length]);
  });

  it.each(IDS)("%s gives a clause that it calls not computable no parameter", (id) => {
    for (const {clause, kind, parameters, checks} of clauseCoverage(FIVE[id]).clauses)
      if (kind === "不可计算") expect([parameters, checks], clause).toEqual([[], []]);
  });

  it.each(IDS)("%s has a clause for each of its checks", (id) => {
    const listed = new Set(clauseCoverage(FIVE[id]).clauses.flatMap(({checks}) => checks));
    expect(checksOf(FIVE[id], "2026-01-01").map((c) => c.id)).toEqual(CHECKS.map((c) => c.id).filter((c) => listed.has(c)));
  });

  it.each(IDS)("%s cites under 没有写明时间的事项 only clauses with a duty it reads so", (id) => {
    const {parameters} = FIVE[id];
    const others = new Set(Object.values(parameters).flatMap(({name, clause}) => (name === "undated" ? [] : citedClauses(clause))));
    for (const clause of citedClauses(parameters.undated?.clause ?? "—")) expect(others.has(clause), clause).toBe(true);
  });

  it("answers hainan's summons, loop, recording, archive and refusal, whose headings the extract lost", () => {
    const {clauses} = clauseCoverage(FIVE["hainan-2016"]);
    const found = (no: string) => clauses.find(({clause}) => clause === no);
    expect(found("缺（二）")?.checks).toEqual(["recording-missing", "not-archived", "summon-missing"]);
    expect(found("缺（二）")?.parameters).toContain("loop");
    expect(found("缺（三）")?.checks).toEqual(["not-cooperating", "refusing-to-rectify"]);
  });
});

describe("clauseCoverage", () => {
  it("says of each clause what answers it, which parameters cite it and which checks follow", () => {
    const {clauses} = clauseCoverage(FIVE["mudan-2023"]);
    const found = (no: string) => clauses.find(({clause}) => clause === no);
    expect(found("三（三）4")).toEqual({
      clause: "三（三）4",
      title: "十个工作日内形成报告",
      kind: "检查",
      target: "report-late",
      why: "巡查报告逾期或缺少",
      parameters: ["report", "report_to"],
      checks: ["report-late"]
    });
    expect(found("四（一）2")).toEqual({
      clause: "四（一）2",
      title: "经费与差旅费",
      kind: "不可计算",
      target: null,
      why: "经费保障，不在巡查数据之内",
      parameters: [],
      checks: []
    });
    expect(found("三（三）5")?.checks).toEqual([
      ...["feedback-late", "finding-not-told", "response-late", "major-not-listed", "major-not-reported"],
      ...["overdue-not-summoned", "clue-not-handed-over"]
    ]);
  });
});

describe("regimeCheck", () => {
  const point = (regime: Regime, answer: Clause["answer"]): Regime => ({
    ...regime,
    clauses: [{no: "第一条", title: "x", answer}]
  });
  const told = (kind: "parameter" | "check" | "page" | "export" | "table", target: string, regime = FIVE.gongzhuling) =>
    regimeCheck(point(regime, {kind, target}), KNOWN).map(({what, advice}) => `${what}；${advice}`);

  it.each(["parameter", "check", "page", "export", "table"] as const)("fails on a %s that does not exist", (kind) => {
    expect(told(kind, "没有的")).toHaveLength(1);
  });

  it("names the nearest", () => {
    expect(told("check", "team-sise")[0]).toContain("是否指 team-size？");
    expect(told("table", "finding.itme")).toHaveLength(1);
    expect(told("table", "finding.item")).toEqual([]);
  });

  it("fails on what exists elsewhere and not in this regime", () => {
    expect(told("parameter", "organisation")).toEqual(["条款第一条指向的参数 organisation 在本制度里没有写；请先写上这一项"]);
    expect(told("check", "site-time")).toEqual([
      "条款第一条指向的检查 site-time 在本制度里不存在；它依据参数 site_time；请先写上，或改指别处"
    ]);
    expect(told("check", "month-quota")).toEqual([]);
  });
});

describe("the catalogue of checks", () => {
  it("has each id once and needs only known parameters", () => {
    expect(new Set(CHECKS.map(({id}) => id)).size).toBe(CHECKS.length);
    for (const {needs} of CHECKS) for (const name of needs) expect(isParameter(name), name).toBe(true);
  });

  it("reads only columns of the contract", () => {
    for (const {id, reads} of CHECKS) for (const name of reads) expect(KNOWN.tables, `${id} ${name}`).toContain(name);
  });

  it("is needed somewhere: each check exists for one of the five regimes", () => {
    const existing = new Set(IDS.flatMap((id) => checksOf(FIVE[id], "2026-01-01").map((c) => c.id)));
    expect(CHECKS.map(({id}) => id).filter((id) => !existing.has(id))).toEqual([]);
  });

  it("exists for exactly the regimes that prescribe it", () => {
    const where = (check: string) => IDS.filter((id) => checksOf(FIVE[id], "2026-01-01").some((c) => c.id === check));
    expect(where("overdue-not-summoned")).toEqual(["mudan-2023"]);
    expect(where("stage-order")).toEqual(["hunan-2021"]);
    expect(where("county-coverage")).toEqual(["shandong-2018"]);
    expect(where("recusal-undeclared")).toEqual(["mudan-2023"]);
    expect(where("feedback-order")).toEqual(["hunan-2021", "shandong-2018"]);
    expect(where("organ-order")).toEqual(["mudan-2023"]);
    expect(where("month-quota")).toEqual(["gongzhuling"]);
    expect(where("five-in-place")).toEqual(["gongzhuling"]);
    expect(where("site-time")).toEqual(["shandong-2018"]);
    expect(where("recording-missing")).toEqual(["hunan-2021", "gongzhuling", "hainan-2016"]);
    expect(where("major-not-listed")).toEqual(["mudan-2023"]);
    expect(where("summon-missing")).toEqual(["gongzhuling", "hainan-2016"]);
    expect(where("enterprise-finding-told")).toEqual(["shandong-2018"]);
    expect(where("finding-not-told")).toEqual(["mudan-2023", "hunan-2021", "gongzhuling"]);
    expect(where("response-late")).toEqual(["mudan-2023", "hunan-2021", "shandong-2018"]);
    expect(where("not-cooperating")).toEqual([...IDS]);
  });

  it("does not exist before the document is in force, nor for what is only allowed", () => {
    expect(checksOf(FIVE["mudan-2023"], "2023-12-05")).toEqual([]);
    expect(checksOf(FIVE["mudan-2023"], "2023-12-06").length).toBeGreaterThan(20);
    expect(checksOf(FIVE["hunan-2021"], "2025-01-01").map(({id}) => id)).not.toContain("summon-missing");
  });
});
