import type {Stamp} from "../../release/stamp.ts";

/** Where a day lies in a tenure. 到任当日 and 离任当日 are said as such: at which hour a post was handed over is not on record. */
export type DayState =
  | "在任"
  | "到任当日"
  | "离任当日"
  | "任前"
  | "离任后"
  | "单位尚未承继" // the unit has not yet taken over from one that was merged into it
  | "单位已撤并" // the unit was merged or dissolved by then
  | "不详" // the day itself is not on record
  | "未到期" // the due date lies after 统计截止日
  | "无期限" // no due date: none given, or its year's schedule is not published
  | "未销号";

/** One of the four days of a finding, as it lies in a tenure. */
export interface DayFact {
  readonly on: string | null;
  readonly state: DayState;
  /** Calendar days since taking office; null unless in office that day. */
  readonly days: number | null;
  /** Whether he then acted for the post (主持工作); null: not in office, or not on record. */
  readonly acting: boolean | null;
}

/** Whether a finding was there before the tenure began; 前段任职: it arose or was found in an earlier tenure of the same person. */
export type Inherited = "是" | "否" | "前段任职" | "不详";

/** A finding of the unit that an official answers for: four facts and nothing computed from them. */
export interface TenureFinding {
  readonly finding_id: string;
  readonly arose: DayFact;
  readonly found: DayFact;
  readonly due: DayFact;
  readonly closed: DayFact;
  readonly inherited: Inherited;
  /** For a portfolio of some industries: whether the finding's industry is among its words; null for other duties. */
  readonly portfolio: "对应" | "不详" | null;
  /** Numbers of `exemptions` on this finding. */
  readonly exemptions: readonly string[];
}

/** One post as the office has recorded it. */
export interface PostRecord {
  readonly post: string;
  /** 主持工作; null: not on record. */
  readonly acting: boolean | null;
  readonly from_on: string;
  /** Null: in office on 统计截止日. */
  readonly to_on: string | null;
  readonly appoint_doc: string | null;
}

/** A stretch in which a person held a duty in a unit without a break: posts that touch are one tenure. */
export interface Tenure {
  readonly person_id: string;
  readonly person_name: string;
  readonly unit_code: string;
  readonly unit_name: string;
  readonly duty: string;
  readonly portfolio: string | null;
  readonly from_on: string;
  readonly to_on: string | null;
  readonly posts: readonly PostRecord[];
}

/** A tenure with the findings of its unit. It carries no score, rank, grade, count or sum: none is ever computed for a person. */
export interface OfficialTenure extends Tenure {
  /** What in the records of posts needs the department's own files; Chinese sentences without the final stop. */
  readonly doubts: readonly string[];
  readonly findings: readonly TenureFinding[];
}

/** A unit's result. */
export interface OrganisationUnit {
  readonly scheme: string;
  readonly scheme_name: string;
  readonly unit_code: string;
  readonly unit_name: string;
  readonly unit_kind: string;
  readonly peer_group: string | null;
  readonly covered: string;
  readonly covered_because: string | null;
  readonly grade: string | null;
  /** Within kind and peer_group; null: not ranked. */
  readonly rank: number | null;
  readonly provisional: boolean;
  readonly vetoes: readonly {
    readonly rule_id: string;
    readonly name: string;
    readonly effect: string;
    readonly subject: string | null;
  }[];
}

/** A finding of the period: found in it, or not closed when it began. Only what the department may see. */
export interface OrganisationFinding {
  readonly finding_id: string;
  readonly scored_unit: string;
  readonly unit_code: string | null;
  readonly unit_name: string | null;
  readonly layer: string | null;
  readonly item: string | null;
  readonly severity: string | null;
  readonly hazard_level: string | null;
  readonly category: string | null;
  readonly industry: string | null;
  readonly violated: string | null;
  readonly fault: string | null;
  readonly arose_on: string | null;
  readonly found_on: string | null;
  readonly due_on: string | null;
  readonly due_source: string | null;
  readonly done_on: string | null;
  readonly closed_on: string | null;
  readonly state: string | null;
  readonly days_overdue: number | null;
  /** 严重程度 or 隐患级别 is 重大. */
  readonly is_major: boolean;
  /** Done after the due date, or not done and due before 统计截止日. */
  readonly is_overdue: boolean;
  /** An 异议复核 of it is not decided yet. */
  readonly is_disputed: boolean;
}

/** A decision on a unit that is in effect. */
export interface OrganisationDecision {
  readonly action_id: string;
  readonly kind: string;
  readonly scored_unit: string;
  readonly unit_code: string | null;
  readonly taken_on: string | null;
  readonly effective_on: string | null;
  readonly closed_on: string | null;
  readonly finding_id: string | null;
  readonly by_office: string | null;
  readonly document_no: string | null;
}

/** A decision whose text speaks of 尽职免责. What it decides is read in the original: the text itself is not quoted. */
export interface Exemption {
  readonly id: string;
  readonly source: "督办措施" | "异议复核";
  /** The kind of action, or 维持 变更 撤销. */
  readonly decision: string;
  readonly finding_id: string | null;
  readonly unit_code: string;
  readonly decided_on: string | null;
  readonly by: string | null;
  readonly document_no: string | null;
}

/** A stretch of the period for which nobody is on record in a principal duty. */
export interface Vacancy {
  readonly unit_code: string;
  readonly unit_name: string;
  readonly duty: string;
  readonly from_on: string;
  readonly to_on: string;
}

/** Who held a principal post on one of a finding's days. */
export interface Holder {
  readonly person_id: string;
  readonly person_name: string;
  readonly unit_code: string;
  readonly post: string;
  readonly state: DayState;
  readonly acting: boolean | null;
}

/** 党政同责: both posts side by side, on each of the four days; an empty list: nobody is on record. */
export interface BothPosts {
  readonly finding_id: string;
  readonly moment: "形成" | "发现" | "到期" | "销号";
  readonly on: string;
  readonly party: readonly Holder[];
  readonly government: readonly Holder[];
}

/**
 * What the organisation department may hold of a result: about units, and, where the regime's clause reaches persons, which of their
 * officials was in office when. There is no score, rank, grade, count or sum of a person in it.
 */
export interface OrganisationData {
  readonly stamp: Stamp;
  /** The regime's own verb and weight, and where it says so. */
  readonly power: {
    readonly verb: string;
    readonly weight: string | null;
    readonly recipients: readonly string[];
    readonly persons: boolean;
    readonly clause: string;
  };
  readonly words: Readonly<Record<string, string>>;
  readonly period: {readonly kind: string; readonly from: string; readonly to: string; readonly round_no: string | null};
  readonly units: readonly OrganisationUnit[];
  readonly findings: readonly OrganisationFinding[];
  readonly decisions: readonly OrganisationDecision[];
  /** Empty where the clause does not reach persons. */
  readonly officials: readonly OfficialTenure[];
  readonly both_posts: readonly BothPosts[];
  readonly exemptions: readonly Exemption[];
  readonly vacancies: readonly Vacancy[];
  /** How to read it and what is left out; Chinese sentences. */
  readonly notes: readonly string[];
}
