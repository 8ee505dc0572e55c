import {cpSync, mkdtempSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {releaseSpace, siteSpace} from "../../src/cli/site-command.ts";
import {organisationData} from "../../src/export/organisation/data.ts";
import type {OrganisationData} from "../../src/export/organisation/types.ts";
import {type PublicationData, publicationData} from "../../src/export/publication.ts";
import {openReleased} from "../../src/release/open.ts";
import {buildSite, type ReleaseAudience} from "../../src/site/build.ts";
import {type Served, serveSite} from "../../src/site/serve.ts";
import {releasedSample} from "../samples/released.ts";
import {openChromium, openPage, visit, type Watched} from "./chromium.ts";
import {filesHolding, keptBackValues} from "./kept-back.ts";

const ID = "mudan-2023";
const browser: Browser | null = await openChromium();
const scratch = mkdtempSync(join(tmpdir(), "xunheng-released-"));

afterAll(async () => {
  await browser?.close();
  rmSync(scratch, {recursive: true, force: true});
});

interface Shown extends Served {
  readonly directory: string;
  readonly watched: Watched;
}

/** A site for readers of releases, served and opened. */
async function shown(audience: ReleaseAudience): Promise<Shown> {
  const space = await releaseSpace(await releasedSample(ID), audience, {});
  const directory = join(scratch, audience);
  await buildSite({spaces: [space], audience, to: directory});
  const served = await serveSite(directory, 0);
  return {...served, directory, watched: await openPage(browser as Browser, served.url)};
}

async function release(): Promise<string> {
  const releases = join(await releasedSample(ID), ".xunheng/releases");
  return join(releases, readdirSync(releases)[0] ?? "");
}

const rows = (watched: Watched, selector: string) =>
  watched.page.$$eval(selector, (list) =>
    list.map((e) => ({text: (e as HTMLElement).innerText, ...(e as HTMLElement).dataset}) as Record<string, string>)
  );

/** Opens a page at 1366×768 and at 390 px: nothing fails, nothing is cut off at the side, every mark of the result is there. */
async function checkPage({watched, url}: Shown, path: string): Promise<void> {
  for (const width of [390, 1366]) {
    await watched.page.setViewportSize({width, height: 800});
    await visit(watched, url + path);
    expect(watched.problems.splice(0), path).toEqual([]);
    expect(await watched.page.evaluate(() => document.documentElement.scrollWidth), `${path} ${width}`).toBeLessThanOrEqual(width);
  }
  const text = await watched.page.innerText("body");
  expect(text).not.toMatch(/undefined|NaN|\[object/);
  for (const mark of ["审定 mudan-2023-2025-r1", "演示数据", "2025-12-31"]) expect(text).toContain(mark);
}

describe.skipIf(!browser)("the site for the organisation department", () => {
  let site: Shown;
  let data: OrganisationData;
  beforeAll(async () => {
    site = await shown("organisation");
    const scored = await openReleased(await release());
    data = await organisationData(scored);
    scored.close();
  });
  afterAll(() => site?.close());

  test("shows every unit's grade and rank of the release, and who approved it", async () => {
    await checkPage(site, `${ID}/organisation.html`);
    const units = await rows(site.watched, "tr[data-unit]");
    expect(units.map((u) => [u.unit, u.grade, u.rank])).toEqual(
      data.units.map((u) => [u.unit_code, u.grade ?? "", u.rank === null ? "" : String(u.rank)])
    );
    const seal = await site.watched.page.innerText("#seal");
    for (const said of ["钱审定", "2026-01-20", data.stamp.digest, data.stamp.release?.manifest ?? "?"])
      expect(seal).toContain(said);
  });

  test("opens a unit's findings and decisions, and an official's four facts", async () => {
    const unit = data.findings.find((f) => f.is_overdue)?.scored_unit ?? "";
    await visit(site.watched, `${site.url}${ID}/organisation.html#unit=${unit}`);
    const striking = data.findings.filter((f) => f.scored_unit === unit && (f.is_major || f.is_overdue));
    expect((await rows(site.watched, "tr[data-finding]")).map((r) => r.finding)).toEqual(striking.map((f) => f.finding_id));
    const tenure = data.officials.find((o) => o.unit_code === unit && o.findings.length > 0);
    const name = site.watched.page.locator("tr[data-tenure] a", {hasText: tenure?.person_name ?? "?"}).first();
    await name.click();
    await site.watched.page.locator("tr[data-fact]").first().waitFor();
    const facts = await rows(site.watched, "tr[data-fact]");
    expect(facts.map((f) => f.fact)).toEqual(tenure?.findings.map((f) => f.finding_id));
    expect(facts[0]?.text).toContain(tenure?.findings[0]?.found.state);
    expect(site.watched.problems.splice(0)).toEqual([]);
  });

  test("narrows officials by what is typed", async () => {
    await visit(site.watched, `${site.url}${ID}/organisation.html`);
    const [first] = data.officials;
    await site.watched.page.fill("#officials input", first?.person_id ?? "");
    const left = await rows(site.watched, "tr[data-tenure]");
    expect(left.length).toBe(data.officials.filter((o) => o.person_id.includes(first?.person_id ?? "")).length);
    await site.watched.page.fill("#officials input", "没有这个人");
    expect(await rows(site.watched, "tr[data-tenure]")).toEqual([]);
  });

  test("has no mart and nothing that the department may not see", async () => {
    const secret = await keptBackValues(await releasedSample(ID), "organisation");
    expect(secret.length).toBeGreaterThan(300);
    expect(filesHolding(site.directory, secret)).toEqual([]);
    expect(readdirSync(site.directory, {recursive: true}).filter((f) => String(f).endsWith(".arrow"))).toEqual([]);
    await checkPage(site, `${ID}/regime.html`);
    expect(await site.watched.page.locator("[data-check]").count()).toBe(0);
  });
});

describe.skipIf(!browser)("the site for the public", () => {
  let site: Shown;
  let data: PublicationData;
  beforeAll(async () => {
    site = await shown("public");
    const scored = await openReleased(await release());
    data = await publicationData(scored);
    scored.close();
  });
  afterAll(() => site?.close());

  test("shows who was inspected and what was found, and neither scores nor ranks nor people", async () => {
    await checkPage(site, `${ID}/publication.html`);
    const units = await rows(site.watched, "tr[data-unit]");
    expect(units.map((u) => [u.unit, u.grade, u.findings, u.done])).toEqual(
      data.units.map((u) => [u.unit_code, u.grade ?? "", String(u.findings), String(u.done)])
    );
    const text = await site.watched.page.innerText("body");
    expect(text).not.toMatch(/名次|钱审定|豁免/);
    const file = readdirSync(join(site.directory, "_file", ID, "mart")).find(
      (name) => name.startsWith("publication") && name.endsWith(".json")
    );
    expect(readFileSync(join(site.directory, "_file", ID, "mart", file ?? ""), "utf8")).not.toMatch(/milli|"score"|rank/);
  });

  test("has nothing that the public may not see", async () => {
    const told = JSON.stringify([data.exposures, data.words]);
    const secret = (await keptBackValues(await releasedSample(ID), "public")).filter((value) => !told.includes(value));
    expect(secret.length).toBeGreaterThan(300);
    expect(filesHolding(site.directory, [...secret, "钱审定", "演示数据有意如此"])).toEqual([]);
  });
});

test("the bar names the release only while the pages show what it holds", async () => {
  const directory = await releasedSample(ID);
  expect((await siteSpace(directory, {})).state).toBe("审定 mudan-2023-2025-r1");
  expect((await siteSpace(directory, {as_of: "2025-06-30"})).state).toBe("未审定（与 mudan-2023-2025-r1 不同）");
  const copy = join(scratch, ID);
  cpSync(directory, copy, {recursive: true});
  const {main} = await import("../../src/cli/main.ts");
  const quiet = {stdout: () => {}, stderr: () => {}, now: () => new Date("2026-02-01T02:00:00Z"), terminal: false};
  expect(await main(["release", "withdraw", "mudan-2023-2025-r1", "--by", "钱审定", "--reason", "有误", "-w", copy], quiet)).toBe(
    0
  );
  expect((await siteSpace(copy, {})).state).toBe("未审定");
  await expect(releaseSpace(copy, "organisation", {})).rejects.toMatchObject({exit: 3});
});
