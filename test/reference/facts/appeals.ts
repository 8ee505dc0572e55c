// 异议复核: decisions that change facts.
//
// Readings taken:
// - of several decided appeals about one thing only the last 变更 or 撤销 rules (decided_on, then appeal_id); a later 维持
//   restores nothing;
// - an appeal about 评议 names the rule in subject_id and the judged unit (or one whose heir it is) in unit_code; 撤销 takes the
//   judgement away; it knows no year, so it holds for whatever year is scored;
// - an appeal about 否决 names the rule or the row's subject in subject_id, and unit_code the vetoed unit (or one scored for it);
// - 变更 of an accident and 撤销 of a coverage change nothing, and have no 复核 rows;
// - an appeal filed and not decided by decisions_until marks the unit that filed it (or is scored for it) provisional.

import {compareBytes, type Day, day, type Row, text} from "../value.ts";

/** Decisions in force, and what awaits one. */
export class Appeals {
  private readonly decided: readonly Row[];
  /** Appeals filed and not decided. */
  readonly pending: readonly Row[];

  constructor(rows: readonly Row[], until: Day) {
    const by = (row: Row, column: string) => (day(row, column)?.number ?? Infinity) <= until.number;
    this.pending = rows.filter((row) => by(row, "filed_on") && !by(row, "decided_on"));
    this.decided = rows
      .filter((row) => by(row, "decided_on") && ["变更", "撤销"].includes(text(row, "decision") ?? ""))
      .sort((a, b) => order(a) - order(b) || compareBytes(text(a, "appeal_id") ?? "", text(b, "appeal_id") ?? ""));
  }

  /** Whether any decision changes anything. */
  get isAnyDecided(): boolean {
    return this.decided.length > 0;
  }

  /** The decision that rules over a thing, or null. */
  about(kind: string, subject_id: string | null, fits: (appeal: Row) => boolean = () => true): Row | null {
    return (
      this.decided.findLast((row) => text(row, "subject_kind") === kind && text(row, "subject_id") === subject_id && fits(row)) ??
      null
    );
  }

  /** A finding, accident or inspection as decided, or null when it is taken away. */
  changed(kind: "问题" | "事故" | "覆盖", subject_id: string | null, row: Row): Row | null {
    const appeal = this.about(kind, subject_id);
    if (appeal === null) return row;
    if (text(appeal, "decision") === "撤销") return kind === "覆盖" ? row : null;
    const unit_code = appeal.new_unit_code ?? row.unit_code ?? null;
    if (kind === "问题") return {...row, unit_code, severity: appeal.new_severity ?? row.severity ?? null};
    return kind === "覆盖" ? {...row, unit_code} : row;
  }
}

function order(appeal: Row): number {
  return day(appeal, "decided_on")?.number ?? 0;
}
