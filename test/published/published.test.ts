import {beforeAll, describe, expect, it} from "vitest";
import type {CutOffs} from "../../src/warehouse/fact.ts";
import {type Published, runPublished} from "./published.ts";
import {ELMERI, JGJ59, SMS} from "./rows.ts";

// Every expected number is worked out by hand from the published text; the working stands beside it.

const on = (as_of: string): CutOffs => ({as_of, decisions_until: as_of, known_at: null});

/** What scheme check says of any scheme that no office has issued. */
const UNISSUED =
  "没有写文号（document_no）、印发机关（issued_by）、印发日期（issued_on）、施行日期（effective_from）；未正式印发的办法不能用于审定结果";

/** Score, grade and rank of units, as a table to read. */
function table({unit}: Published, ...codes: readonly string[]) {
  return codes.map((code) => {
    const {score, grade, rank} = unit(code);
    return [code, score, grade, rank];
  });
}

function expectSums({result, sums}: Published) {
  for (const {unit_code, milli} of result.schemes.flatMap((s) => s.units))
    expect([unit_code, sums.get(unit_code) ?? null]).toEqual([unit_code, milli]);
}

describe("the ELMERI index: correct observations of those observed", () => {
  let run: Published;
  beforeAll(async () => {
    run = await runPublished("elmeri", ELMERI, on("2025-12-31"));
  });

  it("passes scheme check with no more than the warning of a scheme that nobody issued", () => {
    expect(run.warnings).toEqual([UNISSUED]);
  });

  it("gives the index of every workplace, with ties, and the bounds 75 and 90 on their published sides", () => {
    expect(table(run, "W01", "W02", "W03", "W04", "W05", "W06", "W07", "W08", "W11", "W12")).toEqual([
      ["W01", "97.00", "高于90", 1], // 97 / (97 + 3) = 0.97
      ["W02", "90.00", "75至90", 5], // 90 / (90 + 10) = 0.90: not higher than 90; seven marks of no observation count nowhere
      ["W03", "75.00", "75至90", 7], // 75 / (75 + 25) = 0.75: not lower than 75
      ["W04", "74.79", "低于75", 8], // 89 / (89 + 30) = 89 / 119 = 0.7478991…
      ["W05", "66.67", "低于75", 9], // 2 / (2 + 1) = 0.6666…, out of 43 marks
      ["W06", "90.18", "高于90", 4], // 101 / (101 + 11) = 101 / 112 = 0.9017857…
      ["W07", "97.00", "高于90", 1], // 97 / 100 like W01: both first, the next is third
      ["W08", "96.00", "高于90", 3], // 96 / 100 in October; the 50 / 100 of March is an earlier round
      ["W11", "0.00", "低于75", 10], // 0 / (0 + 4)
      ["W12", "90.00", "75至90", 5] // 9 / (9 + 1): the tenth place has two findings and is one observation
    ]);
  });

  it("leaves a workplace where nothing could be observed without an index", () => {
    const {covered, score, grade, rank, items} = run.unit("W09"); // five marks of no observation: 0 / 0
    expect({covered, score, grade, rank}).toEqual({covered: "已巡查", score: null, grade: null, rank: null});
    expect(items).toEqual([{item: "1", full: "100.00", score: null, applies: false}]);
  });

  it("waits for a round that has not ended", () => {
    const {covered, score} = run.unit("W10");
    expect({covered, score}).toEqual({covered: "巡查中", score: null});
  });

  it("writes the two numbers into the ledger", () => {
    // 101 × 100000 ÷ 112 = 90178.57…, so 90179; the score is 90180, so 1 to round.
    expect(run.ledger("W06")).toEqual([
      "基础 1 0 巡查内容1从零计分",
      "比率 1 E1 90179 112处观察中101处正确",
      "取整 1 得分保留两位小数"
    ]);
    expectSums(run);
  });
});

describe("the Crash Indicator of the SMS: severity by recency by exposure, as a percentile of peers", () => {
  let run: Published;
  beforeAll(async () => {
    run = await runPublished("sms-crash", SMS, on("2025-12-26")); // the last Friday of the month, as SMS does
  });

  it("passes scheme check with no more than the warning of a scheme that nobody issued", () => {
    expect(run.warnings).toEqual([UNISSUED]);
  });

  it("weighs crashes on both sides of 6, 12 and 24 months, and ranks each against exactly five others", () => {
    // Measures, per unit of average power units × utilization factor (exposure is in thousandths of it):
    // A1: 1×3 (Nov 2025, tow) + 2×3 (26 June 2025: six months to the day, injury) = 9 ÷ 10 = 0.9
    // A2: 2×2 (25 June 2025: a day more than six months, injury) + 1×2 (26 Dec 2024: twelve months to the day) = 6 ÷ 10 = 0.6
    // A3: 2×1 (25 Dec 2024: a day more than twelve months, fatal) + (1+1)×1 (27 Dec 2023, tow and leak) = 4 ÷ 10 = 0.4
    // A4: (2+1)×3 (on the day itself, fatal and leak) + 1×3 (Aug 2025) + 1×2 (March 2025) = 14 ÷ 20 = 0.7
    // A5: 1×3 + 1×3 = 6 ÷ 10 = 0.6, a tie with A2
    // A6: 1×2 (Jan 2025) + 1×1 (June 2024) = 3 ÷ 15 = 0.2
    // Ascending: A6 0.2, A3 0.4, A2 and A5 0.6, A4 0.7, A1 0.9. Below, of five others: 0, 1, 2 and 2, 4, 5.
    expect(table(run, "A1", "A4", "A2", "A5", "A3", "A6")).toEqual([
      ["A1", "100.00", "达到干预阈值", 1], // 5/5
      ["A4", "80.00", "达到干预阈值", 2], // 4/5
      ["A2", "40.00", "未达阈值", 3], // 2/5
      ["A5", "40.00", "未达阈值", 3], // 2/5
      ["A3", "20.00", "未达阈值", 5], // 1/5
      ["A6", "0.00", "未达阈值", 6] // 0/5
    ]);
  });

  it("says the measure and the place in the ledger", () => {
    expect(run.ledger("A4")).toEqual(["基础 1 0 巡查内容1从零计分", "位次 1 CI 80000 指标0.0007，同组其他5家中4家低于它"]);
    expectSums(run);
  });

  it("asks for two crashes: one 24 months ago to the day is no longer there", () => {
    const {covered, score, grade, rank} = run.unit("A7"); // 7 July 2025 counts, 26 Dec 2023 does not: one crash
    expect({covered, score, grade, rank}).toEqual({covered: "已巡查", score: null, grade: null, rank: null});
  });

  it("gives no percentile without exposure, counts such a carrier as nobody's peer, and names it", () => {
    const {score, grade, rank} = run.unit("A8");
    expect({score, grade, rank}).toEqual({score: null, grade: null, rank: null});
    expect(run.result.warnings).toContain("没有监管对象数（exposure）的单位：A8；规则 CI 对它们不涉及");
  });

  it("gives no percentile among fewer than five others", () => {
    // Five straight-truck carriers: four others each.
    expect(["B01", "B02", "B03", "B04", "B05"].map((code) => run.unit(code).score)).toEqual([null, null, null, null, null]);
  });

  it("reaches the threshold at 65 itself", () => {
    // Twenty-one carriers, so k-1 of twenty others are below the k-th: 12/20 = 60, 13/20 = 65, 14/20 = 70.
    expect(table(run, "C13", "C14", "C15")).toEqual([
      ["C13", "60.00", "未达阈值", 9],
      ["C14", "65.00", "达到干预阈值", 8],
      ["C15", "70.00", "达到干预阈值", 7]
    ]);
  });

  it("cuts a percentile to a whole percent", () => {
    // Seven carriers, six others: 1/6 = 16.67, 2/6 = 33.33, 3/6 = 50, 4/6 = 66.67, 5/6 = 83.33.
    expect(["D01", "D02", "D03", "D04", "D05", "D06", "D07"].map((code) => run.unit(code).score)).toEqual([
      "0.00",
      "16.00",
      "33.00",
      "50.00",
      "66.00",
      "83.00",
      "100.00"
    ]);
  });
});

describe("JGJ 59-2011: a checklist of 100 points with vetoes, judged parts and missing parts", () => {
  let run: Published;
  beforeAll(async () => {
    run = await runPublished("jgj59", JGJ59, on("2025-12-31"));
  });

  it("passes scheme check, which thinks too much of it is judged", () => {
    // 10 + 15 + 10 + 10 + 10 + 6 + 10 + 10 + 10 + 5 = 96 points come from people.
    expect(run.warnings).toEqual(["评议共96分，超过满分的20%；请减少靠人打分的部分", UNISSUED]);
  });

  it("gives every site its sum and grade, on both sides of 80 and 70", () => {
    expect(table(run, "S01", "S09", "S08", "S10", "S06", "S02", "S03", "S04", "S05")).toEqual([
      ["S01", "100.00", "优良", 1],
      ["S09", "95.00", "优良", 2], // 文明施工 10 of 15; 施工用电 not yet judged and whole so far
      ["S08", "90.00", "不合格", 3], // 安全管理 0 of 10; vetoed
      ["S10", "90.00", "不合格", 3], // 施工用电 0 of 10; vetoed
      ["S06", "84.71", "优良", 6], // 72 of 85
      ["S02", "80.00", "优良", 7], // 9 + 12 + 8 + 8.5 + 8 + 6.5 + 7.5 + 8 + 8 + 4.5
      ["S03", "79.99", "合格", 8], // 9 + 12 + 8 + 8.49 + 8 + 6.5 + 7.5 + 8 + 8 + 4.5
      ["S04", "70.00", "合格", 9], // 7 + 10.5 + 7 × 7 + 3.5
      ["S05", "69.99", "不合格", 10] // 7 + 10.5 + 7 × 7 + 3.49
    ]);
    expectSums(run);
  });

  it("stops each row of the sheet at its own points", () => {
    // 高处作业 of S02: helmets 3 × 0.5 = 1.5, at most 1; harness 0.5; edges 1 + 0.5 = 1.5, at most 1; holes 2 × 0.5 = 1, just 1.
    // 10 − 1 − 0.5 − 1 − 1 = 6.5, and the other six rows lost nothing (6 of 6).
    expect(run.unit("S02").items.find((i) => i.item === "6")).toEqual({item: "6", full: "10.00", score: "6.50", applies: true});
    expect(run.ledger("S02").filter((line) => line.startsWith("封顶返还"))).toEqual([
      "封顶返还 6 B13-1 500 规则B13-1最多计1.00分",
      "封顶返还 6 B13-4 500 规则B13-4最多计1.00分"
    ]);
  });

  it("brings what was seen back to 100", () => {
    // S06 has no excavation (outside inspection.items) and no machinery (judged 不涉及): 100 − 10 − 5 = 85.
    // 9 + 13 + 8 + 8 + 9 + 9 + 8 + 8 = 72; 72 ÷ 85 × 100 = 84.70588…; 84706 − 72000 = 12706; shown 84.71, 4 to round.
    const {items, provisional} = run.unit("S06");
    expect(items.filter((i) => !i.applies).map((i) => [i.item, i.score])).toEqual([
      ["4", null],
      ["10", null]
    ]);
    expect(run.ledger("S06").slice(-2)).toEqual(["折算 12706 不涉及的内容不计，按85.00分折算为100分", "取整 4 得分保留两位小数"]);
    expect(provisional).toBe(false); // nobody has to judge an excavation that is not there
  });

  it("grades but does not rank a site of which under half was seen", () => {
    // S07: 8 + 12 + 8 + 4 = 32 of 10 + 15 + 10 + 5 = 40; 32 ÷ 40 × 100 = 80.
    expect(table(run, "S07")).toEqual([["S07", "80.00", "优良", null]]);
    expect(run.unit("S07").provisional).toBe(false);
  });

  it("gives no points for a sheet whose 保证项目 has none, and fails the site", () => {
    // S08: two such breaches cost the 10 points once; the judged point more cannot go below 0.
    expect(run.ledger("S08").filter((line) => / (ZERO-1|item:1|J1) /.test(line))).toEqual([
      "扣分 1 ZERO-1 -10000 保证项目未得分，安全管理不得分（G-09、G-10）",
      "封顶返还 1 item:1 1000 巡查内容1扣完为止",
      "评议 1 J1 -1000 分项检查评分表（评议9.00分，检查组评议、项目经理复核，2025-06-01）"
    ]);
    expect([...new Set(run.unit("S08").vetoes.map((v) => `${v.rule_id} ${v.effect}`))]).toEqual(["V1 等次不高于“不合格”"]);
  });

  it("knows a sheet judged at zero as a veto only where the team wrote it down", () => {
    // 5.0.2 fails both; a scheme cannot look at an item's points, so S11, without the finding, keeps 优良. Known limit.
    expect(table(run, "S10", "S11")).toEqual([
      ["S10", "90.00", "不合格", 3],
      ["S11", "90.00", "优良", 3]
    ]);
  });

  it("marks a site whose sheet is still to be judged", () => {
    const {provisional, provisional_because} = run.unit("S09");
    expect({provisional, provisional_because}).toEqual({provisional: true, provisional_because: ["施工用电评分（J7）尚未评议"]});
  });

  it("does not score a site nobody inspected, whatever was judged", () => {
    const {covered, score} = run.unit("S12");
    expect({covered, score}).toEqual({covered: "未巡查", score: null});
  });
});
