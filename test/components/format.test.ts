import {expect, test} from "vitest";
import {daysBetween, longDay, meanMilli, points, signed} from "../../src/components/format.ts";

test("points show two places, and the thousandth where there is one", () => {
  expect([98820, 100000, -500, -4, 0, 14824].map(points)).toEqual(["98.82", "100.00", "−0.50", "−0.004", "0.00", "14.824"]);
});

test("points with sign use the minus of print", () => {
  expect([-4000, 500, 0].map(signed)).toEqual(["−4.00", "+0.50", "0.00"]);
});

test("a mean is rounded half away from zero to a hundredth", () => {
  expect(meanMilli([1000, 1010])).toBe(1010);
  expect(meanMilli([80000, 90000, 90000])).toBe(86670);
  expect(meanMilli([])).toBeNull();
});

test("days are counted by the calendar, across a leap day", () => {
  expect(daysBetween("2024-02-28", new Date("2024-03-01"))).toBe(2);
  expect(daysBetween("2025-12-31", "2025-12-30")).toBe(-1);
});

test("a sentence says the day without leading zeros", () => {
  expect(longDay("2025-03-01")).toBe("2025年3月1日");
});
