import {readFileSync} from "node:fs";
import {beforeAll, describe, expect, it} from "vitest";
import {parse} from "yaml";
import {FACTS} from "../../src/contract/fact.ts";
import type {Regime} from "../../src/regime/types.ts";
import type {Scheme} from "../../src/scheme/types.ts";
import {openSchemes, type Rows, scoreRows} from "../facts.ts";

interface Case {
  readonly name: string;
  readonly due_on?: string | null;
  readonly events: readonly (readonly [string, string])[];
  readonly state: string;
  readonly done_on: string | null;
  readonly closed_on: string | null;
  readonly days_overdue: number | null;
}

const CASES = parse(readFileSync(new URL("../cases/state.yaml", import.meta.url), "utf8")) as Case[];
const WHEN = {as_of: "2025-06-30", decisions_until: "2025-06-30", known_at: null};

const town = {unit_code: "990101", unit_name: "演示甲镇", unit_kind: "镇街"};
const visited = {
  inspection_id: "X1",
  unit_code: "990101",
  kind: "全面",
  organiser_level: "县级",
  started_on: "2025-03-01",
  ended_on: "2025-03-10"
};
const found = {
  finding_id: "F1",
  inspection_id: "X1",
  unit_code: "990101",
  layer: "部门",
  item: "6",
  severity: "一般",
  description: "演示",
  found_on: "2025-03-03",
  due_on: "2025-04-03"
};

let rules: {regime: Regime; schemes: Scheme[]};
beforeAll(async () => {
  rules = await openSchemes("mudan-2023", "mudan-2023-town");
});

/** A column of the facts, by the key of the row. */
function facts<T>(rows: Rows, sql: string, when = WHEN): Promise<T[]> {
  return scoreRows(rows, rules, (db) => db.rows<T>(sql), {when});
}

describe("finding_fact", () => {
  it("knows the state of every case", async () => {
    const rows = {
      unit: [town],
      inspection: [visited],
      finding: CASES.map((c, i) => ({...found, finding_id: `F${i}`, due_on: c.due_on === undefined ? found.due_on : c.due_on})),
      rectification: CASES.flatMap((c, i) =>
        c.events.map(([stage, on_date], k) => ({finding_id: `F${i}`, stage, on_date, seq_no: k + 1}))
      )
    };
    const states = await facts<Record<string, unknown>>(
      rows,
      "select finding_id, state, done_on, closed_on, days_overdue from finding_fact order by cast(substr(finding_id, 2) as integer)"
    );
    expect(states.map((s, i) => [CASES[i]?.name, s.state, s.done_on, s.closed_on, s.days_overdue])).toEqual(
      CASES.map((c) => [c.name, c.state, c.done_on, c.closed_on, c.days_overdue])
    );
  });

  it("gives a finding to the nearest unit of the scheme's kinds", async () => {
    const rows = {
      unit: [
        town,
        {unit_code: "990901", unit_name: "演示厂", unit_kind: "企业", parent_code: "990101"},
        {unit_code: "990902", unit_name: "演示车间", unit_kind: "企业", parent_code: "990901"}
      ],
      inspection: [visited],
      finding: [found, {...found, finding_id: "F2", unit_code: "990901"}, {...found, finding_id: "F3", unit_code: "990902"}]
    };
    expect(await facts(rows, "select finding_id, scored_unit from finding_fact order by 1")).toEqual(
      ["F1", "F2", "F3"].map((finding_id) => ({finding_id, scored_unit: "990101"}))
    );
  });

  it("gives a finding of a unit without such an ancestor to the inspected unit, and lists it when there is none", async () => {
    const rows = {
      unit: [town, {unit_code: "990201", unit_name: "演示局", unit_kind: "部门"}],
      inspection: [visited],
      finding: [
        {...found, unit_code: "990201"},
        {...found, finding_id: "F2", unit_code: "990201", inspection_id: null, source: "交办"}
      ]
    };
    await scoreRows(
      rows,
      rules,
      async (db, result) => {
        expect(await db.rows("select finding_id, scored_unit from finding_fact order by 1")).toEqual([
          {finding_id: "F1", scored_unit: "990101"},
          {finding_id: "F2", scored_unit: null}
        ]);
        expect(result.unassigned).toEqual([{finding_id: "F2", unit_code: "990201"}]);
      },
      {when: WHEN}
    );
  });

  it("follows a merged unit to its successor, for findings before and after the merger", async () => {
    const rows = {
      unit: [
        town,
        {unit_code: "990102", unit_name: "演示乙镇", unit_kind: "镇街", valid_to: "2025-05-01", successor_code: "990101"}
      ],
      inspection: [visited, {...visited, inspection_id: "X2", unit_code: "990102"}],
      finding: [
        {...found, inspection_id: "X2", unit_code: "990102"},
        {...found, finding_id: "F2", inspection_id: "X2", unit_code: "990102", found_on: "2025-05-02", due_on: null}
      ]
    };
    await scoreRows(
      rows,
      rules,
      async (db, result) => {
        expect(await db.list("select scored_unit from finding_fact order by finding_id")).toEqual(["990101", "990101"]);
        expect(result.schemes[0]?.units.map((u) => u.unit_code)).toEqual(["990101"]);
      },
      {when: WHEN}
    );
  });

  it("keeps what was found at a merged unit when its heir was inspected later", async () => {
    const rows = {
      unit: [town, {...town, unit_code: "990102", valid_to: "2025-05-01", successor_code: "990101"}],
      inspection: [
        {...visited, inspection_id: "X2", unit_code: "990102"},
        {...visited, started_on: "2025-06-01", ended_on: "2025-06-10"}
      ],
      finding: [{...found, inspection_id: "X2", unit_code: "990102"}]
    };
    expect(await facts(rows, "select scored_unit, is_counted from finding_fact")).toEqual([
      {scored_unit: "990101", is_counted: true}
    ]);
  });

  it("doubts a decision about nothing and a unit that leads nowhere", async () => {
    const appeal = {appeal_id: "Y1", subject_kind: "问题", subject_id: "F9", unit_code: "990101", filed_on: "2025-04-01"};
    const rows = {
      unit: [town, {...town, unit_code: "990102", valid_to: "2025-05-01", successor_code: "990102"}],
      inspection: [visited],
      appeal: [{...appeal, decided_on: "2025-04-10", decision: "撤销"}]
    };
    const warnings = await scoreRows(rows, rules, (_, result) => result.warnings, {when: WHEN});
    expect(warnings).toContain("异议 Y1 的对象（问题 F9）不在数据里，决定没有作用");
    expect(warnings).toContain("单位 990102 已停用，顺着承继单位找不到还在的单位，它的问题归不到单位");
  });

  it("names what is missing of 五落实 and what was done about it", async () => {
    const rows = {
      unit: [town],
      inspection: [visited],
      finding: [{...found, measure: "停产", owner: "演示员", due_on: null}],
      action: [{action_id: "C1", kind: "挂牌督办", unit_code: "990101", taken_on: "2025-03-20", finding_id: "F1"}]
    };
    expect(await facts(rows, "select five_missing, listed, summoned, transferred from finding_fact")).toEqual([
      {five_missing: "资金、时限、预案", listed: true, summoned: false, transferred: false}
    ]);
  });

  it("counts repeats of a category within the unit and the period", async () => {
    const rows = {
      unit: [town],
      inspection: [visited],
      finding: [
        ["F1", "2025-03-05"],
        ["F2", "2025-03-03"],
        ["F3", "2024-03-03"]
      ].map(([finding_id, found_on]) => ({
        ...found,
        finding_id: finding_id ?? "",
        found_on: found_on ?? "",
        due_on: null,
        category: "消防"
      }))
    };
    expect(await facts(rows, "select finding_id, repeat_no from finding_fact order by 1")).toEqual([
      {finding_id: "F1", repeat_no: 2},
      {finding_id: "F2", repeat_no: 1},
      {finding_id: "F3", repeat_no: null}
    ]);
  });

  it("keeps a finding as decided, and as first found where a decision changed it", async () => {
    const rows = {
      unit: [town, {...town, unit_code: "990102"}],
      inspection: [visited],
      finding: [found, {...found, finding_id: "F2"}],
      appeal: [
        {
          appeal_id: "Y1",
          subject_kind: "问题",
          subject_id: "F1",
          unit_code: "990101",
          filed_on: "2025-04-01",
          decided_on: "2025-04-10",
          decision: "变更",
          new_severity: "重大",
          new_unit_code: "990102"
        },
        {
          appeal_id: "Y2",
          subject_kind: "问题",
          subject_id: "F2",
          unit_code: "990101",
          filed_on: "2025-04-01",
          decided_on: "2025-04-10",
          decision: "撤销"
        }
      ]
    };
    await scoreRows(
      rows,
      rules,
      async (db) => {
        expect(await db.rows("select finding_id, severity, scored_unit from finding_fact")).toEqual([
          {finding_id: "F1", severity: "重大", scored_unit: "990102"}
        ]);
        expect(await db.rows("select finding_id, severity, scored_unit from finding_found order by 1")).toEqual([
          {finding_id: "F1", severity: "一般", scored_unit: "990101"},
          {finding_id: "F2", severity: "一般", scored_unit: "990101"}
        ]);
      },
      {when: WHEN}
    );
  });

  it("does not know a decision made after the day until which decisions count", async () => {
    const appeal = {
      appeal_id: "Y1",
      subject_kind: "问题",
      subject_id: "F1",
      unit_code: "990101",
      filed_on: "2025-06-20",
      decided_on: "2025-07-05",
      decision: "撤销"
    };
    const rows = {unit: [town], inspection: [visited], finding: [found], appeal: [appeal]};
    expect(await facts(rows, "select finding_id from finding_fact")).toHaveLength(1);
    expect(await facts(rows, "select finding_id from finding_fact", {...WHEN, decisions_until: "2025-07-05"})).toHaveLength(0);
  });
});

describe("units", () => {
  const state = (inspection: Rows[string]) =>
    facts<{covered: string; because: string | null}>(
      {unit: [town], inspection: inspection ?? []},
      "select covered, covered_because as because from unit_all"
    );

  it("are 已巡查 only when an inspection that counts ended in the period", async () => {
    expect(await state([visited])).toEqual([{covered: "已巡查", because: null}]);
    expect(await state([{...visited, started_on: "2024-03-01", ended_on: "2024-03-10"}])).toEqual([
      {covered: "未巡查", because: null}
    ]);
    expect(await state([])).toEqual([{covered: "未巡查", because: null}]);
  });

  it("are 巡查中 until the inspection ends", async () => {
    expect(await state([{...visited, started_on: "2025-06-20", ended_on: "2025-07-10"}])).toEqual([
      {covered: "巡查中", because: null}
    ]);
  });

  it("are 当年不再安排 with the clause when a higher level, or a 专项, came this year", async () => {
    expect(await state([{...visited, extended_from: "省", organiser_level: "省"}])).toEqual([
      {covered: "当年不再安排", because: "省级当年已延伸巡查（三（一））"}
    ]);
    expect(await state([{...visited, kind: "专项"}])).toEqual([
      {covered: "当年不再安排", because: "当年已安排专项巡查（三（一））"}
    ]);
    expect(await state([{...visited, extended_from: "省", started_on: "2024-03-01", ended_on: "2024-03-10"}])).toEqual([
      {covered: "未巡查", because: null}
    ]);
  });
});

describe("all fact views", () => {
  it("have the documented columns with the documented types", async () => {
    await scoreRows({}, rules, async (db) => {
      for (const {name, columns} of FACTS) {
        const types = new Map(
          (await db.rows<{column_name: string; column_type: string}>(`describe ${name}`)).map((c) => [c.column_name, c.column_type])
        );
        expect([name, columns.map((c) => [c.name, types.get(c.name)])]).toEqual([name, columns.map((c) => [c.name, c.type])]);
      }
    });
  });
});
