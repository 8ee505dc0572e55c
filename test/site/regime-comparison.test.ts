import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {parseRegime} from "../../src/regime/parse.ts";
import {compareRegimes, knownRegimes} from "../../src/site/regime-comparison.ts";
import {FIVE, IDS, regimeText} from "../regime/five.ts";

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "xunheng-compare-"));
});
afterEach(() => rmSync(scratch, {recursive: true, force: true}));

const regimes = IDS.map((id) => FIVE[id]);

test("every parameter of every document is in its cell, in words, with clause and modality", () => {
  const {parameters} = compareRegimes(regimes, "2026-01-01");
  for (const [i, regime] of regimes.entries()) {
    const said = parameters.filter((p) => p.cells[i] !== null);
    expect(said.map((p) => p.name).toSorted(), regime.id).toEqual(Object.keys(regime.parameters).toSorted());
    for (const {name, cells} of said) {
      expect(cells[i]).toMatchObject({clause: regime.parameters[name]?.clause, modality: regime.parameters[name]?.modality});
      expect(cells[i]?.lines.length, name).toBeGreaterThan(0);
      expect(cells[i]?.lines.join(), name).not.toMatch(/[a-z_]{2,}/);
    }
  }
});

test("a document that came after the day is shown as it first was, and says since when", () => {
  const {regimes: heads, parameters} = compareRegimes(regimes, "2018-12-31");
  expect(heads.find((r) => r.id === "mudan-2023")?.since).toBe("2023-12-06");
  expect(heads.find((r) => r.id === "shandong-2018")?.since).toBeNull();
  const at = heads.findIndex((r) => r.id === "mudan-2023");
  expect(parameters.find((p) => p.name === "report")?.cells[at]?.lines.join()).toContain("10个工作日");
});

test("a value announced for later is marked with its day", () => {
  const text = regimeText("mudan-2023").replace(
    /^ {2}report:\n(?:.*\n)*? {4}values:\n(.*)\n/m,
    (found) => `${found}      2027-01-01: {start: inspection.ended_on, length: 5, unit: workdays}\n`
  );
  const changed = parseRegime(text, "x.yaml");
  const lines = (day: string) =>
    compareRegimes([changed], day)
      .parameters.find((p) => p.name === "report")
      ?.cells[0]?.lines.join();
  expect(lines("2026-12-31")).toContain("10个工作日");
  expect(lines("2027-01-01")).toContain("5个工作日");
});

test("an office compares with all documents of the program and its own; its own comes first and replaces one of the same id", () => {
  const own = parseRegime(regimeText("hunan-2021"), "own.yaml");
  expect(knownRegimes(scratch, own).map((r) => r.id)).toEqual([
    "hunan-2021",
    ...IDS.filter((id) => id !== "hunan-2021").toSorted()
  ]);
  mkdirSync(join(scratch, "regimes"));
  writeFileSync(join(scratch, "regimes/mudan-2023.yaml"), regimeText("mudan-2023").replace(/^title: .*/m, "title: 本单位修改的"));
  writeFileSync(join(scratch, "regimes/other.yaml"), regimeText("mudan-2023").replace("id: mudan-2023", "id: other"));
  const known = knownRegimes(scratch, own);
  expect(known.find((r) => r.id === "mudan-2023")?.title).toBe("本单位修改的");
  expect(known.map((r) => r.id)).toContain("other");
});
