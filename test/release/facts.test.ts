import {cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, describe, expect, it} from "vitest";
import {openFacts, RELEASE_TABLES, writeFacts} from "../../src/release/facts.ts";
import {calendarText, officeText, readCalendarFile} from "../../src/release/office-file.ts";
import {openParts} from "../../src/release/open.ts";
import {openScored, type Scored} from "../../src/warehouse/scored.ts";
import {findDefinition} from "../../src/workspace/workspace.ts";
import {loadedSample} from "../samples/loaded.ts";

const root = mkdtempSync(join(tmpdir(), "xunheng-facts-"));
afterAll(() => rmSync(root, {recursive: true, force: true}));

const SAMPLES = ["mudan-2023", "hunan-2021", "shandong-2018", "gongzhuling", "hainan-2016"];
const OPTIONS = {columns: "needed", today: "2025-12-31"} as const;

/** What openParts reads, as a release keeps it. */
async function keepParts(scored: Scored, directory: string): Promise<void> {
  const {space, db, result, calendar} = scored;
  await writeFacts(db, join(directory, "facts"), await scored.kept());
  mkdirSync(join(directory, "schemes"), {recursive: true});
  writeFileSync(join(directory, "regime.yaml"), findDefinition("regimes", space.regime, space.directory).text);
  for (const id of space.schemes)
    writeFileSync(join(directory, "schemes", `${id}.yaml`), findDefinition("schemes", id, space.directory).text);
  writeFileSync(join(directory, "calendar.json"), calendarText(calendar));
  writeFileSync(join(directory, "workspace.json"), officeText(scored));
  writeFileSync(join(directory, "scores.json"), JSON.stringify(result));
}

describe("the facts of a release", () => {
  for (const id of SAMPLES)
    it(`score to the same result when opened alone, and are written again to the same bytes: ${id}`, async () => {
      const first = join(root, id);
      const scored = await openScored(await loadedSample(id), OPTIONS);
      const kept = await scored.kept();
      await keepParts(scored, first);
      const {result} = scored;
      scored.close();
      const again = await openParts(first, {columns: "needed"});
      try {
        expect(again.result).toEqual(result);
        expect(await again.kept()).toEqual(kept);
        await writeFacts(again.db, join(root, `${id}-again`), await again.kept());
        for (const name of readdirSync(join(first, "facts")))
          expect(readFileSync(join(root, `${id}-again`, name)).equals(readFileSync(join(first, "facts", name))), name).toBe(true);
      } finally {
        again.close();
      }
    });

  it("are one file a table, and nothing else", () => {
    const names = RELEASE_TABLES.map(({name}) => `${name}.parquet`);
    expect(readdirSync(join(root, "mudan-2023", "facts")).toSorted()).toEqual(names.toSorted());
  });

  it("are refused by name when a file is missing, cut short, or one of another table", async () => {
    const facts = join(root, "broken");
    const opened = () => openFacts(facts, {known_at: "2026-01-05T00:00:00+08:00"});
    cpSync(join(root, "mudan-2023", "facts"), facts, {recursive: true});
    cpSync(join(facts, "unit.parquet"), join(facts, "tip.parquet"));
    await expect(opened()).rejects.toThrow(/tip\.parquet: 各列与契约不符/);
    writeFileSync(join(facts, "tip.parquet"), readFileSync(join(root, "mudan-2023", "facts", "tip.parquet")).subarray(0, 200));
    await expect(opened()).rejects.toThrow(/tip\.parquet: 读不出来/);
    rmSync(join(facts, "unit.parquet"));
    await expect(opened()).rejects.toThrow(/unit\.parquet: 没有这个文件/);
  });

  it("keep a calendar that reads back the same, and refuse one with a day taken out", () => {
    const file = join(root, "mudan-2023", "calendar.json");
    const calendar = readCalendarFile(join(root, "mudan-2023"));
    expect(calendarText(calendar)).toBe(readFileSync(file, "utf8"));
    expect(calendar.find(({day}) => day === "2025-04-27")).toEqual({
      day: "2025-04-27",
      is_workday: true,
      published: true,
      name: "劳动节"
    });
    const other = join(root, "calendar");
    mkdirSync(other);
    writeFileSync(join(other, "calendar.json"), readFileSync(file, "utf8").replace("WRRW", "WRW"));
    expect(() => readCalendarFile(other)).toThrow("日历缺了日子或多了日子");
  });
});
