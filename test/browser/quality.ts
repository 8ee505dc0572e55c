import type {Page} from "playwright-core";
import {expect} from "vitest";
import type {QualityFacts} from "../../src/components/quality/types.ts";
import {qualityMart} from "../../src/site/quality-mart.ts";
import {openScored} from "../../src/warehouse/scored.ts";
import {run} from "../cli/run.ts";

/** What the command line says of a workspace's data: `rejects`, and what the page is made from. */
export async function qualityOf(directory: string): Promise<{mart: QualityFacts; rejects: readonly {file: string; row: number}[]}> {
  const {stdout} = await run("rejects", "--json", "-w", directory);
  const scored = await openScored(directory);
  try {
    return {mart: await qualityMart(scored), rejects: (JSON.parse(stdout) as {rows: {file: string; row: number}[]}).rows};
  } finally {
    scored.close();
  }
}

/** 数据质量: every rejected and held row, the balance of every table, every batch; a batch opens its files. */
export async function checkQuality(page: Page, {mart, rejects}: Awaited<ReturnType<typeof qualityOf>>): Promise<void> {
  const read = (selector: string) => page.$$eval(selector, (list) => list.map((e) => ({...(e as HTMLElement).dataset})));
  expect((await read("tr[data-reject]")).map((r) => r.reject)).toEqual(rejects.map((r) => `${r.file}:${r.row}`));
  expect(await page.getAttribute('[data-kpi="rejects"]', "data-value")).toBe(String(rejects.length));
  for (const t of await read("tr[data-table]")) {
    const table = mart.tables.find((m) => m.table === t.table);
    expect(t).toMatchObject({read: String(table?.read), rejected: String(table?.rejected), held: String(table?.held)});
    expect(table?.read).toBe(sum(table));
  }
  const batches = await read("tr[data-batch]");
  expect(batches.map((b) => b.batch)).toEqual(mart.batches.rows.slice(0, 30).map((b) => b.id));
  const [first] = mart.batches.rows;
  await page.evaluate((id) => {
    location.hash = `batch=${id}`;
  }, first?.id ?? "");
  await page.locator("#batches .xh-detail").waitFor();
  expect(await page.locator("#batches .xh-detail").innerText()).toContain(first?.files[0] ?? "");
  await page.evaluate(() => {
    location.hash = "kind=挂起";
  });
  const held = mart.rejects.rows.filter((r) => r.cause !== null).length;
  await page.waitForFunction((n) => document.querySelectorAll("tr[data-reject]").length === n, held);
  expect(await page.innerText("main")).not.toMatch(/undefined|NaN|\[object/);
}

function sum(table: QualityFacts["tables"][number] | undefined): number {
  return table ? table.new + table.unchanged + table.changed + table.rejected + table.skipped : 0;
}
