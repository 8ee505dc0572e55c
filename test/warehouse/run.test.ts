import {describe, expect, it} from "vitest";
import {resultDigest} from "../../src/warehouse/run.ts";
import {openSchemes, scoreRows} from "../facts.ts";
import {randomRows} from "../generate.ts";
import {EXTENDED} from "./extended.ts";

/** Appraisals of two units share item codes; one rule compares each unit's own. */
const SHARED = EXTENDED.slice(0, EXTENDED.indexOf("rules:")).concat(`rules:
  - id: P1
    item: "6"
    name: 考核项
    over: appraisal
    deduct: 1
    highest_of: year
`);

describe("a result's digest", () => {
  it("is the same from rows with words, without, and taken part by part", async () => {
    const rules = await openSchemes("mudan-2023", EXTENDED);
    await scoreRows(randomRows(7, {units: 30, findings: 240}), rules, async (db, {digest}) => {
      expect(await resultDigest(db, "ledger")).toBe(digest);
      expect(await resultDigest(db, "ledger_key", 20)).toBe(digest);
      expect(await resultDigest(db, "ledger", 7)).toBe(digest);
    });
  });
});

describe("a row given back", () => {
  it("is given back once, where another unit has a row of the same number", async () => {
    const rules = await openSchemes("mudan-2023", SHARED);
    const codes = ["990101", "990102"];
    const rows = {
      unit: codes.map((unit_code) => ({unit_code, unit_name: "演示镇", unit_kind: "镇街"})),
      inspection: codes.map((unit_code) => ({
        inspection_id: `X${unit_code}`,
        unit_code,
        kind: "全面",
        organiser_level: "县级",
        started_on: "2025-03-01",
        ended_on: "2025-03-10"
      })),
      appraisal: codes.flatMap((unit_code) =>
        ["A-01", "A-02"].map((item_code) => ({unit_code, year: 2025, item_code, item_name: "演示项", full: 10, points: 5}))
      )
    };
    await scoreRows(rows, rules, async (db, {schemes}) => {
      const returned = "select unit_code, subject, milli from ledger where kind = '择高返还' order by all";
      expect(await db.rows(returned)).toEqual(codes.map((unit_code) => ({unit_code, subject: "A-02", milli: 1000})));
      expect(schemes[0]?.units.map((u) => u.score)).toEqual(["99.00", "99.00"]);
    });
  });
});
