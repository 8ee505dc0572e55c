import {describe, expect, it} from "vitest";
import {dueDate, fixedDay as programFixedDay} from "../../../src/regime/clock.ts";
import {readCalendar} from "../../../src/workspace/calendar.ts";
import {Clock, fixedDay, type Length, plusDays} from "./clock.ts";

const calendar = readCalendar(null);
const clock = new Clock(calendar);

/** Lengths of the kinds that the documents use. */
const LENGTHS: readonly Length[] = [
  {length: 3, unit: "workdays"},
  {length: 5, unit: "workdays"},
  {length: 15, unit: "workdays"},
  {length: 45, unit: "days", rest_day: "顺延"},
  {length: 1, unit: "months"},
  {length: 2, unit: "months", rest_day: "顺延"}
];

describe("a due date", () => {
  it("is the one found by walking the calendar day by day, from every day of 2004 to 2027", () => {
    const found: unknown[] = [];
    for (let start = "2003-12-20"; start < "2027-02-10"; start = plusDays(start, 1)) {
      for (const length of LENGTHS) {
        const {due_on, state} = dueDate(calendar, start, length as Parameters<typeof dueDate>[2]);
        const other = clock.last(start, length);
        if (due_on !== other.due_on || state !== other.state) found.push({start, length, due_on, state, other});
      }
    }
    expect(found.slice(0, 5)).toEqual([]);
  });

  it("of a fixed day of the month is that day or the month's last", () => {
    for (let n = 0; n < 24 * 12; n++) {
      const month = `${2004 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, "0")}`;
      for (const number of [1, 28, 29, 30, 31]) expect(programFixedDay(month, number).due_on).toBe(fixedDay(month, number));
    }
  });
});
