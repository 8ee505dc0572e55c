import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {factType} from "../../src/contract/fact.ts";
import {tableNamed} from "../../src/contract/index.ts";
import {quotedString} from "../../src/sql.ts";
import type {Database} from "../../src/warehouse/duckdb.ts";
import {modelSql} from "../../src/warehouse/model.ts";
import {openRows, openSchemes, type Rows, scoreRows, WHEN} from "../facts.ts";

const PLACE = {source_file: "x", inspection_id: "X1"};
const BASE: Rows = {
  unit: [{unit_code: "990101", unit_name: "演示甲镇", unit_kind: "镇街", peer_group: "镇域组"}],
  inspection: [
    {
      inspection_id: "X1",
      unit_code: "990101",
      kind: "全面",
      organiser_level: "县级",
      started_on: "2025-03-03",
      ended_on: "2025-03-14"
    }
  ],
  finding: ["W1", "W2"].map((finding_id) => ({
    ...{finding_id, inspection_id: PLACE.inspection_id, unit_code: "990101", layer: "部门", item: "1", severity: "一般"},
    ...{description: "没有整改台账", found_on: "2025-03-04"}
  }))
};
const ANSWER = {
  ...{unit_code: "990101", year: 2025, rule_id: "R1", subject_kind: "问题", subject: "W1", digest: "ZY-1"},
  ...{answer: "异议", answered_on: "2026-01-06", reason: "当天已改"}
};

describe("an objection in 扣分确认", () => {
  let rules: Awaited<ReturnType<typeof openSchemes>>;
  let db: Database;
  afterAll(() => db.close());
  beforeAll(async () => {
    db = await openRows(BASE);
    rules = await openSchemes("mudan-2023", "mudan-2023-town");
  });

  /** Appeals that wait for a decision: the tables hold these rows and no others. */
  async function pending(confirmation: Rows[string], appeal: Rows[string] = [], when = WHEN) {
    await db.set("year", 2025, "bigint");
    await db.set("decisions_until", when.decisions_until, "date");
    for (const [name, rows] of Object.entries({confirmation, appeal})) {
      await db.run(`delete from ${name}_version`);
      if (rows.length > 0)
        await db.run(`insert into ${name}_version by name select '${name}.csv' as source_file, * from (
          select unnest(from_json(${quotedString(JSON.stringify(rows))}, '[${JSON.stringify(typesOf(name, rows))}]'), recursive := true))`);
    }
    await db.run(modelSql("fact/objection"));
    return db.rows(
      `select * exclude (batch_id, source_row) from appeal_stated where decided_on is null and filed_on <= date '${when.decisions_until}' order by appeal_id`
    );
  }
  const idsOf = async (...args: Parameters<typeof pending>) => (await pending(...args)).map((r) => r.appeal_id);
  const OWN = {appeal_id: "YY1", subject_kind: "问题", subject_id: "W1", unit_code: "990101", filed_on: "2026-01-06"};

  it("waits for a decision like any 异议, under a number of its own that stays the same", async () => {
    const rows = await pending([ANSWER]);
    expect(rows).toMatchObject([
      {
        ...{subject_kind: "问题", subject_id: "W1", unit_code: "990101", filed_on: "2026-01-06", grounds: "当天已改"},
        ...{appeal_id: expect.stringMatching(/^QR-[0-9a-f]{10}$/), decision: null, source_file: "confirmation.csv"}
      }
    ]);
    await scoreRows({...BASE, confirmation: [ANSWER]}, rules, (_, {schemes: [scheme]}) =>
      expect(scheme?.units[0]?.provisional_because).toEqual(expect.arrayContaining([expect.stringContaining("异议")]))
    );
    expect(await idsOf([{...ANSWER, reason: "另有理由", digest: "ZY-2"}])).toEqual([rows[0]?.appeal_id]);
  });

  it("is one for a subject, whichever rules it cost points by", async () => {
    const rows = await pending([ANSWER, {...ANSWER, rule_id: "R2", reason: "同上"}, {...ANSWER, subject: "W2"}]);
    expect(rows.map((r) => [r.subject_id, r.grounds]).toSorted()).toEqual([
      ["W1", "同上；当天已改"],
      ["W2", "当天已改"]
    ]);
  });

  it("is none once the unit agrees, and stays one when both are said on one day or the score has changed since", async () => {
    const agreed = {...ANSWER, answer: "无异议", reason: null, digest: "ZY-2"};
    expect(await idsOf([ANSWER, {...agreed, answered_on: "2026-01-08"}])).toEqual([]);
    expect(await idsOf([ANSWER, agreed])).toHaveLength(1);
    expect(await idsOf([agreed])).toEqual([]);
  });

  it("is taken up by the office under its number or its subject, and then stands once", async () => {
    const [id] = await idsOf([ANSWER]);
    expect(await idsOf([ANSWER], [OWN])).toEqual(["YY1"]);
    const decided = {decided_on: "2026-01-09", decision: "维持"};
    expect(await idsOf([ANSWER], [{...OWN, ...decided}])).toEqual([]);
    expect(await idsOf([ANSWER], [{...OWN, ...decided, appeal_id: id}])).toEqual([]);
  });

  it("is not settled by what was decided before, nor by an 异议 of another unit about a judgement", async () => {
    const [id] = await idsOf([ANSWER]);
    const earlier = {...OWN, filed_on: "2025-12-01", decided_on: "2025-12-20", decision: "维持"};
    expect(await idsOf([ANSWER], [earlier])).toEqual([`${id}-2`]);
    const about = {subject_kind: "评议", subject: "R1-2"};
    const other = {...OWN, subject_kind: "评议", subject_id: "R1-2", unit_code: "990102"};
    const units = [...(BASE.unit ?? []), {...BASE.unit?.[0], unit_code: "990102"}];
    expect(
      await scoreRows({...BASE, unit: units, confirmation: [{...ANSWER, ...about}], appeal: [other]}, rules, (db) =>
        db.list("select subject_kind || unit_code from appeal_asof order by unit_code")
      )
    ).toEqual(["评议990101", "评议990102"]);
  });

  it("counts by the day it was raised, and for its year alone", async () => {
    expect(await idsOf([ANSWER], [], {...WHEN, decisions_until: "2026-01-05"})).toEqual([]);
    expect(await idsOf([{...ANSWER, year: 2024}])).toEqual([]);
  });

  it("needs a unit that is known, else it is held", async () => {
    const other = await openRows({...BASE, confirmation: [{...ANSWER, unit_code: "990199"}]});
    expect(await other.list("select cause from confirmation_held")).toHaveLength(1);
    other.close();
  });
});

/** SQL types of the columns that the rows have. */
function typesOf(name: string, rows: readonly object[]): Record<string, string> {
  const own = new Set(rows.flatMap((row) => Object.keys(row)));
  return Object.fromEntries(tableNamed(name).columns.flatMap((c) => (own.has(c.name) ? [[c.name, factType(c)]] : [])));
}
