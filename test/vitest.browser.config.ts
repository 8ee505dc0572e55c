import {defineConfig} from "vitest/config";
import {shared} from "./vitest.config.ts";

/** `npm run test:browser`: built sites, real servers, Chromium. One file at a time, for they share a build and the cores. */
export default defineConfig({
  ...shared,
  test: {
    include: ["test/browser/**/*.test.ts"],
    pool: "forks",
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000
  }
});
