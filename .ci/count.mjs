// Adds up what vitest reported: `node .ci/count.mjs FAILED_STEPS REPORT.json…` prints `N passed, N failed`.
// A step that failed without a failed test (lint, a crash, a time limit) counts as one.
import {existsSync, readFileSync} from "node:fs";

const [steps = "0", ...paths] = process.argv.slice(2);
const reports = paths.filter((path) => existsSync(path)).map((path) => JSON.parse(readFileSync(path, "utf8")));
const sum = (key) => reports.reduce((n, report) => n + report[key], 0);
// A file that does not even load has no failed test of its own.
const unloaded = reports
  .flatMap((report) => report.testResults)
  .filter((file) => file.status === "failed" && file.assertionResults.length === 0);
const silent = Math.max(Number(steps) - reports.filter((report) => !report.success).length, 0);
const failed = sum("numFailedTests") + unloaded.length + silent;
const skipped = sum("numPendingTests") + sum("numTodoTests");
if (skipped > 0) console.log(`${skipped} skipped`);
console.log(`${sum("numPassedTests")} passed, ${failed} failed`);
process.exit(failed > 0 || Number(steps) > 0 ? 1 : 0);
