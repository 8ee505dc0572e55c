import {fromArrow} from "arquero";
import {unzipSync} from "fflate";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {FACTS} from "../../src/contract/fact.ts";
import {visibleColumns} from "../../src/site/audience.ts";
import {martZip} from "../../src/site/mart.ts";
import {quotedIdentifier} from "../../src/sql.ts";
import {openScored, type Scored} from "../../src/warehouse/scored.ts";
import {sampleIds} from "../browser/samples.ts";
import {loadedSample} from "../samples/loaded.ts";

describe.each(sampleIds())("marts of %s", (id) => {
  let scored: Scored;
  let analysts: Uint8Array;
  let leaders: Uint8Array;

  beforeAll(async () => {
    const directory = await loadedSample(id);
    scored = await openScored(directory);
    analysts = await martZip(scored, "analyst");
    leaders = await martZip(scored, "leadership");
  });

  afterAll(() => {
    scored?.close();
  });

  const read = (zip: Uint8Array, name: string) =>
    fromArrow(unzipSync(zip)[name] as Uint8Array, {useDate: true} as object).objects() as Record<string, unknown>[];

  test("scores, items and ledger are those of the result", async () => {
    const units = scored.result.schemes.flatMap((s) => s.units);
    expect(
      read(analysts, "unit.arrow")
        .map((u) => [u.unit_code, u.milli, u.grade, u.rank])
        .toSorted()
    ).toEqual(units.map((u) => [u.unit_code, u.milli, u.grade, u.rank]).toSorted());
    const ledger = read(analysts, "ledger.arrow");
    for (const unit of units.filter((u) => u.milli !== null))
      expect(ledger.filter((e) => e.unit_code === unit.unit_code).reduce((sum, e) => sum + Number(e.milli), 0)).toBe(unit.milli);
  });

  test("every finding is there once for its unit, with its text in the part it names", async () => {
    const findings = read(analysts, "finding.arrow");
    expect(findings.length).toBe(Number(await scored.db.value("select count(distinct finding_id) from finding_all")));
    for (const finding of findings.slice(0, 20)) {
      const texts = read(analysts, `finding-text-${finding.text_part}.arrow`);
      expect(texts.some((t) => t.finding_id === finding.finding_id)).toBe(true);
    }
  });

  test("what leadership may not see is in none of its files", async () => {
    const {regime, when, db} = scored;
    const visible = visibleColumns(regime, "leadership", when.as_of);
    const zip = unzipSync(leaders);
    // The words of the regime and of the columns are everybody's.
    const marts = Object.entries(zip).flatMap(([name, bytes]) => (name.endsWith(".arrow") ? [Buffer.from(bytes)] : []));
    const bytes = Buffer.concat(marts).toString("utf8");
    const grains = ["finding", "inspection", "action", "accident", "tip", "response"];
    const seen = new Set<string>();
    const hidden: {column: string; value: string}[] = [];
    for (const {grain, columns} of FACTS.filter((f) => grains.includes(f.grain)))
      for (const {name, type} of columns.filter((c) => c.type === "VARCHAR")) {
        const values = await db.list(
          `select distinct ${quotedIdentifier(name)} from ${grain}_all where length(${quotedIdentifier(name)}) >= 4`
        );
        for (const value of values)
          if (visible(grain, name)) seen.add(value);
          else hidden.push({column: `${grain}.${name} ${type}`, value});
      }
    expect(hidden.length).toBeGreaterThan(0);
    expect(
      hidden.filter(({value}) => !seen.has(value) && ![...seen].some((s) => s.includes(value)) && bytes.includes(value))
    ).toEqual([]);
  });

  test("clues and cases are not shown to leadership", async () => {
    const clues = await scored.db.list("select distinct finding_id from finding_all where nature = '问题线索'");
    expect(read(leaders, "finding.arrow").filter((f) => clues.includes(String(f.finding_id)))).toEqual([]);
    expect(read(leaders, "action.arrow").filter((a) => ["移送纪检监察", "立案"].includes(String(a.kind)))).toEqual([]);
    expect(read(leaders, "ledger.arrow").filter((e) => clues.includes(String(e.subject)))).toEqual([]);
  });
});
