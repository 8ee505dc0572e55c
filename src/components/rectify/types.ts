import type {RegimeBook} from "../regime/book.js";
import type {FactRow, FindingRow, SpaceFacts, UnitRow} from "../types.js";

/** A stage of the regime's loop, in its own word. */
export interface Stage {
  readonly stage_no: number;
  readonly stage: string;
  /** What records it; null: nothing does. */
  readonly recorded_by: string | null;
}

/** `loop.json`: the stages of each dated loop, oldest first. */
export interface LoopFacts {
  /** Duties that the document has and no table records, by parameter. */
  readonly unrecorded: readonly string[];
  readonly return_kinds: readonly string[];
  readonly loops: readonly {readonly from_on: string; readonly to_on: string; readonly stages: readonly Stage[]}[];
}

/** A row of `loop.arrow`: where a finding stands. In the numbers of stages reached, skipped, reversed bit n stands for stage n. */
export interface Standing {
  readonly finding_id: string;
  readonly loop_no: number | null;
  readonly stage_no: number;
  readonly reached: number;
  readonly skipped: number;
  readonly reversed: number;
  readonly waits_since: Date | null;
  readonly returned_on: Date | null;
  readonly times_returned: number;
  readonly five: string | null;
}

/** How something owed stands. */
export type OwedState = "按时" | "迟办" | "逾期" | "未到期" | "未定" | "不明";

/** A row of `owed.arrow`. */
export interface Owed {
  readonly kind: string;
  readonly parameter: string;
  readonly clause: string | null;
  readonly modality: string | null;
  readonly by: string;
  readonly subject: string | null;
  readonly unit_code: string | null;
  readonly unit_name: string | null;
  readonly inspection_id: string | null;
  readonly finding_id: string | null;
  readonly severity: string | null;
  readonly due_on: Date | null;
  readonly due_source: string | null;
  readonly done_on: Date | null;
  readonly because: string | null;
  readonly state: OwedState;
}

/** A finding once, with where it stands; null: the loop does not bind it. */
export interface Case extends FindingRow {
  readonly standing: Standing | null;
}

/** What the page is given. */
export interface RectifyData {
  readonly space: SpaceFacts;
  readonly book: RegimeBook;
  readonly loop: LoopFacts;
  readonly units: readonly UnitRow[];
  readonly findings: readonly FindingRow[];
  readonly standing: readonly Standing[];
  readonly owed: readonly Owed[];
  readonly actions: readonly FactRow[];
  readonly inspections: readonly FactRow[];
}

/** What the page shows once the address has filtered it. */
export interface RectifyView extends Omit<RectifyData, "findings" | "standing"> {
  readonly cases: readonly Case[];
  /** The address: unit, severity, year, list. */
  readonly state: Readonly<Record<string, string>>;
  readonly nameOf: (unit: string | null) => string;
}
