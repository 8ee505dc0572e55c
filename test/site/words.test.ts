import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {parseRegime} from "../../src/regime/parse.ts";
import {regimeBook} from "../../src/site/regime-book.ts";
import {valueLines} from "../../src/site/words.ts";

const DIRECTORY = join(import.meta.dirname, "../../data/regimes");
const regimes = readdirSync(DIRECTORY)
  .filter((f) => f.endsWith(".yaml"))
  .map((f) => parseRegime(readFileSync(join(DIRECTORY, f), "utf8"), f));

test("a period is a sentence", () => {
  expect(valueLines({start: "inspection.ended_on", length: 10, unit: "workdays", done: "inspection.reported_on"})).toEqual([
    "自“结束日期”的次日起10个工作日内",
    "完成以此为准：“报告日期”"
  ]);
});

test("a column, the last column of a stretch, and measures are said by their headers", () => {
  expect(valueLines({from: "member.from_on", to: "member.to_on"})).toEqual(["自：“参加日期”", "至：“离开日期”"]);
  expect(valueLines({to: "区安委会办公室"})).toEqual(["对谁：区安委会办公室"]);
  expect(valueLines({stages: ["移交"], maps: {移交: "action.kind=行业移交|立案"}})).toEqual([
    "环节：移交",
    "各环节记录在：移交：“督办措施”中的行业移交或立案"
  ]);
});

test("no English word is left in any value of any regime", () => {
  for (const regime of regimes) {
    const lines = Object.values(regime.parameters).flatMap((p) => p.values.flatMap((v) => valueLines(v.value)));
    expect(
      lines.filter((line) => /[a-z_]{2,}/.test(line)),
      regime.id
    ).toEqual([]);
  }
});

test("every parameter is either said, with clause and modality, or named as silent", () => {
  for (const regime of regimes) {
    const {parameters} = regimeBook(regime, "2026-01-01");
    const said = parameters.filter((p) => !p.silent);
    expect(said.map((p) => p.name).toSorted(), regime.id).toEqual(Object.keys(regime.parameters).toSorted());
    for (const p of said) expect([p.clause, p.modality].every(Boolean), `${regime.id} ${p.name}`).toBe(true);
  }
});

test("a regime without power over 组织部门 says so on its page", () => {
  const powerless = regimes.filter((r) => r.organisation === null);
  expect(powerless.length).toBeGreaterThan(0);
  for (const regime of powerless) expect(regimeBook(regime, "2026-01-01").organisation).toBeNull();
});
