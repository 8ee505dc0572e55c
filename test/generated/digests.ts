import {generatedCase} from "./case.ts";
import {scoreCase} from "./look.ts";

// Digests of generated cases, by themselves in a process: `tsx digests.ts 11 12` writes `{"11": "…", "12": "…"}`.
// A process reads its time zone and its language once, when it starts.

const digests: Record<string, string> = {};
for (const seed of process.argv.slice(2)) {
  const {result} = await scoreCase(generatedCase(Number(seed)));
  digests[seed] = result.digest;
}
process.stdout.write(JSON.stringify(digests));
