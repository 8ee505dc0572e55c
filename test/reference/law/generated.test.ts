import {expect, it} from "vitest";
import {SEED, seeds} from "../../generated/seeds.ts";
import {rounds} from "../../rounds.ts";
import {lawCase, lawDifferences} from "./case.ts";

it(
  "an office owes and breaks what a second implementation reads in the documents, whatever day it is looked at",
  async () => {
    const found: unknown[] = [];
    for (const seed of seeds(20, 4)) {
      const differ = await lawDifferences(lawCase(seed));
      if (differ.length > 0) found.push({case: seed, XUNHENG_SEED: SEED, differ: differ.slice(0, 3)});
    }
    expect(found).toEqual([]);
  },
  60_000 * rounds(1)
);
