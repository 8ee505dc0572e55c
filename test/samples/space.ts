import {cpSync, existsSync, mkdtempSync, readdirSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {EARLIER} from "../../data/samples/generate.ts";
import {loadWorkspace} from "../../src/cli/load.ts";
import type {LoadResult} from "../../src/workspace/load.ts";
import {DATA} from "../../src/workspace/workspace.ts";

/** The committed samples. */
export const SAMPLES = join(DATA, "samples");

/** A copy of a sample that may be loaded. */
export interface SampleSpace {
  readonly directory: string;
  /** The first load, of the earlier files, and the second, of today's. */
  readonly loads: readonly [LoadResult, LoadResult];
  remove(): void;
}

/** Copies a sample and loads it twice, as its office would have: with the files of `期初/` laid over the others, then without. */
export async function loadedTwice(id: string): Promise<SampleSpace> {
  const root = mkdtempSync(join(tmpdir(), "xunheng-sample-"));
  const directory = join(root, id);
  copyFiles(join(SAMPLES, id), directory);
  copyFiles(join(SAMPLES, id, EARLIER), directory);
  const first = await loadWorkspace(directory, at("2025-12-20T01:00:00Z"));
  copyFiles(join(SAMPLES, id), directory);
  const second = await loadWorkspace(directory, at("2026-01-11T01:00:00Z"));
  return {directory, loads: [first, second], remove: () => rmSync(root, {recursive: true, force: true})};
}

function copyFiles(from: string, to: string): void {
  for (const name of existsSync(from) ? readdirSync(from) : []) {
    if (name !== EARLIER && name !== ".xunheng") cpSync(join(from, name), join(to, name), {recursive: true});
  }
}

function at(moment: string) {
  return {stdout: () => {}, stderr: () => {}, now: () => new Date(moment), terminal: false};
}
