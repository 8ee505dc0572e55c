import {quotedString} from "../sql.ts";
import type {Database} from "./duckdb.ts";
import {modelSql} from "./model.ts";

/** A row that was loaded and still makes one wonder. */
export interface Suspicion {
  readonly kind: string;
  readonly file: string;
  readonly sheet: string | null;
  readonly row: number;
  readonly what: string;
}

/** Doubts of all kinds: the first of each, and how many there are. */
export interface Suspicions {
  /** By file and row; at most MOST_LISTED of a kind. */
  readonly rows: readonly Suspicion[];
  readonly counts: Readonly<Record<string, number>>;
}

/** 补录: recorded more days after the event than this. */
export const BACK_DATED_DAYS = 30;

/** 近似重复: descriptions of at least so many characters, blanks and punctuation aside, that differ in at most so many. */
export const ALIKE_LENGTH = 12;
export const ALIKE_EDITS = 2;

/** Findings of one unit, inspection, item and day that are compared pair by pair; of more only equal ones are seen. */
export const ALIKE_BLOCK = 60;

/** Doubts of one kind that are listed; all are counted. */
export const MOST_LISTED = 1000;

/**
 * Suspicious rows of an open warehouse.
 * @param unit_kinds kinds of units that the regime inspects
 * @param as_of 统计截止日
 */
export async function suspicions(db: Database, unit_kinds: readonly string[], as_of: string): Promise<Suspicions> {
  const kinds = unit_kinds.map((kind) => `(${quotedString(kind)})`).join(", ");
  await db.run(`create or replace temp table regime_kind as select * from (values ${kinds}) as v(unit_kind)`);
  await db.set("as_of", as_of, "date");
  await db.set("back_dated_days", BACK_DATED_DAYS, "bigint");
  await db.set("alike_length", ALIKE_LENGTH, "bigint");
  await db.set("alike_edits", ALIKE_EDITS, "bigint");
  await db.set("alike_block", ALIKE_BLOCK, "bigint");
  await db.set("listed", MOST_LISTED, "bigint");
  await db.run(modelSql("check/suspicious"));
  const counts = await db.rows<{kind: string; total: number}>("select distinct kind, total from suspicious order by kind");
  return {
    rows: await db.rows<Suspicion>('select kind, file, sheet, "row", what from suspicious'),
    counts: Object.fromEntries(counts.map(({kind, total}) => [kind, total]))
  };
}
