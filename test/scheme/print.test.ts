import {readFileSync} from "node:fs";
import fc from "fast-check";
import {globSync} from "tinyglobby";
import {describe, expect, it} from "vitest";
import {stringify} from "yaml";
import {parseScheme} from "../../src/scheme/parse.ts";
import {printScheme} from "../../src/scheme/print.ts";
import type {Scheme} from "../../src/scheme/types.ts";
import {rounds} from "../rounds.ts";
import {expression, regimeNamed, regimeOf} from "./support.ts";

/** A scheme without the places of its rules, which printing moves. */
function meaning(scheme: Scheme) {
  return {...scheme, rules: scheme.rules.map(({place: _, ...rule}) => rule)};
}

async function roundTrip(text: string) {
  const regime = regimeOf(text);
  const once = await parseScheme(text, "once.yaml", {regime, expression});
  const twice = await parseScheme(printScheme(once), "twice.yaml", {regime, expression});
  expect(twice.canonical).toBe(once.canonical);
  expect(meaning(twice)).toEqual(meaning(once));
}

describe("printScheme", () => {
  it.each(globSync("data/schemes/*.yaml", {ignore: "**/*.cases.yaml"}).toSorted())(
    "prints %s so that it reads back the same",
    (file) => roundTrip(readFileSync(file, "utf8"))
  );

  it("prints any scheme so that it reads back the same", async () => {
    await fc.assert(fc.asyncProperty(schemes, roundTrip), {numRuns: rounds(40)});
  }, 30_000);
});

const points = fc.integer({min: 1, max: 5000}).map((milli) => milli / 1000);
const words = fc.stringMatching(/^[\u4e00-\u9fa5：#'"%{}\-1e ]{1,12}$/).filter((text) => text.trim() !== "");
const conditions = fc.constantFrom(
  "severity <> '重大'",
  "days_overdue > 0 and layer = '企业'",
  "category = 'yes'",
  "description like '%: #%'",
  "is_due"
);
const severities = fc.record({一般: points, 较大: points, 重大: points});
const because = words.map((text) => text.replaceAll("{", "{{").replaceAll("}", "}}"));
const overFindings = fc.record(
  {where: conditions, breach: words, basis: words, year_by: fc.constantFrom("due_on", "found_on")},
  {requiredKeys: []}
);
const costs = fc.oneof(
  points,
  fc.constant("0.5 * days_overdue"),
  severities.map((table) => ({by: "severity", table}))
);
const measures = fc.oneof(
  fc.record({deduct: costs, because}),
  fc.record({deduct: points, cap: points, highest_of: fc.constant("finding_id")}),
  fc.record({deduct: costs, once: fc.boolean()}),
  fc.record({ratio: fc.record({of: fc.constant("is_done"), points, empty: fc.constantFrom("na", "full", "zero")})}),
  fc.record({
    steps: fc.record({
      value: fc.constant({count: true}),
      table: points.map((p) => [
        [0.5, p],
        [0, 0]
      ])
    })
  })
);
const rules = fc.array(fc.tuple(overFindings, measures, words), {minLength: 1, maxLength: 6});

const schemes = fc.tuple(fc.integer({min: 1, max: 99_999}), rules, words).map(([milli, list, name]) =>
  stringify(
    {
      id: "any",
      name,
      regime: regimeNamed("mudan-2023").id,
      applies_to: ["镇街"],
      period: "year",
      start: "full",
      several_inspections: "latest",
      uninspected: "不评分",
      grades: [
        {name: "好", from: 90},
        {name: "差", from: 0}
      ],
      items: [
        {no: "4", full: milli / 1000},
        {no: "6", full: (100_000 - milli) / 1000}
      ],
      rules: list.map(([over, measure, title], i) => ({
        id: `R${i}`,
        item: i % 2 === 0 ? "4" : "6",
        name: title,
        over: "finding",
        ...over,
        ...measure
      }))
    },
    {aliasDuplicateObjects: false}
  )
);
