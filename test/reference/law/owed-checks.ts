// Breaches that follow from what is owed: late, or never done.

import {breach, type Check, type Offending} from "./check.ts";
import type {Obligation} from "./owed.ts";
import type {World} from "./world.ts";

interface Options {
  /** Judged on the last day itself: nothing more can come that day. */
  readonly at_end?: boolean;
  /** A breach although in time. */
  readonly also?: (obligation: Obligation) => boolean;
  readonly when?: Check["when"];
}

function owed(id: string, kind: string, needs: string, {at_end = false, also = () => false, when}: Options = {}): Check {
  const rows = ({as_of, from, to}: World, obligations: readonly Obligation[]): (Offending | null)[] =>
    obligations
      .filter((o) => o.kind === kind && o.parameter === needs)
      .map((o) => {
        const {due_on, done_on} = o;
        if (
          due_on === null ||
          due_on < from ||
          due_on > to ||
          !(done_on !== null || due_on < as_of || (at_end && due_on === as_of))
        )
          return null;
        return o.late || (done_on === null && due_on <= as_of) || also(o) ? breach(o.subject) : null;
      });
  return {id, needs, rows, ...(when ? {when} : {})};
}

const early = ({start_on, done_on}: Obligation) => start_on !== null && done_on !== null && done_on < start_on;
const acted: Check["when"] = ({action}) => action !== undefined;

export const owedChecks: readonly Check[] = [
  owed("report-late", "巡查报告", "report"),
  owed("feedback-late", "反馈", "feedback"),
  owed("response-late", "整改情况报告", "rectify_report"),
  owed("periodic-report-missing", "后续定期报告", "periodic_report"),
  owed("monthly-report-late", "每月报告", "monthly_report"),
  owed("result-not-published", "公布", "publish", {also: early}),
  owed("not-archived", "归档", "archive", {when: ({column}) => column !== undefined}),
  owed("major-not-listed", "挂牌督办", "list_major"),
  owed("major-not-reported", "书面报告", "report_major", {when: acted}),
  owed("overdue-not-summoned", "约谈", "summon_late"),
  owed("summon-missing", "约谈", "summon"),
  owed("summon-without-report", "约谈落实情况", "summon_report"),
  owed("clue-not-handed-over", "移交", "hand_over"),
  owed("discipline-not-handed-over", "移送纪检监察", "hand_over_discipline"),
  owed("major-not-exposed", "曝光", "expose"),
  owed("month-quota", "每月次数", "month_quota", {at_end: true}),
  owed("year-quota", "每年户数", "year_quota", {at_end: true}),
  owed("cycle-coverage", "周期巡查", "cycle", {at_end: true}),
  owed("yearly-share", "每年部分", "yearly_share", {at_end: true}),
  owed("round-coverage", "本轮巡查", "round", {at_end: true, also: early})
];
