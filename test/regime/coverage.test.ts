import {describe, expect, it} from "vitest";
import {CHECKS} from "../../src/regime/check-names.ts";
import {clauseCoverage, KNOWN, regimeCheck} from "../../src/regime/coverage.ts";
import {isParameter} from "../../src/regime/parameters.ts";
import {citedClauses} from "../../src/regime/references.ts";
import {clauseNumbers, FIVE, IDS} from "./five.ts";

describe("clauses of the five regimes", () => {
  it.each(IDS)("%s lists every numbered clause of its document, in order", (id) => {
    expect(FIVE[id].clauses.map(({no}) => no)).toEqual(clauseNumbers(id));
  });

  it.each(IDS)("%s points only to what exists", (id) => {
    expect(regimeCheck(FIVE[id], KNOWN)).toEqual([]);
  });

  it.each(IDS)("%s gives a clause that it calls not computable no parameter", (id) => {
    const cited = new Set(Object.values(FIVE[id].parameters).flatMap(({clause}) => citedClauses(clause)));
    for (const {no, answer} of FIVE[id].clauses) if (answer.kind === "不可计算") expect(cited.has(no), no).toBe(false);
  });
});

describe("clauseCoverage", () => {
  it("counts the clauses that something answers, and says what", () => {
    const {clauses, covered, total} = clauseCoverage(FIVE["mudan-2023"]);
    expect(total).toBe(34);
    expect(covered).toBe(clauses.filter(({kind}) => kind !== "不可计算").length);
    expect(clauses.find(({clause}) => clause === "三（三）4")).toEqual({
      clause: "三（三）4",
      title: "十个工作日内形成报告",
      kind: "parameter",
      target: "report",
      why: "巡查报告"
    });
    expect(clauses.find(({clause}) => clause === "四（一）2")).toMatchObject({
      kind: "不可计算",
      target: null,
      why: "经费保障，不在巡查数据之内"
    });
  });
});

describe("regimeCheck", () => {
  const point = (answer: object) => ({...FIVE.gongzhuling, clauses: [{no: "第一条", title: "x", answer: answer as never}]});

  it("complains of names that nothing has, and of parameters this regime has not", () => {
    expect(regimeCheck(point({kind: "check", target: "team-sise"}), KNOWN)[0]?.advice).toBe("是否指 team-size？");
    expect(regimeCheck(point({kind: "table", target: "finding.itme"}), KNOWN)).toHaveLength(1);
    expect(regimeCheck(point({kind: "table", target: "finding.item"}), KNOWN)).toEqual([]);
    expect(regimeCheck(point({kind: "parameter", target: "organisation"}), KNOWN)[0]?.what).toBe(
      "条款第一条指向的参数 organisation 在本制度里没有写"
    );
  });
});

describe("the catalogue of checks", () => {
  it("has each id once and needs only known parameters", () => {
    expect(new Set(CHECKS.map(({id}) => id)).size).toBe(CHECKS.length);
    for (const {needs} of CHECKS) for (const name of needs) expect(isParameter(name), name).toBe(true);
  });

  it("is needed somewhere: each check exists for one of the five regimes", () => {
    for (const {id, needs} of CHECKS)
      expect(
        IDS.some((one) => needs.every((name) => FIVE[one].parameters[name])),
        id
      ).toBe(true);
  });
});
