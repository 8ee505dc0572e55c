import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join, resolve} from "node:path";
import type {Source} from "../../loaders/loader.ts";
import {TABLES, tableNamed} from "../contract/index.ts";
import {FAULT_SEPARATOR, REASON_SEPARATOR, type ShapeRegime, type ValueMap} from "../contract/shape.ts";
import {settleReleases} from "../release/settle.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import {Database} from "../warehouse/duckdb.ts";
import {adviceSql, countOpen, maskedPerson, PERSON_COLUMNS, whatSql} from "../warehouse/reject.ts";
import {decided} from "../warehouse/version.ts";
import {refreshWarehouse} from "../warehouse/warehouse.ts";
import {type Batch, type Counts, commitTime, type Draft, listBatches, settleBatches} from "./batch.ts";
import {checkCorrectionFile} from "./correct-file.ts";
import {correctionSteps, FATES, type Fate} from "./correct-sql.ts";
import {BOOK_COLUMNS, type SourceSheet} from "./correction-sheet.ts";
import {saidText} from "./decide.ts";
import {readDecisions, setTornAside} from "./decision.ts";
import {keepAll} from "./keep.ts";
import {type Waiting, withLock} from "./lock.ts";
import {keepVerdict, readRaw, type StageOptions} from "./stage.ts";
import type {Workspace} from "./workspace.ts";

/** Who corrects, and what they say of it. */
export interface CorrectOptions extends StageOptions, Waiting {
  readonly by: string;
  readonly note?: string | undefined;
}

/** A row of the workbook that was rejected, fault by fault. */
export interface RefusedRow {
  readonly source: string;
  readonly sheet: string;
  readonly row: number;
  /** The Chinese header; null when the row as a whole is meant. */
  readonly column: string | null;
  readonly value: string | null;
  readonly reason: string;
  readonly advice: string;
}

/** The JSON of `xunheng corrections --json`. */
export interface CorrectResult {
  readonly by: string;
  readonly note: string | null;
  /** Source → batch; a sheet that changes nothing makes none. */
  readonly batches: Readonly<Record<string, string>>;
  readonly sheets: readonly {
    readonly source: string;
    readonly table: string;
    readonly sheet: string;
    readonly counts: Counts;
    /** Rows that nobody will correct: a decision was written. */
    readonly waived: number;
    readonly notes: readonly string[];
  }[];
  readonly rows: readonly RefusedRow[];
  /** Rows of the workspace that are rejected or held, and neither corrected nor waived. */
  readonly open: number;
  readonly notes: readonly string[];
  readonly clock: string | null;
}

interface Corrected {
  readonly sheet: SourceSheet;
  readonly draft: Draft;
  readonly counts: Counts;
  readonly waived: readonly string[];
  readonly notes: readonly string[];
  readonly rows: readonly RefusedRow[];
}

/**
 * Takes a workbook of corrections: one batch for every source of which a row was corrected, a decision for rows that are waived, and the
 * warehouse rebuilt. Nothing is taken of a workbook with something wrong as a whole.
 * Errors: Fault 2 without a name, or for a workbook that is not of this workspace or not whole; 3 for a classified one; 4 when
 * another command holds the workspace.
 * @example await correct(space, "退回.xlsx", {at, by: "张三", regime: shapeRegime(regime)})
 */
export async function correct(space: Workspace, path: string, options: CorrectOptions): Promise<CorrectResult> {
  const by = saidText(options.by, "--by", "请写上谁填的更正，如 --by 张三");
  const note = options.note === undefined ? null : saidText(options.note, "--note", "请写上说明，或不写 --note");
  const {wait, waiting} = options;
  return withLock(space.state.lock, "corrections", () => correctLocked(space, resolve(path), {by, note}, options), {wait, waiting});
}

async function correctLocked(
  space: Workspace,
  path: string,
  {by, note}: {by: string; note: string | null},
  options: CorrectOptions
): Promise<CorrectResult> {
  settleBatches(space.state.batches);
  settleReleases(space);
  const {revoked} = decided(readDecisions(space.state.decisions).decisions);
  const batches = listBatches(space.state.batches);
  const file = checkCorrectionFile(path, space.id, batches);
  await refreshWarehouse(space, options);
  const clock = commitTime(space.state, options.at);
  const counting = batches.filter((b) => !revoked.has(b.id));
  const said = {at: clock.at, mode: "corrections", by, ...(note === null ? {} : {note})} as const;
  const done = await judgeSheets(space, path, file.sheets, counting, said, options);
  const kept = done.filter(({counts}) => counts.new + counts.changed + counts.unchanged + counts.rejected > 0);
  for (const {draft} of done) if (!kept.some((k) => k.draft === draft)) rmSync(draft.directory, {recursive: true});
  const torn = setTornAside(space.state.decisions);
  const made = await keepAll(
    space,
    kept.map(({draft}) => draft),
    done.flatMap(({sheet, waived}) => {
      const args = {source: sheet.source, marks: waived, reason: note ?? "更正工作簿中选择放弃"};
      return waived.length === 0 ? [] : [{at: clock.at, kind: "waive" as const, by, args}];
    }),
    options
  );
  return {
    by,
    note,
    batches: Object.fromEntries(made.map((b) => [b.source, b.id])),
    sheets: done.map(({sheet, counts, waived, notes}) => ({...sheet, counts, waived: waived.length, notes})),
    rows: done.flatMap(({rows}) => rows),
    open: await openRows(space, options),
    notes: [...file.notes, ...(torn === null ? [] : [torn])],
    clock: clock.note
  };
}

/** Judges every sheet into a draft, in an engine that sees the warehouse of before. */
async function judgeSheets(
  space: Workspace,
  path: string,
  sheets: readonly SourceSheet[],
  batches: readonly Batch[],
  said: Parameters<typeof keepVerdict>[4],
  options: CorrectOptions
): Promise<Corrected[]> {
  const scratch = mkdtempSync(join(tmpdir(), "xunheng-"));
  const db = await Database.open(":memory:", {...options, scratch: join(scratch, "spill")});
  try {
    await db.run(`attach ${quotedString(space.state.warehouse)} as prior (read_only)`);
    const done: Corrected[] = [];
    for (const [i, sheet] of sheets.entries()) {
      options.progress?.(`读取 ${sheet.sheet}`);
      done.push(await judgeSheet(space, path, sheet, {db, scratch: join(scratch, String(i)), batches, said}, options));
    }
    return done;
  } finally {
    db.close();
    rmSync(scratch, {recursive: true, force: true});
  }
}

interface Bench {
  readonly db: Database;
  readonly scratch: string;
  readonly batches: readonly Batch[];
  readonly said: Parameters<typeof keepVerdict>[4];
}

async function judgeSheet(
  space: Workspace,
  path: string,
  sheet: SourceSheet,
  {db, scratch, batches, said}: Bench,
  options: CorrectOptions
): Promise<Corrected> {
  const table = tableNamed(sheet.table);
  const own = space.sources.find((s) => s.name === sheet.source);
  // The workbook has the contract's headers and words; the office's own words are still understood.
  const source: Source = {
    name: sheet.source,
    table: sheet.table,
    loader: "spreadsheet",
    path,
    sheet: sheet.sheet,
    columns: {},
    values: settledWords(own?.values ?? {}, sheet.table),
    mode: "append"
  };
  const read = await readRaw({...space, directory: dirname(path)}, source, db, scratch, options);
  const regime = settledKinds(options.regime);
  for (const step of correctionSteps({table, source: sheet.source, values: source.values, regime, batches})) await db.run(step);
  const fates = await db.rows<{fate: Fate; n: number}>(
    `select fate, count(*) as n from sorted where fate in (${Object.keys(FATES).map(quotedString).join(", ")}) group by all order by all`
  );
  const notes = fates.map(({fate, n}) => `${n}行${FATES[fate]}`);
  const parts = read.parts.map((part, i) => (i === 0 ? {...part, notes: [...part.notes, ...notes]} : part));
  const ours: readonly string[] = BOOK_COLUMNS;
  const headers = read.headers.map((h) => ({...h, unknown: h.unknown.filter((name) => !ours.includes(name))}));
  const draft = await keepVerdict(space, {source: read.source, parts, headers}, db, "judged", said, {prior: true});
  const waived = await db.list("select distinct row_corrects from sorted where fate = 'waive' order by 1");
  const [kept] = draft.manifest.files;
  if (!kept) throw new Error("更正工作簿没有读出工作表");
  return {sheet, draft, counts: kept.counts, waived, notes: kept.notes, rows: await refusedRows(db, sheet)};
}

/** Rejected rows with every fault. */
function refusedRows(db: Database, {source, sheet, table}: SourceSheet): Promise<RefusedRow[]> {
  const {columns} = tableNamed(table);
  const header = `case one_column ${columns.map((c) => `when ${quotedString(c.name)} then ${quotedString(c.header)}`).join(" ")} end`;
  const value = `case one_column ${columns
    .map(({name}) => {
      const cell = quotedIdentifier(name);
      return `when ${quotedString(name)} then ${PERSON_COLUMNS.includes(name) ? maskedPerson(cell) : cell}`;
    })
    .join(" ")} end`;
  return db.rows<RefusedRow>(`select ${quotedString(source)} as source, ${quotedString(sheet)} as sheet, source_row as "row", ${header} as "column", ${value} as value, ${whatSql("one_reason")} as reason, ${adviceSql("one_reason")} as advice
from (select *, split_part(one, '${REASON_SEPARATOR}', 1) as one_column, substr(one, strpos(one, '${REASON_SEPARATOR}') + 1) as one_reason
  from (select *, unnest(string_split(faults, '${FAULT_SEPARATOR}')) as one from judged where status = 'rejected'))
order by "row", "column" nulls first, reason`);
}

/** The office's words, without those that are the contract's own: what the workbook shows must not be translated once more. */
function settledWords(values: ValueMap, table: string): ValueMap {
  const own = new Map(tableNamed(table).columns.map((c) => [c.name, c.values]));
  return Object.fromEntries(
    Object.entries(values).map(([column, words]) => {
      const settled = new Set([...(own.get(column) ?? []), ...Object.values(words)]);
      return [column, Object.fromEntries(Object.entries(words).filter(([word]) => !settled.has(word)))];
    })
  );
}

function settledKinds(regime: ShapeRegime): ShapeRegime {
  const kind_words = Object.fromEntries(Object.entries(regime.kind_words).filter(([word]) => !regime.kinds.includes(word)));
  return {...regime, kind_words};
}

async function openRows(space: Workspace, options: CorrectOptions): Promise<number> {
  const db = await Database.open(space.state.warehouse, {...options, readonly: true});
  try {
    let open = 0;
    for (const {name} of TABLES) open += await countOpen(db, name);
    return open;
  } finally {
    db.close();
  }
}
