import * as fc from "fast-check";
import {describe, expect, it} from "vitest";
import {type Appraised, type AssessedUnit, type AssessmentUse, assessUnits, type UsedResult} from "../../src/score/assessment.ts";
import {ruleShare, scaled} from "../../src/score/assessment-share.ts";
import type {Plan, TallyRow, UnitScore} from "../../src/score/types.ts";

const PLAN: Plan = {
  scheme: "s",
  start: "full",
  items: [{no: "6", title: null, full_milli: 20_000}],
  rules: [{id: "R", item: "6", name: "整改率", measure: "ratio", cap_milli: null, grade_at_most: null}],
  caps: [],
  bonus_cap_milli: null,
  grades: [{name: "好", from_milli: 0}]
};

const INDICATOR = {code: "AQ-03", name: "安全生产巡查", full_milli: 10_000};

const use = (more: Partial<AssessmentUse> = {}): AssessmentUse => ({
  ...{what: "巡查情况", force: "纳入", clause: "四（三）", unit_kinds: ["镇街"], map: [], rule: null, full_milli: 10_000},
  ...more
});

const REPLACING = use({force: "替代", map: [{code: "A-07", item: "6"}], full_milli: null});

const score = (milli: number | null, more: Partial<UnitScore> = {}): UnitScore => ({
  ...{unit_code: "990101", unit_name: "演示甲镇", unit_kind: "镇街", peer_group: null, covered: "已巡查", covered_because: null},
  ...{score: milli === null ? null : (milli / 1000).toFixed(2), milli, grade: null, rank: null, provisional: false},
  ...{provisional_because: [], vetoes: [], items: [{item: "6", full: "20.00", score: "13.335", applies: true}]},
  ...more
});

function given(milli: number | null, more: Partial<AssessedUnit> & {tally?: readonly TallyRow[]} = {}): AssessedUnit {
  const {tally = [], ...rest} = more;
  const unit = rest.unit ?? score(milli);
  const result: UsedResult = {source: "本年巡查", year: 2025, level: null, score: unit, tally};
  return {unit, inspected_in_year: true, result, none: "", appraised: [], ...rest};
}

const one = (uses: readonly AssessmentUse[], unit: AssessedUnit, plan = PLAN) => {
  const [assessed] = assessUnits(plan, {indicator: INDICATOR, uses}, [unit]);
  if (!assessed) throw new Error("one unit in, one out");
  return assessed;
};
const first = (uses: readonly AssessmentUse[], unit: AssessedUnit) => one(uses, unit).indicators[0];

const row = (raw_milli: number, more: Partial<TallyRow> = {}): TallyRow => ({
  ...{unit_code: "990101", rule_id: "R", bucket: "", n: 1, num: null, den: null, raw_milli},
  ...more
});
const appraised = (item_code: string, full_milli: number, points_milli: number): Appraised => ({
  ...{item_code, item_name: item_code, full_milli, points_milli}
});

describe("points of an indicator", () => {
  it.each([
    [10_000, 89_400, 8940],
    [10_000, 89_450, 8950],
    [10_000, 89_440, 8940],
    [15_000, 78_780, 11_820],
    [4000, 0, 0],
    [10_000, 100_000, 10_000]
  ])("of %i with a score of %i are %i, half a hundredth rounded up", (full, milli, points_milli) => {
    expect(first([use({full_milli: full})], given(milli))).toMatchObject({points_milli, full_milli: full});
  });

  it("are exact where a number would not be", () => {
    expect(scaled(999_999_990, 99_999, 100_000)).toBe(999_989_990);
    fc.assert(
      fc.property(
        fc.integer({min: 1, max: 1e9}),
        fc.integer({min: 0, max: 1e6}),
        fc.integer({min: 1, max: 1e6}),
        (full, num, den) => {
          const twice = 2n * 10n * BigInt(den) * (BigInt(scaled(full, num, den)) / 10n);
          const distance = twice - 2n * BigInt(full) * BigInt(num);
          const half = 10n * BigInt(den);
          expect(distance > -half && distance <= half).toBe(true);
        }
      )
    );
  });

  it("round away from zero on both sides of it, and know no divisor of zero", () => {
    expect([scaled(1, 5, 1), scaled(1, -5, 1), scaled(1, 4, 1)]).toEqual([10, -10, 0]);
    expect(() => scaled(1, 1, 0)).toThrow("除数应大于0");
  });

  it("never exceed its full points: what a bonus brings above 100 is not counted, and that is said", () => {
    const found = first([use()], given(101_500));
    expect(found).toMatchObject({points: "10.00", because: expect.stringContaining("加分超出100分的部分不计")});
  });

  it("are none for a score that is none, with the reason", () => {
    expect(first([use()], given(null))).toMatchObject({points: null, counts: false, because: "各项巡查内容均不涉及，没有得分"});
    const none = given(null, {result: null, none: "本年度未巡查，按办法不评分"});
    expect(one([use()], none)).toMatchObject({score: null, source: null, indicators: [{points: null, because: none.none}]});
  });
});

describe("the force of a use", () => {
  it("参考 travels beside and changes nothing", () => {
    const assessed = one([use({force: "参考"})], given(89_400, {appraised: [appraised("AQ-01", 30_000, 28_000)]}));
    expect(assessed.indicators).toMatchObject([
      {points: "8.94", counts: false, because: "巡查得分89.40分，按满分10.00分折合8.94分；仅供参考，不计入考核得分"}
    ]);
    expect(assessed.total).toMatchObject({full: "30.00", without: "28.00", with: "28.00", awaiting: "0.00"});
  });

  it("纳入 counts, whatever else was filled in, and says so", () => {
    const rows = [appraised("AQ-01", 30_000, 28_000), appraised("AQ-03", 10_000, 9200)];
    const assessed = one([use()], given(89_400, {appraised: rows}));
    expect(assessed.indicators[0]).toMatchObject({
      counts: true,
      own: "9.20",
      because: expect.stringContaining("计入考核得分（考核表另填9.20分，不计，请核对）")
    });
    expect(assessed.total).toMatchObject({full: "40.00", without: "36.94", with: "36.94"});
  });

  it("依据 waits for the assessment office: nothing is added before", () => {
    const assessed = one([use({force: "依据"})], given(89_400, {appraised: [appraised("AQ-01", 30_000, 28_000)]}));
    expect(assessed.indicators[0]).toMatchObject({points: "8.94", counts: false, awaits_acceptance: true});
    expect(assessed.indicators[0]?.because).toContain("考核办采纳前不计入");
    expect(assessed.total).toMatchObject({full: "30.00", without: "28.00", awaiting: "8.94"});
  });

  it("依据 counts as the assessment office entered it", () => {
    const rows = [appraised("AQ-01", 30_000, 28_000), appraised("AQ-03", 10_000, 9000)];
    const assessed = one([use({force: "依据"})], given(89_400, {appraised: rows}));
    expect(assessed.indicators[0]).toMatchObject({points: "8.94", counts: true, awaits_acceptance: false, own: "9.00"});
    expect(assessed.indicators[0]?.because).toContain("考核办已评定9.00分，以评定为准");
    expect(assessed.total).toMatchObject({full: "40.00", without: "37.00", awaiting: "0.00"});
  });

  it("替代 shows both values and both sums", () => {
    const rows = [appraised("A-07", 18_000, 16_250), appraised("A-08", 10_000, 9000)];
    const assessed = one([REPLACING], given(50_000, {appraised: rows}));
    expect(assessed.indicators).toMatchObject([
      {code: "A-07", item: "6", full: "18.00", own: "16.25", inspected: "12.00", points: "12.00", counts: true}
    ]);
    expect(assessed.total).toMatchObject({full: "28.00", without: "25.25", with: "21.00"});
  });

  it.each([
    ["not inspected in the year itself", {inspected_in_year: false}, "巡查不在本年度，不替代，仍按考核表的16.25分"],
    [
      "without this item in the inspection",
      {unit: score(50_000, {items: [{item: "6", full: "20.00", score: null, applies: false}]})},
      "巡查内容6不涉及该单位，仍按考核表的16.25分"
    ],
    [
      "not inspected at all",
      {unit: score(null, {covered: "未巡查"}), result: null, inspected_in_year: false},
      "本年度未巡查，不替代，仍按考核表的16.25分"
    ]
  ])("替代 leaves a unit %s with its own points", (_, more, because) => {
    const assessed = one([REPLACING], given(50_000, {appraised: [appraised("A-07", 18_000, 16_250)], ...more}));
    expect(assessed.indicators).toMatchObject([{points: "16.25", inspected: null, because}]);
    expect(assessed.total).toMatchObject({without: "16.25", with: "16.25"});
  });

  it("替代 takes no result of another year or level", () => {
    const unit = given(50_000, {appraised: [appraised("A-07", 18_000, 16_250)]});
    const carried = {...unit, result: unit.result && {...unit.result, source: "沿用上次" as const, year: 2023}};
    expect(first([REPLACING], carried)).toMatchObject({points: "16.25", inspected: null});
  });

  it("替代 has nothing to scale when the assessment has no such row", () => {
    const assessed = one([REPLACING], given(50_000));
    expect(assessed.indicators).toMatchObject([
      {code: "A-07", full: null, points: null, counts: false, because: "年度考核表里没有该单位A-07这一项，无从替代"}
    ]);
    expect(assessed.total).toBeNull();
  });

  it("reaches only the kinds of units that its use names", () => {
    const assessed = one([use({unit_kinds: ["部门"]})], given(89_400));
    expect(assessed.indicators).toEqual([]);
  });
});

describe("a use of one rule", () => {
  const RULE = {id: "R", name: "整改率", most_milli: 4000};
  const ofRule = (full_milli = 6000) => use({rule: RULE, full_milli});

  it("gives its share of what the rule can lose, and vetoes do not reach it", () => {
    const vetoes = [{rule_id: "V", name: "瞒报", effect: "得分不高于0.00分", subject: null}];
    const found = first([ofRule()], given(0, {tally: [row(-1000)], unit: score(0, {vetoes})}));
    expect(found).toMatchObject({points: "4.50", rule_id: "R"});
    expect(found?.because).toBe(
      "规则R“整改率”至多扣4.00分，扣1.00分，按满分6.00分折合4.50分；否决或降等不改变单条规则的得分；计入考核得分"
    );
  });

  it.each([
    ["nothing lost", [], "6.00"],
    ["rows given back by 择高返还", [row(-3000), row(1000, {bucket: "returned"})], "3.00"],
    ["rows counted apart by weight and repeat", [row(-1000, {bucket: "w:交办"}), row(-1000, {bucket: "n:2"})], "3.00"],
    ["more lost than it can", [row(-9000)], "0.00"]
  ])("counts %s", (_, tally, points) => expect(first([ofRule()], given(50_000, {tally}))).toMatchObject({points}));

  it.each([
    ["the rule is 不涉及", [row(0, {bucket: "na"})], "规则R“整改率”不涉及该单位"],
    ["its item leaves", [row(0, {rule_id: "item:6", bucket: "na"})], "规则R“整改率”不涉及该单位"],
    ["it waits for a judgement", [row(0, {bucket: "pending"})], "规则R“整改率”尚未评议"]
  ])("gives nothing when %s", (_, tally, because) => {
    expect(first([ofRule()], given(50_000, {tally}))).toMatchObject({points: null, counts: false, because});
  });

  it("earns from zero where the scheme starts at zero", () => {
    const unit = given(50_000, {tally: [row(3000)]});
    const result = unit.result as UsedResult;
    expect(ruleShare({...PLAN, start: "zero"}, RULE, result)).toEqual({
      num: 3000,
      den: 4000,
      words: "规则R“整改率”至多得4.00分，得3.00分"
    });
  });
});

describe("a sentence", () => {
  const from = (more: Partial<UsedResult>, covered: UnitScore["covered"] = "未巡查") => {
    const unit = given(88_000, {unit: score(null, {covered}), inspected_in_year: false});
    return first([use()], {
      ...unit,
      result: {source: "本年巡查", year: 2025, level: null, score: score(88_000), tally: [], ...more}
    })?.because;
  };

  it("names the year a result was taken from", () =>
    expect(from({source: "沿用上次", year: 2023})).toBe(
      "本年度未巡查，沿用2023年的结果：巡查得分88.00分，按满分10.00分折合8.80分；计入考核得分"
    ));

  it("names the level a result was taken from", () =>
    expect(from({source: "采用上级结果", level: "省级"}, "当年不再安排")).toMatch(
      /^本年度不再安排巡查，采用省级延伸巡查的结果：巡查得分88\.00分/
    ));

  it("says that a score is provisional, and why", () => {
    const unit = given(0, {unit: score(88_000, {provisional: true, provisional_because: ["1件异议复核尚未决定"]})});
    expect(first([use()], unit)).toMatchObject({
      provisional: true,
      because: expect.stringMatching(/；得分暂定（1件异议复核尚未决定）$/)
    });
  });

  it("uses the regime's own word for an inspection", () => {
    const [assessed] = assessUnits(PLAN, {indicator: INDICATOR, uses: [use()]}, [given(88_000)], "巡视（暗访）");
    expect(assessed?.indicators[0]?.because).toMatch(/^巡视（暗访）得分88\.00分/);
  });
});

describe("several uses", () => {
  it("stand side by side: items replaced and one rule counted", () => {
    const rows = [appraised("A-07", 18_000, 16_250), appraised("A-08", 10_000, 9000)];
    const uses = [REPLACING, use({what: "整改情况", rule: {id: "R", name: "整改率", most_milli: 4000}, full_milli: 4000})];
    const assessed = one(uses, given(50_000, {appraised: rows, tally: [row(-1000)]}));
    expect(assessed.indicators.map((i) => [i.use, i.code, i.points])).toEqual([
      [1, "A-07", "12.00"],
      [2, "AQ-03", "3.00"]
    ]);
    expect(assessed.total).toMatchObject({full: "32.00", without: "28.25", with: "24.00"});
  });

  it("never give more than the indicator, to the hundredth, whatever the scores", () => {
    fc.assert(
      fc.property(fc.integer({min: 0, max: 120_000}), fc.integer({min: 1, max: 1_000_000}), (milli, full_milli) => {
        const points = first([use({full_milli})], given(milli))?.points_milli ?? 0;
        expect(points).toBeGreaterThanOrEqual(0);
        expect(points).toBeLessThanOrEqual(full_milli + 5);
      })
    );
  });
});
