import {describe, expect, test} from "vitest";
import {byUrgency, type Checked, complianceText, outcome} from "../../src/components/regime/checks.ts";
import {answerHref} from "../../src/components/regime/clause-list.ts";
import {type Comparison, compared, comparisonCounts} from "../../src/components/regime/comparison.ts";

const check = (id: string, rest: Partial<Checked> = {}): Checked => ({
  ...{id, title: id, subject_kind: "巡查", by: "巡查组", clause: "一", modality: "应当", word: null, grade: "违反"},
  ...{judged: 5, rows: 0, unknown: 0, missing: [], sample: [], interpretations: []},
  ...rest
});

describe("what came of a check", () => {
  test("a column that nobody keeps is 没有数据, one left blank is 无从判断, nothing to look at is said", () => {
    expect(outcome(check("a", {missing: ["巡查·影像留存"], judged: 0}))).toBe("没有数据");
    expect(outcome(check("a", {judged: 0, unknown: 3}))).toBe("无从判断");
    expect(outcome(check("a", {judged: 0}))).toBe("没有可看的");
    expect(outcome(check("a"))).toBe("未发现");
    expect(outcome(check("a", {rows: 1}))).toBe("违反");
    expect(outcome(check("a", {rows: 1, grade: "提示"}))).toBe("提示");
  });

  test("what needs a person comes first, the rest in the document's order", () => {
    const checks = [
      check("a"),
      check("b", {rows: 1, grade: "提示"}),
      check("c", {missing: ["x"]}),
      check("d", {rows: 2}),
      check("e")
    ];
    expect(byUrgency(checks).map((c) => c.id)).toEqual(["d", "b", "c", "a", "e"]);
    expect(complianceText(checks)).toBe("程序检查5项，1项有违反（2处）、1项有提示（1处），1项没有数据");
    expect(complianceText([check("a")])).toBe("程序检查1项，没有发现违反");
    expect(complianceText([])).toBe("制度没有可以用数据检查的程序要求");
  });
});

describe("documents side by side", () => {
  const cell = (regime: string) => ({regime, clause: "一", modality: "应当", lines: [regime]});
  const comparison: Comparison = {
    regimes: ["a", "b", "c"].map((id) => ({id, title: id, since: null})),
    parameters: [
      {name: "shared", title: "共有", cells: [cell("a"), cell("b"), null]},
      {name: "alone", title: "独有", cells: [null, cell("b"), null]},
      {name: "lacking", title: "没有", cells: [cell("a"), null, cell("c")]},
      {name: "elsewhere", title: "别处", cells: [cell("a"), null, null]}
    ]
  };

  test("the office's own comes first, the others after it, cells in the same order", () => {
    const {regimes, rows} = compared(comparison, "b", null);
    expect(regimes.map((r) => r.id)).toEqual(["b", "a", "c"]);
    expect(rows[0]?.cells.map((c) => c?.regime ?? null)).toEqual(["b", "a", null]);
    expect(comparisonCounts(rows)).toEqual({shared: 1, alone: 1, lacking: 2});
  });

  test("with one other document, what neither says is left out", () => {
    const {regimes, rows} = compared(comparison, "b", "c");
    expect(regimes.map((r) => r.id)).toEqual(["b", "c"]);
    expect(rows.map((r) => r.name)).toEqual(["shared", "alone", "lacking"]);
  });
});

test("every kind of answer leads to where it stands, and what stands nowhere is no link", () => {
  expect(answerHref("页面", "coverage")).toBe("./coverage.html");
  expect(answerHref("页面", "regime")).toBe("#document");
  expect(answerHref("检查", "report-late")).toBe("#check=report-late");
  expect(answerHref("参数", "report")).toBe("#parameter-report");
  expect(answerHref("参数", "items")).toBe("#items");
  expect(answerHref("参数", "organisation")).toBe("#powers");
  expect(answerHref("导出", "ledger")).toBeNull();
  expect(answerHref("数据表", "member.rank")).toBeNull();
});
