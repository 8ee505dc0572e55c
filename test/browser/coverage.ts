import type {Page} from "playwright-core";
import {expect} from "vitest";
import {openLaw} from "../../src/warehouse/law.ts";
import {numbersIn} from "./expected.ts";

type Cells = {readonly text: string} & Readonly<Record<string, string>>;
type Row = Readonly<Record<string, string | number | boolean | null>>;

/** What the tables of the law hold of coverage, for the page that shows it. */
export async function coverageOf(directory: string) {
  const law = await openLaw(directory);
  try {
    const {db, regime, when} = law;
    const rows = (sql: string) => db.rows<Row>(sql);
    return {
      as_of: when.as_of,
      words: regime.words,
      units: await rows(
        "select * exclude (came_on) from coverage_unit where is_current and went_on is null order by parameter, stretch_no"
      ),
      gone: await rows("select unit_code from coverage_unit where is_current and (went_on is not null or is_new)"),
      quotas: await rows(
        "select *, stretch_to <= getvariable('as_of') as is_over from coverage_quota order by parameter, stretch_from"
      ),
      rounds: await rows("select * from coverage_round"),
      counties: await rows("select * from coverage_county"),
      visits: await rows(
        "select inspection_id from coverage_visit where year(getvariable('as_of')) between year(least(started_on, planned_from, ended_on)) and year(coalesce(ended_on, greatest(getvariable('as_of'), planned_to)))"
      )
    };
  } finally {
    law.close();
  }
}

export type CoverageTables = Awaited<ReturnType<typeof coverageOf>>;

/** The numbers of the page's sentence, in its order, counted from the tables. */
export function sentenceNumbers({as_of, units, quotas, rounds}: CoverageTables): string[] {
  const day = (text: unknown) => String(text).slice(0, 10).split("-").map(Number);
  const main = units.some((u) => u.parameter !== null) ? units.filter((u) => u.parameter !== null) : units;
  const free = units.filter((u) => !main.includes(u));
  const count = (list: readonly Row[], state: string) => list.filter((u) => u.state === state).length;
  const [first] = main;
  const numbers: (number | string)[] = [...day(as_of)];
  if (first?.parameter === "cycle")
    numbers.push(main.length, ...day(first.stretch_from), ...day(first.stretch_to), count(main, "已巡查"));
  else if (first?.parameter === "round") numbers.push(String(first.round_no), main.length, count(main, "已巡查"));
  else if (first) {
    const states = ["巡查中", "当年不再安排", "未巡查"].map((state) => count(main, state));
    numbers.push(main.length, count(main, "已巡查"), ...states.filter((n) => n > 0));
  }
  const open = main.filter((u) => u.next_by !== null);
  for (const due of [...new Set(open.map((u) => String(u.next_by)))].toSorted())
    numbers.push(open.filter((u) => u.next_by === due).length, ...day(due));
  const doing = count(open, "巡查中");
  if (doing > 0 && doing < open.length) numbers.push(doing);
  const outside = rounds.filter((r) => r.in_month === false).length;
  if (outside > 0) numbers.push(outside);
  const sum = (key: string) => rounds.reduce((total, r) => total + Number(r[key] ?? 0), 0);
  if (sum("counties") > 0) numbers.push(sum("counties"), sum("counties_seen"));
  if (free.length > 0) numbers.push(free.length, ...(first?.parameter === "round" ? [] : [count(free, "已巡查")]));
  const months = quotas.filter((q) => q.parameter === "month_quota" && q.is_over);
  if (months.length > 0)
    numbers.push(months.length, months.filter((q) => Number(q.have) >= Number(q.need)).length, String(months[0]?.need));
  for (const q of quotas.filter((q) => q.parameter !== "month_quota")) numbers.push(String(q.have), String(q.need));
  return numbers.map(String);
}

/** Holds the page 覆盖, which is open, against the tables. */
export async function checkCoverage(page: Page, tables: CoverageTables): Promise<void> {
  const {units, gone, quotas, rounds, counties, visits, words} = tables;
  const rows = (selector: string) =>
    page.$$eval(selector, (elements) =>
      elements.map((e) => ({text: (e as HTMLElement).innerText.trim(), ...(e as HTMLElement).dataset}) as Cells)
    );
  const text = await page.innerText("main");
  expect(text).not.toMatch(/undefined|NaN|\[object/);
  expect(text).toMatch(/制度未规定|未见此规定/);
  expect(numbersIn(await page.innerText(".xh-sentence"))).toEqual(sentenceNumbers(tables));
  const pairs = (list: readonly Readonly<Record<string, unknown>>[]) =>
    list.map((u) => [u.unit_code ?? u.unit, u.state]).toSorted();
  const tiles = await rows(".xh-tile");
  expect(pairs(tiles)).toEqual(pairs(units));
  for (const tile of tiles) expect(tile.text).toContain(String(tile.state).replace("巡查", words.inspection ?? "巡查"));
  const ruled = units.filter((u) => u.parameter !== null);
  const main = ruled.length > 0 ? ruled : units;
  const waiting = main.filter((u) => u.state !== "已巡查");
  const by = (list: readonly (readonly unknown[])[]) => list.toSorted();
  expect(by((await rows("tr[data-waiting]")).map((r) => [r.waiting, r.by]))).toEqual(
    by(waiting.map((u) => [u.unit_code, u.next_by ?? ""]))
  );
  const [progress] = await rows("[data-progress]");
  expect([progress?.need, progress?.have]).toEqual([main.length, main.length - waiting.length].map(String));
  const quota = (await rows("tr[data-month]")).map((r) => [r.month, r.have, r.need]);
  const months = quotas.filter((q) => q.parameter === "month_quota");
  expect(quota).toEqual(months.map((q) => [String(q.stretch_from).slice(0, 7), String(q.have), String(q.need)]));
  expect((await rows("[data-quota]")).map((r) => [r.quota, r.have])).toEqual(
    quotas.filter((q) => q.parameter !== "month_quota").map((q) => [q.parameter, String(q.have)])
  );
  expect((await rows("tr[data-round]")).length).toBe(rounds.length);
  expect((await rows("tr[data-county]")).length).toBe(Math.min(20, counties.length));
  expect((await rows("tr[data-change]")).map((r) => r.change).toSorted()).toEqual(gone.map((u) => u.unit_code).toSorted());
  const exempt = units.filter((u) => u.exempt_because !== null);
  expect((await rows("tr[data-exempt]")).map((r) => r.exempt).toSorted()).toEqual(exempt.map((u) => u.unit_code).toSorted());
  const bars = await page.$$eval("g[data-visit]", (marks) => marks.map((g) => (g as SVGElement).dataset.visit));
  expect(bars.toSorted()).toEqual(visits.map((v) => v.inspection_id).toSorted());
}
