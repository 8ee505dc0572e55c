/** What the page 制度 is given: `regime.json` and `scheme.json`. Days are ISO texts, points milli-points. */

/** How the office reads what a clause leaves open. */
export interface Interpretation {
  readonly question: string;
  readonly answer: string;
  readonly basis: string;
  readonly decided_by: string;
}

/** A value, and the day from which on it was so. */
export interface Dated {
  readonly from: string | null;
  readonly lines: readonly string[];
}

/** A parameter of the rule book; a silent one has only its title. */
export interface BookParameter {
  readonly name: string;
  readonly title: string;
  readonly doc: string;
  readonly silent: boolean;
  readonly clause?: string;
  readonly modality?: string;
  readonly word?: string | null;
  readonly from?: string | null;
  readonly lines?: readonly string[];
  readonly earlier?: readonly Dated[];
  readonly later?: readonly Dated[];
  readonly expected?: readonly string[];
  readonly interpretation?: readonly Interpretation[];
}

/** A clause with all that answers it. */
export interface BookClause {
  readonly no: string;
  readonly title: string;
  readonly kind: string;
  readonly target: string | null;
  /** What answers it in words; for 不可计算 the reason. */
  readonly answer: string;
  /** Names of the parameters that are taken from it. */
  readonly parameters: readonly string[];
  /** The checks that it asks for. */
  readonly checks: readonly {readonly id: string; readonly title: string}[];
}

export interface RegimeBook {
  readonly id: string;
  readonly title: string;
  readonly document_no: string | null;
  readonly authority: string;
  readonly text: string;
  readonly adopted_on: string | null;
  readonly issued_on: string | null;
  readonly effective_on: string | null;
  readonly kinds: Readonly<Record<string, string>>;
  readonly unit_kinds: readonly string[];
  readonly items: readonly {readonly no: string; readonly title: string; readonly clause: string}[];
  readonly parameters: readonly BookParameter[];
  readonly assessment: readonly {
    readonly what: string;
    readonly force: string;
    readonly unit_kinds: readonly string[];
    readonly clause: string;
  }[];
  readonly organisation: {
    readonly verb: string;
    readonly weight: string | null;
    readonly recipients: readonly string[];
    readonly persons: boolean;
    readonly clause: string;
  } | null;
  readonly clauses: readonly BookClause[];
}

export interface SchemeBook {
  readonly id: string;
  readonly name: string;
  readonly document_no: string | null;
  readonly issued_by: string | null;
  readonly issued_on: string | null;
  readonly effective_from: string | null;
  readonly applies_to: readonly string[];
  readonly start: "full" | "zero";
  readonly grades: readonly {readonly name: string; readonly from_milli: number}[];
  readonly items: readonly {
    readonly no: string;
    readonly title: string | null;
    readonly full_milli: number;
    readonly applies: string | null;
  }[];
  readonly bonus_cap_milli: number | null;
  readonly caps: readonly {readonly id: string; readonly rules: readonly string[]; readonly cap_milli: number}[];
  readonly rules: readonly {
    readonly id: string;
    readonly item: string | null;
    readonly name: string;
    readonly breach: string | null;
    readonly basis: string | null;
    readonly over: string | null;
    readonly where: string | null;
    readonly applies: string | null;
    readonly cap_milli: number | null;
    readonly cost: string;
  }[];
}

/** What is said of a rule that the text does not have. */
export function silenceText({text}: Pick<RegimeBook, "text">): string {
  return text === "摘录" ? "所据文本为网页摘录，未见此规定" : "制度未规定";
}
