import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {CaseBench, type CheckCase} from "../law-cases.ts";

type Cell = string | number | boolean | null;
type Rows = CheckCase["rows"];
type Given = Parameters<CaseBench["build"]>[0];

let bench: CaseBench;
beforeAll(async () => {
  bench = await CaseBench.open();
});
afterAll(() => bench?.db.close());

/** Rows of a coverage table for some input rows. */
async function ask(given: Given, sql: string): Promise<Record<string, Cell>[]> {
  await bench.build(given);
  return bench.db.rows(sql);
}

const mudan = (rows: Rows, as_of: string, rest: Partial<Given> = {}): Given => ({regime: "mudan-2023", rows, as_of, ...rest});
const ended = (started_on: string, ended_on: string | null, rest: Readonly<Record<string, Cell>> = {}) => ({
  ...{kind: "全面", started_on, ended_on},
  ...rest
});
const town = (unit_code: string, rest: Readonly<Record<string, Cell>> = {}) => ({
  ...{unit_code, unit_name: `${unit_code}镇`, unit_kind: "镇街"},
  ...rest
});

describe("coverage_unit", () => {
  const states = (given: Given) =>
    ask(
      given,
      "select unit_code, stretch_from, stretch_to, state, covered_on, next_by from coverage_unit order by stretch_from, unit_code"
    );

  it("covers a unit from the day its inspection ended, within the cycle, neither the day before nor the day after", async () => {
    const rows = {inspection: [ended("2023-12-25", "2023-12-31")]};
    const cycle = {unit_code: "U1", stretch_from: "2024-01-01", stretch_to: "2025-12-31"};
    const open = {...cycle, state: "未巡查", covered_on: null, next_by: "2025-12-31"};
    expect(await states(mudan(rows, "2024-01-01"))).toEqual([open]);
    const first = {inspection: [ended("2023-12-25", "2024-01-01")]};
    expect(await states(mudan(first, "2024-01-01"))).toEqual([
      {...cycle, state: "已巡查", covered_on: "2024-01-01", next_by: null}
    ]);
    const last = {inspection: [ended("2025-12-25", "2025-12-31")]};
    expect(await states(mudan(last, "2025-12-30"))).toEqual([{...open, state: "巡查中"}]);
    expect(await states(mudan(last, "2025-12-31"))).toEqual([{...cycle, state: "已巡查", covered_on: "2025-12-31", next_by: null}]);
  });

  it("counts an inspection that ended the day after the cycle for the next one", async () => {
    const rows = {inspection: [ended("2025-12-25", "2026-01-01")]};
    expect(await states(mudan(rows, "2026-01-01", {year: 2026}))).toEqual([
      {
        ...{unit_code: "U1", stretch_from: "2026-01-01", stretch_to: "2027-12-31"},
        ...{state: "已巡查", covered_on: "2026-01-01", next_by: null}
      }
    ]);
    const past = await states(mudan(rows, "2026-01-01", {year: 2025}));
    expect(past.map((r) => [r.stretch_from, r.state, r.next_by])).toEqual([
      ["2024-01-01", "巡查中", "2025-12-31"],
      ["2026-01-01", "已巡查", null]
    ]);
  });

  it("takes cycles from their own start, through leap years, and none before it", async () => {
    const parameters = {cycle: {years: 1, start: "2024-02-29"}};
    const spans = async (as_of: string) =>
      (await states(mudan({}, as_of, {parameters}))).map((r) => [r.stretch_from, r.stretch_to, r.state]);
    expect(await spans("2025-12-31")).toEqual([
      ["2024-02-29", "2025-02-27", "未巡查"],
      ["2025-02-28", "2026-02-27", "未巡查"]
    ]);
    expect((await spans("2028-02-29")).at(-1)).toEqual(["2028-02-29", "2029-02-27", "未巡查"]);
    expect(await spans("2024-02-29")).toEqual([["2024-02-29", "2025-02-27", "未巡查"]]);
    const before = await ask(
      mudan({}, "2024-02-28", {parameters}),
      "select parameter, stretch_from, is_owed, next_by from coverage_unit"
    );
    expect(before).toEqual([{parameter: null, stretch_from: "2024-01-01", is_owed: false, next_by: null}]);
  });

  it("asks a unit that came during the cycle by its end, and says that it is new", async () => {
    const rows = {unit: [town("A"), town("B", {valid_from: "2025-06-01"}), town("C", {valid_from: "2026-01-01"})]};
    const found = await ask(
      mudan(rows, "2025-12-31"),
      "select unit_code, is_new, came_on, next_by from coverage_unit order by unit_code"
    );
    expect(found).toEqual([
      {unit_code: "A", is_new: false, came_on: null, next_by: "2025-12-31"},
      {unit_code: "B", is_new: true, came_on: "2025-06-01", next_by: "2025-12-31"}
    ]);
  });

  it("does not take a unit for new that changed its name", async () => {
    const rows = {unit: [town("A", {valid_to: "2025-06-01"}), town("A", {unit_name: "甲街道", valid_from: "2025-06-01"})]};
    const found = await ask(mudan(rows, "2025-12-31"), "select unit_name, is_new, went_on from coverage_unit");
    expect(found).toEqual([{unit_name: "甲街道", is_new: false, went_on: null}]);
  });

  it("covers the heir by an inspection of the unit that was merged into it, and lists that unit as gone", async () => {
    const rows = {
      unit: [town("A"), town("B", {valid_to: "2025-07-01", successor_code: "A"})],
      inspection: [ended("2024-05-01", "2024-05-10", {unit_code: "B"})]
    };
    const sql =
      "select unit_code, state, is_owed, covered_on, went_on, merged_into, merged_name from coverage_unit order by unit_code";
    const heir = {unit_code: "A", state: "已巡查", is_owed: true, covered_on: "2024-05-10", went_on: null};
    expect(await ask(mudan(rows, "2025-12-31"), sql)).toEqual([
      {...heir, merged_into: null, merged_name: null},
      {
        ...{unit_code: "B", state: "已撤并", is_owed: false, covered_on: "2024-05-10", went_on: "2025-07-01"},
        ...{merged_into: "A", merged_name: "A镇"}
      }
    ]);
    const before = await ask(mudan(rows, "2025-06-30"), sql);
    expect(before.map((r) => [r.unit_code, r.state, r.merged_into])).toEqual([
      ["A", "未巡查", null],
      ["B", "已巡查", null]
    ]);
  });

  it("exempts a unit that a higher level or a 专项 came to first that year, and not one that came to later", async () => {
    const extended = (started_on: string) =>
      ended(started_on, started_on, {inspection_id: "E", extended_from: "省", organiser_level: "省"});
    const sql = "select state, exempt_id, exempt_on, exempt_because, extended_by from coverage_unit";
    const one = async (inspection: Rows[string], rest: Partial<Given> = {}) =>
      (await ask(mudan({inspection}, "2025-12-31", rest), sql))[0];
    expect(await one([extended("2025-04-14")])).toEqual({
      ...{state: "当年不再安排", exempt_id: "E", exempt_on: "2025-04-14", extended_by: "省"},
      exempt_because: "省级当年已延伸巡查（三（一））"
    });
    const own = ended("2025-03-01", "2025-03-10", {inspection_id: "O"});
    expect(await one([own, extended("2025-04-14")])).toEqual({
      ...{state: "已巡查", exempt_id: null, exempt_on: null, exempt_because: null, extended_by: "省"}
    });
    const after = await one([ended("2025-06-01", "2025-06-05"), extended("2025-04-14")]);
    expect(after).toMatchObject({state: "已巡查", exempt_id: "E"});
    expect(await one([extended("2024-04-14")])).toMatchObject({state: "未巡查", exempt_because: null, extended_by: null});
    expect(await one([ended("2025-02-17", "2025-02-21", {kind: "专项"})])).toMatchObject({
      ...{state: "当年不再安排", exempt_because: "当年已安排专项巡查（三（一））", extended_by: null}
    });
  });

  it("exempts only kinds of units that the clause names", async () => {
    const rows = {
      unit: [town("A", {unit_kind: "市州"}), town("B", {unit_kind: "部门"})],
      inspection: ["A", "B"].map((unit_code) =>
        ended("2025-04-14", "2025-04-25", {
          unit_code,
          inspection_id: unit_code,
          kind: "综合",
          extended_from: "国务院",
          organiser_level: "国务院"
        })
      )
    };
    const found = await ask(
      {regime: "hunan-2021", rows, as_of: "2025-12-31"},
      "select unit_code, state, extended_by from coverage_unit order by 1"
    );
    expect(found).toEqual([
      {unit_code: "A", state: "当年不再安排", extended_by: "国务院"},
      {unit_code: "B", state: "未巡查", extended_by: "国务院"}
    ]);
  });

  it("shows the year where the document has no cycle, and owes nothing", async () => {
    const rows = {
      unit: [town("A", {unit_kind: "市州"}), town("B", {unit_kind: "市州"}), town("E", {unit_kind: "企业"})],
      inspection: [ended("2025-03-03", "2025-03-21", {kind: "机动", unit_code: "A"})]
    };
    const found = await ask(
      {regime: "hunan-2021", rows, as_of: "2025-06-30"},
      "select unit_code, parameter, clause, stretch_from, stretch_to, state, is_owed, next_by, rank_next from coverage_unit order by unit_code"
    );
    const year = {
      parameter: null,
      clause: null,
      stretch_from: "2025-01-01",
      stretch_to: "2025-12-31",
      is_owed: false,
      next_by: null
    };
    expect(found).toEqual([
      {unit_code: "A", ...year, state: "已巡查", rank_next: null},
      {unit_code: "B", ...year, state: "未巡查", rank_next: 1}
    ]);
  });

  it("shows the year of kinds that the cycle is not for, and owes nothing of them", async () => {
    const rows = {
      unit: [town("A"), town("B", {unit_kind: "部门"}), town("C", {unit_kind: "部门"})],
      inspection: [
        ended("2025-03-03", "2025-03-21", {unit_code: "B"}),
        ended("2025-04-03", "2025-04-21", {unit_code: "C", kind: "专项", inspection_id: "2"})
      ]
    };
    const found = await ask(
      mudan(rows, "2025-12-31"),
      "select unit_code, parameter, state, is_owed, next_by from coverage_unit order by unit_code"
    );
    expect(found).toEqual([
      {unit_code: "A", parameter: "cycle", state: "未巡查", is_owed: true, next_by: "2025-12-31"},
      {unit_code: "B", parameter: null, state: "已巡查", is_owed: false, next_by: null},
      {unit_code: "C", parameter: null, state: "当年不再安排", is_owed: false, next_by: null}
    ]);
  });

  it("ranks who is next: never inspected first, then the longest ago, exempt ones last, nobody who is covered or under way", async () => {
    const rows = {
      unit: ["A", "B", "C", "D", "E", "F"].map((code, i) => town(code, {sort_order: i})),
      inspection: [
        ended("2023-05-01", "2023-05-10", {unit_code: "A", inspection_id: "1"}),
        ended("2022-05-01", "2022-05-10", {unit_code: "B", inspection_id: "2"}),
        ended("2024-05-01", "2024-05-10", {unit_code: "D", inspection_id: "3"}),
        ended("2025-05-01", null, {unit_code: "E", inspection_id: "4"}),
        ended("2025-02-17", "2025-02-21", {unit_code: "F", inspection_id: "5", kind: "专项"})
      ]
    };
    const found = await ask(
      mudan(rows, "2025-06-30"),
      "select unit_code, last_ended_on from coverage_unit where rank_next is not null order by rank_next"
    );
    expect(found).toEqual([
      {unit_code: "C", last_ended_on: null},
      {unit_code: "B", last_ended_on: "2022-05-10"},
      {unit_code: "A", last_ended_on: "2023-05-10"},
      {unit_code: "F", last_ended_on: null}
    ]);
  });

  it("names the next inspection planned and not begun", async () => {
    const plan = (inspection_id: string, planned_from: string, started_on: string | null = null) => ({
      ...{inspection_id, kind: "全面", planned_from, started_on}
    });
    const inspection = [
      plan("P0", "2025-05-01"),
      plan("P1", "2025-09-01"),
      plan("P2", "2025-08-01"),
      plan("P3", "2025-07-01", "2025-06-30")
    ];
    const found = await ask(mudan({inspection}, "2025-06-30"), "select planned_id, planned_from, under_way_id from coverage_unit");
    expect(found).toEqual([{planned_id: "P2", planned_from: "2025-08-01", under_way_id: "P3"}]);
    const late = await ask(mudan({inspection: [plan("P0", "2025-05-01")]}, "2025-06-30"), "select planned_id from coverage_unit");
    expect(late).toEqual([{planned_id: "P0"}]);
  });

  it("counts what a higher level extended only where the regime says so", async () => {
    const inspection = [ended("2025-04-14", "2025-04-18", {extended_from: "市", organiser_level: "市"})];
    const state = async (extended_counts: boolean) =>
      (
        await ask(mudan({inspection}, "2025-12-31", {parameters: {cycle: {extended_counts}}}), "select state from coverage_unit")
      )[0];
    expect(await state(false)).toEqual({state: "当年不再安排"});
    expect(await state(true)).toEqual({state: "已巡查"});
  });
});

describe("coverage_round", () => {
  const named_units = {济南市: "C1", 淄博市: "C5"};
  const unit = [
    town("C1", {unit_kind: "设区市"}),
    town("C5", {unit_kind: "设区市"}),
    town("X1", {unit_name: "东县", unit_kind: "县区", parent_code: "C1"}),
    town("X2", {unit_name: "西县", unit_kind: "县区", parent_code: "C1"}),
    town("X3", {unit_name: "旧县", unit_kind: "县区", parent_code: "C1", valid_to: "2018-01-01"}),
    town("T1", {unit_kind: "镇街", parent_code: "X1"})
  ];
  const made = (
    unit_code: string,
    started_on: string | null,
    ended_on: string | null,
    rest: Readonly<Record<string, Cell>> = {}
  ) => ({
    ...{inspection_id: `I-${unit_code}`, unit_code, kind: "巡查", round_no: "1", started_on, ended_on},
    ...rest
  });
  const build = (rows: Rows, as_of = "2018-12-31"): Given => ({
    ...{regime: "shandong-2018", as_of, year: 2018, named_units},
    rows: {unit, ...rows}
  });

  it("follows each unit named by the document, in the month of its group", async () => {
    const rows = {inspection: [made("C1", "2018-03-31", "2018-04-27"), made("C5", "2018-06-01", null)]};
    const found = await ask(
      build(rows),
      "select unit_name, held_name, month, inspection_id, ended_on, in_month from coverage_round where unit_code is not null order by group_no, place_no"
    );
    expect(found).toEqual([
      {unit_name: "济南市", held_name: "C1镇", month: "2018-03", inspection_id: "I-C1", ended_on: "2018-04-27", in_month: true},
      {unit_name: "淄博市", held_name: "C5镇", month: "2018-05", inspection_id: "I-C5", ended_on: null, in_month: false}
    ]);
    const others = await bench.db.value("select count(*) from coverage_round where unit_code is null and inspection_id is null");
    expect(Number(others)).toBe(6);
    const units = await bench.db.rows("select unit_code, state, next_by, stretch_no from coverage_unit order by 1");
    expect(units).toEqual([
      {unit_code: "C1", state: "已巡查", next_by: null, stretch_no: 1},
      {unit_code: "C5", state: "巡查中", next_by: "2018-05-31", stretch_no: 2}
    ]);
  });

  it("takes no other round's inspection and no look back for the round's", async () => {
    const rows = {
      inspection: [
        made("C1", "2018-03-05", "2018-03-30", {round_no: "2"}),
        made("C5", "2018-05-07", "2018-05-31", {kind: "回头看"})
      ]
    };
    const found = await ask(
      build(rows),
      "select unit_code, inspection_id from coverage_round where unit_code is not null order by 1"
    );
    expect(found.map((r) => r.inspection_id)).toEqual([null, null]);
  });

  it("counts counties in use below the city, seen by a visit or a finding there or below", async () => {
    const visit = [{inspection_id: "I-C1", unit_code: "T1", visited_on: "2018-03-10"}];
    const inspection = [made("C1", "2018-03-05", "2018-03-30")];
    const sql = "select counties, counties_seen, counties_missing from coverage_round where unit_code = 'C1'";
    expect(await ask(build({inspection, visit}), sql)).toEqual([{counties: 2, counties_seen: 1, counties_missing: "西县"}]);
    const finding = [{inspection_id: "I-C1", unit_code: "X2", found_on: "2018-03-11"}];
    expect(await ask(build({inspection, visit, finding}), sql)).toEqual([{counties: 2, counties_seen: 2, counties_missing: null}]);
  });
});

describe("coverage_visit", () => {
  it("says of each inspection whether it is over, under way, planned or overdue to begin, whoever made it", async () => {
    const inspection = [
      ended("2025-03-03", "2025-03-07", {inspection_id: "1", team_no: "第1组"}),
      ended("2025-06-29", null, {inspection_id: "2"}),
      {inspection_id: "3", kind: "全面", planned_from: "2025-07-01", planned_to: "2025-07-05"},
      {inspection_id: "4", kind: "全面", planned_from: "2025-06-01", planned_to: "2025-06-29"},
      ended("2025-04-14", "2025-04-18", {inspection_id: "5", extended_from: "市", organiser_level: "市"}),
      ended("2023-03-03", "2023-03-07", {inspection_id: "6"})
    ];
    const found = await ask(
      mudan({inspection}, "2025-06-30"),
      "select inspection_id, state, counts, extended_from from coverage_visit order by 1"
    );
    expect(found).toEqual([
      {inspection_id: "1", state: "已结束", counts: true, extended_from: null},
      {inspection_id: "2", state: "巡查中", counts: true, extended_from: null},
      {inspection_id: "3", state: "计划", counts: true, extended_from: null},
      {inspection_id: "4", state: "过期未进驻", counts: true, extended_from: null},
      {inspection_id: "5", state: "已结束", counts: false, extended_from: "市"}
    ]);
  });
});
