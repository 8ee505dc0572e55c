import {cpSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, describe, expect, it} from "vitest";
import {shapeRegime} from "../../../src/contract/shape.ts";
import {runChecks} from "../../../src/warehouse/check.ts";
import {openLaw} from "../../../src/warehouse/law.ts";
import {buildObligations} from "../../../src/warehouse/obligation.ts";
import {openRules} from "../../../src/warehouse/scored.ts";
import {load} from "../../../src/workspace/load.ts";
import {DATA, openWorkspace} from "../../../src/workspace/workspace.ts";
import {differences, programFacts, referenceFacts} from "./compare.ts";
import {visibleRows} from "./rows.ts";

const SAMPLES = ["mudan-2023", "hunan-2021", "shandong-2018", "gongzhuling", "hainan-2016"];
const scratch = mkdtempSync(join(tmpdir(), "xunheng-law-"));
afterAll(() => rmSync(scratch, {recursive: true, force: true}));

/** Each sample at mid-year, at the year's end and after it, against the implementation that never saw the SQL. */
describe("a sample", () => {
  it.each(SAMPLES)(
    "%s owes and breaks what the reference reads in the documents, row by row",
    async (id) => {
      const directory = join(scratch, id);
      cpSync(join(DATA, "samples", id), directory, {recursive: true, filter: (path) => !path.includes(".xunheng")});
      const space = openWorkspace(directory);
      const {regime} = await openRules(space);
      await load(space, {at: "2026-01-15T09:00:00.000+08:00", as_of: space.as_of ?? "", regime: shapeRegime(regime)});
      for (const as_of of [`${space.year}-07-01`, `${space.year}-12-31`, `${space.year + 1}-02-15`]) {
        const law = await openLaw(directory, {as_of});
        try {
          await buildObligations(law.db);
          const ran = await runChecks(law.db, law);
          const reference = referenceFacts(
            {...law, ...law.when, rows: await visibleRows(law.db), extension_max: law.extension?.max_times},
            ran
          );
          const program = await programFacts(law.db, ran);
          expect(program.size).toBeGreaterThan(100);
          expect({as_of, differ: differences(program, reference)}).toEqual({as_of, differ: []});
        } finally {
          law.close();
        }
      }
    },
    120_000
  );
});
