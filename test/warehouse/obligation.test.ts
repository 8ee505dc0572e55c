import {readFileSync} from "node:fs";
import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {parse} from "yaml";
import {dueDate} from "../../src/regime/clock.ts";
import {dayNumber, dayText} from "../../src/regime/day.ts";
import type {ClockLength} from "../../src/regime/types.ts";
import {buildLaw} from "../../src/warehouse/law.ts";
import {todoItems} from "../../src/warehouse/todo.ts";
import {readCalendar} from "../../src/workspace/calendar.ts";
import {openRows, type Rows} from "../facts.ts";
import {CaseBench, type CheckCase} from "../law-cases.ts";
import {FIVE} from "../regime/five.ts";
import {rounds} from "../rounds.ts";

interface Owed {
  readonly due_on: string | null;
  readonly state?: string;
  readonly source?: string;
  readonly done_on?: string | null;
  readonly late?: boolean;
  readonly because?: string;
  readonly clause?: string;
}

interface Case extends Pick<CheckCase, "regime" | "name" | "rows" | "as_of" | "year" | "parameters" | "named_units" | "without"> {
  readonly kind: string;
  readonly extension?: number;
  readonly owed: Readonly<Record<string, Owed | readonly Owed[]>>;
}

const CASES = parse(readFileSync(new URL("../cases/obligation.yaml", import.meta.url), "utf8")) as Case[];
const CALENDAR = readCalendar(null);

let bench: CaseBench;
beforeAll(async () => {
  bench = await CaseBench.open();
});
afterAll(() => bench.db.close());

describe("the cases of test/cases/obligation.yaml", () => {
  it.each(CASES.map((one) => [one.kind, one.regime, one.name, one] as const))("%s (%s): %s", async (kind, _regime, _name, one) => {
    const law = await bench.build(one);
    if (one.extension !== undefined) await buildLaw(bench.db, {...law, extension: {max_times: one.extension}});
    const rows = await bench.db.rows<Owed & {subject: string}>(
      `select subject, clause, cast(due_on as varchar) as due_on, due_state as state, due_source as source, cast(done_on as varchar) as done_on,
        coalesce(done_on, getvariable('as_of')) > due_on as late, because
      from obligation where kind = '${kind}' order by subject, parameter`
    );
    const wanted = Object.entries(one.owed).flatMap(([subject, owed]) => [owed].flat().map((each) => ({subject, ...each})));
    expect(
      rows.map((row, i) => {
        const {because, clause, ...rest} = row;
        const asked = wanted[i];
        return {...rest, ...(asked?.because ? {because} : {}), ...(asked?.clause ? {clause} : {})};
      })
    ).toEqual(
      wanted.map(({late = false, state = "确定", source = null, done_on = null, ...rest}) => ({
        ...{late: rest.due_on === null ? null : late},
        ...{state, source, done_on},
        ...rest
      }))
    );
  });
});

/** Days at which something is different: ends of months, leap days, holidays, 调休 days and the days around them. */
function telling(): string[] {
  const known = CALENDAR.filter(({day}) => day >= "2004-01-01" && day <= "2026-12-31");
  const odd = known.filter(({day, is_workday, name}) => /-(28|29|30|31)$/.test(day) || (is_workday && name !== undefined));
  return odd
    .flatMap(({day}) => [-1, 0, 1].map((d) => dayText(dayNumber(day) + d)))
    .filter((d) => d >= "2004-01-01" && d <= "2026-12-31");
}

/** Inspections and findings whose every clock starts on one of these days. */
function world(starts: readonly string[]): Rows {
  const unit = {unit_code: "U1", unit_name: "演示市", unit_kind: "设区市"};
  const inspection = starts.map((day, i) => ({
    ...{inspection_id: `X${i}`, unit_code: "U1", kind: "巡查", organiser_level: "省", started_on: day, ended_on: day},
    ...{feedback_received_on: day, notice_approved_on: day}
  }));
  const finding = starts.map((day, i) => ({
    ...{
      finding_id: `F${i}`,
      inspection_id: `X${i}`,
      unit_code: "U1",
      layer: "企业",
      item: "1",
      severity: "一般",
      description: "演示"
    },
    ...{found_on: day, hazard_level: "重大"}
  }));
  const response = starts.map((day, i) => ({inspection_id: `X${i}`, unit_code: "U1", kind: "首次", submitted_on: day, seq_no: 1}));
  return {unit: [unit], inspection, finding, response};
}

const anyLength = fc.oneof(
  fc.record({length: fc.integer({min: 1, max: 60}), unit: fc.constant("workdays" as const)}),
  fc.record({
    length: fc.integer({min: 1, max: 400}),
    unit: fc.constant("days" as const),
    rest_day: fc.constantFrom("顺延", "不顺延")
  }),
  fc.record({
    length: fc.integer({min: 1, max: 24}),
    unit: fc.constant("months" as const),
    rest_day: fc.constantFrom("顺延", "不顺延")
  })
) as fc.Arbitrary<ClockLength>;

describe("a due date", () => {
  const starts = telling();
  /** Kinds that are counted in 山东's document, with where their length stands. */
  const clocks = {
    巡查报告: "report",
    整改情况报告: "rectify_report",
    后续定期报告: "periodic_report",
    曝光: "undated",
    反馈: "undated"
  };

  it("by join is the one by loop, for every clocked obligation from 2004 to 2026", async () => {
    const any = fc.record({report: anyLength, rectify_report: anyLength, periodic_report: anyLength, undated: anyLength});
    const chosen = fc.shuffledSubarray(starts, {minLength: 300, maxLength: 300});
    const regime = FIVE["shandong-2018"];
    await fc.assert(
      fc.asyncProperty(any, chosen, async (lengths, days) => {
        const {rest_day: _, ...every} = lengths.periodic_report;
        const {rest_day: __, ...undated} = lengths.undated;
        const counted: Record<string, ClockLength> = {...lengths, periodic_report: every, undated};
        const parameters = Object.fromEntries(
          Object.entries(regime.parameters).map(([name, parameter]) => {
            const over = name === "periodic_report" ? {every} : (counted[name] ?? {});
            return [
              name,
              {...parameter, values: parameter.values.map(({from, value}) => ({from, value: {...(value as object), ...over}}))}
            ];
          })
        );
        const db = await openRows(world(days));
        try {
          await buildLaw(db, {
            ...{
              regime: {...regime, parameters},
              calendar: CALENDAR,
              year: 2004,
              named_units: {},
              kept: new Set<string>(),
              extension: null
            },
            when: {as_of: "2026-12-31", decisions_until: "2026-12-31", known_at: null}
          });
          const rows = await db.rows<{key: string; due: string}>(
            `select distinct concat(kind, start_on) as key, concat(due_state, due_on) as due from obligation where kind in ('${Object.keys(clocks).join("', '")}')`
          );
          const joined = new Map(rows.map(({key, due}) => [key, due]));
          expect(joined.size).toBe(rows.length);
          for (const [kind, parameter] of Object.entries(clocks))
            for (const day of days) {
              const {due_on, state} = dueDate(CALENDAR, day, counted[parameter] as ClockLength);
              // Every unit here reported at once, and what was done is not kept where nobody knows when it was due.
              const isGone = kind === "整改情况报告" && due_on === null;
              const due = isGone ? undefined : `${state}${due_on ?? ""}`;
              if (joined.get(`${kind}${day}`) !== due)
                expect([kind, day, counted[parameter], joined.get(`${kind}${day}`)]).toEqual(due);
            }
        } finally {
          db.close();
        }
      }),
      {numRuns: rounds(2)}
    );
  });
});

describe("the list of things to do", () => {
  it("has the late first, what is due by the day, what has no day last; and not what was done, or what nobody could see done", async () => {
    await bench.build({
      regime: "shandong-2018",
      as_of: "2018-04-20",
      rows: {
        unit: [{unit_kind: "设区市"}],
        inspection: [
          {started_on: "2018-03-05", ended_on: "2018-03-23"},
          {started_on: "2018-03-05", ended_on: "2018-04-02", reported_on: "2018-04-10", report_approved_on: "2018-04-11"}
        ],
        finding: [
          {found_on: "2018-03-06"},
          {found_on: "2018-03-06", due_on: "2018-05-20"},
          {found_on: "2018-03-06", due_on: "2018-05-21"}
        ]
      },
      parameters: {round: {groups: []}}
    });
    const items = await todoItems(bench.db, {by: "2018-05-20"});
    expect(items.map((i) => [i.due_on, i.kind, i.subject, i.days_left])).toEqual([
      ["2018-04-16", "巡查报告", "X1", -4],
      ["2018-04-22", "公布", "X1", 2],
      ["2018-05-02", "公布", "X2", 12],
      ["2018-05-10", "报告审定", "X2", 20],
      ["2018-05-20", "问题整改", "F2", 30],
      [null, "问题整改", "F1", null]
    ]);
    expect(await todoItems(bench.db, {by: "2018-05-20", kind: "公布"})).toHaveLength(2);
  });

  it("does not ask for what the office's files have no column for, once the day is past", async () => {
    const rows = {inspection: [{started_on: "2025-03-03", ended_on: "2025-03-14"}]};
    const archives = async (as_of: string, without: readonly string[]) => {
      await bench.build({regime: "mudan-2023", rows, as_of, without});
      return (await todoItems(bench.db, {by: "2025-12-31", kind: "归档"})).length;
    };
    expect(await archives("2025-04-14", [])).toBe(1);
    expect(await archives("2025-04-13", ["inspection.archived_on"])).toBe(1);
    expect(await archives("2025-04-14", ["inspection.archived_on"])).toBe(0);
  });
});
