/** What `quality.json` holds: how far the data can be trusted, for the office's own analysts alone. src/site/quality-mart.ts writes it. */

export interface Counts {
  readonly read: number;
  readonly new: number;
  readonly unchanged: number;
  readonly changed: number;
  readonly rejected: number;
  readonly skipped: number;
}

/** The beginning of a list, and how long it is. */
export interface Listed<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

/** How an input table stands: its sources' last batches, and what of their rows counts. */
export interface TableQuality extends Counts {
  readonly table: string;
  readonly title: string;
  /** Rows that count, those of earlier batches that are missing now included. */
  readonly in_force: number;
  readonly held: number;
  readonly withdrawn: number;
  /** Dated after 统计截止日: accepted, unseen yet. */
  readonly later: number;
  /** Cells with a telephone or identity number. */
  readonly masked: number;
}

/** A load of one source. */
export interface BatchQuality extends Counts {
  readonly id: string;
  readonly source: string;
  readonly title: string;
  readonly mode: "snapshot" | "append" | "corrections";
  /** ISO with offset. */
  readonly at: string;
  readonly revoked: boolean;
  /** The last word of its source. */
  readonly current: boolean;
  readonly files: readonly string[];
  readonly notes: readonly string[];
}

/** A row that is not in the facts: `cause` says what a held row waits for. */
export interface RejectRow {
  readonly source: string;
  readonly title: string;
  readonly file: string;
  readonly sheet: string | null;
  readonly row: number;
  readonly column: string | null;
  readonly value: string | null;
  readonly reason: string;
  readonly advice?: string | null;
  readonly cause: string | null;
}

/** A row that was there and is not in its source's last file: it keeps counting until somebody decides. */
export interface WithdrawnRow {
  readonly source: string;
  readonly title: string;
  readonly key: string;
  readonly batch: string;
}

/** Suspicious, and counted all the same. */
export interface Doubt {
  readonly kind: string;
  readonly file: string;
  readonly sheet: string | null;
  readonly row: number;
  readonly what: string;
}

export interface DecisionRow {
  readonly n: number;
  readonly at: string;
  readonly kind: string;
  readonly by: string;
  readonly args: Readonly<Record<string, unknown>>;
}

export interface QualityFacts {
  readonly tables: readonly TableQuality[];
  readonly batches: Listed<BatchQuality>;
  readonly rejects: Listed<RejectRow>;
  readonly withdrawn: Listed<WithdrawnRow>;
  readonly doubts: Listed<Doubt>;
  readonly doubt_counts: Readonly<Record<string, number>>;
  readonly decisions: readonly DecisionRow[];
  readonly mask_numbers: boolean;
}
