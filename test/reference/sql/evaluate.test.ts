import {describe, expect, it} from "vitest";
import {Fraction} from "../fraction.ts";
import {Day} from "../value.ts";
import {evaluate} from "./evaluate.ts";

describe("expressions", () => {
  const row = {a: Fraction.of("7"), n: null, t: "火灾100%", d: Day.of("2025-03-01"), b: true};
  it.each([
    ["a // 2 + -a % 4", "0"],
    ["a // 0", null],
    ["n > 1 or a = 7", true],
    ["n > 1 and a = 7", null],
    ["not (n in (1, 2))", null],
    ["a not in (1, null)", null],
    ["a between 7 and 8 and n is null", true],
    ["n is not distinct from null", true],
    ["case when n then 1 when b then 2 end", "2"],
    ["case a when 7 then 'x' else 'y' end", "x"],
    ["least(a, n)", null],
    ["greatest(a, 7.5) * 0.1", "0.75"],
    ["round(-2.345, 2)", "-2.35"],
    ["d - date '2024-03-01'", "365"],
    ["d >= '2025-03-01' and year(d) = 2025", true],
    ["t like '%100\\%'", false],
    ["t like '火_1%' and starts_with(t, '火') and length(t) = 6", true],
    ["coalesce(n, nullif(a, 7), 3)", "3"]
  ])("%s is %s", (expression, value) => {
    const got = evaluate(expression, row);
    expect(got instanceof Fraction ? String(got) : got).toBe(value);
  });
});
