import type {StampFacts} from "../seal-card.js";

/** What the page 组织部参考 reads; src/export/organisation/types.ts documents each field. */
export interface OrganisationFacts {
  readonly stamp: StampFacts;
  readonly power: {
    readonly verb: string;
    readonly weight: string | null;
    readonly recipients: readonly string[];
    readonly persons: boolean;
    readonly clause: string;
  };
  readonly words: Readonly<Record<string, string>>;
  readonly units: readonly UnitFacts[];
  readonly findings: readonly FindingFacts[];
  readonly decisions: readonly DecisionFacts[];
  readonly officials: readonly OfficialFacts[];
  readonly both_posts: readonly BothFacts[];
  readonly exemptions: readonly ExemptionFacts[];
  readonly vacancies: readonly VacancyFacts[];
  readonly notes: readonly string[];
}

export interface UnitFacts {
  readonly scheme: string;
  readonly unit_code: string;
  readonly unit_name: string;
  readonly unit_kind: string;
  readonly peer_group: string | null;
  readonly covered: string;
  readonly covered_because: string | null;
  readonly grade: string | null;
  readonly rank: number | null;
  readonly provisional: boolean;
  readonly vetoes: readonly {readonly name: string; readonly effect: string}[];
}

export interface FindingFacts {
  readonly finding_id: string;
  readonly scored_unit: string;
  readonly unit_code: string | null;
  readonly unit_name: string | null;
  readonly item: string | null;
  readonly severity: string | null;
  readonly found_on: string | null;
  readonly due_on: string | null;
  readonly closed_on: string | null;
  readonly state: string | null;
  readonly days_overdue: number | null;
  readonly is_major: boolean;
  readonly is_overdue: boolean;
  readonly is_disputed: boolean;
}

export interface DecisionFacts {
  readonly action_id: string;
  readonly kind: string;
  readonly scored_unit: string;
  readonly taken_on: string | null;
  readonly finding_id: string | null;
  readonly by_office: string | null;
  readonly document_no: string | null;
}

export interface DayFacts {
  readonly on: string | null;
  readonly state: string;
  readonly days: number | null;
  readonly acting: boolean | null;
}

export interface TenureFindingFacts {
  readonly finding_id: string;
  readonly arose: DayFacts;
  readonly found: DayFacts;
  readonly due: DayFacts;
  readonly closed: DayFacts;
  readonly inherited: string;
  readonly portfolio: string | null;
  readonly exemptions: readonly string[];
}

export interface OfficialFacts {
  readonly person_id: string;
  readonly person_name: string;
  readonly unit_code: string;
  readonly unit_name: string;
  readonly duty: string;
  readonly portfolio: string | null;
  readonly from_on: string;
  readonly to_on: string | null;
  readonly posts: readonly {
    readonly post: string;
    readonly acting: boolean | null;
    readonly from_on: string;
    readonly to_on: string | null;
    readonly appoint_doc: string | null;
  }[];
  readonly doubts: readonly string[];
  readonly findings: readonly TenureFindingFacts[];
}

interface HolderFacts {
  readonly person_name: string;
  readonly post: string;
  readonly state: string;
  readonly acting: boolean | null;
}

export interface BothFacts {
  readonly finding_id: string;
  readonly moment: string;
  readonly on: string;
  readonly party: readonly HolderFacts[];
  readonly government: readonly HolderFacts[];
}

export interface ExemptionFacts {
  readonly id: string;
  readonly source: string;
  readonly decision: string;
  readonly finding_id: string | null;
  readonly unit_code: string;
  readonly decided_on: string | null;
  readonly by: string | null;
  readonly document_no: string | null;
}

export interface VacancyFacts {
  readonly unit_code: string;
  readonly unit_name: string;
  readonly duty: string;
  readonly from_on: string;
  readonly to_on: string;
}
