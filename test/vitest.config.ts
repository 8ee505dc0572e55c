import {fileURLToPath} from "node:url";
import {defineConfig} from "vitest/config";

/** What all three tiers share: the repository is the root, and `npm:` imports of pages come from node_modules. */
export const shared = {
  root: fileURLToPath(new URL("..", import.meta.url)),
  resolve: {alias: [{find: /^npm:/, replacement: ""}]}
};

/** `npm test`: everything that needs npm alone, within six minutes on two cores. */
export default defineConfig({
  ...shared,
  test: {
    include: ["test/**/*.test.ts"],
    exclude: [
      "test/browser/**",
      "test/rendered/**",
      "test/faults/kill.test.ts",
      "test/faults/tamper.test.ts",
      "test/guide/release.test.ts",
      "test/release/facts.test.ts",
      "test/release/samples.test.ts"
    ],
    pool: "forks",
    maxWorkers: 2,
    // The program is imported once a worker, not once a file: no test file changes a module's state or the process's.
    isolate: false,
    globalSetup: ["test/shared-setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000
  }
});
