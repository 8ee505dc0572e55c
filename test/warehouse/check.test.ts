import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Fault} from "../../src/fault.ts";
import {checksOf} from "../../src/regime/check-names.ts";
import {runChecks} from "../../src/warehouse/check.ts";
import {CaseBench} from "../law-cases.ts";

let bench: CaseBench;
beforeAll(async () => {
  bench = await CaseBench.open();
});
afterAll(() => bench.db.close());

const started = {started_on: "2025-03-03", ended_on: "2025-03-14"};

describe("runChecks", () => {
  it("refuses a check that the regime does not have, and names the nearest that it has", async () => {
    const law = await bench.build({regime: "mudan-2023", rows: {}});
    await expect(runChecks(bench.db, law, {only: "notice-misssing"})).rejects.toThrow("是否指 notice-missing？");
    const error = await runChecks(bench.db, law, {only: "county-coverage"}).catch((e: Fault) => e);
    expect(error).toMatchObject({exit: 2});
    expect(String(error)).toContain("《牡丹区安全生产巡查工作制度》没有检查 county-coverage");
  });

  it("says which columns the office's files lack, and judges nothing then", async () => {
    const law = await bench.build({regime: "mudan-2023", rows: {inspection: [started]}, without: ["inspection.notified_on"]});
    const [result] = await runChecks(bench.db, law, {only: "notice-missing"});
    expect(result).toMatchObject({missing: ["巡查·告知日期"], judged: 0, rows: 0, unknown: 0, sample: []});
    expect(await bench.db.value("select count(*) from check_row")).toBe(0);
  });

  it("counts what holds, what does not, and apart from both what cannot be judged", async () => {
    const inspection = [{...started, drawn: true}, {...started, drawn: false}, started, {...started, drawn: false}];
    const law = await bench.build({regime: "hainan-2016", rows: {inspection}});
    const [result] = await runChecks(bench.db, law, {only: "team-drawn"});
    expect(result).toMatchObject({judged: 3, rows: 2, unknown: 1, clause: "二", modality: "应当", grade: "违反", by: "办公室"});
  });

  it("grades a breach of 原则上 as a hint, with the readings that stand behind it", async () => {
    const law = await bench.build({regime: "mudan-2023", rows: {inspection: [started], member: [{role: "组长"}]}});
    const [result] = await runChecks(bench.db, law, {only: "team-size"});
    expect(result).toMatchObject({grade: "提示", modality: "原则上", word: "原则上…不少于", rows: 1});
    expect(result?.interpretations.map((i) => i.question)).toContain("聘请的专家是否计入每组人数");
  });

  it("gives rows in the order of their subjects, as many as asked for, with the row of the file they come from", async () => {
    const inspection = ["X3", "X1", "X2"].map((inspection_id) => ({...started, inspection_id}));
    const law = await bench.build({regime: "mudan-2023", rows: {inspection}});
    const [result] = await runChecks(bench.db, law, {only: "plan-missing", sample: 2});
    expect(result?.rows).toBe(3);
    expect(result?.sample.map((row) => [row.subject, row.source_file, row.source_row])).toEqual([
      ["X1", "inspection.csv", 3],
      ["X2", "inspection.csv", 4]
    ]);
    expect(await bench.db.list("select distinct check_id from check_row")).toEqual(["plan-missing"]);
  });
});

describe("the models of checks", () => {
  it.each(["mudan-2023", "hunan-2021", "shandong-2018", "gongzhuling", "hainan-2016"])(
    "run on an office without a row (%s)",
    async (regime) => {
      const law = await bench.build({regime, rows: {unit: []}});
      const results = await runChecks(bench.db, law);
      expect(results.map(({id}) => id)).toEqual(checksOf(law.regime, law.when.as_of).map(({id}) => id));
      for (const {id, missing, unknown} of results) expect({id, missing, unknown}).toEqual({id, missing: [], unknown: 0});
    }
  );
});
