// Adds the optional packages of other platforms that `npm install` left out of the lock. Run it after each `npm install`.
// The entries have no integrity: the registry that left them out does not tell it. npm adds it where it can.
import {writeFileSync} from "node:fs";
import {missingOptional, readLock} from "./lock.mjs";

const path = process.argv[2] ?? "package-lock.json";
const lock = readLock(path);
const missing = missingOptional(lock);
const {"": root, ...packages} = {...lock.packages, ...missing};
const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, "en"));
lock.packages = {"": root, ...Object.fromEntries(sorted)};
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${path}: ${Object.keys(missing).length} entries added`);
