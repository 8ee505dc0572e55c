import {cpSync, existsSync, mkdtempSync, readdirSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {listReleases} from "../../src/release/list.ts";
import {fileHashes, readManifest} from "../../src/release/manifest.ts";
import {releaseDirectory, releasesDirectory} from "../../src/release/settle.ts";
import {listBatches} from "../../src/workspace/batch.ts";
import {readDecisions} from "../../src/workspace/decision.ts";
import {run} from "../cli/run.ts";
import {type Cells, makeOffice, type Office} from "../office.ts";

const UNITS = Array.from({length: 12}, (_, i) => `9901${String(i + 1).padStart(2, "0")}`);

/** Findings of an office; `later` has some more, some changed, and one fewer. */
export function findings(later: boolean): Cells {
  return Array.from({length: later ? 260 : 240}, (_, i) => ({
    ...{finding_id: `F${i + 1}`, inspection_id: `X${(i % 12) + 1}`, unit_code: UNITS[i % 12] ?? "", layer: "党委政府"},
    ...{item: String((i % 10) + 1), severity: later && i % 7 === 0 ? "重大" : "一般", description: `第${i + 1}个问题`},
    ...{found_on: "2025-03-04", due_on: "2025-04-01"}
  })).filter((row) => !later || row.finding_id !== "F5");
}

/** What came after each finding. */
export function events(later: boolean): Cells {
  return Array.from({length: later ? 200 : 150}, (_, i) => ({
    ...{finding_id: `F${i + 1}`, stage: "完成", on_date: i % 3 === 0 ? "2025-05-20" : "2025-03-20"}
  })).filter((row) => !later || row.finding_id !== "F5");
}

/** An office of four sources, not loaded yet, and a way to put it back to how it was. */
export interface FaultOffice extends Office {
  /** Keeps a copy of everything as it is now. */
  keep(): void;
  /** Puts everything back to the copy. */
  restore(): void;
  /** Digest of the scores, ids of batches, number of decisions, releases that are whole: all that a fault must not tear. */
  standing(): Promise<Standing>;
  /** Files of a command that did not come to its end. */
  leftovers(): string[];
}

/** Whether every file of a release is what its manifest says. */
function isWhole(directory: string): boolean {
  return JSON.stringify(readManifest(directory).manifest.files) === JSON.stringify(fileHashes(directory));
}

export interface Standing {
  readonly digest: string | null;
  readonly batches: readonly string[];
  readonly decisions: number;
  readonly releases: readonly string[];
}

export function faultOffice(): FaultOffice {
  const office = makeOffice({
    unit: UNITS.map((unit_code, i) => ({unit_code, unit_name: `演示${i + 1}镇`, unit_kind: "镇街"})),
    inspection: UNITS.map((unit_code, i) => ({
      ...{inspection_id: `X${i + 1}`, unit_code, kind: "全面", organiser_level: "县级"},
      ...{started_on: "2025-03-03", ended_on: "2025-03-14"}
    })),
    finding: findings(false),
    rectification: events(false)
  });
  const copy = mkdtempSync(join(tmpdir(), "xunheng-copy-"));
  const state = () => office.space().state;
  return {
    ...office,
    keep() {
      rmSync(copy, {recursive: true, force: true});
      cpSync(office.directory, copy, {recursive: true});
    },
    restore() {
      rmSync(office.directory, {recursive: true, force: true});
      cpSync(copy, office.directory, {recursive: true});
    },
    async standing() {
      const {exit, stdout} = await run("score", "--json", "-w", office.directory);
      const digest = exit === 0 ? (JSON.parse(stdout) as {digest: string}).digest : null;
      const batches = listBatches(state().batches).map((b) => b.id);
      const releases = listReleases(office.space()).map(({id}) => `${id} ${isWhole(releaseDirectory(office.space(), id))}`);
      return {digest, batches, decisions: readDecisions(state().decisions).decisions.length, releases};
    },
    leftovers() {
      const {directory, batches} = state();
      const names = [directory, batches, releasesDirectory(office.space())].flatMap((place) =>
        existsSync(place) ? readdirSync(place) : []
      );
      return names.filter(
        (name) =>
          !/^(batches|releases|warehouse\.duckdb|(decisions|handed-out)\.(jsonl|end)|\d{6}-[a-z]+|office-2025-r\d)$/.test(name)
      );
    },
    remove() {
      office.remove();
      rmSync(copy, {recursive: true, force: true});
    }
  };
}
