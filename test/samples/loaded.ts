import {cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {basename, dirname, join} from "node:path";
import {loadWorkspace} from "../../src/cli/load.ts";
import type {LoadResult} from "../../src/workspace/load.ts";
import {DATA} from "../../src/workspace/workspace.ts";

const QUIET = {stdout: () => {}, stderr: () => {}, now: () => new Date("2026-01-15T01:00:00Z"), terminal: false};

/** A directory that all test files of a run share (test/shared-setup.ts), else one for this file alone. */
const shared = process.env.XUNHENG_LOADED ?? mkdtempSync(join(tmpdir(), "xunheng-loaded-"));
if (!process.env.XUNHENG_LOADED) process.once("exit", () => rmSync(shared, {recursive: true, force: true}));

/**
 * A sample's workspace, loaded once for all test files: read it, never load into it.
 * Shape: the sample's id in, its directory out.
 */
export async function loadedSample(id: string): Promise<string> {
  const ready = join(shared, id);
  if (existsSync(ready)) return ready;
  const draft = join(mkdtempSync(join(shared, ".draft-")), id);
  cpSync(join(DATA, "samples", id), draft, {recursive: true, filter: (path) => basename(path) !== ".xunheng"});
  const result = await loadWorkspace(draft, QUIET);
  writeFileSync(join(draft, ".xunheng", RESULT), JSON.stringify(result));
  try {
    renameSync(draft, ready);
  } catch {
    // Another file was faster.
  }
  rmSync(dirname(draft), {recursive: true, force: true});
  return ready;
}

const RESULT = "test-load-result.json";

/** What loading a sample said. */
export async function loadOfSample(id: string): Promise<LoadResult> {
  return JSON.parse(readFileSync(join(await loadedSample(id), ".xunheng", RESULT), "utf8"));
}
