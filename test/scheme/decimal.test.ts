import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {fractionOf, milliOf, pointsText} from "../../src/scheme/decimal.ts";

describe("milliOf", () => {
  it("is exact for three places and refuses more", () => {
    expect([0.1, 0.29, 1.005, 4.35, 100, 0, -0.5].map(milliOf)).toEqual([100, 290, 1005, 4350, 100_000, 0, -500]);
    expect([0.0005, 1 / 3, 1e-7, 1e21, 2_000_000, Number.NaN, Number.POSITIVE_INFINITY].map(milliOf)).toEqual(Array(7).fill(null));
  });

  it("reads back what pointsText writes", () => {
    fc.assert(fc.property(fc.integer({min: 0, max: 1_000_000_000}), (milli) => milliOf(Number(pointsText(milli))) === milli));
  });
});

describe("fractionOf", () => {
  it("keeps the digits that were written", () => {
    expect(fractionOf(0.95)).toEqual({num: 95, den: 100});
    expect(fractionOf(0.333333)).toEqual({num: 333333, den: 1_000_000});
    expect(fractionOf(1)).toEqual({num: 1, den: 1});
    expect(fractionOf(-0.5)).toEqual({num: -5, den: 10});
    expect(fractionOf(0.1234567)).toBeNull();
  });
});
