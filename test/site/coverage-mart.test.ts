import {fromArrow} from "arquero";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {outsideView} from "../../src/regime/secrecy.ts";
import {coverageMarts} from "../../src/site/coverage-mart.ts";
import {type Law, openLaw} from "../../src/warehouse/law.ts";
import {openScored, type Scored} from "../../src/warehouse/scored.ts";
import {sampleIds} from "../browser/samples.ts";
import {loadedSample} from "../samples/loaded.ts";

describe.each(sampleIds())("coverage of %s", (id) => {
  let scored: Scored;
  let law: Law;

  beforeAll(async () => {
    const directory = await loadedSample(id);
    scored = await openScored(directory);
    law = await openLaw(directory);
  });

  afterAll(() => {
    scored?.close();
    law?.close();
  });

  const read = (bytes: Uint8Array | undefined) =>
    fromArrow(bytes as Uint8Array, {useDate: true} as object).objects() as Record<string, unknown>[];

  test("says of every scored unit what its score says", async () => {
    const {kind} = scored.result.period;
    const column = kind === "year" ? "year_state" : "state";
    const rows = await law.db.rows<{unit_code: string; state: string; because: string | null}>(
      `select unit_code, ${column} as state, case when ${column} = '当年不再安排' then exempt_because end as because from coverage_unit where is_current and went_on is null`
    );
    const states = new Map(rows.map((r) => [r.unit_code, r]));
    const units = scored.result.schemes.flatMap((s) => s.units);
    expect(units.length).toBeGreaterThan(0);
    for (const unit of units.filter((u) => states.has(u.unit_code))) {
      expect([unit.unit_code, states.get(unit.unit_code)?.state]).toEqual([unit.unit_code, unit.covered]);
      expect(states.get(unit.unit_code)?.because).toBe(unit.covered === "当年不再安排" ? unit.covered_because : null);
    }
    expect(units.filter((u) => !states.has(u.unit_code))).toEqual([]);
  });

  test("gives the office all its rows, and others none where visits are secret", async () => {
    const own = await coverageMarts(law.db, law.regime, law.when.as_of, "analyst");
    const other = await coverageMarts(law.db, law.regime, law.when.as_of, "leadership");
    expect(Object.keys(other)).toEqual(Object.keys(own));
    const isSecret = outsideView(law.regime, law.when.as_of).clause !== null;
    for (const [name, bytes] of Object.entries(own)) {
      const table = name.replace(".arrow", "").replace("-", "_");
      expect(read(bytes).length, name).toBe(Number(await law.db.value(`select count(*) from ${table}`)));
      expect(read(other[name]).length, name).toBe(isSecret ? 0 : read(bytes).length);
    }
  });
});
