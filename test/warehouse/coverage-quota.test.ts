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

const town = (unit_code: string, rest: Readonly<Record<string, Cell>> = {}) => ({
  ...{unit_code, unit_name: `${unit_code}镇`, unit_kind: "镇街"},
  ...rest
});

describe("coverage_quota", () => {
  const build = (rows: Rows, as_of = "2025-03-15"): Given => ({regime: "gongzhuling", rows, as_of});
  const visit = (visited_on: string, rest: Readonly<Record<string, Cell>> = {}) => ({visited_on, ...rest});
  const inspection = [{inspection_id: "X1", kind: "暗访", started_on: "2025-01-06", ended_on: "2025-01-06", team_no: "1"}];
  const months = (given: Given) =>
    ask(
      given,
      "select stretch_from, need, have, reached_on from coverage_quota where parameter = 'month_quota' order by stretch_from"
    );

  it("counts a trip number once a month, and again in another month", async () => {
    const trips = [visit("2025-01-06", {trip_no: "1"}), visit("2025-01-07", {trip_no: "1"}), visit("2025-01-31", {trip_no: "2"})];
    expect(await months(build({inspection, visit: [...trips, visit("2025-02-01", {trip_no: "2"})]}))).toEqual([
      {stretch_from: "2025-01-01", need: 4, have: 2, reached_on: null},
      {stretch_from: "2025-02-01", need: 4, have: 1, reached_on: null},
      {stretch_from: "2025-03-01", need: 4, have: 0, reached_on: null}
    ]);
  });

  it("counts a day of a team without a number as one, an inspection without visits too, and says when the last needed one was", async () => {
    const four = ["2025-01-08", "2025-01-08", "2025-01-20", "2025-01-21"].map((day) => visit(day));
    const more = [{inspection_id: "X2", kind: "暗访", started_on: "2025-01-22", ended_on: "2025-01-22", team_no: "1"}];
    const found = await months(build({inspection: [...inspection, ...more], visit: four}, "2025-01-31"));
    expect(found).toEqual([{stretch_from: "2025-01-01", need: 4, have: 4, reached_on: "2025-01-22"}]);
    const same = await months(
      build({inspection: [...inspection, {...more[0], started_on: "2025-01-21"}], visit: four}, "2025-01-31")
    );
    expect(same.map((r) => r.have)).toEqual([3]);
  });

  it("does not count what lies after the day, nor what a higher level did", async () => {
    const extended = {inspection_id: "X2", kind: "暗访", started_on: "2025-01-08", extended_from: "省", organiser_level: "省"};
    const rows = {
      inspection: [...inspection, extended],
      visit: [visit("2025-01-06"), visit("2025-02-01"), visit("2025-01-08", {inspection_id: "X2"})]
    };
    expect((await months(build(rows, "2025-01-31"))).map((r) => r.have)).toEqual([1]);
  });

  it("counts one 户 once however often it is visited, by its code or else its name", async () => {
    const code = "91370000MA3C0LKJ1X";
    const rows = {
      inspection,
      visit: [
        visit("2025-01-06", {place_name: "甲厂", credit_code: code}),
        visit("2025-01-07", {place_name: "甲厂有限公司", credit_code: code}),
        visit("2025-01-07", {place_name: "乙店"}),
        visit("2025-02-07", {place_name: "乙店"}),
        visit("2024-12-31", {place_name: "丙店"})
      ]
    };
    const found = await ask(
      {...build(rows), parameters: {year_quota: {places: 2}}},
      "select stretch_from, stretch_to, need, have, reached_on, word from coverage_quota where parameter = 'year_quota'"
    );
    expect(found).toEqual([
      {stretch_from: "2025-01-01", stretch_to: "2025-12-31", need: 2, have: 2, reached_on: "2025-01-07", word: "户"}
    ]);
  });

  it("counts a unit once towards the yearly share, on the day its first inspection of the year ended", async () => {
    const rows = {
      unit: [town("A", {unit_kind: "市县"}), town("B", {unit_kind: "市县"}), town("C", {unit_kind: "镇街"})],
      inspection: [
        {inspection_id: "1", unit_code: "C", kind: "巡查", started_on: "2025-01-06", ended_on: "2025-01-10"},
        {inspection_id: "2", unit_code: "A", kind: "巡查", started_on: "2025-03-03", ended_on: "2025-03-21"},
        {inspection_id: "3", unit_code: "A", kind: "巡查", started_on: "2025-05-06", ended_on: "2025-05-21"},
        {inspection_id: "4", unit_code: "B", kind: "巡查", started_on: "2024-12-02", ended_on: "2024-12-31"}
      ]
    };
    const found = await ask(
      {regime: "hainan-2016", rows, as_of: "2025-12-31"},
      "select parameter, need, have, reached_on, word from coverage_quota"
    );
    expect(found).toEqual([{parameter: "yearly_share", need: 1, have: 1, reached_on: "2025-03-21", word: "个"}]);
  });
});
