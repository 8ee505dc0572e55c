import {existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {
  type Batch,
  commitBatches,
  type Draft,
  draftBatch,
  listBatches,
  numberDrafts,
  settleBatches
} from "../../src/workspace/batch.ts";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "xunheng-commit-"));
});

afterEach(() => rmSync(directory, {recursive: true}));

/** A draft of a source; its rows are not looked at here. */
function draft(source: string): Draft {
  const place = draftBatch(directory, source);
  writeFileSync(join(place, "rows.parquet"), source);
  const at = "2026-01-05T09:00:00.000+08:00";
  return {
    directory: place,
    manifest: {source, table: source, mode: "snapshot", contract: 1, at, files: [], doors: [], unknown: []}
  };
}

/** Makes drafts batches. */
function commit(...drafts: readonly Draft[]): Batch[] {
  return commitBatches(directory, numberDrafts(directory, drafts));
}

/** Brings the directory to where a load was killed that had decided to keep `ids` and put the first `placed` into their places. */
function killedAfter(placed: number): void {
  const batches = commit(draft("unit"), draft("finding"), draft("action"));
  const pending = batches.map(({id, source}) => ({id, draft: `.draft-${source}`}));
  for (const {id, draft: name} of pending.slice(placed)) renameSync(join(directory, id), join(directory, name));
  writeFileSync(join(directory, ".pending"), JSON.stringify(pending));
}

describe("commitBatches", () => {
  it("numbers batches one after the other and leaves nothing else behind", () => {
    expect(commit(draft("unit"), draft("finding")).map((b) => b.id)).toEqual(["000001-unit", "000002-finding"]);
    expect(commit(draft("unit")).map((b) => b.n)).toEqual([3]);
    expect(readdirSync(directory).sort()).toEqual(["000001-unit", "000002-finding", "000003-unit"]);
    expect(commit()).toEqual([]);
  });

  it.each([0, 1, 2, 3])("is all or nothing when killed after %i of 3 batches have their places", (placed) => {
    killedAfter(placed);
    const ids = ["000001-unit", "000002-finding", "000003-action"];
    const batches = listBatches(directory);
    expect(batches.map((b) => b.id)).toEqual(ids);
    expect(batches.map((b) => readFileSync(b.rows, "utf8"))).toEqual(["unit", "finding", "action"]);
    settleBatches(directory);
    expect(readdirSync(directory).sort()).toEqual(ids);
    expect(listBatches(directory).map((b) => b.id)).toEqual(ids);
  });

  it("knows nothing of drafts that no load had decided to keep", () => {
    const {directory: left} = draft("unit");
    expect(listBatches(directory)).toEqual([]);
    settleBatches(directory);
    expect(existsSync(left)).toBe(true);
    draft("unit");
    expect(commit(draft("unit")).map((b) => b.id)).toEqual(["000001-unit"]);
  });
});
