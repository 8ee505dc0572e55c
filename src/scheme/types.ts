import type {Place} from "../fault.ts";
import type {Assessment} from "../score/assessment.ts";
import type {Milli} from "../score/types.ts";
import type {Fraction} from "./decimal.ts";
import type {Only} from "./only.ts";

/** The fact views that rules run over. */
export const GRAINS = ["finding", "inspection", "visit", "accident", "action", "tip", "unit", "appraisal", "response"] as const;
export type Grain = (typeof GRAINS)[number];

/** A checked expression: canonical SQL over one fact view's documented columns. */
export interface Expression {
  /** What the office wrote. */
  readonly text: string;
  /** Canonical SQL, from the parsed tree. */
  readonly sql: string;
  readonly type: "BOOLEAN" | "INTEGER" | "DECIMAL";
  /** Columns read. */
  readonly columns: readonly string[];
  /** Texts that a condition leaves possible, by column: for warnings about rules that overlap. */
  readonly only: Only;
}

/** What a row costs: an expression in points, or a table over a column's values. */
export type Cost =
  | {readonly expression: Expression}
  | {readonly by: string; readonly table: readonly {readonly value: string; readonly milli: Milli}[]};

/** A number per unit: a count, a sum, or a ratio; `per` divides by a column of the unit. */
export type Value = (
  | {readonly count: Expression | null}
  | {readonly sum: Expression}
  | {readonly ratio: {readonly of: Expression; readonly among: Expression | null}}
) & {readonly per: "exposure" | null};

/** `na`: the rule is 不涉及 when the denominator is 0; `full`: best; `zero`: worst. */
export type Empty = "na" | "full" | "zero";

/** A factor by the value of a column: the row's deduction is multiplied by it. */
export interface Weight {
  readonly by: string;
  /** `milli`: the factor in thousandths. */
  readonly table: readonly {readonly value: string; readonly milli: Milli}[];
}

/** Repeats cost more: the n-th row alike in `by` costs min(factor^(n−1), at_most) times its deduction. */
export interface Escalate {
  readonly by: readonly string[];
  readonly factor: Fraction;
  readonly at_most: Fraction;
  /** The multiple of the first, second … row, exact; the last one holds from there on. */
  readonly multiples: readonly Multiple[];
}

/** An exact multiple; whole numbers of up to 30 digits, so as texts. */
export interface Multiple {
  readonly num: string;
  readonly den: string;
}

/** A band of a table: lower bound (included) as a fraction of integers, value in milli-points. Highest first. */
export interface Band {
  readonly num: number;
  readonly den: number;
  readonly milli: Milli;
}

export type Measure =
  | {readonly kind: "deduct"; readonly cost: Cost; readonly once: boolean}
  | {readonly kind: "bonus"; readonly cost: Cost}
  | {
      readonly kind: "ratio";
      readonly of: Expression;
      readonly among: Expression | null;
      readonly points_milli: Milli;
      /** (b): target share as a fraction, and milli lost per percentage point short. */
      readonly target: {readonly num: number; readonly den: number; readonly lose_milli: Milli} | null;
      /** (c): all or nothing at this share. */
      readonly at_least: {readonly num: number; readonly den: number} | null;
      readonly empty: Empty;
    }
  | {readonly kind: "steps"; readonly value: Value; readonly bands: readonly Band[]; readonly empty: Empty}
  | {readonly kind: "change"; readonly value: Value; readonly bands: readonly Band[]}
  | {
      readonly kind: "percentile";
      readonly value: Value;
      readonly better: "low" | "high";
      readonly within: "peer_group" | null;
      readonly bands: readonly Band[];
    }
  | {readonly kind: "judge"; readonly from_milli: Milli; readonly to_milli: Milli}
  | {readonly kind: "veto"; readonly score_milli: Milli | null; readonly grade_at_most: string | null};

/** `because` cut into text and columns. Figures have numbers of their own: `{num}`, `{den}`, `{now}`, `{base}`, `{value}`. */
export type Template = readonly ({readonly text: string} | {readonly column: string})[];

export interface Rule {
  readonly id: string;
  /** As written, `6` or `6.1`; null for bonus and veto. */
  readonly item: string | null;
  /** The listed item where the points go: the item itself, or its parent when the sub-item is not listed. */
  readonly placed_item: string | null;
  readonly name: string;
  readonly breach: string | null;
  readonly basis: string | null;
  /** null only for judge. */
  readonly over: Grain | null;
  /** The date column that decides the year; null when `window: all` or the grain has no date (unit, appraisal). */
  readonly year_by: string | null;
  readonly window: "period" | "all" | {readonly months: number};
  readonly where: Expression | null;
  readonly applies: Expression | null;
  readonly needs: {readonly count: Expression; readonly at_least: number} | null;
  readonly measure: Measure;
  readonly weight: Weight | null;
  readonly escalate: Escalate | null;
  readonly cap_milli: Milli | null;
  readonly highest_of: string | null;
  readonly because: Template | null;
  readonly place: Place;
}

/** A scheme, checked: the only form the core knows. */
export interface Scheme {
  readonly id: string;
  readonly name: string;
  readonly document_no: string | null;
  readonly issued_by: string | null;
  readonly issued_on: string | null;
  readonly regime: string;
  readonly effective_from: string | null;
  readonly applies_to: readonly string[];
  readonly period: "year" | "cycle" | "round";
  readonly start: "full" | "zero";
  readonly several_inspections: "latest" | "sum";
  readonly uninspected: "不评分" | "沿用上次" | "采用上级结果";
  readonly grades: readonly {readonly name: string; readonly from_milli: Milli}[];
  readonly items: readonly {
    readonly no: string;
    readonly title: string | null;
    readonly full_milli: Milli;
    readonly applies: Expression | null;
  }[];
  readonly rules: readonly Rule[];
  readonly caps: readonly {readonly id: string; readonly rules: readonly string[]; readonly cap_milli: Milli}[];
  readonly bonus_cap_milli: Milli | null;
  /** Only where the office's own scheme allows 延期: at most n times. */
  readonly extension: {readonly max_times: number} | null;
  /** What the annual assessment takes from the result; null: nothing is said of it. */
  readonly assessment: Assessment | null;
  /** Canonical JSON of what was written: part of the run id. */
  readonly canonical: string;
}

/** One warning of `scheme check`: allowed, but worth a thought. */
export interface SchemeWarning {
  readonly place: Place;
  readonly what: string;
}
