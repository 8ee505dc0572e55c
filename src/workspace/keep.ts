import type {EngineOptions} from "../warehouse/duckdb.ts";
import {dropPrepared, prepareWarehouse, publishWarehouse} from "../warehouse/warehouse.ts";
import {type Batch, commitBatches, type Draft, dropDrafts, listBatches, numberDrafts} from "./batch.ts";
import {appendDecision, type Decision, readDecisions, sealDecision} from "./decision.ts";
import type {Workspace} from "./workspace.ts";

/**
 * Keeps what a command made, all of it or none: builds the warehouse as it will be beside the one in use, then commits the batches, writes
 * the decisions, and puts the new warehouse in place. Where there is no room for the warehouse, nothing has changed; a kill after the
 * commit leaves the state after, and the next command builds the warehouse. Call it under the lock.
 */
export async function keepAll(
  space: Workspace,
  drafts: readonly Draft[],
  decisions: readonly Pick<Decision, "at" | "kind" | "by" | "args">[],
  options: EngineOptions
): Promise<Batch[]> {
  if (drafts.length === 0 && decisions.length === 0) return [];
  const {state} = space;
  const numbered = await prepared(space, drafts, decisions, options);
  const batches = commitBatches(state.batches, numbered);
  for (const decision of decisions) appendDecision(state.decisions, decision);
  publishWarehouse(space);
  return batches;
}

/** Builds the warehouse as it will be; when that fails, nothing of it or of the drafts is left. */
async function prepared(
  space: Workspace,
  drafts: readonly Draft[],
  decisions: readonly Pick<Decision, "at" | "kind" | "by" | "args">[],
  options: EngineOptions
): Promise<Batch[]> {
  const {batches, decisions: record} = space.state;
  try {
    const numbered = numberDrafts(batches, drafts);
    const after = [...readDecisions(record).decisions];
    for (const decision of decisions) after.push(sealDecision(after, decision));
    await prepareWarehouse(space, after, options, [...listBatches(batches), ...numbered]);
    return numbered;
  } catch (error) {
    dropDrafts(drafts);
    dropPrepared(space);
    throw error;
  }
}
