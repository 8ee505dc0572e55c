import {mkdirSync} from "node:fs";
import {join} from "node:path";
import {fileStamp} from "../../loaders/files.ts";
import {loadSource as readSource} from "../../loaders/index.ts";
import type {RawPart, Source} from "../../loaders/loader.ts";
import {type HeaderMatch, matchHeader} from "../contract/header.ts";
import {CONTRACT, type Table, tableNamed} from "../contract/index.ts";
import {countMaskedSql} from "../contract/mask.ts";
import {rawSelect} from "../contract/read-sql.ts";
import type {ShapeRegime} from "../contract/shape.ts";
import {countSql, keptSql} from "../contract/verdict.ts";
import {Fault, fault} from "../fault.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Database, EngineOptions} from "../warehouse/duckdb.ts";
import {openSealed} from "../warehouse/sealed.ts";
import {diskFull, isDiskFull} from "../warehouse/unreadable.ts";
import {type Counts, type Draft, draftBatch, type Manifest} from "./batch.ts";
import {judgeRows} from "./judge.ts";
import {checkFilled, withoutShared, withUnfilled} from "./second.ts";
import type {Workspace} from "./workspace.ts";

/** What reading a source needs beyond the workspace. */
export interface StageOptions extends EngineOptions {
  /** The moment of commitment, ISO with offset; the caller reads the clock. */
  readonly at: string;
  readonly regime: ShapeRegime;
  /** Environment variables that sources name. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  readonly progress?: ((text: string, rows?: number) => void) | undefined;
  /** What loaders keep from one source to the next. */
  readonly opened?: Map<string, unknown>;
}

const NONE: Counts = {read: 0, new: 0, unchanged: 0, changed: 0, rejected: 0, skipped: 0};

/**
 * Reads one source into the draft of a batch: raw text, judged by the contract, kept as Parquet; commitBatches makes it one.
 * `db` is a staging engine; the warehouse of before, when there is one, is attached to it as `prior`.
 * Errors: Fault of the loader; 4 when the file changed while it was read, or the engine cannot read what the loader made.
 */
export async function stageSource(
  space: Workspace,
  source: Source,
  db: Database,
  scratch: string,
  options: StageOptions,
  {prior}: {prior: boolean}
): Promise<Draft> {
  const read = await judgeSource(space, source, db, scratch, options);
  return keepVerdict(space, read, db, "verdict", {at: options.at, mode: source.mode}, {prior});
}

/** A source that was read. */
export interface ReadSource {
  readonly source: Source;
  readonly parts: readonly RawPart[];
  readonly headers: readonly HeaderMatch[];
}

/**
 * Reads one source and judges its rows by the contract, into the relation `verdict` of the staging engine; nothing is kept yet.
 * Errors: as of stageSource.
 */
export async function judgeSource(
  space: Workspace,
  source: Source,
  db: Database,
  scratch: string,
  options: StageOptions
): Promise<ReadSource> {
  const read = await readParts(space, source, scratch, options);
  const parts = read.parts.map((part, i) => ({part, header: read.headers[i] as HeaderMatch}));
  checkFilled(read);
  await judgeRows(db, source, parts, options.regime);
  const said = source.filled === undefined ? read.parts : await withUnfilled(read, db);
  refuseChanged(read.parts);
  return {...read, parts: said, headers: withoutShared(read.headers, source, space.sources)};
}

/**
 * Reads one source into the table `raw` of the staging engine, every cell as text.
 * Errors: as of stageSource.
 */
export async function readRaw(
  space: Workspace,
  source: Source,
  db: Database,
  scratch: string,
  options: StageOptions
): Promise<ReadSource> {
  const table = tableNamed(source.table);
  const read = await readParts(space, source, scratch, options);
  const raw = read.parts.map((part, i) => partSql(part, rawSelect(part, read.headers[i] as HeaderMatch, table)));
  await db.run(`create or replace table raw as ${raw.join("\nunion all by name\n")}`);
  refuseChanged(read.parts);
  return read;
}

async function readParts(space: Workspace, source: Source, scratch: string, options: StageOptions): Promise<ReadSource> {
  const table = tableNamed(source.table);
  mkdirSync(scratch);
  const parts = await readSource(source, {
    root: space.directory,
    table,
    scratch,
    limits: space.limits,
    env: options.env ?? {},
    openEngine: (paths, prepare) => openSealed(paths, scratch, options, prepare),
    progress: options.progress ?? (() => {}),
    ...(options.opened ? {opened: options.opened} : {})
  });
  return {source, parts, headers: parts.map((part) => matchHeader(part.header, table, source))};
}

/**
 * Keeps judged rows as the draft of a batch.
 * @param verdict relation like verdictSql's
 */
export async function keepVerdict(
  space: Workspace,
  {source, parts, headers}: ReadSource,
  db: Database,
  verdict: string,
  said: Pick<Manifest, "at" | "mode" | "by" | "note">,
  {prior}: {prior: boolean}
): Promise<Draft> {
  const table = tableNamed(source.table);
  const draft = draftBatch(space.state.batches, source.name);
  await db.run(
    `copy (${keptSql(table, verdict)}) to ${quotedString(join(draft, "rows.parquet"))} (format parquet, compression zstd)`
  );
  const counts = await countFiles(source, table, db, verdict, {prior, mode: said.mode});
  const masked = countMaskedSql(table, verdict);
  const manifest = {
    source: source.name,
    table: table.name,
    contract: CONTRACT,
    ...said,
    masked: masked === null ? 0 : Number(await db.value(masked)),
    files: parts.map(({file, sheet, sha256, header, notes}) => {
      const {notes: below = 0, ...rest} = counts.get(`${file}\n${sheet ?? ""}`) ?? {...NONE, notes: 0};
      return {file, sheet, sha256, header, counts: rest, notes: below > 0 ? [...notes, `表下有${below}行说明，未读入`] : notes};
    }),
    doors: [...new Set(headers.flatMap((h) => h.doors))],
    unknown: [...new Set(headers.flatMap((h) => h.unknown))]
  };
  return {directory: draft, manifest};
}

/** A source that the engine chokes on is a failure of that source; the others still load. */
export function sourceFault({name}: Source, error: unknown): Fault {
  if (error instanceof Fault) return error;
  if (isDiskFull(error)) return diskFull();
  const what = `来源 ${name} 读不进来（${(error as Error).message.split("\n")[0]}）`;
  return fault(4, {place: null, what, advice: "请核对文件，或用 --debug 重试后交给维护者"});
}

/** Rows read from a file that was written to meanwhile may be half old and half new. */
function refuseChanged(parts: readonly RawPart[]): void {
  const changed = parts.find(({stamp}) => stamp !== null && fileStamp(stamp.path)?.said !== stamp.said);
  if (!changed) return;
  throw fault(4, {
    place: {file: changed.file},
    what: "读取时文件被改动",
    advice: "本次没有装入这个来源；请等写完、关闭文件后再装一次"
  });
}

function partSql({file, sheet}: RawPart, select: string): string {
  return `select ${quotedString(file)} as source_file, ${sheet === null ? "null::varchar" : quotedString(sheet)} as source_sheet, * from (${select})`;
}

async function countFiles(
  source: Source,
  table: Table,
  db: Database,
  verdict: string,
  {prior: known, mode}: {prior: boolean; mode: Manifest["mode"]}
): Promise<Map<string, Counts & {notes: number}>> {
  const prior = `(select * from prior.${quotedIdentifier(`${table.name}_version`)} where source_name = ${quotedString(source.name)} and known_to is null)`;
  const marks = `(select mark from prior.replaced where source_name = ${quotedString(source.name)})`;
  const corrected = mode !== "corrections" && known && Number(await db.value(`select count(*) from ${marks}`)) > 0;
  const rows = await db.rows<Counts & {notes: number; source_file: string; source_sheet: string | null}>(
    countSql(table, verdict, known ? prior : null, corrected ? marks : null)
  );
  return new Map(rows.map(({source_file, source_sheet, ...counts}) => [`${source_file}\n${source_sheet ?? ""}`, counts]));
}
