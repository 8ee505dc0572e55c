import type {BookParameter} from "../regime/book.js";
import type {SpaceFacts} from "../types.js";

/** What the coverage marts hold; src/models/mart/coverage-*.sql documents each column. Columns that the audience may not see are absent. */

type Day = Date | null;

export interface CoverageUnit {
  readonly unit_code: string;
  readonly unit_name: string;
  readonly unit_kind: string;
  readonly peer_group: string | null;
  readonly sort_order: number | null;
  readonly tile_col: number | null;
  readonly tile_row: number | null;
  readonly parameter: "cycle" | "round" | null;
  readonly round_no: string | null;
  readonly stretch_no: number;
  readonly stretch_from: Date;
  readonly stretch_to: Date;
  readonly is_current: boolean;
  readonly is_owed: boolean;
  readonly covered_on?: Day;
  readonly covering_id?: string | null;
  readonly under_way_id?: string | null;
  readonly extended_id?: string | null;
  readonly extended_by?: string | null;
  readonly exempt_id?: string | null;
  readonly exempt_on?: Day;
  readonly exempt_because: string | null;
  readonly state: "已巡查" | "巡查中" | "当年不再安排" | "未巡查" | "已撤并";
  readonly year_state: CoverageUnit["state"];
  readonly last_ended_on?: Day;
  readonly next_by: Day;
  readonly is_new: boolean;
  readonly came_on: Day;
  readonly went_on: Day;
  readonly merged_into: string | null;
  readonly merged_name: string | null;
  readonly planned_id?: string | null;
  readonly planned_from?: Day;
  readonly rank_next: number | null;
}

export interface CoverageQuota {
  readonly parameter: "month_quota" | "year_quota" | "yearly_share";
  readonly clause: string;
  readonly modality: string;
  readonly stretch_from: Date;
  readonly stretch_to: Date;
  readonly need: number;
  readonly have: number;
  readonly reached_on?: Day;
  readonly word: "次" | "户" | "个";
}

export interface CoverageRound {
  readonly clause: string;
  readonly round_no: string;
  readonly group_no: number;
  readonly month: string;
  readonly place_no: number;
  readonly unit_name: string;
  readonly unit_code: string | null;
  readonly held_name: string | null;
  readonly inspection_id?: string | null;
  readonly started_on?: Day;
  readonly ended_on?: Day;
  readonly in_month: boolean | null;
  readonly counties: number | null;
  readonly counties_seen: number | null;
  readonly counties_missing: string | null;
}

export interface CoverageCounty {
  readonly inspection_id?: string;
  readonly unit_code: string;
  readonly unit_name: string;
  readonly county_code: string;
  readonly county_name: string | null;
  readonly visits?: number;
  readonly findings?: number;
  readonly is_seen: boolean;
}

export interface CoverageVisit {
  readonly inspection_id?: string;
  readonly unit_code: string;
  readonly unit_name: string;
  readonly covers_code: string | null;
  readonly kind?: string;
  readonly round_no?: string | null;
  readonly team_no?: string | null;
  readonly extended_from: string | null;
  readonly counts: boolean;
  readonly started_on?: Day;
  readonly ended_on?: Day;
  readonly planned_from?: Day;
  readonly planned_to?: Day;
  readonly state: "已结束" | "巡查中" | "计划" | "过期未进驻";
}

export interface CoverageData {
  readonly space: SpaceFacts;
  readonly book: {readonly text: string; readonly parameters: readonly BookParameter[]};
  readonly units: readonly CoverageUnit[];
  readonly quotas: readonly CoverageQuota[];
  readonly rounds: readonly CoverageRound[];
  readonly counties: readonly CoverageCounty[];
  readonly visits: readonly CoverageVisit[];
  /** Codes of the units that have a page of their own. */
  readonly paged: ReadonlySet<string>;
}
