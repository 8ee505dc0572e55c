import {existsSync, mkdirSync, renameSync} from "node:fs";
import {join} from "node:path";
import {CONTRACT} from "../contract/index.ts";
import {type ConfirmationTally, confirmationTally} from "../export/confirm/tally.ts";
import {fault} from "../fault.ts";
import {cutOffs} from "../warehouse/cut-offs.ts";
import type {EngineOptions} from "../warehouse/duckdb.ts";
import {SEMANTICS} from "../warehouse/run.ts";
import {openRules, openScored, type Scored, type ScoreOptions} from "../warehouse/scored.ts";
import {ScoreScript} from "../warehouse/script.ts";
import {refreshWarehouse} from "../warehouse/warehouse.ts";
import {commitTime, listBatches} from "../workspace/batch.ts";
import {saidText} from "../workspace/decide.ts";
import {appendDecision, type DecisionBody, readDecisions, sealDecision, setTornAside} from "../workspace/decision.ts";
import type {ApprovalArgs} from "../workspace/decision-shape.ts";
import {flushDirectory} from "../workspace/flush.ts";
import {type Waiting, withLock} from "../workspace/lock.ts";
import type {Workspace} from "../workspace/workspace.ts";
import {type Approval, releaseAbout} from "./about.ts";
import {type Approver, type ApproverAsked, checkApprover, demandImpartial} from "./approver.ts";
import {type Checked, checkScored, flushAll, write, writeContent} from "./content.ts";
import {holdersOf, readHandouts} from "./handout.ts";
import {listReleases, type Release, standingRelease} from "./list.ts";
import {contentHash, fileHashes, hashesOf, MANIFEST, writeManifest} from "./manifest.ts";
import {findObstacles, type Obstacle, obstacleText, type Waived, type WaiverAsked, waive, waivedText} from "./obstacle.ts";
import {PARTS} from "./office-file.ts";
import {programVersions} from "./program.ts";
import {readmeText} from "./readme.ts";
import {pendingDirectory, releasesDirectory, settleReleases} from "./settle.ts";
import {sourceDoubts} from "./source-doubt.ts";
import {stampOf} from "./stamp.ts";

/** An approval as it is asked for. */
export interface ApproveRequest extends EngineOptions, Waiting {
  /** The moment, ISO with offset; the caller reads the clock. */
  readonly at: string;
  readonly approver: ApproverAsked;
  readonly waivers: readonly WaiverAsked[];
  /** Cut-offs otherwise than xunheng.yaml says. */
  readonly cut_offs: Pick<ScoreOptions, "as_of" | "decisions_until" | "year" | "today">;
  /** The release that this one corrects, and why. */
  readonly supersedes?: {readonly id: string; readonly reason: string} | undefined;
  /** Say what would happen, and write nothing. */
  readonly dry?: boolean | undefined;
  /** Told what is being done. */
  readonly progress?: ((text: string) => void) | undefined;
}

/** What came of it. */
export interface Approved {
  readonly id: string;
  readonly approver: Approver;
  readonly scored: Pick<Scored, "space" | "regime" | "result" | "year">;
  readonly waived: readonly Waived[];
  /** What still stands in the way; never any when something was written. */
  readonly standing: readonly Obstacle[];
  /** What units answered about their deductions. */
  readonly confirmation: ConfirmationTally;
  /** Who held the release that was corrected. */
  readonly holders: readonly string[];
  /** Null for a dry run. */
  readonly written: {readonly directory: string; readonly decision: Approval; readonly manifest: string} | null;
  /** A torn line set aside, a clock gone back. */
  readonly notes: readonly string[];
}

/**
 * Approves the result of a workspace, under the lock: scores it, looks for what stands in the way, writes the release beside its place,
 * then the decision, then puts the release into its place. A kill before the decision leaves the state before; after it the next
 * command finds the release whole. The same inputs, approver and moment give the same bytes.
 * Errors: those of checkApprover and openScored; Fault 3 when a release of the year stands, for a judge, and for obstacles that nobody
 * waived, all of them at once; 4 when another command holds the workspace.
 * @param command as it was called, for the line to paste
 */
export async function approve(space: Workspace, request: ApproveRequest, command: string): Promise<Approved> {
  const name = request.supersedes ? "release supersede" : "approve";
  return withLock(space.state.lock, name, () => approveLocked(space, request, command), request);
}

async function approveLocked(space: Workspace, request: ApproveRequest, command: string): Promise<Approved> {
  const {dry = false, progress = () => {}, supersedes} = request;
  const torn = dry ? null : setTornAside(space.state.decisions);
  if (!dry) settleReleases(space);
  const year = yearOf(space, request);
  const earlier = listReleases(space);
  demandPlace(space, year, supersedes?.id, request.approver.on);
  const id = `${space.id}-${year}-r${earlier.filter((r) => r.year === year).length + 1}`;
  const {regime} = await openRules(space);
  const approver = checkApprover(request.approver, {regime, when: cutOffs(space, request.cut_offs)});
  const asked = saidWaivers(request.waivers);
  progress("核对数据仓库");
  await refreshWarehouse(space, request);
  const pending = pendingDirectory(space, id);
  demandFree(join(releasesDirectory(space), id), id);
  if (!dry) mkdirSync(pending, {recursive: true});
  const script = dry ? null : new ScoreScript(join(pending, PARTS.script), PARTS.facts);
  try {
    progress("计算得分");
    const {threads, memory, scratch} = request;
    const scored = await openScored(space.directory, {...request.cut_offs, year, threads, memory, scratch, kept: script?.kept});
    try {
      await demandImpartial(approver.by, scored);
      progress("程序检查");
      const checked = await checkScored(scored);
      const batches = listBatches(space.state.batches);
      const facts = {checks: checked.checks, batches, earlier, sources: await sourceDoubts(space, batches)};
      const {waived, standing, needless} = waive(await findObstacles(scored, facts), asked);
      if (needless.length > 0) throw needlessWaiver(needless);
      if (standing.length > 0 && !dry) throw refused(standing, command);
      const holders = supersedes ? holdersOf(readHandouts(space), supersedes.id).map((h) => h.recipient) : [];
      const about = {
        id,
        approver,
        scored,
        waived,
        standing,
        confirmation: await confirmationTally(scored),
        holders,
        notes: [] as string[]
      };
      if (!script) return {...about, written: null};
      const clock = commitTime(space.state, request.at);
      const notes = [torn, clock.note].filter((note) => note !== null);
      const args = {...(await argsOf({...about, checked, supersedes}))};
      progress("写审定件");
      const written = await writeRelease({...about, checked, script, args, at: clock.at, pending});
      return {...about, written, notes};
    } finally {
      scored.close();
    }
  } finally {
    if (!dry) settleReleases(space);
  }
}

/** The year that is approved: that of the release to be corrected, else the one asked for, else the workspace's. */
function yearOf(space: Workspace, {supersedes, cut_offs}: ApproveRequest): number {
  if (!supersedes) return cut_offs.year ?? space.year;
  const old = listReleases(space).find((r) => r.id === supersedes.id);
  return old?.year ?? space.year;
}

/** Errors: Fault 3 when a release stands in the place of the new one, or the one to be corrected does not stand. */
function demandPlace(space: Workspace, year: number, supersedes: string | undefined, on: string): void {
  const standing = standingRelease(space, year);
  if (supersedes === undefined && standing)
    throw fault(3, {
      place: null,
      what: `${year}年已有现行的审定结果 ${standing.id}`,
      advice: `要更正请用 xunheng release supersede ${standing.id}（选项与 approve 相同，另加 --reason），要撤回请用 xunheng release withdraw ${standing.id}`
    });
  if (supersedes !== undefined && standing?.id === supersedes) {
    const {on: before} = standing.approval.args;
    if (on !== "" && on < before)
      throw fault(2, {
        place: null,
        what: `更正的审定日期${on}早于 ${supersedes} 的审定日期${before}`,
        advice: "请核对 --on"
      });
    return;
  }
  if (supersedes === undefined) return;
  const old: Release | undefined = listReleases(space).find((r) => r.id === supersedes);
  throw fault(3, {
    place: null,
    what: old ? `${supersedes} ${old.fallen}，不能再被取代` : `没有审定结果 ${supersedes}`,
    advice: standing ? `现行的是 ${standing.id}` : "没有现行的审定结果，请用 xunheng approve 审定"
  });
}

/** A release that no decision knows is somebody's, and never written over. */
function demandFree(directory: string, id: string): void {
  if (!existsSync(directory)) return;
  throw fault(2, {
    place: {file: directory},
    what: `已有审定件 ${id}，决定记录里却没有它`,
    advice: "decisions.jsonl 可能是旧的，请用备份恢复；确认无用的，请把这个目录移到别处"
  });
}

function saidWaivers(asked: readonly WaiverAsked[]): WaiverAsked[] {
  return asked.map(({id, reason}) => {
    const advice = `请写上理由，如 --waive ${id}=已书面说明；理由印在审定结果的每一份材料上`;
    const why = saidText(reason, `--waive ${id}`, advice);
    // The line to paste has this word in the place of each reason.
    if (why === PLACEHOLDER) throw fault(2, {place: null, what: `--waive ${id} 的理由还没有写`, advice});
    return {id, reason: why};
  });
}

function needlessWaiver(needless: readonly WaiverAsked[]) {
  const names = needless.map((w) => w.id).join("、");
  return fault(2, {
    place: null,
    what: `没有要豁免的“${names}”`,
    advice: "豁免会印在每一份材料上，请去掉不需要的；用 --dry-run 看有哪些障碍"
  });
}

/** What the line to paste has where a reason belongs. */
const PLACEHOLDER = "理由";

/** The options that waive obstacles, each with a place for its reason. */
export function waiverOptions(standing: readonly Obstacle[]): string {
  return standing.map(({id}) => ` --waive '${id}=${PLACEHOLDER}'`).join("");
}

/** Everything that stands in the way, and the line to paste that waives it. */
function refused(standing: readonly Obstacle[], command: string) {
  return fault(
    3,
    ...standing.map((one) => ({
      place: null,
      what: obstacleText(one),
      advice: `见 ${one.command}；确需豁免的写${waiverOptions([one])}`
    })),
    {
      place: null,
      what: `有${standing.length}项障碍，没有审定`,
      advice: `请先办理；确需豁免的，把理由写清后运行：${command}${waiverOptions(standing)}`
    }
  );
}

interface Draft extends Pick<Approved, "id" | "approver" | "waived" | "confirmation" | "holders"> {
  readonly scored: Scored;
  readonly checked: Checked;
}

/** What the decision says, but for the content that is yet to be written. */
async function argsOf({
  id,
  approver,
  scored,
  waived,
  confirmation,
  holders,
  supersedes
}: Draft & Pick<ApproveRequest, "supersedes">): Promise<Omit<ApprovalArgs, "content">> {
  const {space, result, year, db} = scored;
  const {run, digest, as_of, decisions_until, known_at, provisional} = result;
  const {post, organ, on, meeting, document_no} = approver;
  return {
    ...{release: id, year, authority: space.authority, regime: space.regime, demo: space.demo},
    ...{as_of, decisions_until, known_at, run, digest, provisional},
    ...{semantics: SEMANTICS, contract: CONTRACT},
    versions: await programVersions(db),
    ...{post, organ, on, meeting, document_no},
    waivers: waived.map(({obstacle, reason}) => ({
      ...{id: obstacle.id, what: waivedText(obstacle), reason, count: obstacle.count, clause: obstacle.clause}
    })),
    supersedes: supersedes?.id ?? null,
    holders: [...holders],
    reason: supersedes ? saidText(supersedes.reason, "--reason", "请写上更正的理由，如 --reason 复核后更正两处事实") : null,
    confirmation: {units: confirmation.units.length, ...confirmation.total, late: confirmation.late}
  };
}

interface Writing extends Draft {
  readonly script: ScoreScript;
  readonly args: Omit<ApprovalArgs, "content">;
  readonly at: string;
  readonly pending: string;
}

/** Writes the release whole, then the decision, then gives the release its place. */
async function writeRelease({id, approver, scored, checked, script, args, at, pending}: Writing): Promise<Approved["written"]> {
  const {space} = scored;
  await writeContent(pending, scored, script, checked);
  const head = {...releaseHead(id, approver, args), manifest: "", fallen: null};
  write(pending, PARTS.readme, readmeText(stampOf({...scored, released: head})));
  const body: DecisionBody = {
    at,
    kind: args.supersedes === null ? "approve" : "supersede",
    by: approver.by,
    args: {...args, content: contentHash(fileHashes(pending))}
  };
  const {decisions} = readDecisions(space.state.decisions);
  const decision = sealDecision(decisions, body) as Approval;
  write(pending, PARTS.decisions, [...decisions, decision].map((d) => `${JSON.stringify(d)}\n`).join(""));
  writeManifest(pending, releaseAbout(decision));
  flushAll(pending);
  flushDirectory(releasesDirectory(space));
  // From this line on the release is decided, whatever happens.
  appendDecision(space.state.decisions, body);
  const directory = join(releasesDirectory(space), id);
  renameSync(pending, directory);
  flushDirectory(releasesDirectory(space));
  return {directory, decision, manifest: hashesOf(join(directory, MANIFEST)).sha256};
}

function releaseHead(id: string, {by, post, organ, on, meeting, document_no}: Approver, args: Omit<ApprovalArgs, "content">) {
  const waivers = args.waivers.map(({what, reason}) => ({what, reason}));
  return {...{id, on, meeting, document_no, waivers, supersedes: args.supersedes}, approver: {name: by, post, organ}};
}
