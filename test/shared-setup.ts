import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";

/** A directory for what test files share during a run, gone after it. */
export default function setup(): () => void {
  const directory = mkdtempSync(join(tmpdir(), "xunheng-loaded-"));
  process.env.XUNHENG_LOADED = directory;
  return () => rmSync(directory, {recursive: true, force: true});
}
