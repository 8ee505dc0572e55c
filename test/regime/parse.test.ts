import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {Fault} from "../../src/fault.ts";
import {ALWAYS, parseRegime, readRegime} from "../../src/regime/parse.ts";
import {rounds} from "../rounds.ts";
import {FIVE, IDS, regimeText} from "./five.ts";

const mudan = regimeText("mudan-2023");

describe("parseRegime", () => {
  it.each(IDS)("reads %s, named as its file", (id) => {
    expect(FIVE[id].id).toBe(id);
  });

  it("keeps 不详 as in force on every date", () => {
    expect(FIVE.gongzhuling.parameters.month_quota?.values).toEqual([{from: ALWAYS, value: {trips: 4}}]);
  });

  it("orders values by date, and sets announced ones apart", () => {
    const later = "2026-01-01: {start: inspection.ended_on, length: 7, unit: workdays}\n      2027-01-01: expected\n      ";
    const text = mudan.replace("2023-12-06: {start: inspection.ended_on, length: 10", `${later}$&`);
    const report = parseRegime(text, "a.yaml").parameters.report;
    expect(report?.values.map(({from}) => from)).toEqual(["2023-12-06", "2026-01-01"]);
    expect(report?.expected).toEqual(["2027-01-01"]);
  });

  it("knows finding_due and extension, though no seed has them", () => {
    const text = mudan.replace(
      "parameters:\n",
      `parameters:
  finding_due: {clause: 三（三）5, modality: 应当, values: {2023-12-06: {start: finding.found_on, length: 15, unit: days, rest_day: 顺延}}}
  extension: {clause: 三（三）5, modality: 可以, values: {2023-12-06: {max_times: 1, apply_before_due: true}}}
`
    );
    expect(Object.keys(parseRegime(text, "a.yaml").parameters)).toEqual(expect.arrayContaining(["finding_due", "extension"]));
  });

  it("gathers every problem into one fault, top of the file first", () => {
    const text = mudan
      .replace("authority:", "authorty:")
      .replace("modality: 原则上", "modality: 原则")
      .replace('no: "10"', 'no: "9"');
    try {
      parseRegime(text, "a.yaml");
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(Fault);
      const {exit, complaints} = error as Fault;
      expect(exit).toBe(2);
      expect(complaints.length).toBe(4);
      const lines = complaints.map(({place}) => place?.line ?? 0);
      expect(lines).toEqual(lines.toSorted((a, b) => a - b));
    }
  });

  it("gives the same canonical text whatever the order of keys, and another when a value changes", () => {
    const swapped = mudan.replace("length: 10, unit: workdays", "unit: workdays, length: 10");
    const changed = mudan.replace("length: 10, unit: workdays", "length: 11, unit: workdays");
    expect(parseRegime(swapped, "a.yaml").canonical).toBe(FIVE["mudan-2023"].canonical);
    expect(parseRegime(changed, "a.yaml").canonical).not.toBe(FIVE["mudan-2023"].canonical);
  });

  it("answers any damage with places, never with a crash", () => {
    const damage = fc.record({
      at: fc.nat(mudan.length),
      cut: fc.nat(40),
      put: fc.constantFrom("", "{", "]", ": ", "\n", "- ", "'", "*", "null", "[[", "\t", "__proto__: 1")
    });
    fc.assert(
      fc.property(damage, ({at, cut, put}) => {
        const {regime, complaints} = readRegime(mudan.slice(0, at) + put + mudan.slice(at + cut), "a.yaml");
        expect(regime === null).toBe(complaints.length > 0);
        for (const {place} of complaints) expect(place?.line).toBeGreaterThan(0);
      }),
      {numRuns: rounds(100)}
    );
  });
});
