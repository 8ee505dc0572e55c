import type {Page} from "playwright-core";
import {expect} from "vitest";
import {clauseCoverage} from "../../src/regime/coverage.ts";
import type {Regime} from "../../src/regime/types.ts";
import {type CheckResult, runChecks} from "../../src/warehouse/check.ts";
import {openLaw} from "../../src/warehouse/law.ts";

/** What the command line says of the law in a workspace: its regime, the result of `check`, how much is owed. */
export interface ExpectedLaw {
  readonly regime: Regime;
  readonly checks: readonly CheckResult[];
  readonly owed: {readonly late: number; readonly soon: number; readonly rectify: number};
}

/** What `check` and `todo` say of a workspace. */
export async function expectedLaw(directory: string): Promise<ExpectedLaw> {
  const law = await openLaw(directory);
  try {
    const due = "due_on between getvariable('as_of') and getvariable('as_of') + 30";
    const owed = await law.db.row<ExpectedLaw["owed"]>(
      `select count(*) filter (where due_on < getvariable('as_of') and is_known) as late, count(*) filter (where ${due}) as soon,
        count(*) filter (where ${due} and kind = '问题整改') as rectify from obligation where done_on is null`
    );
    return {regime: law.regime, checks: await runChecks(law.db, law), owed: owed ?? {late: 0, soon: 0, rectify: 0}};
  } finally {
    law.close();
  }
}

/** 总览: 待办 stands for every duty, late first, every clause leading to its place; the KPI says the same. */
export async function checkTodo(page: Page, {owed}: ExpectedLaw): Promise<void> {
  const section = page.locator("#todo");
  const more = section.locator("button", {hasText: "显示其余"});
  if ((await more.count()) > 0) await more.click();
  const rows = await section.locator("tr[data-todo]").evaluateAll((list) => list.map((e) => ({...(e as HTMLElement).dataset})));
  const sum = (of: typeof rows) => of.reduce((total, r) => total + Number(r.n), 0);
  const isLate = (r: (typeof rows)[number]) => Number(r.left) < 0;
  expect({late: sum(rows.filter(isLate)), soon: sum(rows.filter((r) => !isLate(r)))}).toEqual({late: owed.late, soon: owed.soon});
  expect(rows.map((r) => Number(r.left))).toEqual(rows.map((r) => Number(r.left)).toSorted((a, b) => a - b));
  const kpi = page.locator('[data-kpi="soon"]');
  expect(await kpi.getAttribute("data-value")).toBe(String(owed.soon));
  expect(await kpi.innerText()).toContain(`问题整改${owed.rectify}条`);
}

/** 制度: all clauses with what answers them, all documents side by side, and for analysts what came of every check. */
export async function checkRegime(page: Page, {regime, checks}: ExpectedLaw, documents: number): Promise<void> {
  const read = (selector: string, name: string) =>
    page.$$eval(selector, (list, key) => list.map((e) => (e as HTMLElement).dataset[key] ?? ""), name);
  expect(await read("tr[data-clause]", "clause")).toEqual(clauseCoverage(regime).clauses.map((c) => c.clause));
  expect((await read("th[data-regime]", "regime")).toSorted().length).toBe(documents);
  expect((await read("th[data-regime]", "regime"))[0]).toBe(regime.id);
  expect((await read("tr[data-compared]", "compared")).length).toBeGreaterThan(Object.keys(regime.parameters).length);
  const shown = await page.$$eval("tr[data-check]", (list) =>
    list.map((e) => [(e as HTMLElement).dataset.check, Number((e as HTMLElement).dataset.rows)])
  );
  expect(shown.toSorted()).toEqual(checks.map((c) => [c.id, c.rows]).toSorted());
  const [broken] = checks.filter((c) => c.rows > 0).toSorted((a, b) => a.rows - b.rows);
  if (!broken) return;
  await page.evaluate((id) => {
    location.hash = `check=${id}`;
  }, broken.id);
  await page.locator(`tr[data-check="${broken.id}"][aria-current="true"]`).waitFor();
  const opened = await page.locator("tr[data-breach]").allInnerTexts();
  expect(opened.length).toBe(Math.min(broken.rows, 20));
  for (const [i, {because}] of broken.sample.slice(0, 3).entries()) expect(opened[i]).toContain(because);
}

/** On a phone the documents are compared two at a time; another is chosen by the address. */
export async function checkComparison(page: Page, other: string): Promise<void> {
  const regimes = () => page.$$eval("th[data-regime]", (list) => list.map((e) => (e as HTMLElement).dataset.regime));
  expect((await regimes()).length).toBe(2);
  await page.evaluate((id) => {
    location.hash = `compare=${id}`;
  }, other);
  await page.locator(`th[data-regime="${other}"]`).waitFor();
  expect((await regimes()).at(-1)).toBe(other);
}
