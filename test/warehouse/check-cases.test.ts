import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {runChecks} from "../../src/warehouse/check.ts";
import {CaseBench, readCheckCases} from "../law-cases.ts";

const CASES = readCheckCases();

let bench: CaseBench;
beforeAll(async () => {
  bench = await CaseBench.open();
});
afterAll(() => bench.db.close());

describe("the cases of test/cases/check*.yaml", () => {
  it.each(CASES.map((one) => [one.check, one.regime, one.name, one] as const))(
    "%s (%s): %s",
    async (check, _regime, _name, one) => {
      const law = await bench.build(one);
      const [result] = await runChecks(bench.db, law, {only: check});
      expect(result?.missing).toEqual(one.missing ?? []);
      if (one.missing) return;
      const judged = await bench.db.rows<{subject: string; because: string | null; unknown: boolean}>(
        "select subject, because, coalesce(unknown, false) as unknown from judged_row order by subject"
      );
      const subjects = (list: typeof judged) => list.map((row) => row.subject);
      const broken = judged.filter(({because}) => because !== null);
      expect({
        breach: subjects(broken),
        holds: subjects(judged.filter(({because, unknown}) => because === null && !unknown)),
        unknown: subjects(judged.filter(({unknown}) => unknown))
      }).toEqual({
        breach: (one.breach ?? []).toSorted(),
        holds: one.holds ? one.holds.toSorted() : expect.anything(),
        unknown: (one.unknown ?? []).toSorted()
      });
      for (const {because} of broken) expect(because).toMatch(/[^。；，、：]$/);
      for (const [subject, because] of Object.entries(one.says ?? {}))
        expect(broken.find((row) => row.subject === subject)?.because).toBe(because);
    }
  );
});
