import {existsSync} from "node:fs";
import {join} from "node:path";
import {CONTRACT} from "../contract/index.ts";
import {maskVariable} from "../contract/mask.ts";
import {fault} from "../fault.ts";
import {planOf} from "../scheme/plan.ts";
import type {ScoreResult} from "../score/types.ts";
import type {EngineOptions} from "../warehouse/duckdb.ts";
import {keptColumns} from "../warehouse/kept-column.ts";
import {SEMANTICS} from "../warehouse/run.ts";
import {openScored, type RuleText, readRules, type Scored, type ScoreOptions, scoreDatabase} from "../warehouse/scored.ts";
import {type Decision, readDecisions} from "../workspace/decision.ts";
import {openWorkspace, shownPath, type Workspace} from "../workspace/workspace.ts";
import {openFacts} from "./facts.ts";
import {isRelease, MANIFEST, type ReleaseManifest, readManifest} from "./manifest.ts";
import {PARTS, parsedJson, partText, readCalendarFile, readOffice} from "./office-file.ts";
import {releaseDirectory} from "./settle.ts";
import type {ReleaseHead} from "./stamp.ts";
import {standingOf, standings} from "./standing.ts";

/** How a release is opened: the engine's options, and what scoreDatabase takes. */
export type ReleaseOptions = EngineOptions & Pick<ScoreOptions, "columns" | "kept">;

/**
 * Opens a release alone, without its workspace: its facts, rules and calendar are scored again, and must give the run and digest that it
 * names. Whether a file was changed is verify's question.
 * Shape: what openScored gives, with `released`; `space` is the office as the release knows it, its directory the release's own.
 * Errors: Fault 2 for a directory that is no release; Fault 4 when this program computes otherwise: another semantics, or changed files.
 * @example const scored = await openReleased("offices/x/.xunheng/releases/x-2025-r1"); scored.close()
 */
export async function openReleased(directory: string, options: ReleaseOptions = {}): Promise<Scored> {
  const {manifest, sha256} = readManifest(directory);
  const place = {file: shownPath(directory)};
  if (!isRelease(manifest))
    throw fault(2, {
      place,
      what: `不是审定件，是导出件（${manifest.kind}）`,
      advice: "请指出审定件的目录；导出件可用 xunheng verify 核验"
    });
  if (manifest.semantics !== SEMANTICS)
    throw fault(4, {
      place,
      what: `审定件 ${manifest.release.id} 的语义版本是${manifest.semantics}，本程序是${SEMANTICS}，算法不同，不能重算`,
      advice: `请用写出它的版本（巡衡 ${manifest.versions.program}）打开；审定件里的 score.sql 和 scores.json 仍可直接查看`
    });
  if (manifest.contract !== CONTRACT)
    throw fault(4, {
      place,
      what: `审定件 ${manifest.release.id} 的契约版本是${manifest.contract}，本程序是${CONTRACT}，表和列不同，不能重算`,
      advice: `请用写出它的版本（巡衡 ${manifest.versions.program}）打开；审定件里的 score.sql 和 scores.json 仍可直接查看`
    });
  const scored = await openParts(directory, options, {...manifest.release, manifest: sha256, fallen: null});
  const {run, digest} = scored.result;
  if (run === manifest.run && digest === manifest.digest) return scored;
  scored.close();
  throw unlike(directory, manifest, {run, digest});
}

function unlike(directory: string, manifest: ReleaseManifest, {run, digest}: Pick<ScoreResult, "run" | "digest">) {
  const which = [...(run === manifest.run ? [] : ["运行编号"]), ...(digest === manifest.digest ? [] : ["结果摘要"])].join("和");
  return fault(4, {
    place: {file: shownPath(directory)},
    what: `从审定件 ${manifest.release.id} 的事实重算，${which}与清单不符`,
    advice: "审定件被改动过，请用 xunheng verify 查出是哪个文件"
  });
}

/**
 * Opens the parts of a release: facts, rules, calendar, office. Nothing is compared with what the release says of itself.
 * Errors: Fault 2 for parts that are missing or cannot be read.
 */
export async function openParts(directory: string, options: ReleaseOptions = {}, released?: ReleaseHead): Promise<Scored> {
  const space = readOffice(directory);
  const part = (...path: readonly string[]): RuleText => {
    const file = join(directory, ...path);
    return {text: partText(file, "rules"), file: shownPath(file)};
  };
  const {regime, schemes} = await readRules(
    part(PARTS.regime),
    space.schemes.map((id) => part(PARTS.schemes, `${id}.yaml`))
  );
  const calendar = readCalendarFile(directory);
  const {as_of, decisions_until, known_at} = cutOffsOf(join(directory, PARTS.scores));
  const when = {as_of, decisions_until, known_at: null};
  const again = () => openFacts(join(directory, PARTS.facts), {...options, known_at});
  const db = await again();
  try {
    await db.run(maskVariable(space));
    const {columns, kept} = options;
    const scoring = {regime, schemes, calendar, when, known_at, year: space.year, round: space.round, columns, kept};
    const result = await scoreDatabase(db, scoring);
    return {
      ...{space, regime, when, year: space.year, calendar, result, db, again},
      schemes: schemes.map((scheme) => ({scheme, plan: planOf(scheme)})),
      ...(released ? {released} : {}),
      kept: () => keptColumns(db, space.state.batches),
      close: () => db.close()
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The cut-offs that scores.json names. */
function cutOffsOf(file: string): Pick<ScoreResult, "as_of" | "decisions_until" | "known_at"> {
  const value = parsedJson(file) as Partial<ScoreResult> | null;
  const {as_of, decisions_until, known_at} = value ?? {};
  const isDay = (day: unknown) => typeof day === "string" && /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day));
  if (!isDay(as_of) || !isDay(decisions_until) || typeof known_at !== "string" || Number.isNaN(Date.parse(known_at)))
    throw fault(2, {place: {file: shownPath(file)}, what: "没有写清统计截止日等日期", advice: "文件被改动过，请用原来的文件"});
  return value as ScoreResult;
}

/** Which result of a workspace is meant, beside the cut-offs. */
export interface ResultOptions extends ScoreOptions {
  /** A release's id, or a directory that holds one. */
  readonly release?: string | undefined;
  /** The workspace as it stands, whatever was approved. */
  readonly draft?: boolean | undefined;
}

/**
 * Opens a result of a workspace: the release that is named, else the one that stands for its year, else, or with `draft` or cut-offs of
 * one's own, the workspace as it stands (未审定).
 * Errors: Fault 2 for a release that the workspace does not know, and for one named with cut-offs; those of openReleased and openScored.
 * @example const scored = await openResult("offices/x", {release: "x-2025-r1"}); scored.released?.id // "x-2025-r1"
 */
export async function openResult(workspace: string, options: ResultOptions = {}): Promise<Scored> {
  const {release, draft} = options;
  const own = ownCutOffs(options);
  if (release === undefined) {
    const space = openWorkspace(workspace);
    const {decisions} = readDecisions(space.state.decisions);
    const standing = draft || own !== null ? null : standingOf(decisions, options.year ?? space.year);
    return standing ? openKnown(space, decisions, standing.id, options) : openScored(workspace, options);
  }
  if (draft || own !== null)
    throw fault(2, {
      place: null,
      what: `--release 不能和 ${own ?? "--draft"} 同时用`,
      advice: "审定结果的日期和规则在审定时已经定下；要看别的日期，请去掉 --release"
    });
  if (existsSync(join(release, MANIFEST))) return openFound(workspace, release, options);
  const space = openWorkspace(workspace);
  return openKnown(space, readDecisions(space.state.decisions).decisions, release, options);
}

/** The option by which another day, moment or scheme was asked for. */
function ownCutOffs({as_of, decisions_until, known_at, scheme}: ResultOptions): string | null {
  const asked = {"--as-of": as_of, "--decisions-until": decisions_until, "--known-at": known_at, "--scheme": scheme};
  return Object.entries(asked).find(([, value]) => value !== undefined)?.[0] ?? null;
}

/** A release that the workspace's decisions name; it must be the one that they approved. */
async function openKnown(space: Workspace, decisions: readonly Decision[], id: string, options: ReleaseOptions): Promise<Scored> {
  const directory = releaseDirectory(space, id);
  return withFallen(await openReleased(directory, options), standings(decisions).find((s) => s.id === id)?.fallen ?? null);
}

/** A release by its directory; the workspace, where there is one that approved it, says whether it still stands. */
async function openFound(workspace: string, directory: string, options: ReleaseOptions): Promise<Scored> {
  const scored = await openReleased(directory, options);
  if (!existsSync(join(workspace, "xunheng.yaml"))) return scored;
  try {
    const {decisions} = readDecisions(openWorkspace(workspace).state.decisions);
    return withFallen(scored, standings(decisions).find(({id}) => id === scored.released?.id)?.fallen ?? null);
  } catch (error) {
    scored.close();
    throw error;
  }
}

function withFallen(scored: Scored, fallen: string | null): Scored {
  return scored.released ? {...scored, released: {...scored.released, fallen}} : scored;
}
