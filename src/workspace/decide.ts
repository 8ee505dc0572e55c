import type {Table} from "../contract/index.ts";
import {fault} from "../fault.ts";
import {settleReleases} from "../release/settle.ts";
import {Database, type EngineOptions} from "../warehouse/duckdb.ts";
import {type Effect, effectOf} from "../warehouse/effect.ts";
import {dropPrepared, prepareWarehouse, publishWarehouse, refreshWarehouse} from "../warehouse/warehouse.ts";
import {commitTime} from "./batch.ts";
import {appendDecision, type Decision, type DecisionKind, readDecisions, sealDecision, setTornAside} from "./decision.ts";
import {type Waiting, withLock} from "./lock.ts";
import type {Workspace} from "./workspace.ts";

/** Who decides, when, and why. */
export interface DecideOptions extends EngineOptions, Waiting {
  /** The moment, ISO with offset; the caller reads the clock. */
  readonly at: string;
  readonly by: string;
  readonly reason: string;
  /** Say what would happen, and write nothing. */
  readonly dry?: boolean | undefined;
  /** Told what will happen, before anything is written. */
  readonly preview?: ((effect: Effect) => void) | undefined;
}

/** What is to be decided: one or several lines of one kind, and the source whose rows they touch. */
export interface Proposal {
  readonly kind: DecisionKind;
  readonly args: readonly Readonly<Record<string, unknown>>[];
  /** Null when no row's content can change. */
  readonly concerned: {readonly table: Table; readonly source: string} | null;
}

/** What was decided, and what it did. */
export interface Decided {
  readonly decisions: readonly Decision[];
  readonly effect: Effect;
  /** A torn line set aside, a clock gone back. */
  readonly notes: readonly string[];
}

/**
 * Takes a decision under the lock: builds the warehouse as it will be, says what differs, writes the decision, then puts the new
 * warehouse in place. A kill before the write leaves the state before; after it the next command rebuilds the warehouse.
 * @param propose looks at the warehouse as it is and says what to decide; it throws when there is nothing to do
 * Errors: Fault 2 without --by or --reason, or from `propose`; 4 when another command holds the workspace.
 */
export async function decide(
  space: Workspace,
  {at, by, reason, dry = false, preview = () => {}, wait, waiting, ...options}: DecideOptions,
  command: string,
  propose: (db: Database) => Promise<Proposal>
): Promise<Decided> {
  const who = saidText(by, "--by", "请写上谁作出这个决定，如 --by 张三");
  const why = saidText(reason, "--reason", "请写上理由，如 --reason 乡镇来函更正；理由记入决定，永久保留");
  return withLock(
    space.state.lock,
    command,
    async () => {
      const torn = dry ? null : setTornAside(space.state.decisions);
      if (!dry) settleReleases(space);
      await refreshWarehouse(space, options);
      const {kind, args, concerned} = await proposed(space, options, propose);
      const clock = commitTime(space.state, at);
      const before = readDecisions(space.state.decisions).decisions;
      const bodies = args.map((one) => ({at: clock.at, kind, by: who, args: {...one, reason: why}}));
      const after = [...before];
      for (const body of bodies) after.push(sealDecision(after, body));
      try {
        const fresh = await prepareWarehouse(space, after, options);
        const effect = await effectOf(space.state.warehouse, fresh, concerned, {...options, mask: space.mask_numbers});
        preview(effect);
        if (dry) return {decisions: [], effect, notes: []};
        const decisions = bodies.map((body) => appendDecision(space.state.decisions, body));
        publishWarehouse(space);
        return {decisions, effect, notes: [torn, clock.note].filter((note) => note !== null)};
      } finally {
        dropPrepared(space);
      }
    },
    {wait, waiting}
  );
}

async function proposed(space: Workspace, options: EngineOptions, propose: (db: Database) => Promise<Proposal>): Promise<Proposal> {
  const db = await Database.open(space.state.warehouse, {...options, readonly: true});
  try {
    return await propose(db);
  } finally {
    db.close();
  }
}

/** A name or reason of blanks would leave a record that answers for nothing. */
export function saidText(text: string, option: string, advice: string): string {
  const said = text.trim();
  if (said === "") throw fault(2, {place: null, what: `没有写明 ${option}`, advice});
  if (/\p{Cc}/u.test(said)) throw fault(2, {place: null, what: `${option} 含有换行或控制字符`, advice: "请写成一行"});
  return said;
}
