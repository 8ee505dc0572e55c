// @vitest-environment jsdom
import fc from "fast-check";
import {expect, test} from "vitest";
import type {LedgerRow, SchemeFacts} from "../../src/components/types.ts";
import {waterfall, waterfallSteps} from "../../src/components/waterfall.ts";
import {KINDS} from "../../src/score/types.ts";

const scheme: SchemeFacts = {
  id: "s",
  name: "办法",
  document_no: null,
  start: "full",
  applies_to: ["镇街"],
  grades: [],
  items: [],
  rules: [{id: "R6-1", item: "6", name: "问题逾期", measure: "deduct"}]
};
const row = (kind: string, milli: number, rule_id: string | null = null): LedgerRow => ({
  ...{
    scheme: "s",
    unit_code: "990101",
    seq: 1,
    kind,
    item: null,
    rule_id,
    subject: null,
    milli,
    because: null,
    breach: null,
    basis: null
  }
});
const EXAMPLE = [
  row("基础", 10000),
  row("基础", 55000),
  row("基础", 20000),
  ...Array.from({length: 3}, () => row("扣分", -500, "R6-1")),
  row("封顶返还", 500, "R6-1"),
  row("折算", 14824),
  row("取整", -4)
];

test("the worked example goes from full points to its score, each step from where the last ended", () => {
  expect(waterfallSteps(EXAMPLE, scheme).map(({name, from, to}) => [name, from, to])).toEqual([
    ["满分", 0, 85000],
    ["问题逾期", 85000, 83500],
    ["封顶返还", 83500, 84000],
    ["折算", 84000, 98824],
    ["取整", 98824, 98820],
    ["得分", 0, 98820]
  ]);
});

test("a finding changed by 异议复核 costs what was decided, not what was first found", () => {
  const first = {...row("扣分", -3000, "R6-1"), subject: "F1@原"};
  const undone = {...row("复核", 3000, "R6-1"), subject: "F1@原"};
  const steps = waterfallSteps([row("基础", 100000), first, undone, {...row("扣分", -500, "R6-1"), subject: "F1"}], scheme);
  expect(steps.map(({name, milli}) => [name, milli])).toEqual([
    ["满分", 100000],
    ["问题逾期", -500],
    ["得分", 99500]
  ]);
});

test("whatever the ledger, the steps add up to its sum", () => {
  const entry = fc.record({
    kind: fc.constantFrom(...KINDS),
    milli: fc.integer({min: -20000, max: 20000}),
    rule: fc.constantFrom(null, ..."ABCDEFGHIJKLMN")
  });
  fc.assert(
    fc.property(fc.array(entry, {maxLength: 60}), (entries) => {
      const ledger = entries.map(({kind, milli, rule}) => row(kind, milli, rule));
      const steps = waterfallSteps(ledger, scheme);
      expect(steps.at(-1)?.to).toBe(ledger.reduce((sum, e) => sum + e.milli, 0));
      expect(steps.slice(0, -1).reduce((sum, s) => sum + s.milli, 0)).toBe(steps.at(-1)?.milli);
    })
  );
});

test("the drawing has a linked bar and a signed label for every step", () => {
  const figure = waterfall(waterfallSteps(EXAMPLE, scheme), {unit: "990101", width: 600});
  expect(figure.querySelectorAll("rect")).toHaveLength(6);
  expect(
    [...figure.querySelectorAll("a")].map((a) => a.getAttribute("href") ?? a.getAttributeNS("http://www.w3.org/1999/xlink", "href"))
  ).toContain("#unit=990101&rule=R6-1");
  expect(figure.textContent).toContain("−1.50");
});
