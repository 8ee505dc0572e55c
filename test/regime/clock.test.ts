import {readFileSync} from "node:fs";
import chineseDays from "chinese-days";
import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {parse} from "yaml";
import {calendarFrom} from "../../src/regime/calendar.ts";
import {clockBasis, clockValue, dueDate, fixedDay} from "../../src/regime/clock.ts";
import type {ClockLength, ClockUnit} from "../../src/regime/types.ts";
import {quotedString} from "../../src/sql.ts";
import {buildCalendar, dueSql, fixedDaySql} from "../../src/warehouse/calendar.ts";
import {Database} from "../../src/warehouse/duckdb.ts";
import {rounds} from "../rounds.ts";

interface Case extends ClockLength {
  readonly name: string;
  readonly start: string;
  readonly due_on: string;
}

const cases = parse(readFileSync(new URL("../cases/clock.yaml", import.meta.url), "utf8")) as Case[];
const calendar = calendarFrom();
let db: Database;

beforeAll(async () => {
  db = await Database.open();
  await buildCalendar(db, calendar);
});
afterAll(() => db.close());

/** What the join gives for many start days. */
async function joined(starts: readonly (string | null)[], clock: ClockLength): Promise<string[]> {
  const {joins, due_on, state} = dueSql("s.start", clock, "due");
  const values = starts.map((start, i) => `(${i}, cast(${start === null ? "null" : quotedString(start)} as date))`).join(", ");
  const rows = await db.rows<{due_on: string | null; state: string | null}>(
    `select cast(${due_on} as varchar) as due_on, ${state} as state from (values ${values}) as s(i, start) ${joins} order by i`
  );
  return rows.map((row) => row.due_on ?? row.state ?? "null");
}

function looped(start: string, clock: ClockLength): string {
  const due = dueDate(calendar, start, clock);
  return due.due_on ?? due.state;
}

/** The same question answered another way: the library asked day by day, dates by way of year, month and day. */
function reference(start: string, {length, unit, rest_day}: ClockLength): string {
  const day = new Date(`${start}T12:00:00`);
  const known = () => day.getFullYear() >= 2004 && day.getFullYear() <= 2026;
  const text = () =>
    `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;
  if (unit === "workdays") {
    for (let found = 0; found < length; ) {
      day.setDate(day.getDate() + 1);
      if (!known()) return "未公布";
      if (chineseDays.isWorkday(day)) found++;
    }
    return text();
  }
  if (unit === "days") day.setDate(day.getDate() + length);
  else {
    const date = day.getDate();
    day.setDate(1);
    day.setMonth(day.getMonth() + length);
    const month = day.getMonth();
    while (day.getDate() < date) {
      day.setDate(day.getDate() + 1);
      if (day.getMonth() !== month) {
        day.setDate(0);
        break;
      }
    }
  }
  if (rest_day !== "顺延") return text();
  while (known() && !chineseDays.isWorkday(day)) day.setDate(day.getDate() + 1);
  return known() ? text() : "未公布";
}

const anyStart = fc
  .date({min: new Date("2003-11-01T00:00:00Z"), max: new Date("2027-02-28T00:00:00Z"), noInvalidDate: true})
  .map((d) => d.toISOString().slice(0, 10));
const anyClock: fc.Arbitrary<ClockLength> = fc.record({
  length: fc.oneof(fc.integer({min: 1, max: 40}), fc.integer({min: 1, max: 999})),
  unit: fc.constantFrom<ClockUnit>("workdays", "days", "months"),
  rest_day: fc.constantFrom("顺延" as const, "不顺延" as const)
});

describe("a due date", () => {
  test.each(cases)("$name: $start + $length $unit = $due_on", async ({start, due_on, ...clock}) => {
    const due = dueDate(calendar, start, clock);
    expect([due.due_on ?? due.state, due.state]).toEqual([due_on, due_on === "未公布" ? "未公布" : "确定"]);
    expect(await joined([start], clock)).toEqual([due_on]);
  });

  test("the cases name each thing once", () => {
    const names = cases.map(({name}) => name);
    expect(names.filter((name, i) => names.indexOf(name) < i)).toEqual([]);
  });

  test("is the same as counting with the library day by day", () => {
    fc.assert(
      fc.property(anyStart, anyClock, (start, clock) => {
        expect(looped(start, clock)).toBe(reference(start, clock));
      }),
      {numRuns: rounds(2000)}
    );
  });

  test("is the same by join as by loop", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStart, {minLength: 50, maxLength: 200}), anyClock, async (starts, clock) => {
        expect(await joined(starts, clock)).toEqual(starts.map((start) => looped(start, clock)));
      }),
      {numRuns: rounds(60)}
    );
  });

  test("is the same by join as by loop on every day of the calendar and a year around it", async () => {
    const starts = await db.list(
      "select cast(d as date)::varchar from range(date '1999-01-01', date '2030-01-01', interval 1 day) as r(d)"
    );
    for (const unit of ["workdays", "days", "months"] as const) {
      const clock = {length: 2, unit, rest_day: "顺延"} as const;
      expect(await joined(starts, clock)).toEqual(starts.map((start) => looped(start, clock)));
    }
  });

  test("is never earlier for a longer period", () => {
    fc.assert(
      fc.property(anyStart, anyClock, fc.integer({min: 1, max: 30}), (start, clock, more) => {
        const [short, long] = [dueDate(calendar, start, clock), dueDate(calendar, start, {...clock, length: clock.length + more})];
        if (short.due_on !== null && long.due_on !== null) expect(short.due_on <= long.due_on).toBe(true);
        if (clock.unit === "workdays" && short.state === "未公布") expect(long.state).toBe("未公布");
      }),
      {numRuns: rounds(500)}
    );
  });

  test("is later than its start and, in workdays or with 顺延, a workday", () => {
    fc.assert(
      fc.property(anyStart, anyClock, (start, clock) => {
        const {due_on} = dueDate(calendar, start, clock);
        if (due_on === null) return;
        expect(due_on > start).toBe(true);
        if (clock.unit === "workdays" || clock.rest_day === "顺延")
          expect(calendar.find(({day}) => day === due_on)?.is_workday).toBe(true);
      }),
      {numRuns: rounds(300)}
    );
  });

  test("without a start day there is none, and no state", async () => {
    for (const unit of ["workdays", "days", "months"] as const)
      for (const rest_day of ["顺延", "不顺延"] as const)
        expect(await joined([null], {length: 3, unit, rest_day})).toEqual(["null"]);
  });

  test("refuses a length below 1, a broken one, and a start that does not exist", () => {
    for (const length of [0, -1, 1.5, Number.NaN]) {
      expect(() => dueDate(calendar, "2025-04-28", {length, unit: "days"})).toThrow(RangeError);
      expect(() => dueSql("s.start", {length, unit: "days"}, "due")).toThrow(RangeError);
    }
    for (const start of ["2025-02-30", "2025-2-3", "", "today"])
      expect(() => dueDate(calendar, start, {length: 1, unit: "days"})).toThrow(RangeError);
  });
});

describe("its steps", () => {
  test("name the days counted and the holidays passed over", () => {
    expect(dueDate(calendar, "2025-04-24", {length: 5, unit: "workdays"}).steps).toEqual([
      "参照民法典第二百条至第二百零四条计算，工作日以国务院公布的放假调休安排为准",
      "2025年4月24日（星期四）起算，当日不计入",
      "数5个工作日：2025年4月25日、4月27日至4月30日",
      "其中调休上班、计入的有劳动节2025年4月27日",
      "跳过的周末有2025年4月26日",
      "最后一日是2025年4月30日（星期三）"
    ]);
  });

  test("say why a last day is moved", () => {
    expect(dueDate(calendar, "2025-08-01", {length: 2, unit: "months", rest_day: "顺延"}).steps).toContain(
      "该日是国庆节放假，顺延到下一个工作日，跳过国庆节2025年10月1日至10月5日、中秋10月6日、国庆节10月7日至10月8日"
    );
  });

  test("say why there is no date and what to do about it", () => {
    const {steps} = dueDate(calendar, "2026-12-25", {length: 5, unit: "workdays"});
    expect(steps.slice(-2)).toEqual([
      "数到2026年12月31日为止；2027年的放假安排尚未公布或尚未录入，2027年1月1日是不是工作日不能确定，因此不给出日期",
      "通知公布后，请把它写成 calendars/2027.yaml（写法见 data/calendars/README.md）再计算"
    ]);
  });

  test("say that a month has no such day", () => {
    expect(dueDate(calendar, "2025-01-31", {length: 1, unit: "months"}).steps).toContain(
      "1个月之后的2025年2月没有31日，取该月最后一日2025年2月28日（星期五）"
    );
  });

  test("refer to the law in force on the start day", () => {
    expect(clockBasis("2017-09-30")).toBe("民法通则第一百五十四条");
    expect(clockBasis("2017-10-01")).toBe("民法总则第二百条至第二百零四条");
    expect(clockBasis("2020-12-31")).toBe("民法总则第二百条至第二百零四条");
    expect(clockBasis("2021-01-01")).toBe("民法典第二百条至第二百零四条");
  });
});

describe("a fixed day of the month", () => {
  test.each([
    ["2025-02", 30, "2025-02-28"],
    ["2024-02", 30, "2024-02-29"],
    ["2025-04", 30, "2025-04-30"],
    ["2025-04", 31, "2025-04-30"],
    ["2027-05", 30, "2027-05-30"],
    ["2025-10", 1, "2025-10-01"]
  ])("%s, day %i is %s, rest day or not, published or not", async (month, day, due_on) => {
    expect(fixedDay(month, day)).toMatchObject({due_on, state: "确定"});
    expect(await db.value(`select ${fixedDaySql(`cast('${month}-14' as date)`, day)}::varchar`)).toBe(due_on);
  });

  test("refuses days and months that cannot be", () => {
    expect(() => fixedDay("2025-02", 32)).toThrow(RangeError);
    expect(() => fixedDay("2025-13", 1)).toThrow(RangeError);
    expect(() => fixedDaySql("m", 0)).toThrow(RangeError);
  });
});

test("a parameter's value is a length, a fixed day, a repetition, or no clock", () => {
  expect(clockValue({start: "inspection.ended_on", length: 10, unit: "workdays"})).toEqual({length: 10, unit: "workdays"});
  expect(clockValue({length: 1, unit: "months", rest_day: "顺延", to: "省安委办"})).toEqual({
    length: 1,
    unit: "months",
    rest_day: "顺延"
  });
  expect(clockValue({fixed_day: 30, to: "市安委会办公室"})).toEqual({fixed_day: 30});
  expect(clockValue({every: {length: 3, unit: "months"}, until: "整改完毕"})).toEqual({length: 3, unit: "months"});
  expect(clockValue({max: 8, leaders: 1})).toBeNull();
  expect(clockValue(undefined)).toBeNull();
});
