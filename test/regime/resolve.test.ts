import {describe, expect, it} from "vitest";
import {parseRegime} from "../../src/regime/parse.ts";
import {forUnit, interpretationsUsed, parameterOn, parametersOn} from "../../src/regime/resolve.ts";
import {FIVE, regimeText} from "./five.ts";

describe("parameterOn", () => {
  const on = parameterOn(FIVE["mudan-2023"]);

  it("is silent the day before the document, and speaks on the day itself", () => {
    expect(on("report", "2023-12-05")).toBeUndefined();
    expect(on("report", "2023-12-06")).toMatchObject({length: 10, unit: "workdays"});
  });

  it("takes the latest value not later than the day, and leaves announced ones alone", () => {
    const text = regimeText("mudan-2023").replace(
      "2023-12-06: {start: inspection.ended_on, length: 10, unit: workdays, done: inspection.reported_on}",
      "$&\n      2026-01-01: {start: inspection.ended_on, length: 7, unit: workdays}\n      2027-01-01: expected"
    );
    const changed = parseRegime(text, "a.yaml");
    expect(
      ["2025-12-31", "2026-01-01", "2027-01-01", "2030-01-01"].map((day) => parameterOn(changed)("report", day))
    ).toMatchObject([{length: 10}, {length: 7}, {length: 7}, {length: 7}]);
    const report = (day: string) => parametersOn(changed, day).find(({parameter}) => parameter.name === "report");
    expect(report("2026-06-30")).toMatchObject({from: "2026-01-01", expected: ["2027-01-01"]});
    expect(report("2027-01-01")?.expected).toEqual([]);
  });

  it("answers on any day where the document has no date", () => {
    expect(parameterOn(FIVE.gongzhuling)("year_quota", "1990-01-01")).toEqual({places: 100});
  });

  it("is undefined where the document is silent", () => {
    expect(on("site_time", "2025-01-01")).toBeUndefined();
  });
});

describe("forUnit", () => {
  const size = parameterOn(FIVE["shandong-2018"])("team_size", "2018-03-01");

  it("gives the units the document names their own limit", () => {
    expect(["济南市", "青岛市", "烟台市"].map((name) => (forUnit(size, name) as {max: number}).max)).toEqual([12, 12, 10]);
  });

  it("leaves a value that names no unit as it is", () => {
    expect(forUnit({min: 4}, "济南市")).toEqual({min: 4});
    expect(forUnit(undefined, "济南市")).toBeUndefined();
  });
});

describe("interpretationsUsed", () => {
  it("gives the interpretations behind the parameters named, each once", () => {
    const used = interpretationsUsed(FIVE["mudan-2023"], ["rectify_report", "publish", "rectify_report", "nothing"]);
    expect(used.map(({parameter, clause}) => [parameter, clause])).toEqual([["rectify_report", "三（三）5"]]);
  });
});
