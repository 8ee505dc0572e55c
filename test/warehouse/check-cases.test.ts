import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {CaseBench, readCheckCases} from "../law-cases.ts";
import {CaseGroups} from "../law-group.ts";

const CASES = readCheckCases();

let bench: CaseBench;
let groups: CaseGroups;
beforeAll(async () => {
  bench = await CaseBench.open();
  groups = new CaseGroups(bench, CASES);
});
afterAll(() => bench.db.close());

describe("the cases of test/cases/check*.yaml", () => {
  it.each(CASES.map((one) => [one.check, one.regime, one.name, one] as const))(
    "%s (%s): %s",
    async (_check, _regime, _name, one) => {
      const {result, judged} = await groups.judge(one);
      expect(result.missing).toEqual(one.missing ?? []);
      const broken = judged.filter(({because}) => because !== null);
      const subjects = (list: typeof judged) => list.map(({subject}) => subject).toSorted();
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
