import {readFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {parse, stringify} from "yaml";
import {FACTS} from "../../src/contract/fact.ts";
import {parseCases} from "../../src/scheme/case.ts";
import {OFFERED} from "../../src/scheme/function.ts";
import {KEY_NOTES} from "../../src/scheme/key-notes.ts";
import {parseScheme} from "../../src/scheme/parse.ts";
import {schemeWarnings} from "../../src/scheme/warn.ts";
import {runCases} from "../../src/warehouse/case.ts";
import {readCalendar} from "../../src/workspace/calendar.ts";
import {expression, regimeNamed} from "../scheme/support.ts";

const page = readFileSync("src/guide/scheme.md", "utf8");
const regime = regimeNamed("mudan-2023");
const blocks = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = ""]) => text);
const whole = blocks.find((text) => text.includes("\nid: ")) ?? "";
const cases = blocks.find((text) => text.includes("\ncases:")) ?? "";
const parts = blocks.filter((text) => text !== whole && text !== cases);

interface Part {
  readonly items?: readonly {readonly no: string}[];
  readonly rules?: readonly {readonly item?: string; readonly bonus?: unknown}[];
}

/** A part of a scheme as a whole one: what it leaves out comes from the first example. */
function completed(text: string): string {
  const part = parse(text) as Part;
  const used = [...new Set((part.rules ?? []).flatMap(({item}) => item ?? []))];
  const items = used.map((no, i) => ({no, full: i === 0 ? 100 - (used.length - 1) * 10 : 10}));
  const rules =
    part.rules ?? (part.items ? [{id: "X", item: part.items[0]?.no, name: "例", over: "finding", deduct: 1}] : undefined);
  return stringify(
    {...(parse(whole) as object), ...(used.length > 0 ? {items} : {}), ...part, ...(rules ? {rules} : {})},
    {version: "1.1"}
  );
}

describe("the guide to schemes", () => {
  it("has a whole scheme that can be used, without anything to think twice about", async () => {
    const scheme = await parseScheme(whole, "guide.yaml", {regime, expression});
    expect(schemeWarnings(scheme, regime).map(({what}) => what)).toEqual([]);
  });

  it.each(parts.map((text) => [text.match(/(?:name|code): ([^,}\n]+)/)?.[1] ?? text, text]))(
    "has an example that can be used: %s",
    async (_, text) => {
      const scheme = await parseScheme(completed(text), "guide.yaml", {regime, expression});
      expect(scheme.rules.length).toBeGreaterThan(0);
    }
  );

  it("has cases that come out for its own scheme", async () => {
    const scheme = await parseScheme(whole, "guide.yaml", {regime, expression});
    const results = await runCases(parseCases(cases, "guide.cases.yaml", scheme), {scheme, regime, calendar: readCalendar(null)});
    for (const {one, differences} of results) expect({case: one.name, differences}).toEqual({case: one.name, differences: []});
  }, 60_000);

  it("names every key, every kind of register and every function there is", () => {
    const keys = [...new Set(Object.keys(KEY_NOTES).map((path) => path.split(".").at(-1) ?? ""))];
    expect(keys.filter((key) => !new RegExp(`\\b${key.replace("[]", "")}\\b`).test(page))).toEqual([]);
    expect(FACTS.filter(({grain}) => !page.includes(`\`${grain}\``))).toEqual([]);
    expect(OFFERED.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it("uses every measure in an example", () => {
    const used = blocks.join("\n");
    for (const measure of [
      "deduct",
      "bonus",
      "ratio",
      "steps",
      "change",
      "percentile",
      "judge",
      "veto",
      "weight",
      "escalate",
      "once",
      "needs"
    ])
      expect(used).toMatch(new RegExp(`\\b${measure}: `));
  });
});
