#!/usr/bin/env node
// The program is TypeScript, run as it is: tsx is a runtime dependency.
import {register} from "tsx/esm/api";

register();
// A reader that has seen enough (`| head`) is no fault.
for (const stream of [process.stdout, process.stderr]) stream.on("error", (error) => process.exit(error.code === "EPIPE" ? 0 : 4));
const {main} = await import("./main.ts");
process.exitCode = await main(process.argv.slice(2));
