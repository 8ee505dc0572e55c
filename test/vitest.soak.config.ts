import {defineConfig} from "vitest/config";
import {shared} from "./vitest.config.ts";

/** `npm run soak`: long runs with a printed seed, outside CI. */
export default defineConfig({
  ...shared,
  test: {
    include: ["test/soak/**/*.test.ts"],
    pool: "forks",
    fileParallelism: false,
    testTimeout: 3_600_000,
    hookTimeout: 600_000
  }
});
