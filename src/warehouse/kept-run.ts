import {existsSync} from "node:fs";
import {fault} from "../fault.ts";
import type {DiffSide, Ruling} from "../score/diff.ts";
import {points} from "../score/score.ts";
import type {LedgerEntry, Plan, ScoreResult} from "../score/types.ts";
import {quotedString} from "../sql.ts";
import {Database} from "./duckdb.ts";
import {resultDigest} from "./run.ts";
import type {Scored} from "./scored.ts";

/** What a ledger written as Parquet says of itself, so that it can be compared later without the workspace. */
export interface RunAbout {
  readonly authority: string;
  readonly demo: boolean;
  readonly result: ScoreResult;
  readonly plans: readonly Plan[];
  readonly rulings: readonly Ruling[];
}

/** A result kept in a file: what it says of itself, and where its ledger is. */
export interface KeptRun {
  readonly file: string;
  readonly about: RunAbout;
}

/** Name of the metadata in the Parquet file. */
const KEY = "xunheng_run";

/** Columns of a ledger row, as `LedgerEntry` has them. */
const COLUMNS = `unit_code, seq, kind, item, rule_id, subject, milli, because, breach, basis, batch, file, "row"`;

/** What a scored workspace leaves behind beside its ledger. */
export async function runAbout({space, result, schemes, db}: Scored): Promise<RunAbout> {
  const {authority, demo} = space;
  return {authority, demo, result, plans: schemes.map((s) => s.plan), rulings: await rulingsOf(db)};
}

/** The decisions of 异议复核 that count in a scored database. */
export async function rulingsOf(db: Database): Promise<Ruling[]> {
  return db.rows<Ruling>(
    "select appeal_id, subject_kind, subject_id, unit_code, decision, new_unit_code is not null as moves from appeal_effective order by appeal_id"
  );
}

/**
 * Writes the ledger as Parquet with the result in its metadata: a run that `diff --from-run` reads.
 * @example await writeRun(scored.db, "run.parquet", await runAbout(scored))
 */
export async function writeRun(db: Database, file: string, about: RunAbout): Promise<void> {
  await db.run(
    `copy (select scheme, ${COLUMNS} from ledger order by scheme, unit_code, seq) to ${quotedString(file)} (format parquet, compression zstd, kv_metadata {${KEY}: ${quotedString(JSON.stringify(about))}})`
  );
}

/**
 * Reads a run from a file that `score --ledger X.parquet` wrote.
 * Errors: Fault 2 when it is no such file, or its rows do not give the digest and the scores it names: then it was changed afterwards.
 */
export async function readRun(file: string): Promise<KeptRun> {
  const place = {file};
  if (!existsSync(file))
    throw fault(2, {place, what: "没有这个文件", advice: "请核对路径；运行文件由 xunheng score --ledger 文件.parquet 写出"});
  const db = await Database.open();
  try {
    const about = await aboutOf(db, file);
    if (!about)
      throw fault(2, {
        place,
        what: "不是运行文件",
        advice: "请用 xunheng score --ledger 文件.parquet 写出的文件（其他格式不带得分和办法）"
      });
    await db.run(`create temp view ledger as select * from read_parquet(${quotedString(file)})`);
    if ((await resultDigest(db)) !== about.result.digest || !(await isSum(db, about.result)))
      throw fault(2, {
        place,
        what: "文件里的台账与它记载的摘要不符，写出以后被改动过",
        advice: "请用原来的文件，或重新运行 xunheng score --ledger"
      });
    return {file, about};
  } finally {
    db.close();
  }
}

/** What a run file says of itself; null when it says nothing, or has not the columns of a ledger. */
export async function aboutOf(db: Database, file: string): Promise<RunAbout | null> {
  try {
    // A file without one of the columns, or with texts for numbers, fails here.
    await db.rows(`select scheme, ${COLUMNS}, seq + milli + "row" as whole from read_parquet(${quotedString(file)}) limit 0`);
    const text = await db.value<string>(
      `select decode(value) from parquet_kv_metadata(${quotedString(file)}) where decode(key) = ${quotedString(KEY)}`
    );
    const about = text === undefined ? null : (JSON.parse(text) as RunAbout);
    const lists = about ? [about.plans, about.rulings, ...about.result.schemes.map((s) => s.units)] : [];
    return lists.every(Array.isArray) ? about : null;
  } catch {
    return null;
  }
}

/** Whether every score is the sum of its unit's rows, in thousandths and as text, and no row belongs to a unit without a score. */
async function isSum(db: Database, {schemes}: ScoreResult): Promise<boolean> {
  const rows = await db.rows<{scheme: string; unit_code: string; milli: number}>(
    "select scheme, unit_code, sum(milli)::bigint as milli from ledger group by all"
  );
  const key = (scheme: string, unit: string) => JSON.stringify([scheme, unit]);
  const sums = new Map(rows.map((r) => [key(r.scheme, r.unit_code), r.milli]));
  for (const {scheme, units} of schemes)
    for (const {unit_code, milli, score} of units) {
      const sum = sums.get(key(scheme, unit_code)) ?? null;
      if (milli !== sum || score !== (sum === null ? null : points(sum))) return false;
      sums.delete(key(scheme, unit_code));
    }
  return sums.size === 0;
}

/** Two runs as sides of a comparison; rows that are the same on both are left in the files. */
export async function sidesOf(
  from: KeptRun & {readonly label: string},
  to: KeptRun & {readonly label: string}
): Promise<{from: DiffSide; to: DiffSide}> {
  const db = await Database.open();
  try {
    const side = async (mine: KeptRun & {label: string}, other: KeptRun): Promise<DiffSide> => {
      const {result, plans, rulings} = mine.about;
      return {label: mine.label, result, plans, rulings, ledger: await db.rows<LedgerEntry>(onlySql(mine.file, other.file))};
    };
    return {from: await side(from, to), to: await side(to, from)};
  } finally {
    db.close();
  }
}

function onlySql(mine: string, other: string): string {
  const key = ["unit_code", "kind", "item", "rule_id", "subject", "milli"];
  const same = key.map((c) => `b.${c} is not distinct from a.${c}`).join(" and ");
  return `select ${COLUMNS} from read_parquet(${quotedString(mine)}) a anti join read_parquet(${quotedString(other)}) b on ${same} order by unit_code, seq`;
}
