import {describe, expect, it} from "vitest";
import {runChecks} from "../../../src/warehouse/check.ts";
import {openLaw} from "../../../src/warehouse/law.ts";
import {openWorkspace} from "../../../src/workspace/workspace.ts";
import {rounds} from "../../rounds.ts";
import {loadedSample} from "../../samples/loaded.ts";
import {differences, programFacts, referenceFacts} from "./compare.ts";
import {visibleRows} from "./rows.ts";

const SAMPLES = ["mudan-2023", "hunan-2021", "shandong-2018", "gongzhuling", "hainan-2016"];

/** The year's end in every run, mid-year and some time after it too where there is time. */
function daysOf(year: number): string[] {
  return [`${year}-12-31`, `${year}-07-01`, `${year + 1}-02-15`].slice(0, rounds(1));
}

/** Each sample at mid-year, at the year's end and after it, against the implementation that never saw the SQL. */
describe("a sample", () => {
  it.each(SAMPLES)(
    "%s owes and breaks what the reference reads in the documents, row by row",
    async (id) => {
      const directory = await loadedSample(id);
      const space = openWorkspace(directory);
      for (const as_of of daysOf(space.year)) {
        const law = await openLaw(directory, {as_of});
        try {
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
