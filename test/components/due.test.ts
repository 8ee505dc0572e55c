import {expect, test} from "vitest";
import {dueList, majorCount} from "../../src/components/due.ts";
import {monthFlow} from "../../src/components/month-flow.ts";
import type {FindingRow} from "../../src/components/types.ts";

const day = (text: string) => new Date(`${text}T00:00:00Z`);
const finding = (finding_id: string, due: string | null, rest: Partial<FindingRow> = {}): FindingRow => ({
  ...{scheme: "s", scored_unit: "990101", text_part: 0, finding_id, unit_code: "990101", severity: "一般", item: "6"},
  ...{found_on: day("2025-01-05"), handed_on: null, due_on: due === null ? null : day(due), done_on: null, closed_on: null},
  ...{is_done: false, is_due: null, state: "整改中", days_overdue: null, due_source: "指定"},
  ...rest
});

test("the day itself and the thirtieth day after it are soon, the thirty-first is not", () => {
  const rows = ["2025-12-30", "2025-12-31", "2026-01-30", "2026-01-31"].map((due) => finding(due, due));
  expect(dueList(rows, "2025-12-31").soon.map((f) => f.finding_id)).toEqual(["2025-12-31", "2026-01-30"]);
});

test("a finding of two schemes counts once, one that is done or has no deadline not at all", () => {
  const rows = [
    finding("A", "2026-01-01"),
    finding("A", "2026-01-01"),
    finding("B", "2026-01-01", {is_done: true}),
    finding("C", null)
  ];
  expect(dueList(rows, "2025-12-31").soon.map((f) => f.finding_id)).toEqual(["A"]);
});

test("overdue findings come earliest deadline first, major ones are counted", () => {
  const late = {state: "逾期", severity: "重大"};
  const {overdue} = dueList([finding("B", "2025-06-01", late), finding("A", "2025-03-01", {state: "逾期"})], "2025-12-31");
  expect(overdue.map((f) => f.finding_id)).toEqual(["A", "B"]);
  expect(majorCount(overdue)).toBe(1);
});

test("every month of the period is there, also one without findings, and nothing from outside it", () => {
  const rows = [
    finding("A", null),
    finding("B", null, {found_on: day("2025-03-31"), done_on: day("2025-04-02")}),
    finding("C", null, {found_on: day("2024-12-31")})
  ];
  expect(monthFlow(rows, "2025-01-01", "2025-04-01")).toEqual([
    {month: "2025-01", found: 1, done: 0},
    {month: "2025-02", found: 0, done: 0},
    {month: "2025-03", found: 1, done: 0},
    {month: "2025-04", found: 0, done: 0}
  ]);
});
