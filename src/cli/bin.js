#!/usr/bin/env node
// The program is TypeScript, run as it is: tsx is a runtime dependency.
import {register} from "tsx/esm/api";

register();
const {main} = await import("./main.ts");
process.exitCode = await main(process.argv.slice(2));
