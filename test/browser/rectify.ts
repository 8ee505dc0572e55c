import type {Page} from "playwright-core";
import {expect} from "vitest";
import {openLaw} from "../../src/warehouse/law.ts";
import {numbersIn} from "./expected.ts";

/** Kinds of duties that the page 整改 counts. */
const KINDS =
  "'约谈', '约谈落实情况', '挂牌督办', '书面报告', '移交', '移送纪检监察', '曝光', '整改情况报告', '后续定期报告', '验收销号', '公布'";

/** What the tables of the law hold of findings, for the page that shows it. */
export async function rectifyOf(directory: string) {
  const law = await openLaw(directory);
  const {db} = law;
  try {
    const count = (sql: string) => db.value<number>(`select count(*) from ${sql}`).then(Number);
    const overdue = "law_finding where not is_done and due_on < getvariable('as_of')";
    return {
      as_of: law.when.as_of,
      findings: await count("law_finding"),
      done: await count("law_finding where is_done"),
      overdue: await count(overdue),
      stages: await db.rows<{stage: string; reached: number; waiting: number; recorded: boolean}>(
        `select s.from_on, s.stage_no, s.stage, s.recorded_by is not null as recorded, cast(count(e.finding_id) as integer) as reached,
          (select cast(count(*) as integer) from loop_finding f where f.from_on = s.from_on and f.stage_no = s.stage_no and f.waits_since is not null) as waiting
        from loop_stage s left join loop_event e on e.from_on = s.from_on and e.stage_no = s.stage_no group by all order by s.from_on, s.stage_no`
      ),
      stuck: await count("loop_finding where waits_since is not null"),
      skipped: await db.rows<{finding_id: string}>(
        "select finding_id from loop_fault where skipped is not null group by 1 order by 1"
      ),
      owed: await db.rows<{duty: string; owed: string; late: string}>(
        `select parameter || '.' || kind as duty, cast(count(*) as varchar) as owed,
          cast(count(*) filter (where done_on is null and is_known and due_on < getvariable('as_of')) as varchar) as late
        from obligation where kind in (${KINDS}) group by 1 order by 1`
      ),
      five: await count(
        "five_missing join law_finding using (finding_id) where layer = '企业' and fix_now is distinct from true and not (fix_now is null and given_due_on is null)"
      )
    };
  } finally {
    law.close();
  }
}

export type RectifyTables = Awaited<ReturnType<typeof rectifyOf>>;

/** 整改: the sentence, the stages, the duties and the overdue are those of the tables; every number opens a list of that length. */
export async function checkRectify(page: Page, tables: RectifyTables): Promise<void> {
  const {findings, done, overdue, stages, stuck, owed, five} = tables;
  const read = (selector: string) => page.$$eval(selector, (list) => list.map((e) => ({...(e as HTMLElement).dataset})));
  const text = await page.innerText("main");
  expect(text).not.toMatch(/undefined|NaN|\[object/);
  expect(text).toMatch(/制度未规定|未见此规定/);
  const sum = (name: "owed" | "late") => owed.reduce((total, o) => total + Number(o[name]), 0);
  expect(numbersIn(await page.innerText(".xh-sentence")).slice(3)).toEqual(
    [findings, done, findings - done, overdue, ...(stages.length > 0 ? [stuck] : []), sum("owed"), sum("late")].map(String)
  );
  const shown = (await read("tr[data-stage]")).filter((r) => r.stage !== "0");
  expect(shown.map((r) => [r.reached ?? null, Number(r.waiting)])).toEqual(
    stages.map((s) => [s.recorded ? String(s.reached) : null, s.waiting])
  );
  for (const {stage, recorded} of stages) expect(text).toContain(recorded ? stage : "台账不记录");
  const duties = (await read("tr[data-duty]")).filter((r) => r.owed !== undefined && r.owed !== "0");
  expect(duties.map((r) => [r.duty, r.owed, r.late]).toSorted()).toEqual(owed.map((o) => [o.duty, o.owed, o.late]).toSorted());
  expect((await read("#overdue"))[0]?.overdue).toBe(String(overdue));
  const missing = (await read("tr[data-five]")).reduce((total, r) => total + Number(r.missing), 0);
  expect(missing).toBe(missing === 0 ? 0 : five);
  await checkLists(page, shown, duties);
}

/** The numbers of a stage and of a duty open what they count. */
async function checkLists(
  page: Page,
  shown: readonly Readonly<Record<string, string | undefined>>[],
  duties: readonly Readonly<Record<string, string | undefined>>[]
): Promise<void> {
  const waiting = shown.find((r) => Number(r.waiting) > 0);
  if (waiting) expect(await listed(page, `waiting.${waiting.stage}`, "tr[data-finding]")).toBe(Number(waiting.waiting));
  const duty = duties.find((r) => Number(r.late) > 0);
  if (duty) expect(await listed(page, `owed.${duty.duty}.逾期`, "tr[data-subject]")).toBe(Number(duty.late));
  await page.evaluate(() => (location.hash = "severity=重大"));
  await page.locator(".xh-sentence", {hasText: "严重程度为重大的"}).waitFor();
  expect(await page.innerText("main")).not.toMatch(/undefined|NaN|\[object/);
}

async function listed(page: Page, list: string, selector: string): Promise<number> {
  await page.evaluate((name) => (location.hash = new URLSearchParams({list: name}).toString()), list);
  const section = page.locator(`[data-list="${list}"]`);
  await section.waitFor();
  const more = section.locator("button", {hasText: "显示其余"});
  if ((await more.count()) > 0) await more.click();
  return section.locator(selector).count();
}
