import {existsSync} from "node:fs";
import {join} from "node:path";
import {CONTRACT} from "../../contract/index.ts";
import {Fault} from "../../fault.ts";
import {canonicalJson} from "../../placed-yaml.ts";
import type {ScoreResult} from "../../score/types.ts";
import {quotedString} from "../../sql.ts";
import {Database, type EngineOptions} from "../../warehouse/duckdb.ts";
import {aboutOf, runAbout} from "../../warehouse/kept-run.ts";
import {SEMANTICS} from "../../warehouse/run.ts";
import {ScoreScript} from "../../warehouse/script.ts";
import {runScript} from "../../warehouse/script-run.ts";
import {checkScored, write, writeComputed} from "../content.ts";
import {type FileHash, hashesOf, type ReleaseManifest} from "../manifest.ts";
import {PARTS, parsedJson, partText} from "../office-file.ts";
import {openParts} from "../open.ts";
import {programVersions} from "../program.ts";
import {readmeText} from "../readme.ts";
import {stampOf} from "../stamp.ts";
import type {Problem} from "./files.ts";
import {compareLedgers} from "./ledger.ts";
import {differences} from "./result.ts";

/** Seconds that a release's script may take; a million findings take some. */
const SCRIPT_SECONDS = 600;

/** How a release is computed again. */
export interface Recompute extends EngineOptions {
  /** A new, empty directory. */
  readonly scratch: string;
  readonly progress: (text: string) => void;
}

/** What came of computing again: what differs, and what was done in words. */
export interface Recomputed {
  readonly problems: readonly Problem[];
  /** Whether the engine ran the release's own script, and this program its facts; null: it could not be tried. */
  readonly script: boolean | null;
  readonly program: boolean | null;
  readonly notes: readonly string[];
}

/**
 * What scores.json and ledger.parquet say of themselves and of each other: the run, digest and cut-offs of the manifest, rows that sum to the
 * scores.
 */
export async function checkResult(directory: string, manifest: ReleaseManifest): Promise<Problem[]> {
  const problems: Problem[] = [];
  const scores = parsedJson(join(directory, PARTS.scores)) as Partial<ScoreResult> | null;
  for (const key of ["run", "digest", "regime", "as_of", "decisions_until", "known_at", "provisional"] as const)
    if (scores?.[key] !== manifest[key])
      problems.push({
        file: PARTS.scores,
        what: `${key} 与清单不符：${String(scores?.[key]).slice(0, 80)}，清单是${String(manifest[key])}`
      });
  const db = await Database.open();
  try {
    const file = join(directory, PARTS.ledger);
    const about = await aboutOf(db, file);
    if (!about) return [...problems, {file: PARTS.ledger, what: "不是记分台账，或没有写明它的结果"}];
    for (const {path, kept, again} of differences(about.result, scores, 3))
      problems.push({file: PARTS.ledger, what: `文件里写的结果与 scores.json 不同：${path} 是${kept}，scores.json 是${again}`});
    const rows = await db.rows<{scheme: string; unit_code: string; milli: number}>(
      `select scheme, unit_code, sum(milli)::bigint as milli from read_parquet(${quotedString(file)}) group by all order by all`
    );
    const sums = new Map(rows.map((r) => [`${r.scheme} ${r.unit_code}`, r.milli]));
    for (const {scheme, units} of scores?.schemes ?? [])
      for (const {unit_code, milli} of units) {
        const sum = sums.get(`${scheme} ${unit_code}`) ?? null;
        if (sum !== milli)
          problems.push({
            file: PARTS.ledger,
            what: `单位 ${unit_code} 各行之和是${sum ?? "空"}，scores.json 里是${milli ?? "空"}（千分之一分）`
          });
      }
    return problems;
  } finally {
    db.close();
  }
}

/** Runs the release's own script in a sealed engine, and compares its ledger, scores and digest. */
export async function rerunScript(directory: string, manifest: ReleaseManifest, {scratch, progress, ...engine}: Recompute) {
  const facts = new RegExp(`^${PARTS.facts}/[^/]+/[^/]+\\.parquet$`);
  const readable = manifest.files.map(({path}) => path).filter((path) => facts.test(path));
  progress("运行 score.sql");
  const db = await runScript(directory, PARTS.script, {
    ...engine,
    readable,
    scratch: join(scratch, "spill"),
    seconds: SCRIPT_SECONDS
  });
  try {
    const problems: Problem[] = [];
    const digest = await db.value<string>("select digest from digest");
    if (digest !== manifest.digest)
      problems.push({file: PARTS.script, what: `算出的摘要是 ${String(digest).slice(0, 64)}，清单是 ${manifest.digest}`});
    problems.push(...(await compareScores(directory, db)));
    progress("逐行比较台账");
    const kept = {db: await Database.open(), from: `read_parquet(${quotedString(join(directory, PARTS.ledger))})`};
    try {
      problems.push(...(await compareLedgers(kept, {db, from: "ledger"}, PARTS.ledger, `${PARTS.script} `)));
    } finally {
      kept.db.close();
    }
    return problems;
  } finally {
    db.close();
  }
}

/** Scores of scores.json beside those that the script computed. */
async function compareScores(directory: string, db: Database): Promise<Problem[]> {
  const columns = ["milli", "grade", "rank", "covered", "provisional"] as const;
  const rows = await db.rows<Record<string, unknown>>(
    `select scheme, unit_code, ${columns.join(", ")} from score order by scheme, unit_code`
  );
  const plain = (value: unknown) => (typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value);
  const script = Object.fromEntries(
    rows.map(({scheme, unit_code, ...row}) => [
      `${String(scheme)} ${String(unit_code)}`,
      {...row, milli: plain(row.milli), rank: plain(row.rank)}
    ])
  );
  const {schemes} = parsedJson(join(directory, PARTS.scores)) as ScoreResult;
  const kept = Object.fromEntries(
    schemes.flatMap(({scheme, units}) =>
      units.map((u) => [`${scheme} ${u.unit_code}`, Object.fromEntries(columns.map((name) => [name, u[name]]))] as const)
    )
  );
  return differences(kept, script).map(({path, kept: was, again}) => ({
    file: PARTS.scores,
    what: `${path} 是${was}，score.sql 算出的是${again}`
  }));
}

/**
 * Computes the release again with this program from its facts, rules and calendar, makes every file anew that follows from them, and
 * compares: the ledger row by row, JSON by its parts, everything else by its bytes.
 */
export async function remakeRelease(
  directory: string,
  manifest: ReleaseManifest,
  {scratch, progress, ...engine}: Recompute
): Promise<Recomputed> {
  for (const [word, theirs, ours] of [
    ["语义", manifest.semantics, SEMANTICS],
    ["契约", manifest.contract, CONTRACT]
  ] as const)
    if (theirs !== ours) {
      const what = `审定件的${word}版本是${theirs}，本程序是${ours}：没有用本程序重算，只运行了它自带的 score.sql`;
      return {problems: [], script: null, program: null, notes: [what]};
    }
  progress("用本程序重算");
  const made = join(scratch, "made");
  const script = new ScoreScript(join(made, PARTS.script), PARTS.facts);
  const released = {...manifest.release, manifest: "", fallen: null};
  const scored = await openParts(directory, {...engine, scratch: join(scratch, "spill"), kept: script.kept}, released);
  try {
    const {run, digest} = scored.result;
    const problems: Problem[] = [];
    if (run !== manifest.run)
      problems.push({file: PARTS.facts, what: `从事实、制度、办法和日历重算，运行编号是 ${run}，清单是 ${manifest.run}`});
    if (digest !== manifest.digest)
      problems.push({file: PARTS.facts, what: `从事实重算，摘要是 ${digest}，清单是 ${manifest.digest}`});
    for (const [name, own] of [
      ["authority", scored.space.authority],
      ["regime", scored.space.regime],
      ["year", scored.year],
      ["demo", scored.space.demo]
    ] as const)
      if (own !== manifest[name])
        problems.push({file: PARTS.office, what: `${name} 是${String(own)}，清单是${String(manifest[name])}`});
    progress("逐行比较台账");
    const kept = {db: await Database.open(), from: `read_parquet(${quotedString(join(directory, PARTS.ledger))})`};
    try {
      problems.push(...(await compareLedgers(kept, {db: scored.db, from: "ledger"}, PARTS.ledger, "本程序")));
      const about = await aboutOf(kept.db, join(directory, PARTS.ledger));
      for (const {path, kept: was, again} of differences(about, plain(await runAbout(scored)), 3))
        problems.push({file: PARTS.ledger, what: `文件里写的 ${path} 是${was}，重做的是${again}`});
    } finally {
      kept.db.close();
    }
    progress("重做各文件");
    await writeComputed(made, scored, script, await checkScored(scored));
    write(made, PARTS.readme, readmeText(stampOf(scored)));
    const same = sameVersions(manifest.versions, await programVersions(scored.db));
    // Files that are put into a release and do not follow from its others.
    const given = [PARTS.regime, PARTS.decisions, ...scored.space.schemes.map((id) => `${PARTS.schemes}/${id}.yaml`)];
    const compared = compareMade(
      directory,
      made,
      manifest.files.filter(({path}) => !given.includes(path)),
      same
    );
    const notes = same ? [] : ["写出审定件的程序或引擎版本与本机不同：比较了内容，没有逐字节比较"];
    return {problems: [...problems, ...compared], script: null, program: true, notes};
  } finally {
    scored.close();
  }
}

function sameVersions(a: ReleaseManifest["versions"], b: ReleaseManifest["versions"]): boolean {
  return a.program === b.program && a.duckdb === b.duckdb;
}

/** As JSON holds it. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** Every file that was made again beside the release's own. */
function compareMade(directory: string, made: string, files: readonly FileHash[], bytes: boolean): Problem[] {
  const problems: Problem[] = [];
  for (const file of files) {
    const again = join(made, file.path);
    if (!existsSync(again)) problems.push({file: file.path, what: "从事实重做时没有这个文件，是后来放进去的"});
    else if (hashesOf(again).sha256 !== file.sha256) problems.push(...unlike(directory, again, file.path, bytes));
  }
  const listed = new Set(files.map((f) => f.path));
  for (const path of [PARTS.scores, PARTS.ledger, PARTS.checks, PARTS.assessment, PARTS.script, PARTS.readme])
    if (existsSync(join(made, path)) && !listed.has(path)) problems.push({file: path, what: "清单里没有这个文件，从事实重做时有"});
  return problems;
}

/** What differs in a file: parts of JSON, else its bytes when the same versions wrote it. */
function unlike(directory: string, again: string, path: string, bytes: boolean): Problem[] {
  if (!path.endsWith(".json")) return bytes ? [{file: path, what: "与本程序从事实重做的不同"}] : [];
  try {
    const found = differences(parsedJson(join(directory, path)), parsedJson(again));
    if (found.length > 0) return found.map((d) => ({file: path, what: `${d.path} 是${d.kept}，重做的是${d.again}`}));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return [{file: path, what: error.complaints[0]?.what ?? error.message}];
  }
  return bytes || !isPlain(join(directory, path)) ? [{file: path, what: "内容相同，写法与本程序从事实重做的不同"}] : [];
}

/** Whether a file of JSON reads the same for everybody: no key twice, nothing that one reader takes otherwise than another. */
function isPlain(file: string): boolean {
  const value = parsedJson(file);
  return [JSON.stringify(value, null, 1), canonicalJson(value)].includes(partText(file).trimEnd());
}
