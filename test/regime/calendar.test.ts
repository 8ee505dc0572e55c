import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {calendarFrom, publishedYears} from "../../src/regime/calendar.ts";
import {dueDate} from "../../src/regime/clock.ts";
import {dayNumber, dayText, isWeekend, weekdayOf} from "../../src/regime/day.ts";
import {parseNotice} from "../../src/regime/notice.ts";
import type {CalendarDay} from "../../src/regime/types.ts";
import {buildCalendar} from "../../src/warehouse/calendar.ts";
import {Database} from "../../src/warehouse/duckdb.ts";
import {readCalendar} from "../../src/workspace/calendar.ts";

const library = calendarFrom();
const inYear = (days: readonly CalendarDay[], year: number) => days.filter(({day}) => day.startsWith(`${year}-`));

/** Weekdays off and weekend days worked: all that a schedule changes. */
function exceptions(days: readonly CalendarDay[], year: number): {off: string[]; on: string[]} {
  const odd = inYear(days, year).filter(({day, is_workday}) => is_workday === isWeekend(dayNumber(day)));
  const short = (list: readonly CalendarDay[]) => list.map(({day}) => day.slice(5));
  return {off: short(odd.filter((d) => !d.is_workday)), on: short(odd.filter((d) => d.is_workday))};
}

/** A schedule that never was, for a year that the library does not know. */
const NOTICE_2027 = `year: 2027
document_no: 样例〔2026〕1号
holidays:
  元旦: [2027-01-01 至 2027-01-03]
  春节: [2027-02-05 至 2027-02-11]
  清明节: [2027-04-03 至 2027-04-05]
  劳动节: [2027-05-01 至 2027-05-05]
  端午节: [2027-06-09]
  中秋节: [2027-09-15]
  国庆节: [2027-10-01 至 2027-10-07]
workdays: [2027-02-20, 2027-05-08]
`;

describe("the calendar", () => {
  test("has every day once, in order, two years beyond the last schedule", () => {
    const first = dayNumber("2000-01-01");
    expect(library.map(({day}) => day)).toEqual(library.map((_, i) => dayText(first + i)));
    expect(library.at(-1)?.day).toBe(`${Math.max(...publishedYears(library)) + 2}-12-31`);
  });

  test("takes a year for published only when the library really has it", () => {
    const years = publishedYears(library);
    expect(years[0]).toBe(2004);
    expect(years).toEqual(years.map((_, i) => 2004 + i));
    for (const year of years) expect(exceptions(library, year).off.length, String(year)).toBeGreaterThanOrEqual(7);
    for (const {day, published} of library) expect(published, day).toBe(years.includes(Number(day.slice(0, 4))));
  });

  // From 国办发明电〔2023〕7号, 国办发明电〔2024〕12号, 国办发明电〔2025〕7号: weekdays off and weekend days worked.
  test.each([
    [
      2024,
      "01-01 02-12 02-13 02-14 02-15 02-16 04-04 04-05 05-01 05-02 05-03 06-10 09-16 09-17 10-01 10-02 10-03 10-04 10-07",
      "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12"
    ],
    [
      2025,
      "01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 10-01 10-02 10-03 10-06 10-07 10-08",
      "01-26 02-08 04-27 09-28 10-11"
    ],
    [
      2026,
      "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 10-01 10-02 10-05 10-06 10-07",
      "01-04 02-14 02-28 05-09 09-20 10-10"
    ]
  ])("agrees with the State Council's notice for %i", (year, off, on) => {
    expect(exceptions(library, year)).toEqual({off: off.split(" "), on: on.split(" ")});
  });

  test("names holidays and the holiday a worked weekend pays for", () => {
    const on = (day: string) => library.find((d) => d.day === day);
    expect(on("2025-01-28")).toEqual({day: "2025-01-28", is_workday: false, published: true, name: "春节"});
    expect(on("2025-04-27")).toEqual({day: "2025-04-27", is_workday: true, published: true, name: "劳动节"});
    expect(on("2025-04-28")).toEqual({day: "2025-04-28", is_workday: true, published: true});
  });

  test.each(["America/New_York", "Asia/Shanghai", "Pacific/Kiritimati", "UTC"])("is the same in %s", (zone) => {
    const before = process.env.TZ;
    try {
      process.env.TZ = zone;
      expect(calendarFrom()).toEqual(library);
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });
});

describe("a notice", () => {
  test("publishes its year and moves the end of the calendar", () => {
    const days = calendarFrom([parseNotice(NOTICE_2027, "2027.yaml")]);
    expect(publishedYears(days).at(-1)).toBe(2027);
    expect(days.at(-1)?.day).toBe("2029-12-31");
    expect(exceptions(days, 2027).on).toEqual(["02-20", "05-08"]);
    expect(dueDate(days, "2026-12-25", {length: 5, unit: "workdays"}).due_on).toBe("2027-01-04");
    expect(inYear(days, 2026)).toEqual(inYear(library, 2026));
  });

  test("replaces the whole schedule of its year, and a later notice an earlier one", () => {
    const early = NOTICE_2027.replaceAll("2027-", "2026-")
      .replace("year: 2027", "year: 2026")
      .replace(/workdays: .*/, "workdays: []");
    const late = early.replace("2026-06-09", "2026-06-10");
    const days = calendarFrom([parseNotice(early, "a.yaml"), parseNotice(late, "b.yaml")]);
    expect(exceptions(days, 2026).on).toEqual([]);
    expect(days.find(({day}) => day === "2026-06-09")?.is_workday).toBe(true);
    expect(days.find(({day}) => day === "2026-06-10")).toMatchObject({is_workday: false, name: "端午节"});
    expect(inYear(days, 2025)).toEqual(inYear(library, 2025));
  });

  test("of the documentation says about 2019 what the library says", () => {
    const text =
      /```yaml\n([\s\S]*?)```/.exec(readFileSync(new URL("../../data/calendars/README.md", import.meta.url), "utf8"))?.[1] ?? "";
    const days = calendarFrom([parseNotice(text, "2019.yaml")]);
    const plain = (list: readonly CalendarDay[]) => list.map(({day, is_workday, published}) => [day, is_workday, published]);
    expect(plain(days)).toEqual(plain(library));
  });

  test("of a year leaves the December days that the next year's 元旦 took", () => {
    const notice = NOTICE_2027.replaceAll("2027-", "2018-")
      .replace("year: 2027", "year: 2018")
      .replace(/workdays: .*/, "workdays: []");
    const days = calendarFrom([parseNotice(notice, "2018.yaml")]);
    expect(days.find(({day}) => day === "2018-12-31")).toMatchObject({is_workday: false, name: "元旦"});
    expect(days.find(({day}) => day === "2018-12-29")?.is_workday).toBe(true);
  });

  test.each([
    ["an unknown key", "workdays:", "workday:", "2027.yaml:11:1: 没有字段 workday；是否指 workdays？"],
    ["a day that does not exist", "[2027-06-09]", "[2027-06-31]", "2027.yaml:8:9: “2027-06-31”不是日期，也不是一段日期；请写成"],
    [
      "a span backwards",
      "2027-02-05 至 2027-02-11",
      "2027-02-11 至 2027-02-05",
      "2027.yaml:5:8: “2027-02-11 至 2027-02-05”不是日期"
    ],
    ["a span too long", "2027-02-05 至 2027-02-11", "2027-02-05 至 2027-12-11", "不超过15天"],
    ["a day twice", "[2027-06-09]", "[2027-05-05]", "2027.yaml:8:9: 2027-05-05列了两次；"],
    ["a day both off and worked", "2027-02-20", "2027-10-02", "2027.yaml:11:12: 2027-10-02列了两次；"],
    ["a day of another year", "[2027-06-09]", "[2026-06-09]", "2027.yaml:8:9: 2026-06-09不在2027年；"],
    ["a worked day that is no weekend", "2027-02-20", "2027-02-22", "2027.yaml:11:12: 2027-02-22是星期一，本来就是工作日；"],
    ["a missing festival", "  端午节: [2027-06-09]\n", "", "2027.yaml:3:1: 2027年的安排里没有端午；"],
    ["a missing statutory day", "2027-05-01 至 2027-05-05", "2027-05-02 至 2027-05-05", "2027-05-01是法定节假日，但没有列为放假"],
    ["no document number", "document_no: 样例〔2026〕1号\n", "", "缺少 document_no"],
    ["broken YAML", "workdays: [", "workdays: [[", "2027.yaml:12:1: "]
  ])("with %s is refused with its place", (_, from, to, message) => {
    expect(() => parseNotice(NOTICE_2027.replace(from, to), "2027.yaml")).toThrow(message);
  });
});

describe("the table", () => {
  test("answers for every day what counting days one by one answers", async () => {
    const db = await Database.open();
    try {
      await buildCalendar(db, library);
      const rows = await db.rows<Record<string, string | number | boolean | null>>("select * from calendar order by day");
      let [workdays, unpublished] = [0, 0];
      const expected = library.map(({day, is_workday, published}, i) => {
        if (is_workday) workdays++;
        if (!published) unpublished++;
        const ahead = library.slice(i, i + 31);
        const stop = ahead.findIndex((d) => d.is_workday);
        return {
          day,
          is_workday,
          published,
          workday_no: workdays,
          unpublished_no: unpublished,
          next_workday: ahead[stop]?.day ?? null,
          next_published: stop >= 0 && ahead.slice(0, stop + 1).every((d) => d.published)
        };
      });
      expect(rows).toEqual(expected);
    } finally {
      db.close();
    }
  });

  test("is refused for a calendar with a gap or without days", async () => {
    const run = async () => {};
    await expect(buildCalendar({run}, [])).rejects.toThrow(RangeError);
    await expect(buildCalendar({run}, [library[0], library[2]] as CalendarDay[])).rejects.toThrow("2000-01-03之前缺少日期");
  });
});

test("days count without a time zone and refuse what is no day", () => {
  expect([dayNumber("1970-01-01"), dayNumber("2000-03-01") - dayNumber("2000-02-28"), weekdayOf(dayNumber("2025-04-27"))]).toEqual([
    0, 2, 0
  ]);
  for (const text of ["2025-02-29", "2025-13-01", "2025-1-1", "", "x"]) expect(() => dayNumber(text)).toThrow(RangeError);
  expect(dayText(dayNumber("1890-05-06"))).toBe("1890-05-06");
});

test("the program's own calendar reads", () => {
  expect(readCalendar(null).length).toBeGreaterThanOrEqual(library.length);
});
