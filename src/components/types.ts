/** What the marts hold; src/models/mart documents each column. Days are dates at midnight UTC, points milli-points. */

export interface SchemeFacts {
  readonly id: string;
  readonly name: string;
  readonly document_no: string | null;
  readonly start: "full" | "zero";
  readonly applies_to: readonly string[];
  readonly grades: readonly {readonly name: string; readonly from_milli: number}[];
  readonly items: readonly {readonly no: string; readonly title: string | null; readonly full_milli: number}[];
  readonly rules: readonly {readonly id: string; readonly item: string | null; readonly name: string; readonly measure: string}[];
}

export interface SpaceFacts {
  readonly id: string;
  readonly authority: string;
  readonly demo: boolean;
  readonly audience: string;
  readonly regime: {
    readonly id: string;
    readonly title: string;
    readonly words: Readonly<Record<string, string>>;
    readonly kinds: Readonly<Record<string, string>>;
    readonly text: string;
  };
  readonly run: string;
  readonly digest: string;
  readonly as_of: string;
  readonly decisions_until: string;
  readonly known_at: string;
  readonly period: {readonly kind: string; readonly from: string; readonly to: string; readonly round_no: string | null};
  readonly provisional: boolean;
  /** What the regime keeps from everybody outside the office; null or absent for its own analysts and where nothing is secret. */
  readonly secrecy?: {
    readonly clause: string;
    readonly what: readonly string[];
    /** Nothing about an inspection is told before its feedback. */
    readonly until: boolean;
  } | null;
  readonly unassigned: readonly {readonly finding_id: string; readonly unit_code: string}[];
  readonly unassigned_count: number;
  readonly warnings: readonly string[];
  readonly stages: readonly string[];
  readonly labels: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly schemes: readonly SchemeFacts[];
}

export interface UnitRow {
  readonly scheme: string;
  readonly unit_code: string;
  readonly unit_name: string;
  readonly unit_kind: string;
  readonly peer_group: string | null;
  readonly sort_order: number | null;
  readonly tile_col: number | null;
  readonly tile_row: number | null;
  readonly covered: "已巡查" | "巡查中" | "当年不再安排" | "未巡查" | "未反馈";
  readonly covered_because: string | null;
  readonly milli: number | null;
  readonly grade: string | null;
  readonly rank: number | null;
  readonly provisional: boolean;
  readonly provisional_because: string | null;
  /** JSON: rule_id, name, effect, subject. */
  readonly vetoes: string;
}

export interface ItemRow {
  readonly scheme: string;
  readonly unit_code: string;
  readonly item: string;
  readonly full_milli: number;
  readonly milli: number | null;
  readonly applies: boolean;
}

export interface LedgerRow {
  readonly scheme: string;
  readonly unit_code: string;
  readonly seq: number;
  readonly kind: string;
  readonly item: string | null;
  readonly rule_id: string | null;
  readonly subject: string | null;
  readonly milli: number;
  readonly because: string | null;
  readonly breach: string | null;
  readonly basis: string | null;
  readonly source_file?: string | null;
  readonly source_row?: number | null;
}

/** A row of a fact mart: columns as the contract names them; those hidden from the audience are absent. */
export type FactRow = Readonly<Record<string, string | number | boolean | Date | null>>;

export interface FindingRow {
  readonly scheme: string | null;
  readonly scored_unit: string | null;
  readonly text_part: number;
  readonly finding_id: string;
  /** null: a unit that may not be named. */
  readonly unit_code: string | null;
  readonly severity: string;
  readonly item: string;
  /** Absent, as the next one, where the day of a visit is secret. */
  readonly found_on?: Date;
  readonly handed_on?: Date | null;
  readonly due_on: Date | null;
  readonly done_on: Date | null;
  readonly closed_on: Date | null;
  readonly is_done: boolean;
  readonly is_due: boolean | null;
  readonly state: string;
  readonly days_overdue: number | null;
  readonly due_source: string;
}
