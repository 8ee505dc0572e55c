/** Points are integers of a thousandth; no floating point stands between a finding and a score. */
export type Milli = number;

/** Ledger kinds, in the order of `seq`. */
export const KINDS = [
  "基础",
  "扣分",
  "择高返还",
  "封顶返还",
  "加分",
  "比率",
  "分档",
  "同比",
  "位次",
  "评议",
  "复核",
  "折算",
  "取整",
  "否决"
] as const;
export type Kind = (typeof KINDS)[number];

/** One cause of points gained or lost. A unit's rows add up to its score exactly. */
export interface LedgerEntry {
  readonly unit_code: string;
  readonly seq: number;
  readonly kind: Kind;
  readonly item: string | null;
  readonly rule_id: string | null;
  readonly subject: string | null;
  readonly milli: Milli;
  readonly because: string | null;
  /** The regime's clause that was breached. */
  readonly breach: string | null;
  /** The scheme's own article that fixes the points. */
  readonly basis: string | null;
  readonly batch: string | null;
  readonly file: string | null;
  readonly row: number | null;
}

/**
 * What a unit's score is computed from, without the rows.
 * `bucket`: '' for plain counts and ratios; `w:交办`, `n:2` or `w:交办 n:2` for rows charged with a weight or as repeats (the last
 * ordinal stands for all later ones); `na` when the rule (or, with rule_id `item:6`, the item) is 不涉及 for the unit; `returned` for what highest_of takes back (raw_milli > 0); `pending` for a judgement not yet made or an accident
 * not yet concluded.
 * `raw_milli` is signed as in the ledger, before caps; for vetoes `num` is the score in milli-points it allows (null for a
 * grade veto).
 */
export interface TallyRow {
  readonly unit_code: string;
  readonly rule_id: string;
  readonly bucket: string;
  readonly n: number;
  readonly num: number | null;
  readonly den: number | null;
  readonly raw_milli: Milli;
}

/** What of a tally row points are computed from; how many rows it stands for and its denominator only explain it. */
export type PointsRow = Pick<TallyRow, "unit_code" | "rule_id" | "bucket" | "num" | "raw_milli">;

/** The part of a scheme that turns a tally into a score; JSON, so that a browser can do it too. */
export interface Plan {
  readonly scheme: string;
  readonly start: "full" | "zero";
  readonly items: readonly {readonly no: string; readonly title: string | null; readonly full_milli: Milli}[];
  readonly rules: readonly PlanRule[];
  readonly caps: readonly {readonly id: string; readonly rules: readonly string[]; readonly cap_milli: Milli}[];
  readonly bonus_cap_milli: Milli | null;
  /** Best first. */
  readonly grades: readonly {readonly name: string; readonly from_milli: Milli}[];
}

export interface PlanRule {
  readonly id: string;
  /** The listed item (or sub-item) that the points go to; null for bonus and veto. */
  readonly item: string | null;
  readonly name: string;
  readonly measure: "deduct" | "once" | "bonus" | "ratio" | "steps" | "change" | "percentile" | "judge" | "veto";
  readonly cap_milli: Milli | null;
  readonly grade_at_most: string | null;
}

export type Covered = "已巡查" | "巡查中" | "当年不再安排" | "未巡查";

/** A unit of a scheme before it is scored. */
export interface ScoredUnit {
  readonly unit_code: string;
  readonly unit_name: string;
  readonly unit_kind: string;
  readonly peer_group: string | null;
  readonly sort_order: number | null;
  readonly covered: Covered;
  /** Why 当年不再安排, with its clause; of an inspected unit why it has no score. */
  readonly covered_because: string | null;
  /** Whether a due date of the unit could not be computed, or a decision is pending. */
  readonly provisional: boolean;
  readonly pending_appeals: number;
}

export interface ItemScore {
  readonly item: string;
  readonly full: string;
  readonly score: string | null;
  readonly applies: boolean;
}

/** A unit's result as `score --json` prints it. Points are decimal strings of two places, milli are integers. */
export interface UnitScore {
  readonly unit_code: string;
  readonly unit_name: string;
  readonly unit_kind: string;
  readonly peer_group: string | null;
  readonly covered: Covered;
  readonly covered_because: string | null;
  readonly score: string | null;
  readonly milli: Milli | null;
  readonly grade: string | null;
  readonly rank: number | null;
  readonly provisional: boolean;
  readonly provisional_because: readonly string[];
  readonly vetoes: readonly {
    readonly rule_id: string;
    readonly name: string;
    readonly effect: string;
    readonly subject: string | null;
  }[];
  readonly items: readonly ItemScore[];
}

/** The JSON of `xunheng score --json`. */
export interface ScoreResult {
  readonly run: string;
  readonly digest: string;
  readonly regime: string;
  readonly as_of: string;
  readonly decisions_until: string;
  readonly known_at: string;
  readonly period: {readonly kind: string; readonly from: string; readonly to: string; readonly round_no: string | null};
  readonly provisional: boolean;
  readonly schemes: readonly {readonly scheme: string; readonly name: string; readonly units: readonly UnitScore[]}[];
  /** Findings that no scheme's unit answers for (未归属). */
  readonly unassigned: readonly {readonly finding_id: string; readonly unit_code: string}[];
  readonly warnings: readonly string[];
}
