import {describe, expect, it} from "vitest";
import {parseScheme} from "../../src/scheme/parse.ts";
import {schemeWarnings} from "../../src/scheme/warn.ts";
import {BASE, expression, regimeOf} from "./support.ts";

/** Warnings of the small scheme after some replacements. */
async function warnings(...changes: [string, string][]): Promise<string[]> {
  let text = BASE;
  for (const [before, after] of changes) {
    expect(text).toContain(before);
    text = text.replace(before, after);
  }
  const regime = regimeOf(text);
  return schemeWarnings(await parseScheme(text, "base.yaml", {regime, expression}), regime).map((w) => w.what);
}

const OTHER = `  - id: B1`;

function rule(body: string): [string, string] {
  return [OTHER, `  - id: X1\n    item: "6"\n    name: 另一条\n    breach: 三（二）6\n    basis: 第九条\n${body}\n${OTHER}`];
}

describe("schemeWarnings", () => {
  it("has nothing to say of a careful scheme", async () => expect(await warnings()).toEqual([]));

  it("warns of two rules that can charge one finding twice", async () => {
    const said = await warnings(rule("    over: finding\n    where: layer = '部门' and severity = '一般'\n    deduct: 1"));
    expect(said).toEqual(["规则 X1 与 R1、R2 可能对同一对象重复扣分；请写相同的 highest_of，或使条件互不重叠"]);
  });

  it("is silent about conditions that exclude each other", async () => {
    const change: [string, string] = [
      "where: days_overdue > 0 and severity <> '重大'",
      "where: days_overdue > 0 and layer = '企业'"
    ];
    const said = await warnings(change, rule("    over: finding\n    where: layer = '部门' and item = '4'\n    deduct: 1"), [
      "where: layer <> '企业'",
      "where: layer <> '企业' and (item = '6' or item like '6.%')"
    ]);
    expect(said).toEqual([]);
  });

  it("is silent about rules over other rows, ratios and once", async () => {
    expect(await warnings(rule("    over: accident\n    where: liable\n    deduct: 1"))).toEqual([]);
    expect(await warnings(rule("    over: finding\n    where: layer = '企业'\n    once: true\n    deduct: 1"))).toEqual([]);
  });

  it("warns of findings in enterprises charged to a unit without bound or fault", async () => {
    const uncapped: [string, string][] = [
      ["caps:\n  - {id: C6, rules: [R1, R2], cap: 10}\n", ""],
      ["    cap: 5\n", ""]
    ];
    expect(await warnings(...uncapped)).toEqual([
      "规则 R1 把企业的问题记到被巡查单位，没有封顶也不看责任认定；请写 cap、条件 fault，或改按点位比率"
    ]);
    expect(await warnings(...uncapped, ["and severity <> '重大'", "and fault = '属地监管'"])).toEqual([]);
  });

  it("warns when people give more than a fifth of the points", async () => {
    expect(await warnings(["judge: {from: 0, to: 5}", "judge: {from: 0, to: 20.5}"])).toEqual([
      "评议共20.5分，超过满分的20%；请减少靠人打分的部分"
    ]);
    expect(await warnings(["judge: {from: 0, to: 5}", "judge: {from: 0, to: 20}"])).toEqual([]);
  });

  it("warns when more than two fifths may be 不涉及", async () => {
    expect(await warnings(['{no: "6", full: 60}', '{no: "6", full: 60, applies: exposure > 0}'])).toEqual([
      "可能不涉及的内容共60分，超过满分的40%；折算后单位之间难以相比"
    ]);
    expect(await warnings(['{no: "4", full: 40}', '{no: "4", full: 40, applies: exposure > 0}'])).toEqual([]);
  });

  it("warns of tips that nobody has confirmed", async () => {
    const said = "规则 X1 对未查实的举报也计分；请在 where 中写 outcome = '查实'";
    expect(await warnings(rule("    over: tip\n    deduct: 1"))).toEqual([said]);
    expect(await warnings(rule("    over: tip\n    where: outcome <> '不实'\n    deduct: 1"))).toEqual([said]);
    expect(await warnings(rule("    over: tip\n    where: outcome = '查实'\n    deduct: 1"))).toEqual([]);
    expect(await warnings(rule("    over: tip\n    where: is_confirmed\n    deduct: 1"))).toEqual([]);
  });

  it("warns when lateness is not charged in the year it fell due", async () => {
    expect(await warnings(["    year_by: due_on\n    where", "    where"])).toEqual([
      "规则 R1 用到 days_overdue，却不按整改期限归年；请写 year_by: due_on，未到期的问题才会结转"
    ]);
    expect(await warnings(["    year_by: due_on\n    ratio", "    ratio"])).toEqual([
      "规则 R3 用到 is_due，却不按整改期限归年；请写 year_by: due_on，未到期的问题才会结转"
    ]);
    expect(await warnings(["    year_by: due_on\n    where", "    window: all\n    where"])).toEqual([]);
  });

  it("warns of a breach that is no clause of the regime", async () => {
    expect(await warnings(["breach: 三（二）4", "breach: 三（二）44"])).toEqual([
      "规则 R5 的 breach“三（二）44”不在制度 mudan-2023 的条款里；条款见 xunheng regime clauses mudan-2023"
    ]);
    expect(await warnings(["    breach: 三（二）4\n", ""])).toEqual(["规则 R5 没有写违反制度的哪一条（breach）；请补上条款号"]);
    expect(await warnings(["breach: 三（二）4", "breach: 三（二）4、三（三）5"])).toEqual([]);
  });

  it("warns of points that an item cannot hold", async () => {
    expect(await warnings(["points: 10}", "points: 50}"])).toEqual(["规则 R3 最多50分，超过内容 4 的满分40；超出部分不起作用"]);
  });

  it("warns of a scheme that was not issued, or not in time", async () => {
    expect(await warnings(["issued_on: 2023-12-20\n", ""], ["document_no: 样例〔2023〕99号\n", ""])).toEqual([
      "没有写文号（document_no）、印发日期（issued_on）；未正式印发的办法不能用于审定结果"
    ]);
    expect(await warnings(["effective_from: 2024-01-01", "effective_from: 2023-01-01"])).toEqual([
      "施行日期2023-01-01早于印发日期2023-12-20；办法不溯及既往"
    ]);
  });
});
