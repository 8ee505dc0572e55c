import type {Stamp} from "../../release/stamp.ts";
import type {Force, Source} from "../../score/assessment.ts";
import type {Kind, Milli} from "../../score/types.ts";

/** What the assessment office gets. Points are decimal strings of two places, milli are integers of a thousandth. */
export interface AssessmentExport {
  readonly format: 1;
  readonly kind: "assessment";
  readonly stamp: Stamp;
  /** Words that must be seen with every figure: 未审定, 暂定, 演示数据; empty for an approved result of a real office. */
  readonly marks: readonly string[];
  /** What the regime keeps back, and by which clause; null where it keeps nothing back. */
  readonly kept_back: {readonly clause: string; readonly what: readonly string[]} | null;
  readonly schemes: readonly AssessmentScheme[];
  /** Names of schemes that say nothing of the assessment: their units are not here. */
  readonly silent: readonly string[];
}

export interface AssessmentScheme {
  readonly scheme: string;
  readonly name: string;
  readonly document_no: string | null;
  /** What units that were not inspected get: 不评分, 沿用上次, 采用上级结果. */
  readonly uninspected: string;
  readonly indicator: {readonly code: string; readonly name: string; readonly full: string; readonly full_milli: Milli};
  readonly uses: readonly {
    readonly no: number;
    readonly what: string;
    readonly force: Force;
    readonly clause: string;
    readonly unit_kinds: readonly string[];
  }[];
  /** Kinds of units that no clause of the regime reaches; they are not here. */
  readonly not_reached: readonly {readonly unit_kind: string; readonly units: number}[];
  /** In the order of 汇总表: by kind and 考核分组, within them by rank. */
  readonly units: readonly AssessedRow[];
  readonly warnings: readonly string[];
}

/** A unit. */
export interface AssessedRow {
  readonly unit_code: string;
  readonly unit_name: string;
  readonly unit_kind: string;
  readonly peer_group: string | null;
  /** 已巡查, 巡查中, 当年不再安排, 未巡查; 未反馈 where nothing may be told yet. */
  readonly covered: string;
  readonly covered_because: string | null;
  /** The year's own score; null when there is none, or it may not be told. */
  readonly score: string | null;
  readonly milli: Milli | null;
  readonly grade: string | null;
  /** Within its kind and 考核分组. */
  readonly rank: number | null;
  readonly provisional: boolean;
  readonly provisional_because: string;
  readonly vetoes: readonly {
    readonly rule_id: string;
    readonly name: string;
    readonly effect: string;
    readonly subject: string | null;
  }[];
  readonly indicators: readonly AssessedIndicator[];
  /** Sums of the assessment's table; null when there is nothing to sum. */
  readonly total: {readonly full: string; readonly without: string; readonly with: string; readonly awaiting: string} | null;
  /** Rows that add up to `milli`. */
  readonly ledger: readonly DeductionRow[];
}

/** An indicator of a unit. */
export interface AssessedIndicator {
  /** Number of the use in `uses`. */
  readonly use: number;
  readonly what: string;
  readonly force: Force;
  /** The regime's clause. */
  readonly clause: string;
  readonly code: string;
  readonly name: string;
  readonly full: string | null;
  readonly full_milli: Milli | null;
  readonly points: string | null;
  readonly points_milli: Milli | null;
  /** What the assessment's own table gives. */
  readonly own: string | null;
  readonly own_milli: Milli | null;
  /** 替代: what the inspection gives, scaled. */
  readonly inspected: string | null;
  readonly inspected_milli: Milli | null;
  readonly counts: boolean;
  readonly awaits_acceptance: boolean;
  readonly rule_id: string | null;
  readonly item: string | null;
  readonly source: Source | null;
  readonly source_year: number | null;
  readonly provisional: boolean;
  /** How it comes about, one sentence. */
  readonly because: string;
}

/** A line of 扣分明细表: a ledger row with the fact behind it. */
export interface DeductionRow {
  readonly seq: number;
  readonly kind: Kind;
  readonly item: string | null;
  readonly rule_id: string | null;
  readonly rule: string | null;
  /** Number of the finding, accident, measure …; null where there is none or it may not be told. */
  readonly subject: string | null;
  /** What happened, as far as it may be told. */
  readonly fact: string | null;
  readonly on: string | null;
  /** The sentence of the ledger. */
  readonly because: string | null;
  /** The regime's clause that was breached; after it the article of law that the finding names. */
  readonly breach: string | null;
  /** The scheme's own article. */
  readonly basis: string | null;
  readonly milli: Milli;
  readonly points: string;
  readonly evidence: string | null;
  /** What the unit said in 扣分确认, and what was decided on it. */
  readonly opinion: string | null;
}
