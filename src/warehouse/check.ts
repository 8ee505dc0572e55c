import {tableNamed} from "../contract/index.ts";
import {fault, nearestName} from "../fault.ts";
import {type CheckName, checksOf} from "../regime/check-names.ts";
import {gradeOf, interpretationsUsed} from "../regime/resolve.ts";
import type {Interpretation, Modality, Regime} from "../regime/types.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Database} from "./duckdb.ts";
import {modelSql} from "./model.ts";

/** A thing that a check found wrong, or could not judge. */
export interface CheckRow {
  readonly subject: string;
  readonly unit_code: string | null;
  readonly inspection_id: string | null;
  /** The day of the breach, or the due date that was missed. */
  readonly on_date: string | null;
  readonly because: string;
  readonly source_file: string | null;
  readonly source_sheet: string | null;
  readonly source_row: number | null;
}

/** What came of a check. */
export interface CheckResult {
  readonly id: string;
  readonly title: string;
  /** What its rows name: 巡查, 问题, 月 … */
  readonly subject_kind: string;
  /** Whose breach it is. */
  readonly by: string;
  readonly clause: string;
  readonly modality: Modality;
  readonly word: string | null;
  readonly grade: "违反" | "提示";
  /** Things looked at, those that could not be judged left out. */
  readonly judged: number;
  /** Things found wrong. */
  readonly rows: number;
  /** Things that could not be judged, because what it takes is blank. */
  readonly unknown: number;
  /** Columns that the office's files do not have, without which the check says nothing. */
  readonly missing: readonly string[];
  readonly sample: readonly CheckRow[];
  readonly interpretations: readonly Interpretation[];
}

/** How many rows of a check are given unless more are asked for. */
const SAMPLE = 5;

/**
 * Runs the procedure checks of a regime; leaves every row found wrong in `check_row` (check_id first, ordered).
 * Needs: buildLaw.
 * Errors: Fault 2 for an id that this regime has no check of.
 * @example (await runChecks(law.db, law)).filter((c) => c.grade === "违反" && c.rows > 0)
 */
export async function runChecks(
  db: Database,
  {regime, when, kept}: {readonly regime: Regime; readonly when: {readonly as_of: string}; readonly kept: ReadonlySet<string>},
  {only, sample = SAMPLE}: {readonly only?: string | undefined; readonly sample?: number | undefined} = {}
): Promise<CheckResult[]> {
  const checks = checksOf(regime, when.as_of);
  if (only !== undefined && !checks.some(({id}) => id === only)) throw unknownCheck(only, checks, regime);
  await db.run(
    "create or replace temp table check_row (check_id varchar, subject varchar, unit_code varchar, inspection_id varchar, on_date date, because varchar, source_file varchar, source_sheet varchar, source_row bigint)"
  );
  const results: CheckResult[] = [];
  for (const check of checks)
    if (only === undefined || check.id === only) results.push(await runCheck(db, check, regime, kept, sample));
  return results;
}

function unknownCheck(id: string, checks: readonly CheckName[], {title}: Regime) {
  const ids = checks.map((c) => c.id);
  const near = nearestName(id, ids);
  return fault(2, {
    place: null,
    what: `《${title}》没有检查 ${id}`,
    advice: near ? `是否指 ${near}？` : `可用：${ids.join("、")}`
  });
}

async function runCheck(
  db: Database,
  check: CheckName,
  regime: Regime,
  kept: ReadonlySet<string>,
  sample: number
): Promise<CheckResult> {
  const parameter = regime.parameters[check.needs[0] ?? ""];
  if (!parameter) throw new RangeError(`检查 ${check.id} 没有依据的参数`);
  const missing = columnsRead(check, regime).filter((name) => !kept.has(name));
  const about = {
    id: check.id,
    title: check.title,
    subject_kind: check.subject,
    by: check.by,
    clause: parameter.clause,
    modality: parameter.modality,
    word: parameter.word,
    grade: gradeOf(parameter.modality) ?? "提示",
    missing: missing.map(columnWords),
    interpretations: interpretationsUsed(regime, [...check.needs, ...check.also]).map((i) => i.interpretation)
  };
  if (missing.length > 0) return {...about, judged: 0, rows: 0, unknown: 0, sample: []};
  await db.run(`create or replace temp table judged_row as ${modelSql(`check/${check.id}`)}`);
  const counts = await db.row<{judged: number; rows: number; unknown: number}>(
    `select count(*) filter (where not unknown) as judged, count(because) as "rows", count(*) filter (where unknown) as unknown from judged_row`
  );
  await db.run(
    `insert into check_row by name select ${quotedString(check.id)} as check_id, subject, unit_code, inspection_id, on_date, because, source_file, source_sheet, source_row
from judged_row where because is not null order by subject, because`
  );
  const rows = await db.rows<CheckRow>(
    `select * exclude (check_id) replace (cast(on_date as varchar) as on_date) from check_row where check_id = ${quotedString(check.id)} order by subject, because limit ${sample}`
  );
  return {...about, judged: counts?.judged ?? 0, rows: counts?.rows ?? 0, unknown: counts?.unknown ?? 0, sample: rows};
}

/** Columns a check cannot do without: those its parameters' values name, and those its model reads. */
function columnsRead({needs, reads}: CheckName, regime: Regime): string[] {
  const named = needs.flatMap((name) => (regime.parameters[name]?.values ?? []).flatMap(({value}) => columnsIn(value)));
  return [...new Set([...named, ...reads])].filter((name) => !name.endsWith(".*")).toSorted();
}

function columnsIn(value: unknown): string[] {
  if (typeof value === "string") {
    const [, table, column] = /^([a-z]+)\.([a-z_]+)$/.exec(value) ?? [];
    return table && column ? [`${table}.${column}`] : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => {
    // Where a stage of the loop is recorded binds nobody: a stage that nothing records is shown as such.
    if (key === "maps") return [];
    // Any of the filters takes a finding: what all of them ask about cannot be done without.
    if (key === "findings") return sharedKeys(one as readonly object[]).map((name) => `finding.${name}`);
    return columnsIn(one);
  });
}

function sharedKeys(filters: readonly object[]): string[] {
  const [first = {}, ...rest] = filters;
  // A hazard is taken for one although nobody wrote down its nature.
  return Object.keys(first).filter((key) => rest.every((f) => key in f) && !(key === "nature" && "hazard_level" in first));
}

function columnWords(name: string): string {
  const [table = "", column = ""] = name.split(".");
  const {title, columns} = tableNamed(table);
  return `${title}·${columns.find((c) => c.name === column)?.header ?? quotedIdentifier(column)}`;
}
