import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {tableNamed} from "../../src/contract/index.ts";
import {quotedString} from "../../src/sql.ts";
import {Database} from "../../src/warehouse/duckdb.ts";
import {correctionSql} from "../../src/warehouse/settled.ts";
import {decided, versionSql} from "../../src/warehouse/version.ts";
import {commitBatches, draftBatch, listBatches, numberDrafts} from "../../src/workspace/batch.ts";
import {appendDecision, readDecisions} from "../../src/workspace/decision.ts";
import {parseWorkspace, type Workspace} from "../../src/workspace/workspace.ts";
import {rounds} from "../rounds.ts";
import {type Event, type World, world} from "./history-model.ts";

const TABLE = tableNamed("tip");
const KEYS = ["T1", "T2", "T3"];

let root: string;
let writer: Database;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "xunheng-history-"));
  writer = await Database.open(":memory:", {threads: 1});
});
afterAll(() => {
  writer.close();
  rmSync(root, {recursive: true, force: true});
});

let spaces = 0;
function newSpace(): Workspace {
  return parseWorkspace(
    "authority: 演示安委办\nregime: mudan-2023\nschemes: [mudan-2023-town]\nyear: 2025\nsources:\n  - {table: tip, loader: csv, path: tip.csv}\n",
    "xunheng.yaml",
    join(root, `s${++spaces}`)
  );
}

/** Writes a batch as a load would leave it. */
async function commit(space: Workspace, {kind, at, rows}: Extract<Event, {rows: unknown}>): Promise<void> {
  const directory = draftBatch(space.state.batches, "tip");
  const lines = [...rows].map(([key, content], i) => {
    const cells = TABLE.columns.map((c) =>
      c.name === "tip_id" ? quotedString(key) : c.name === "channel" ? quotedString(content ?? "") : "null::varchar"
    );
    return `('tip.csv', null::varchar, ${i + 2}::bigint, ${content === null ? "'rejected', 'channel' || chr(31) || '不对'" : "'ok', null::varchar"}, null::varchar, ${cells.join(", ")})`;
  });
  const columns = [
    "source_file",
    "source_sheet",
    "source_row",
    "status",
    "faults",
    "corrects",
    ...TABLE.columns.map((c) => c.name)
  ];
  const none = columns.map((c) => (c === "source_row" ? "0::bigint" : "null::varchar")).join(", ");
  const values = lines.length === 0 ? `(${none})` : lines.join(", ");
  await writer.run(
    `copy (select * from (values ${values}) as v(${columns.join(", ")}) ${lines.length === 0 ? "limit 0" : ""}) to ${quotedString(join(directory, "rows.parquet"))} (format parquet)`
  );
  const manifest = {source: "tip", table: "tip", mode: kind, contract: 1, at, files: [], doors: [], unknown: []};
  commitBatches(space.state.batches, numberDrafts(space.state.batches, [{directory, manifest}]));
}

/** Lets events happen to a new workspace. */
async function happened(events: readonly Event[]): Promise<Workspace> {
  const space = newSpace();
  for (const event of events) {
    if ("rows" in event) await commit(space, event);
    else if (event.kind === "revoke")
      appendDecision(space.state.decisions, {
        at: event.at,
        kind: "revoke-batch",
        by: "演示员",
        args: {batch: listBatches(space.state.batches)[event.n - 1]?.id, reason: "演示"}
      });
    else
      appendDecision(space.state.decisions, {
        at: event.at,
        kind: "accept-withdrawals",
        by: "演示员",
        args: {source: "tip", batch_n: event.n, keys: 1, reason: "演示"}
      });
  }
  return space;
}

/** The one table's part of a warehouse, from what was committed by a moment. */
async function worldAt({state}: Workspace, moment: string): Promise<World> {
  const {revoked, accepted} = decided(readDecisions(state.decisions).decisions.filter((d) => d.at <= moment));
  const counting = listBatches(state.batches).filter((b) => b.at <= moment && !revoked.has(b.id));
  const db = await Database.open(":memory:", {threads: 1});
  try {
    for (const statement of [...correctionSql(counting), ...versionSql(TABLE, counting, accepted)]) await db.run(statement);
    const time = (column: string) => `strftime(${column}, '%Y-%m-%dT%H:%M:%S.000+08:00')`;
    return {
      versions: await db.rows(
        `select tip_id as key, channel as content, ${time("known_from")} as "from", ${time("known_to")} as "to" from tip_version order by key, "from", "to" nulls last`
      ),
      withdrawn: await db.list("select key from tip_withdrawn order by key")
    };
  } finally {
    db.close();
  }
}

const said = fc.constantFrom("电话", "电话", "来信", "来信", null);
const load = fc.record({
  kind: fc.constantFrom("snapshot", "snapshot", "snapshot", "append", "corrections"),
  rows: fc.uniqueArray(fc.tuple(fc.constantFrom(...KEYS), said), {selector: ([key]) => key, maxLength: KEYS.length}),
  minutes: fc.nat(2)
});
const decision = fc.record({kind: fc.constantFrom("revoke", "accept", "accept"), pick: fc.nat(), minutes: fc.nat(2)});

/** Events in order; a clock that does not move gives two of them the same moment. */
const HISTORIES = fc
  .array(fc.oneof({weight: 3, arbitrary: load}, {weight: 2, arbitrary: decision}), {minLength: 2, maxLength: 9})
  .map((steps) => {
    const events: Event[] = [];
    const revoked = new Set<number>();
    let n = 0;
    let minute = 0;
    for (const step of steps) {
      minute += step.minutes;
      const at = `2026-01-05T09:${String(minute).padStart(2, "0")}:00.000+08:00`;
      if ("rows" in step) events.push({kind: step.kind, n: ++n, at, rows: new Map(step.rows)});
      else if (step.kind === "accept" && n > 0) events.push({kind: "accept", n, at});
      else if (n > 0 && !revoked.has((step.pick % n) + 1)) {
        revoked.add((step.pick % n) + 1);
        events.push({kind: "revoke", n: (step.pick % n) + 1, at});
      }
    }
    return events;
  });

const LATER = "2026-02-01T00:00:00.000+08:00";

describe("the history of a source", () => {
  it("comes to what walking through its batches and decisions one by one comes to, now and at every moment", () =>
    fc.assert(
      fc.asyncProperty(HISTORIES, fc.nat(), async (events, pick) => {
        const space = await happened(events);
        expect(await worldAt(space, LATER)).toEqual(world(events));
        const moment = events[pick % Math.max(events.length, 1)]?.at ?? LATER;
        expect(await worldAt(space, moment)).toEqual(world(events.filter((e) => e.at <= moment)));
      }),
      {numRuns: rounds(20)}
    ));
});
