// What goes into the reference and what comes out; no type of the program but the rows.

import type {Rows} from "../facts.ts";
import type {Expression} from "./sql/evaluate.ts";

export type {Rows} from "../facts.ts";

/** Points, an expression over the row, or points by a column's value. */
export type CostSpec = number | string | {readonly by: string; readonly table: Readonly<Record<string, number>>};

export interface ValueSpec {
  readonly count?: Expression;
  readonly sum?: Expression;
  readonly ratio?: {readonly of: Expression; readonly among?: Expression};
  readonly per?: "exposure";
}

export type Bands = readonly (readonly [number, number])[];
export type Empty = "na" | "full" | "zero";

export interface RuleSpec {
  readonly id: string;
  readonly item?: string;
  readonly name?: string;
  readonly breach?: string;
  readonly basis?: string;
  readonly because?: string;
  readonly over?: string;
  readonly year_by?: string;
  readonly window?: "all" | {readonly months: number};
  readonly where?: Expression;
  readonly applies?: Expression;
  readonly needs?: {readonly count: Expression; readonly at_least: number};
  readonly deduct?: CostSpec;
  readonly once?: boolean;
  readonly weight?: {readonly by: string; readonly table: Readonly<Record<string, number>>};
  readonly escalate?: {readonly by: readonly string[]; readonly factor: number; readonly at_most?: number};
  readonly bonus?: CostSpec;
  readonly ratio?: {
    readonly of: Expression;
    readonly among?: Expression;
    readonly points: number;
    readonly target?: number;
    readonly lose?: number;
    readonly at_least?: number;
    readonly empty?: Empty;
  };
  readonly steps?: {readonly value: ValueSpec; readonly table: Bands; readonly empty?: Empty};
  readonly change?: {readonly value: ValueSpec; readonly table: Bands};
  readonly percentile?: {
    readonly value: ValueSpec;
    readonly better: "low" | "high";
    readonly within?: string;
    readonly table: Bands;
  };
  readonly judge?: {readonly from: number; readonly to: number};
  readonly veto?: {readonly score?: number; readonly grade_at_most?: string};
  readonly cap?: number;
  readonly highest_of?: string;
}

export interface ItemSpec {
  readonly no: string;
  readonly title?: string;
  readonly full: number;
  readonly applies?: Expression;
}

/** A scheme's YAML as a plain object, valid; keys that score nothing may be there too. */
export interface SchemeSpec {
  readonly id?: string;
  readonly applies_to: readonly string[];
  readonly period: "year" | "cycle" | "round";
  readonly start: "full" | "zero";
  readonly several_inspections: "latest" | "sum";
  readonly grades: readonly {readonly name: string; readonly from: number}[];
  readonly items: readonly ItemSpec[];
  readonly caps?: readonly {readonly id: string; readonly rules: readonly string[]; readonly cap: number}[];
  readonly bonus_cap?: number;
  readonly extension?: {readonly max_times: number};
  readonly rules: readonly RuleSpec[];
}

/** What of the regime moves a score. */
export interface RegimeSpec {
  /** Kinds of inspection that count as coverage; none named: all. */
  readonly counts: readonly string[];
  /** Whether an inspection 延伸自 a higher level counts. */
  readonly extended_counts: boolean;
  /** An inspection that fits one of these lets its unit go for the year. */
  readonly exempt: readonly {readonly extended_from?: string; readonly kind?: string; readonly unit_kind?: string}[];
  /** 延期 allowed at most so many times; 0: never. A scheme's own `extension` wins. */
  readonly extension_max: number;
  readonly cycle: {readonly start: string; readonly years: number} | null;
}

/** What a regime's clocks say of an inspection; they are proven elsewhere (test/regime/clock), so here they are given. */
export interface Clocks {
  readonly report_due_on: string | null;
  readonly response_due_on: string | null;
  readonly response_due_state: string | null;
}

export interface ReferenceInput {
  /** Typed raw rows per contract table, visible and with unique keys; columns left out are null. */
  readonly rows: Rows;
  readonly scheme: SchemeSpec;
  readonly regime: RegimeSpec;
  readonly as_of: string;
  readonly decisions_until: string;
  readonly year: number;
  readonly round: string | null;
  /** By inspection_id; without them the columns that hang on clocks are null. */
  readonly clocks?: Readonly<Record<string, Clocks>>;
}

export interface ReferenceUnit {
  readonly unit_code: string;
  readonly covered: "已巡查" | "巡查中" | "当年不再安排" | "未巡查";
  readonly milli: number | null;
  readonly grade: string | null;
  readonly rank: number | null;
  readonly provisional: boolean;
  readonly vetoes: readonly {readonly rule_id: string; readonly subject: string | null}[];
  /** In the scheme's order; none for a unit that is not 已巡查. */
  readonly items: readonly {readonly item: string; readonly milli: number | null; readonly applies: boolean}[];
}

export interface LedgerLine {
  readonly unit_code: string;
  readonly seq: number;
  readonly kind: string;
  readonly item: string | null;
  readonly rule_id: string | null;
  readonly subject: string | null;
  readonly milli: number;
}

export interface TallyLine {
  readonly unit_code: string;
  readonly rule_id: string;
  readonly bucket: string;
  readonly n: number;
  readonly raw_milli: number;
}

export interface ReferenceResult {
  /** By unit_code, bytewise. */
  readonly units: readonly ReferenceUnit[];
  /** By unit_code, then seq. */
  readonly ledger: readonly LedgerLine[];
  /** By unit_code, rule_id, bucket. */
  readonly tally: readonly TallyLine[];
  readonly digest: string;
}
