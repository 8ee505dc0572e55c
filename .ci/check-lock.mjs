// Fails when `npm ci` would refuse the lock on some platform, or when the lock names a registry of somebody's own.
import {faultsOf, readLock} from "./lock.mjs";

const path = process.argv[2] ?? "package-lock.json";
const faults = faultsOf(readLock(path));
for (const fault of faults) console.error(`${path}: ${fault}`);
if (faults.length > 0) process.exit(1);
console.log(`${path} is complete`);
