// @vitest-environment jsdom
import {expect, test} from "vitest";
import {clockLine} from "../../src/components/clock-line.ts";
import type {FindingRow} from "../../src/components/types.ts";

const day = (text: string) => new Date(`${text}T00:00:00Z`);
const finding = (dates: Partial<FindingRow>): FindingRow => ({
  ...{scheme: "s", scored_unit: "990101", text_part: 0, finding_id: "W-1", unit_code: "990101", severity: "一般", item: "6"},
  ...{
    found_on: day("2025-01-05"),
    handed_on: null,
    due_on: day("2025-04-05"),
    done_on: null,
    closed_on: null,
    is_done: false,
    is_due: true
  },
  ...{state: "逾期", days_overdue: null, due_source: "指定"},
  ...dates
});
const labels = (drawing: SVGElement) => [...drawing.querySelectorAll("text")].map((t) => t.textContent);

test("a finding done late says by how many days", () => {
  expect(labels(clockLine(finding({done_on: day("2025-04-06")}), "2025-12-31"))).toEqual([
    "发现 2025-01-05",
    "逾期1天，期限 2025-04-05",
    "完成 2025-04-06"
  ]);
});

test("an open finding runs to the day of the statistics", () => {
  expect(labels(clockLine(finding({}), "2025-04-10"))).toContain("统计截止 2025-04-10");
});

test("a finding done on its last day is not late", () => {
  expect(labels(clockLine(finding({done_on: day("2025-04-05")}), "2025-12-31")).join()).not.toContain("逾期");
});

test("labels of neighbouring days stand in different lanes", () => {
  const same = day("2025-04-05");
  const drawing = clockLine(
    finding({found_on: day("2025-04-04"), handed_on: day("2025-04-04"), due_on: same, done_on: same, closed_on: same}),
    "2025-12-31"
  );
  const places = [...drawing.querySelectorAll("text")].map((t) => `${t.getAttribute("x")} ${t.getAttribute("y")}`);
  expect(new Set(places).size).toBe(places.length);
});
