import {describe, expect, it} from "vitest";
import {inBeijing, momentText} from "../src/moment.ts";

describe("a moment by Beijing's clock", () => {
  it.each([
    ["2026-01-05T18:00:00+08:00", "2026-01-05T18:00:00+08:00"],
    ["2026-11-23T14:50:03Z", "2026-11-23T22:50:03+08:00"],
    ["2026-01-05T18:00Z", "2026-01-06T02:00:00+08:00"],
    ["2024-02-29T23:59:59.999999-05:30", "2024-03-01T13:29:59.999999+08:00"]
  ])("%s is %s", (moment, here) => {
    expect(inBeijing(moment)).toBe(here);
  });

  it.each([
    "2099-01-01T24:61:00+08:00",
    "2099-01-01T24:00:00+08:00",
    "2025-02-30T00:00:00+08:00",
    "2025-02-29T00:00:00Z",
    "2025-13-01T00:00:00Z",
    "2025-01-01T00:00:60Z",
    "2025-01-01T00:00:00+08:60",
    "2025-01-01T00:00:00+25:00",
    "2025-01-01T00:00:00",
    "9999-12-31T23:00:00Z"
  ])("%s does not exist", (moment) => {
    expect(inBeijing(moment)).toBeNull();
  });

  it("is told to the second", () => {
    expect(momentText("2026-01-05T18:00:00.5Z")).toBe("2026-01-06 02:00:00");
  });
});
