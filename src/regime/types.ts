/** How strictly a clause binds. */
export type Modality = "应当" | "不得" | "可以" | "原则上";

/** How an office reads what a clause leaves open. */
export interface Interpretation {
  readonly question: string;
  readonly answer: string;
  readonly basis: string;
  readonly decided_by: string;
}

/** One parameter: what its value was from which day on, and where the document says so. */
export interface Parameter {
  readonly name: string;
  readonly title: string;
  readonly clause: string;
  readonly modality: Modality;
  /** The document's own word for the modality, when another. */
  readonly word: string | null;
  /** Date (`0001-01-01` for 不详, in force on every date) → value; `expected` values are left out. Oldest first. */
  readonly values: readonly {readonly from: string; readonly value: unknown}[];
  /** Announced, not yet known: changes nothing, shown on the page. */
  readonly expected: readonly string[];
  readonly interpretation: readonly Interpretation[];
}

/** What a clause of the document is answered by here. */
export interface Clause {
  readonly no: string;
  readonly title: string;
  readonly answer:
    | {readonly kind: "parameter" | "check" | "page" | "export" | "table"; readonly target: string}
    | {readonly kind: "不可计算"; readonly reason: string};
}

/** An authority's inspection rules, checked. */
export interface Regime {
  readonly id: string;
  readonly title: string;
  readonly document_no: string | null;
  readonly authority: string;
  readonly text: "全文" | "摘录";
  readonly adopted_on: string | null;
  readonly issued_on: string | null;
  readonly effective_on: string | null;
  /** The regime's own words: inspection → 巡视（暗访）, unit → 被巡查市 … */
  readonly words: Readonly<Record<string, string>>;
  /** Contract kind → the regime's own name for it; the kinds that an inspection may have. */
  readonly kinds: Readonly<Record<string, string>>;
  readonly unit_kinds: readonly string[];
  readonly items: readonly {readonly no: string; readonly title: string; readonly clause: string}[];
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly assessment: readonly {
    readonly what: string;
    readonly force: "参考" | "依据" | "纳入" | "替代";
    readonly unit_kinds: readonly string[];
    readonly clause: string;
  }[];
  /** null: the regime gives no such power. */
  readonly organisation: {
    readonly verb: string;
    readonly weight: string | null;
    readonly recipients: readonly string[];
    readonly persons: boolean;
    readonly clause: string;
  } | null;
  readonly clauses: readonly Clause[];
  /** Canonical JSON of what was written: part of the run id. */
  readonly canonical: string;
}

/** The value of a parameter in force on a day, or undefined when the document is silent. */
export type ParameterOn = (name: string, day: string) => unknown;

export type ClockUnit = "workdays" | "days" | "months";

/** A length of time with what to do when its last day is a rest day. */
export interface ClockLength {
  readonly length: number;
  readonly unit: ClockUnit;
  /** 顺延: a last day that is a rest day moves to the next workday (never for workdays). Default 不顺延. */
  readonly rest_day?: "顺延" | "不顺延";
}

/** One day of the published calendar. */
export interface CalendarDay {
  readonly day: string;
  readonly is_workday: boolean;
  /** Whether the State Council's schedule of its year has been published. */
  readonly published: boolean;
  /** The holiday it belongs to, on holidays and on 调休 workdays, when the schedule says so. */
  readonly name?: string;
}

/** A due date, or why there is none. */
export interface Due {
  readonly due_on: string | null;
  readonly state: "确定" | "未公布" | "未规定";
  readonly steps: readonly string[];
}
