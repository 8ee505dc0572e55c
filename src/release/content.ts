import {mkdirSync, readdirSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {maskVariable} from "../contract/mask.ts";
import {assessDatabase} from "../warehouse/assessed.ts";
import {type CheckResult, runChecks} from "../warehouse/check.ts";
import {runAbout, writeRun} from "../warehouse/kept-run.ts";
import {buildLaw, lastDay} from "../warehouse/law.ts";
import type {Scored} from "../warehouse/scored.ts";
import type {ScoreScript} from "../warehouse/script.ts";
import {flushDirectory, flushFile} from "../workspace/flush.ts";
import {findDefinition} from "../workspace/workspace.ts";
import {writeFacts} from "./facts.ts";
import {calendarText, officeText, PARTS} from "./office-file.ts";

/** What the procedure checks of a result say: the content of checks.json. */
export interface Checked {
  readonly regime: string;
  readonly year: number;
  readonly as_of: string;
  /** First and last day looked at. */
  readonly from: string;
  readonly to: string;
  readonly checks: readonly CheckResult[];
}

/** Runs the checks of the regime over the rows that were scored, every row of each kept; of a workspace or of a release. */
export async function checkScored(scored: Omit<Scored, "released">): Promise<Checked> {
  const {space, regime, schemes, when, year, calendar} = scored;
  const {as_of} = when;
  const db = await scored.again();
  try {
    await db.run(maskVariable(space));
    const extension = schemes.find(({scheme}) => scheme.extension)?.scheme.extension ?? null;
    const law = {regime, calendar, when, year, named_units: space.named_units, kept: await scored.kept(), extension};
    await buildLaw(db, law);
    const checks = await runChecks(db, law, {sample: Number.MAX_SAFE_INTEGER});
    return {regime: regime.id, year, as_of, from: `${year}-01-01`, to: lastDay(year, as_of), checks};
  } finally {
    db.close();
  }
}

/**
 * Writes what a release holds beside its decisions, its README and its manifest.
 * @param script took down the facts of each scheme into `<directory>/facts` while it was scored
 */
export async function writeContent(directory: string, scored: Scored, script: ScoreScript, checked: Checked): Promise<void> {
  const {space} = scored;
  const {text} = findDefinition("regimes", space.regime, space.directory);
  write(directory, PARTS.regime, text);
  for (const id of space.schemes)
    write(directory, `${PARTS.schemes}/${id}.yaml`, findDefinition("schemes", id, space.directory).text);
  await writeComputed(directory, scored, script, checked);
}

/** Writes what of a release follows from its facts, rules and calendar: verify makes it again and compares the bytes. */
export async function writeComputed(directory: string, scored: Scored, script: ScoreScript, checked: Checked): Promise<void> {
  const {result, db, calendar} = scored;
  await writeFacts(db, join(directory, PARTS.facts), await scored.kept());
  script.write(result);
  write(directory, PARTS.calendar, calendarText(calendar));
  write(directory, PARTS.office, officeText(scored));
  write(directory, PARTS.scores, jsonText(result));
  write(directory, PARTS.checks, jsonText(checked));
  const assessment = await assessmentOf(scored);
  if (assessment) write(directory, PARTS.assessment, jsonText(assessment));
  await writeRun(db, join(directory, PARTS.ledger), await runAbout(scored));
}

/** What the annual assessment takes from the result; null where the regime gives no such power or no scheme says how. */
async function assessmentOf({space, regime, schemes, when, year, calendar, result, db}: Scored) {
  if (regime.assessment.length === 0 || schemes.every(({scheme}) => scheme.assessment === null)) return null;
  const scoring = {
    regime,
    schemes: schemes.map((s) => s.scheme),
    calendar,
    when,
    known_at: result.known_at,
    year,
    round: space.round
  };
  return {year, schemes: await assessDatabase(db, scoring, result)};
}

/** Writes a text of a release. */
export function write(directory: string, path: string, text: string): void {
  const file = join(directory, path);
  mkdirSync(dirname(file), {recursive: true});
  writeFileSync(file, text);
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

/** Makes sure that a directory with all that is in it is on disk. */
export function flushAll(directory: string): void {
  for (const entry of readdirSync(directory, {withFileTypes: true})) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) flushAll(path);
    else flushFile(path);
  }
  flushDirectory(directory);
}
