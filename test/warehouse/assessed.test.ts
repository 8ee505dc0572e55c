import {describe, expect, it} from "vitest";
import {RESULTS} from "../../src/contract/result.ts";
import {assessDatabase, type SchemeAssessment} from "../../src/warehouse/assessed.ts";
import type {Database} from "../../src/warehouse/duckdb.ts";
import {scoreDatabase} from "../../src/warehouse/scored.ts";
import {readCalendar} from "../../src/workspace/calendar.ts";
import {findDefinition} from "../../src/workspace/workspace.ts";
import {openRows, openSchemes, type Rows} from "../facts.ts";

const CALENDAR = readCalendar(null);

/** What a test says otherwise than the defaults. */
interface Said {
  readonly regime: string;
  /** Scheme ids or texts. */
  readonly schemes: readonly string[];
  readonly as_of?: string;
  readonly year?: number;
  readonly round?: string | null;
}

/** Scores rows and assesses them; `look` sees the database before and after. */
async function assess<T = void>(
  rows: Rows,
  {regime, schemes, year = 2025, as_of = `${year}-12-31`, round = null}: Said,
  look: (db: Database, assessed: readonly SchemeAssessment[], before: unknown) => Promise<T> | T = () => undefined as T
): Promise<{assessed: readonly SchemeAssessment[]; seen: T}> {
  const db = await openRows(rows);
  try {
    const scoring = {
      ...(await openSchemes(regime, ...schemes)),
      calendar: CALENDAR,
      when: {as_of, decisions_until: as_of, known_at: null},
      known_at: `${as_of}T00:00:00+08:00`,
      year,
      round
    };
    const result = await scoreDatabase(db, scoring);
    const before = await trace(db);
    const assessed = await assessDatabase(db, scoring, result);
    return {assessed, seen: await look(db, assessed, before)};
  } finally {
    db.close();
  }
}

/** What a scored database says: to be the same after assessing. */
const trace = async (db: Database) => ({
  ledger: await db.list("select to_json(l)::varchar from ledger l order by unit_code, seq"),
  tally: await db.list("select to_json(t)::varchar from tally t order by all"),
  units: await db.list("select to_json(u)::varchar from unit_all u order by all"),
  as_of: await db.value(
    "select getvariable('as_of')::varchar || getvariable('period_from')::varchar || getvariable('extended_counts')::varchar"
  )
});

const unitsOf = (assessed: readonly SchemeAssessment[]) => assessed.flatMap((s) => s.units);
const text = (id: string) => findDefinition("schemes", id, null).text;

const inspection = (unit_code: string, ended_on: string, more: Readonly<Record<string, string>> = {}) => ({
  ...{inspection_id: `X-${unit_code}-${ended_on}`, unit_code, kind: "巡查", organiser_level: "省"},
  ...{started_on: `${ended_on.slice(0, 8)}01`, ended_on},
  ...more
});
const finding = (
  finding_id: string,
  of: {inspection_id: string; unit_code: string; ended_on: string},
  more: Readonly<Record<string, string>> = {}
) => ({
  ...{finding_id, inspection_id: of.inspection_id, unit_code: of.unit_code, layer: "党委政府", item: "2", severity: "一般"},
  ...{description: "演示", found_on: of.ended_on, source: "巡查"},
  ...more
});
const appraisal = (unit_code: string, year: number, item_code: string, full: number, points: number) => ({
  ...{unit_code, year, item_code, item_name: item_code, full, points}
});

describe("what each of the five regimes' schemes gives", () => {
  it("mudan: a reference beside the assessment, for towns and for departments", async () => {
    const {assessed} = await assess(
      {
        unit: [
          {unit_code: "990101", unit_name: "演示甲镇", unit_kind: "镇街"},
          {unit_code: "990201", unit_name: "演示区甲局", unit_kind: "部门"}
        ],
        inspection: [inspection("990101", "2025-03-10", {kind: "全面", organiser_level: "县级"})],
        appraisal: [appraisal("990101", 2025, "AQ-01", 30, 28), appraisal("990101", 2024, "AQ-01", 30, 3)]
      },
      {regime: "mudan-2023", schemes: ["mudan-2023-town", "mudan-2023-dept"]}
    );
    expect(unitsOf(assessed)).toMatchObject([
      {
        unit_code: "990101",
        score: "100.00",
        indicators: [{code: "AQ-03", force: "参考", clause: "四（三）", full: "10.00", points: "10.00", counts: false}],
        total: {full: "30.00", without: "28.00", with: "28.00"}
      },
      {unit_code: "990201", score: null, indicators: [{points: null, because: "本年度未巡查，按办法不评分"}], total: null}
    ]);
  });

  it("hunan: the score enters the assessment", async () => {
    const visited = inspection("990100", "2025-03-20", {kind: "综合"});
    const {assessed} = await assess(
      {
        unit: [{unit_code: "990100", unit_name: "演示市", unit_kind: "市州"}],
        inspection: [visited],
        finding: [finding("F1", visited, {item: "2"})],
        appraisal: [appraisal("990100", 2025, "HN-AQ-01", 30, 28)]
      },
      {regime: "hunan-2021", schemes: ["hunan-2021-region"]}
    );
    const [unit] = unitsOf(assessed);
    expect(unit).toMatchObject({indicators: [{code: "HN-AQ-05", force: "纳入", clause: "四（二）5", full: "15.00", counts: true}]});
    expect(unit?.indicators[0]?.points_milli).toBe(10 * Math.round((15 * (unit?.milli ?? 0)) / 1000));
    expect(unit?.total?.with_milli).toBe(28_000 + (unit?.indicators[0]?.points_milli ?? 0));
    expect(unit?.milli).toBeLessThan(100_000);
  });

  it("hainan: an important basis, taken from the last inspection when there was none this year", async () => {
    const last = inspection("990100", "2023-05-20");
    const {assessed} = await assess(
      {
        unit: [
          {unit_code: "990100", unit_name: "甲县", unit_kind: "市县"},
          {unit_code: "990200", unit_name: "乙县", unit_kind: "市县"}
        ],
        inspection: [last, inspection("990100", "2021-05-20"), inspection("990200", "2025-06-20")],
        finding: [finding("F1", last)]
      },
      {regime: "hainan-2016", schemes: ["hainan-2016-county"]}
    );
    expect(unitsOf(assessed)).toMatchObject([
      {
        unit_code: "990100",
        covered: "未巡查",
        source: "沿用上次",
        source_year: 2023,
        indicators: [{force: "依据", clause: "一（四）", awaits_acceptance: true, counts: false}]
      },
      {unit_code: "990200", covered: "已巡查", source: "本年巡查", source_year: 2025, score: "100.00"}
    ]);
    const [carried] = unitsOf(assessed);
    expect(carried?.milli).toBeLessThan(100_000);
    expect(carried?.indicators[0]?.because).toMatch(/^本年度未巡查，沿用2023年的结果：巡查得分/);
  });

  it("shandong: three items replaced where the city was inspected, and rectification counted beside", async () => {
    const visited = inspection("990100", "2018-03-30", {round_no: "1"});
    const codes = [
      ["A-01", 20, 19.5],
      ["A-02", 18, 16.25],
      ["A-06", 14, 13.25],
      ["A-09", 16, 14]
    ] as const;
    const {assessed} = await assess(
      {
        unit: [
          {unit_code: "990100", unit_name: "甲市", unit_kind: "设区市"},
          {unit_code: "990200", unit_name: "乙市", unit_kind: "设区市"}
        ],
        inspection: [visited],
        finding: [finding("F1", visited, {due_on: "2018-06-30"})],
        rectification: [{finding_id: "F1", stage: "完成", on_date: "2018-06-01", seq_no: 1}],
        appraisal: ["990100", "990200"].flatMap((unit) =>
          codes.map(([code, full, points]) => appraisal(unit, 2018, code, full, points))
        )
      },
      {regime: "shandong-2018", schemes: ["shandong-2018-city"], year: 2018, round: "1"}
    );
    const [first, second] = unitsOf(assessed);
    // One 一般 finding of content 2 costs 0.5 of 18; it was put right in time, so nothing is lost for rectification.
    expect(first?.indicators.map((i) => [i.code, i.item, i.own, i.inspected, i.points])).toEqual([
      ["A-02", "2", "16.25", "17.50", "17.50"],
      ["A-06", "6", "13.25", "14.00", "14.00"],
      ["A-09", "9", "14.00", "16.00", "16.00"],
      ["SD-AQ", null, null, null, "4.00"]
    ]);
    expect(first?.total).toMatchObject({full: "72.00", without: "67.00", with: "71.00"});
    expect(second?.indicators.map((i) => i.points)).toEqual(["16.25", "13.25", "14.00", null]);
    expect(second?.total).toMatchObject({full: "68.00", without: "63.00", with: "63.00"});
    expect(assessed[0]?.warnings).toEqual([expect.stringContaining("规则S-REC“巡查发现问题整改”的分值也在替代A-09的内容9里")]);
  });

  it("gongzhuling: towns are assessed, parks are not, in the regime's own words", async () => {
    const {assessed} = await assess(
      {
        unit: [
          {unit_code: "990401", unit_name: "甲镇", unit_kind: "镇街"},
          {unit_code: "990402", unit_name: "乙镇", unit_kind: "镇街"},
          {unit_code: "990451", unit_name: "甲园区", unit_kind: "园区"}
        ],
        inspection: ["990401", "990451"].map((unit) => inspection(unit, "2025-03-10", {kind: "暗访", organiser_level: "县级"}))
      },
      {regime: "gongzhuling", schemes: ["gongzhuling-town"]}
    );
    const units = unitsOf(assessed);
    expect(units.map((u) => [u.unit_kind, u.score, u.indicators.length])).toEqual([
      ["镇街", "100.00", 1],
      ["镇街", null, 1],
      ["园区", "100.00", 0]
    ]);
    expect(units[0]?.indicators[0]?.because).toMatch(/^巡视（暗访）得分100\.00分，按满分20\.00分折合20\.00分；计入考核得分/);
    expect(units[1]?.indicators[0]?.because).toBe("本年度未巡视（暗访），按办法不评分");
  });
});

describe("沿用上次", () => {
  const said = {regime: "hainan-2016", schemes: ["hainan-2016-county"]};
  const unit = [{unit_code: "990100", unit_name: "甲县", unit_kind: "市县"}];
  const because = async (rows: Rows, more: Partial<Said> = {}) =>
    unitsOf((await assess({unit, ...rows}, {...said, ...more})).assessed)[0]?.indicators[0]?.because;

  it("looks five years back and no further", async () => {
    expect(await because({inspection: [inspection("990100", "2020-05-20")]})).toMatch(/沿用2020年的结果/);
    expect(await because({inspection: [inspection("990100", "2019-05-20")]})).toBe("本年度未巡查，2020年以来没有可以沿用的结果");
  });

  it("does not reach behind the day the scheme took effect", async () => {
    const young = text("hainan-2016-county").replace("effective_from: 2017-01-01", "effective_from: 2024-01-01");
    const rows = {inspection: [inspection("990100", "2023-05-20")]};
    expect(await because(rows, {schemes: [young]})).toBe(
      "本年度未巡查，办法自2024-01-01起施行，不溯及以前；2024年以来没有可以沿用的结果"
    );
    expect(await because({inspection: [inspection("990100", "2024-05-20")]}, {schemes: [young]})).toMatch(/沿用2024年的结果/);
    const new_ = young.replace("effective_from: 2024-01-01", "effective_from: 2025-01-01");
    expect(await because(rows, {schemes: [new_]})).toBe("本年度未巡查，办法自2025-01-01起施行，不溯及以前；没有可以沿用的结果");
  });

  it("judges the earlier year by its own 31 December, with the decisions of today", async () => {
    const last = inspection("990100", "2024-12-20");
    // Due in 2025: it was not late yet on 31 December 2024, so that it costs nothing but itself.
    const rows = {
      inspection: [last],
      finding: [finding("F1", last, {due_on: "2025-01-31"})],
      judgement: [
        {unit_code: "990100", year: 2024, rule_id: "N3-2", points: "5", reason: "演示", judged_by: "甲", judged_on: "2025-02-01"}
      ]
    };
    const {assessed} = await assess({unit, ...rows}, said);
    const struck = {appeal_id: "A1", subject_kind: "问题", subject_id: "F1", unit_code: "990100", filed_on: "2025-02-01"};
    const decided = {...struck, decided_on: "2025-03-01", decision: "撤销", decided_by: "甲", grounds: "演示"};
    const {assessed: after} = await assess({unit, ...rows, appeal: [decided]}, said);
    const [[before], [now]] = [unitsOf(assessed), unitsOf(after)];
    expect(before?.indicators[0]?.provisional).toBe(false);
    expect(now?.milli).toBe(100_000);
    expect(before?.milli).toBeGreaterThanOrEqual(99_000);
    expect(before?.milli).toBeLessThan(100_000);
  });

  it("holds for a unit whose inspection has not ended yet, and replaces nothing", async () => {
    const open = {inspection_id: "X9", unit_code: "990100", kind: "巡查", organiser_level: "省", started_on: "2025-12-20"};
    expect(await because({inspection: [inspection("990100", "2024-05-20"), open]})).toMatch(
      /^本年度巡查尚未结束，沿用2024年的结果：/
    );
  });

  it("computes a single rule as it stood in that year", async () => {
    const rules = text("hainan-2016-county").replace("force: 依据}", "force: 依据, rule: N9-1, full: 6}");
    const tip = {
      tip_id: "T1",
      inspection_id: "X-990100-2024-05-20",
      unit_code: "990100",
      received_on: "2024-05-10",
      outcome: "查实"
    };
    const rows = {inspection: [inspection("990100", "2024-05-20")], tip: [tip]};
    // N9-1 costs 0.5 a confirmed tip, at most 3.
    expect(await because(rows, {schemes: [rules]})).toMatch(
      /^本年度未巡查，沿用2024年的结果：规则N9-1“举报查实”至多扣3\.00分，扣0\.50分，按满分6\.00分折合5\.00分/
    );
  });
});

describe("采用上级结果", () => {
  const scheme = text("mudan-2023-town").replace("uninspected: 不评分", "uninspected: 采用上级结果");
  const units = [
    {unit_code: "990101", unit_name: "甲镇", unit_kind: "镇街"},
    {unit_code: "990102", unit_name: "乙镇", unit_kind: "镇街"},
    {unit_code: "990103", unit_name: "丙镇", unit_kind: "镇街"}
  ];
  const above = inspection("990101", "2025-04-10", {kind: "全面", organiser_level: "省", extended_from: "省"});
  const rows = {
    unit: units,
    inspection: [
      above,
      inspection("990103", "2025-05-10", {kind: "全面", organiser_level: "县级"}),
      inspection("990102", "2024-05-10", {kind: "全面", organiser_level: "省", extended_from: "省"})
    ],
    finding: [finding("F1", {...above, ended_on: "2025-04-10"}, {layer: "部门", item: "6"})]
  };

  it("takes what the scheme gives when this year's inspection extended from above counts, and nothing else", async () => {
    const {assessed} = await assess(rows, {regime: "mudan-2023", schemes: [scheme]});
    const [first, second, third] = unitsOf(assessed);
    expect(first).toMatchObject({covered: "当年不再安排", source: "采用上级结果", source_year: 2025});
    expect(first?.milli).toBeLessThan(100_000);
    expect(first?.indicators[0]?.because).toMatch(/^本年度不再安排巡查，采用省级延伸巡查的结果：巡查得分/);
    expect(second).toMatchObject({score: null, indicators: [{because: "本年度未巡查，也没有上级延伸巡查的结果可以采用"}]});
    expect(third).toMatchObject({covered: "已巡查", source: "本年巡查", score: "100.00"});
  });

  it("works for a regime that knows neither cycles nor rounds", async () => {
    const town = text("gongzhuling-town").replace("uninspected: 不评分", "uninspected: 采用上级结果");
    const visited = inspection("990101", "2025-04-10", {kind: "暗访", organiser_level: "省", extended_from: "国务院"});
    const {assessed} = await assess({unit: units, inspection: [visited]}, {regime: "gongzhuling", schemes: [town]});
    expect(unitsOf(assessed).map((u) => u.source)).toEqual(["采用上级结果", null, null]);
    expect(unitsOf(assessed)[0]?.indicators[0]?.because).toMatch(/采用国务院延伸巡查的结果/);
  });
});

describe("assessing", () => {
  const last = inspection("990100", "2024-05-20");
  const rows: Rows = {
    unit: [
      {unit_code: "990100", unit_name: "甲县", unit_kind: "市县"},
      {unit_code: "990200", unit_name: "乙县", unit_kind: "市县"}
    ],
    inspection: [last, inspection("990200", "2025-05-20")],
    finding: [finding("F1", last), finding("F2", inspection("990200", "2025-05-20"))],
    appraisal: [appraisal("990200", 2025, "HI-AQ-01", 40, 38.25)]
  };
  const said = {regime: "hainan-2016", schemes: ["hainan-2016-county"]};

  it("changes nothing of what was scored, however many years it scores again", async () => {
    const {seen} = await assess(rows, said, async (db, _, before) => ({before, after: await trace(db)}));
    expect(seen.after).toEqual(seen.before);
    expect((seen.before as {ledger: unknown[]}).ledger.length).toBeGreaterThan(0);
  });

  it("leaves a table a person can ask, whose columns are those documented", async () => {
    const {seen} = await assess(rows, said, async (db) => ({
      columns: await db.rows<{table_name: string; column_name: string; data_type: string}>(
        "select table_name, column_name, data_type from information_schema.columns where table_name in ('assessment', 'assessment_total') order by table_name, ordinal_position"
      ),
      rows: await db.rows("select unit_code, code, points_milli, awaits_acceptance, source_year from assessment"),
      totals: await db.rows("select unit_code, full_milli, with_milli from assessment_total")
    }));
    for (const {name, columns} of RESULTS) {
      const found = seen.columns.filter((c) => c.table_name === name).map((c) => [c.column_name, c.data_type]);
      expect(found).toEqual(columns.map((c) => [c.name, c.type]));
    }
    expect(seen.rows).toMatchObject([
      {unit_code: "990100", code: "HI-AQ-04", awaits_acceptance: true, source_year: 2024},
      {unit_code: "990200", code: "HI-AQ-04", awaits_acceptance: true, source_year: 2025}
    ]);
    expect(seen.totals).toEqual([{unit_code: "990200", full_milli: 40_000, with_milli: 38_250}]);
  });

  it("leaves an empty table when no scheme speaks of the assessment", async () => {
    const silent = `${text("hainan-2016-county").split("\nassessment:")[0]}\n`;
    const {assessed, seen} = await assess(rows, {...said, schemes: [silent]}, (db) => db.rows("select * from assessment"));
    expect([assessed, seen]).toEqual([[], []]);
  });

  it("replaces nothing where the round's inspection was in an earlier year", async () => {
    const {assessed} = await assess(
      {
        unit: [{unit_code: "990100", unit_name: "甲市", unit_kind: "设区市"}],
        inspection: [inspection("990100", "2017-11-30", {round_no: "1"})],
        appraisal: [appraisal("990100", 2018, "A-02", 18, 16.25)]
      },
      {regime: "shandong-2018", schemes: ["shandong-2018-city"], year: 2018, round: "1"}
    );
    const [unit] = unitsOf(assessed);
    expect(unit).toMatchObject({covered: "已巡查", source: "本年巡查", score: "100.00"});
    expect(unit?.indicators[0]).toMatchObject({
      points: "16.25",
      inspected: null,
      because: "巡查不在本年度，不替代，仍按考核表的16.25分"
    });
  });

  it.each([
    ["the unit's own row", ["990100", "990200"], 12],
    ["its one predecessor's row when it has none itself", ["990200"], 11],
    ["no row of several predecessors", ["990200", "990300"], null]
  ])("takes %s for a unit that took others' place", async (_, codes, points) => {
    const merged = (unit_code: string) => ({
      unit_code,
      unit_name: unit_code,
      unit_kind: "市县",
      valid_to: "2025-03-01",
      successor_code: "990100"
    });
    const {assessed} = await assess(
      {
        unit: [{unit_code: "990100", unit_name: "甲县", unit_kind: "市县"}, merged("990200"), merged("990300")],
        appraisal: codes.map((code) => appraisal(code, 2025, "HI-AQ-01", 40, code === "990100" ? 12 : 11))
      },
      said
    );
    expect(unitsOf(assessed)[0]?.total?.with_milli ?? null).toBe(points === null ? null : points * 1000);
  });
});
