import {execFileSync} from "node:child_process";
import {join} from "node:path";
import {beforeAll, describe, expect, it} from "vitest";
import {rounds} from "../rounds.ts";
import {type Case, generatedCase} from "./case.ts";
import {nothingApplies, VETOES, vetoed} from "./extremes.ts";
import {scoreCase} from "./look.ts";
import {scoreLoaded} from "./office.ts";
import {PROMISES} from "./promises.ts";
import {SEED, seeds} from "./seeds.ts";

// More cases: XUNHENG_ROUNDS=100 npx vitest run --config test/vitest.soak.config.ts generated
// Again the same ones: XUNHENG_SEED=… as a failing run printed it.

const LONG = 100_000 * rounds(1);

/** Says of each case what is wrong with it, and with which seeds it was made. */
async function failures(property: number, few: number, check: (one: Case) => Promise<readonly unknown[]>): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const seed of seeds(property, few)) {
    const wrong = await check(generatedCase(seed));
    if (wrong.length > 0) found.push({case: seed, XUNHENG_SEED: SEED, wrong: wrong.slice(0, 3)});
  }
  return found;
}

describe("a generated score", () => {
  const broken = new Map<string, unknown[]>();

  beforeAll(async () => {
    for (const seed of seeds(1, 3)) {
      const one = generatedCase(seed);
      const looked = await scoreCase(one, {threads: 1});
      for (const [title, promised] of Object.entries(PROMISES)) {
        const wrong = await promised(one, looked);
        if (wrong.length > 0)
          broken.set(title, [...(broken.get(title) ?? []), {case: seed, XUNHENG_SEED: SEED, wrong: wrong.slice(0, 3)}]);
      }
    }
  }, LONG);

  it.each(Object.keys(PROMISES))("%s", (title) => expect(broken.get(title) ?? []).toEqual([]));

  it(
    "is none where nothing applies",
    async () => {
      const check = async (one: Case) => {
        const {units, ledger} = await scoreCase(nothingApplies(one));
        return [...ledger, ...units.filter((u) => u.milli !== null || u.grade !== null || u.rank !== null)];
      };
      expect(await failures(2, 1, check)).toEqual([]);
    },
    LONG
  );

  it(
    "is brought down once by the lowest of several vetoes, and its grade by the lowest grade",
    async () => {
      const check = async (one: Case) => {
        const {units, ledger} = await scoreCase(vetoed(one));
        return units.flatMap((unit) => {
          if (unit.milli === null) return [];
          const rows = ledger.filter((e) => e.unit_code === unit.unit_code && e.kind === "否决");
          const named = rows.map((e) => e.rule_id).join();
          const marks = new Set(unit.vetoes.map((v) => v.rule_id));
          const isRight =
            unit.milli <= 30_000 && unit.grade === "差" && ["", "VA-1"].includes(named) && marks.size === VETOES.length;
          return isRight ? [] : [{unit: unit.unit_code, milli: unit.milli, grade: unit.grade, named, marks: [...marks]}];
        });
      };
      expect(await failures(3, 1, check)).toEqual([]);
    },
    LONG
  );

  it(
    "is the same however its files are cut, ordered and loaded",
    async () => {
      const check = async (one: Case) => {
        const {result} = await scoreCase(one);
        const [a, b] = [await scoreLoaded(one, one.seed), await scoreLoaded(one, one.seed + 1)];
        const same = {digest: result.digest, lost: []};
        return [a, b].filter(({digest, lost, run}) => digest !== same.digest || lost.length > 0 || run !== a.run);
      };
      expect(await failures(4, 1, check)).toEqual([]);
    },
    LONG
  );

  it(
    "is the same in other time zones and languages of the process",
    async () => {
      const cases = seeds(5, 1).map(String);
      const digests = (env: Record<string, string>) =>
        JSON.parse(
          execFileSync(process.execPath, ["--import", "tsx", join(import.meta.dirname, "digests.ts"), ...cases], {
            env: {...process.env, ...env},
            encoding: "utf8"
          })
        );
      const first = digests({TZ: "Asia/Shanghai", LANG: "C", LC_ALL: "C"});
      expect(Object.keys(first)).toHaveLength(new Set(cases).size);
      expect(digests({TZ: "America/New_York", LANG: "zh_CN.UTF-8", LC_ALL: "zh_CN.UTF-8"})).toEqual(first);
    },
    LONG
  );
});
