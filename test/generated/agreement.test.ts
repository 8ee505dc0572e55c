import {expect, it} from "vitest";
import {rounds} from "../rounds.ts";
import {disagreements} from "./agree.ts";
import {generatedCase} from "./case.ts";
import {scoreCase} from "./look.ts";
import {SEED, seeds} from "./seeds.ts";

// Two hundred in CI, many more in the soak; npx tsx test/generated/compare.ts SEED makes a disagreement small.

it(
  "is what a second implementation makes of the same rows, written from the text alone",
  async () => {
    const found: unknown[] = [];
    for (const seed of seeds(9, 4)) {
      const one = generatedCase(seed);
      const differences = disagreements(one, await scoreCase(one, {threads: 1}));
      if (differences.length > 0) found.push({case: seed, XUNHENG_SEED: SEED, differences: differences.slice(0, 3)});
    }
    expect(found).toEqual([]);
  },
  60_000 * rounds(1)
);
