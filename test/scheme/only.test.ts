import {describe, expect, it} from "vitest";
import {factOf} from "../../src/contract/fact.ts";
import {checkExpression} from "../../src/scheme/expression.ts";
import {areDisjoint, type Only} from "../../src/scheme/only.ts";
import {expression} from "./support.ts";

async function onlyOf(text: string): Promise<Only> {
  const checked = await checkExpression(expression, factOf("finding"), text, "predicate");
  if (!("expression" in checked)) throw new Error(text);
  return checked.expression.only;
}

describe("what a condition leaves possible", () => {
  it.each<[string, Only]>([
    ["severity = '重大'", {severity: ["重大"]}],
    ["'重大' = severity", {severity: ["重大"]}],
    ["severity <> '重大'", {severity: ["一般", "较大"]}],
    ["severity in ('重大', '较大')", {severity: ["重大", "较大"]}],
    ["severity not in ('重大', '较大')", {severity: ["一般"]}],
    ["hazard_level is null or hazard_level = '一般'", {hazard_level: [null, "一般"]}],
    ["item = '6' or item like '6.%'", {item: ["6", "6.%"]}],
    ["starts_with(item, '6.')", {item: ["6.%"]}],
    ["severity = '重大' or is_due", {}],
    ["severity = '重大' or layer = '企业'", {}],
    ["severity = '重大' and layer = '企业'", {severity: ["重大"], layer: ["企业"]}],
    ["severity <> '重大' and severity <> '一般'", {severity: ["较大"]}],
    ["not (severity = '重大' and is_due)", {}],
    ["category <> '消防'", {}],
    ["description like '%消防%'", {}],
    ["days_overdue > 0", {}]
  ])("%s", async (text, only) => expect(await onlyOf(text)).toEqual(only));
});

describe("areDisjoint", () => {
  it.each([
    ["severity = '重大'", "severity = '一般'", true],
    ["severity = '重大'", "severity <> '重大'", true],
    ["severity = '重大'", "severity <> '一般'", false],
    ["item = '6' or item like '6.%'", "item = '4' or item like '4.%'", true],
    ["item = '1' or item like '1.%'", "item = '10' or item like '10.%'", true],
    ["item like '1%'", "item = '10'", false],
    ["item like '6.%'", "item like '6.1%'", false],
    ["hazard_level is null", "hazard_level = '重大'", true],
    ["hazard_level is null or hazard_level = '一般'", "hazard_level is null", false],
    ["days_overdue > 0", "days_overdue = 0", false],
    ["layer = '企业' and is_due", "layer = '部门'", true]
  ])("%s | %s: %s", async (a, b, is) => expect(areDisjoint(await onlyOf(a), await onlyOf(b))).toBe(is));
});
