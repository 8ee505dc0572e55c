import {parseArgs} from "node:util";
import {Fault} from "../fault.ts";
import {openReleased} from "../release/open.ts";
import {isReleaseAudience, readOrder} from "../site/build.ts";
import {martZip} from "../site/mart.ts";
import {releaseZip} from "../site/release-mart.ts";
import {openScored} from "../warehouse/scored.ts";

// The one data loader: everything the pages of a space show. Framework runs it with --space=ID and takes what it prints.
const {values} = parseArgs({options: {space: {type: "string"}}});
try {
  const {spaces, audience} = readOrder();
  const space = spaces.find((s) => s.id === values.space);
  if (!space) throw new RangeError(`没有工作区 ${values.space}；请核对 --space`);
  const {dir, release, as_of, decisions_until, known_at} = space;
  const scored = release === undefined ? await openScored(dir, {as_of, decisions_until, known_at}) : await openReleased(release);
  try {
    process.stdout.write(isReleaseAudience(audience) ? await releaseZip(scored, audience) : await martZip(scored, audience));
  } finally {
    scored.close();
  }
} catch (error) {
  process.stderr.write(`${error instanceof Fault ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
