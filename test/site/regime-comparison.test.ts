import {cpSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, expect, test} from "vitest";
import {parseRegime} from "../../src/regime/parse.ts";
import {compareRegimes, knownRegimes} from "../../src/site/regime-comparison.ts";
import {FIVE, IDS, regimeText} from "../regime/five.ts";

const all = IDS.map((id) => FIVE[id]);
const {parameters, regimes} = compareRegimes(all, "2025-12-31");
const row = (name: string) => parameters.find((p) => p.name === name)?.cells;

const office = mkdtempSync(join(tmpdir(), "xunheng-compare-"));
afterAll(() => rmSync(office, {recursive: true, force: true}));

test("what the five documents say of a report stands side by side, and silence is null", () => {
  expect(regimes.map(({id}) => id)).toEqual([...IDS]);
  expect(row("report")).toEqual([
    expect.objectContaining({regime: "mudan-2023", clause: "三（三）4", modality: "应当"}),
    expect.objectContaining({regime: "hunan-2021", clause: "三（三）4"}),
    expect.objectContaining({regime: "shandong-2018", clause: "方案五（一）"}),
    null,
    null
  ]);
  expect(row("report")?.map((cell) => cell?.lines[0] ?? null)).toEqual([
    "自“结束日期”的次日起10个工作日内",
    "自“结束日期”的次日起5个工作日内",
    "自“结束日期”的次日起15个工作日内",
    null,
    null
  ]);
});

test("every parameter of every document is in the comparison, and none that no document has", () => {
  const said = new Set(all.flatMap((regime) => Object.keys(regime.parameters)));
  expect(new Set(parameters.map(({name}) => name))).toEqual(said);
  expect(row("finding_due")).toBeUndefined();
});

test("a document that came later says what it first said, and since when", () => {
  const earlier = compareRegimes(all, "2022-01-01");
  expect(earlier.regimes.map(({since}) => since)).toEqual(["2023-12-06", null, null, null, null]);
  expect(earlier.parameters.find((p) => p.name === "report")?.cells[0]?.lines[0]).toBe("自“结束日期”的次日起10个工作日内");
});

test("a value that changed is shown as it stands on the day", () => {
  const changed = regimeText("mudan-2023").replace(
    "2023-12-06: {min: 4,",
    "2023-12-06: {min: 4, leaders: 1, deputies: 1}\n      2025-01-01: {min: 5,"
  );
  const regime = parseRegime(changed, "x.yaml");
  const least = (day: string) => compareRegimes([regime], day).parameters.find((p) => p.name === "team_size")?.cells[0]?.lines[0];
  expect([least("2024-12-31"), least("2025-01-01")]).toEqual(["至少（人）：4", "至少（人）：5"]);
});

test("an office's own document comes first, and its folder's documents are known beside those of the program", () => {
  cpSync(join(import.meta.dirname, "../input/sixth/regimes"), join(office, "regimes"), {recursive: true});
  const known = knownRegimes(office, FIVE["hunan-2021"]).map(({id}) => id);
  expect(known[0]).toBe("hunan-2021");
  expect(known.slice(1)).toEqual(["gongzhuling", "hainan-2016", "mudan-2023", "shandong-2018", "xinghe-2024"]);
});
