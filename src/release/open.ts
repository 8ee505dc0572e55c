import {join} from "node:path";
import {maskVariable} from "../contract/mask.ts";
import {fault} from "../fault.ts";
import {planOf} from "../scheme/plan.ts";
import type {ScoreResult} from "../score/types.ts";
import type {EngineOptions} from "../warehouse/duckdb.ts";
import {keptColumns} from "../warehouse/kept-column.ts";
import {SEMANTICS} from "../warehouse/run.ts";
import {type RuleText, readRules, type Scored, type ScoreOptions, scoreDatabase} from "../warehouse/scored.ts";
import {shownPath} from "../workspace/workspace.ts";
import {openFacts} from "./facts.ts";
import {isRelease, type ReleaseManifest, readManifest} from "./manifest.ts";
import {PARTS, parsedJson, partText, readCalendarFile, readOffice} from "./office-file.ts";
import type {ReleaseHead} from "./stamp.ts";

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
    return {text: partText(file), file: shownPath(file)};
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
