import {existsSync, statSync} from "node:fs";
import {join} from "node:path";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {openChromium, openPage, visit, type Watched} from "./chromium.ts";
import {checkCoverage, coverageOf} from "./coverage.ts";
import {type Expected, expectedOf, numbersIn, unitsOf} from "./expected.ts";
import {filesHolding, keptBackValues} from "./kept-back.ts";
import {checkComparison, checkRegime, checkTodo, type ExpectedLaw, expectedLaw} from "./law.ts";
import {checkQuality, qualityOf} from "./quality.ts";
import {checkRectify, rectifyOf} from "./rectify.ts";
import {openSampleSite, type SampleSite, sampleIds} from "./samples.ts";

const browser: Browser | null = await openChromium();
let site: SampleSite;
let watched: Watched;

beforeAll(async () => {
  if (!browser) return;
  site = await openSampleSite(sampleIds());
  watched = await openPage(browser, site.url);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** What elements of a page say and carry. */
async function rows(selector: string): Promise<({text: string} & Record<string, string>)[]> {
  return watched.page.$$eval(selector, (elements) =>
    elements.map((e) => ({text: (e as HTMLElement).innerText.trim(), ...(e as HTMLElement).dataset}) as never)
  );
}

async function open(path: string): Promise<void> {
  await visit(watched, site.url + path);
  expect(watched.problems.splice(0), path).toEqual([]);
}

/** What the pages asked for since the last call, as it lies on the server: bytes of the compressed files. */
function wireBytes(): number {
  const files = new Set(watched.requests.splice(0).filter((url) => url.startsWith(site.url) && !url.includes("/__font/")));
  const sizes = [...files].map((url) => {
    const path = join(site.directory, decodeURIComponent(new URL(url).pathname).replace(/\/$/, "/index.html"));
    return statSync(existsSync(`${path}.gz`) ? `${path}.gz` : path).size;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

const milliText = (milli: number | null) => (milli === null ? "" : String(milli));

describe.skipIf(!browser)("in a browser at 1366×768", () => {
  test("the start page leads to every workspace", async () => {
    await open("");
    expect((await rows(".xh-spaces a")).length).toBe(site.spaces.length);
  });

  describe.each(sampleIds())("%s", (id) => {
    let expected: Expected;
    let law: ExpectedLaw;
    beforeAll(async () => {
      const dir = site.spaces.find((s) => s.id === id)?.dir ?? "";
      expected = await expectedOf(dir);
      law = await expectedLaw(dir);
    });

    test("总览 shows the numbers of the command line", async () => {
      await open(`${id}/`);
      await checkOverview(expected);
    });

    test("待办 shows every duty that is late or due within 30 days", async () => {
      await open(`${id}/`);
      await checkTodo(watched.page, law);
    });

    test("覆盖 shows what the tables of the law hold, in words and numbers", async () => {
      await open(`${id}/coverage.html`);
      await checkCoverage(watched.page, await coverageOf(site.spaces.find((s) => s.id === id)?.dir ?? ""));
    });

    test("得分 shows every score, rank, grade and item of the command line", async () => {
      await open(`${id}/score.html`);
      await checkScores(expected);
    });

    test("单位 shows every unit's score, items and ledger rows of the command line", async () => {
      for (const [i, unit] of unitsOf(expected.result).entries()) {
        if (i === 0) await open(`${id}/unit.html#unit=${unit.unit_code}`);
        else await watched.page.evaluate((hash) => (location.hash = hash), `unit=${unit.unit_code}`);
        await watched.page.locator(`.xh-scorehead[data-unit="${unit.unit_code}"]`).waitFor();
        await checkUnit(expected, unit);
      }
      expect(watched.problems.splice(0)).toEqual([]);
    });

    test("整改 shows what the tables of the law hold, and opens what it counts", async () => {
      await open(`${id}/rectify.html`);
      await checkRectify(watched.page, await rectifyOf(site.spaces.find((s) => s.id === id)?.dir ?? ""));
      expect(watched.problems.splice(0)).toEqual([]);
    });

    test("数据质量 shows every row that waits, every table's balance and every batch", async () => {
      await open(`${id}/quality.html`);
      await checkQuality(watched.page, await qualityOf(site.spaces.find((s) => s.id === id)?.dir ?? ""));
      expect(watched.problems.splice(0)).toEqual([]);
    });

    test("every kind of ledger row opens what caused it", async () => {
      const {ledger} = expected;
      const kinds = new Set(ledger.map((e) => e.kind));
      for (const kind of kinds) {
        const row = ledger.find((e) => e.kind === kind && e.subject !== null) ?? ledger.find((e) => e.kind === kind);
        if (!row) continue;
        await open(`${id}/unit.html#unit=${row.unit_code}&row=${row.seq}`);
        const [detail] = await rows(".xh-detail");
        expect(detail?.text, kind).toContain(kind);
        expect(detail?.text).not.toContain("undefined");
      }
    });

    test("制度 shows what the document says and names what it does not", async () => {
      await open(`${id}/regime.html`);
      expect((await rows("[data-parameter]")).length).toBeGreaterThan(5);
      expect((await rows("[data-silent]")).length).toBeGreaterThan(0);
      const text = await watched.page.innerText("main");
      expect(text).toMatch(/制度未规定|未见此规定/);
      expect(text).not.toMatch(/undefined|NaN|\[object/);
      await checkRegime(watched.page, law, sampleIds().length);
    });

    test("制度 opens at what its address names", async () => {
      const {no = ""} = law.regime.clauses.at(-1) ?? {};
      await open(`${id}/regime.html#clause-${encodeURIComponent(no)}`);
      expect(await watched.page.locator(`[data-clause="${no}"]`).isVisible()).toBe(true);
      const top = await watched.page.locator(`[data-clause="${no}"]`).evaluate((e) => e.getBoundingClientRect().top);
      expect(top).toBeLessThan(768);
    });

    test("every page stays below 300 kB over the wire", async () => {
      for (const path of ["", "coverage.html", "score.html", "unit.html", "rectify.html", "regime.html", "quality.html"]) {
        watched.requests.splice(0);
        await open(`${id}/${path}`);
        expect(wireBytes(), path).toBeLessThan(300_000);
      }
    });

    test("no page scrolls sideways on a phone", async () => {
      await watched.page.setViewportSize({width: 390, height: 844});
      for (const path of ["", "coverage.html", "score.html", "unit.html", "rectify.html", "regime.html", "quality.html"]) {
        await open(`${id}/${path}`);
        expect(await watched.page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390);
      }
      await open(`${id}/regime.html`);
      await checkComparison(watched.page, sampleIds().findLast((other) => other !== id) ?? "");
      await watched.page.setViewportSize({width: 1366, height: 768});
    });
  });
});

test.skipIf(!browser)("leadership's pages draw without the columns they may not see", async () => {
  const other = await openSampleSite(["gongzhuling"], "leadership");
  const page = await openPage(browser as Browser, other.url);
  try {
    const [space] = other.spaces;
    const {ledger} = await expectedOf(space?.dir ?? "");
    const row = ledger.find((e) => e.kind === "扣分");
    const secret = await keptBackValues(space?.dir ?? "");
    expect(secret.length).toBeGreaterThan(300);
    expect(filesHolding(other.directory, secret)).toEqual([]);
    expect(filesHolding(join(site.directory, "_file/gongzhuling"), secret).length).toBeGreaterThan(3);
    const pages = [
      "",
      "coverage.html",
      "rectify.html",
      "score.html",
      `unit.html#unit=${row?.unit_code}&row=${row?.seq}`,
      "regime.html"
    ];
    for (const path of pages) {
      await visit(page, `${other.url}${space?.id}/${path}`);
      expect(page.problems.splice(0), path).toEqual([]);
      const text = await page.page.innerText("main");
      expect(text).not.toMatch(/undefined|NaN|\[object/);
      expect(text, path).toContain("第九条（二）");
    }
    // The last page is 制度: the office's own compliance is not there.
    expect(await page.page.locator("[data-check]").count()).toBe(0);
    expect(await page.page.innerText("main")).not.toContain("执行情况");
  } finally {
    await page.page.close();
    await other.close();
  }
});

async function checkOverview({result, overdue, open: opened}: Expected): Promise<void> {
  const units = unitsOf(result);
  const scored = units.flatMap((u) => (u.milli === null ? [] : [u.milli]));
  const tiles = await rows(".xh-tile");
  expect(tiles.map((t) => [t.unit, t.milli]).toSorted()).toEqual(units.map((u) => [u.unit_code, milliText(u.milli)]).toSorted());
  for (const tile of tiles) {
    const unit = units.find((u) => u.unit_code === tile.unit);
    expect(tile.text).toContain(unit?.score ?? unit?.covered);
    if (unit?.grade) expect(tile.text).toContain(unit.grade);
  }
  const kpis = Object.fromEntries((await rows("[data-kpi]")).map((k) => [k.kpi, k.value]));
  const covered = units.filter((u) => u.covered === "已巡查").length;
  expect(kpis).toMatchObject({covered: String(covered), overdue: String(overdue)});
  const means = result.schemes.flatMap((s) => {
    const of = s.units.flatMap((u) => (u.milli === null ? [] : [u.milli]));
    return of.length === 0 ? [] : [(Math.round(of.reduce((a, b) => a + b, 0) / of.length / 10) / 100).toFixed(2)];
  });
  const vetoed = units.filter((u) => u.vetoes.length > 0).length;
  const provisional = units.filter((u) => u.provisional && u.milli !== null).length;
  const [year, month, day] = result.as_of.split("-").map(Number);
  expect(numbersIn(await watched.page.innerText(".xh-sentence"))).toEqual(
    [
      year,
      month,
      day,
      units.length,
      covered,
      ...means,
      ...(vetoed > 0 ? [vetoed] : []),
      overdue,
      ...(provisional > 0 ? [provisional] : [])
    ].map(String)
  );
  const notes = (await watched.page.innerText('[data-kpi="overdue"]')).split("\n").at(-1) ?? "";
  expect(numbersIn(notes).at(-1)).toBe(String(opened));
  if (result.schemes.length === 1 && scored.length > 0) expect(kpis.mean).toBe(means[0]);
  for (const {scheme, units: members} of result.schemes) {
    const lowest = members
      .filter((u) => u.milli !== null)
      .toSorted((a, b) => (a.milli ?? 0) - (b.milli ?? 0))
      .slice(0, 5);
    const shown = (await rows("tr[data-unit]")).filter((r) => members.some((u) => u.unit_code === r.unit));
    expect(
      shown.map((r) => r.milli),
      scheme
    ).toEqual(lowest.map((u) => String(u.milli)));
    const reasons = (await rows("[data-reason-of]")).filter((r) => r.item && members.some((u) => u.unit_code === r.reasonOf));
    for (const reason of reasons) {
      const item = members.find((u) => u.unit_code === reason.reasonOf)?.items.find((i) => i.item === reason.item);
      expect(Number(reason.milli)).toBe(Math.round(1000 * (Number(item?.score) - Number(item?.full))));
    }
  }
}

async function checkScores({result}: Expected): Promise<void> {
  const units = unitsOf(result);
  const shown = await rows("tr[data-unit]");
  expect(shown.map((r) => r.unit).toSorted()).toEqual(units.map((u) => u.unit_code).toSorted());
  for (const row of shown) {
    const unit = units.find((u) => u.unit_code === row.unit);
    expect([row.milli ?? "", row.rank ?? "", row.grade ?? ""]).toEqual([
      milliText(unit?.milli ?? null),
      unit?.rank == null ? "" : String(unit.rank),
      unit?.grade ?? ""
    ]);
    const cells = row.text.split("\t").map((cell) => cell.trim());
    expect(cells[0]?.replace("（并列）", "")).toBe(unit?.rank != null ? String(unit.rank) : unit?.milli == null ? "—" : "不排名");
    expect(cells[3]).toBe(unit?.score ?? "");
    if (unit?.provisional && unit.milli !== null) expect(row.text).toContain("暂定");
    for (const veto of unit?.vetoes ?? []) expect(row.text).toContain(veto.name);
  }
  const items = await rows("[data-item-of]");
  const expectedItems = units
    .filter((u) => u.milli !== null)
    .flatMap((u) => u.items.map((i) => [u.unit_code, i.item, i.score === null ? "不涉及" : i.score]));
  const asNumber = (text: string) => (text === "不涉及" ? text : String(Number(text)));
  expect(items.map((i) => [i.itemOf, i.item, asNumber(i.text)]).toSorted()).toEqual(
    expectedItems.map(([u, i, s]) => [u, i, asNumber(String(s))]).toSorted()
  );
}

async function checkUnit({ledger, findings}: Expected, unit: ReturnType<typeof unitsOf>[number]): Promise<void> {
  const [head] = await rows(".xh-scorehead");
  expect([head?.milli, head?.rank, head?.grade]).toEqual([
    milliText(unit.milli),
    unit.rank === null ? "" : String(unit.rank),
    unit.grade ?? ""
  ]);
  expect(head?.text).toContain(unit.score ?? unit.covered);
  const found = findings.find((f) => f.unit_code === unit.unit_code) ?? {n: 0, done: 0, overdue: 0};
  const sentence = await watched.page.innerText(".xh-sentence");
  const counts = found.n === 0 ? [] : [found.n, found.done, found.overdue].map(String);
  expect(numbersIn(sentence.split("；")[1] ?? "")).toEqual(counts);
  const own = ledger.filter((e) => e.unit_code === unit.unit_code);
  const shown = await rows("tr[data-seq]");
  if (unit.milli === null) {
    expect(shown).toEqual([]);
    return;
  }
  expect(shown.map((r) => [r.seq, r.milli])).toEqual(own.map((e) => [String(e.seq), String(e.milli)]));
  expect(shown.reduce((sum, r) => sum + Number(r.milli), 0)).toBe(unit.milli);
  const steps = await watched.page.$$eval("[data-step]", (elements) =>
    elements.map((e) => Number((e as HTMLElement).dataset.milli))
  );
  expect(steps.slice(0, -1).reduce((sum, milli) => sum + milli, 0)).toBe(unit.milli);
  expect(steps.at(-1)).toBe(unit.milli);
  const items = await rows("tr[data-item-milli], tr[data-item]");
  expect(items.map((i) => [i.item, i.itemMilli ?? null])).toEqual(
    unit.items.map((i) => [i.item, i.score === null ? null : String(Math.round(Number(i.score) * 1000))])
  );
}
