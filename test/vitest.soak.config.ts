import {defineConfig} from "vitest/config";
import {shared} from "./vitest.config.ts";

/** Every file with properties or fuzz cases. */
const PROPERTIES = [
  "generated/agreement",
  "generated/properties",
  "reference/law/generated",
  "reference/law/samples",
  "warehouse/properties",
  "warehouse/without",
  "warehouse/loop",
  "warehouse/obligation",
  "score/diff",
  "regime/clock",
  "regime/parse",
  "loaders/csv",
  "loaders/json",
  "loaders/fuzz",
  "faults/kill",
  "faults/tamper",
  "release/facts",
  "release/samples",
  "guide/release",
  "export/assessment/data",
  "export/canary",
  "export/formula",
  "release/sign",
  "loaders/text/dialect",
  "loaders/text/records",
  "loaders/xlsx/row-listener",
  "rendered/*",
  "scheme/print",
  "workspace/history"
];

/** Rounds of a property in the soak, as multiples of those in `npm test`. */
const MANY = "100";

/** Commands killed at random moments. */
const KILLS = "500";

/** `npm run soak`: the properties many more times, outside CI; a failure prints its seed. */
export default defineConfig({
  ...shared,
  test: {
    include: PROPERTIES.map((name) => `test/${name}.test.ts`),
    env: {XUNHENG_ROUNDS: process.env.XUNHENG_ROUNDS ?? MANY, XUNHENG_KILLS: process.env.XUNHENG_KILLS ?? KILLS},
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 3_600_000,
    hookTimeout: 600_000
  }
});
