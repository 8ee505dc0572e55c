import {actingOn, daysBetween, earlier, later, order} from "./tenure.ts";
import type {DayFact, DayState, Inherited, OrganisationFinding, Tenure} from "./types.ts";
import type {Answering} from "./unit-book.ts";

/** The days of a finding that tenures are held against. */
export type FindingDays = Pick<OrganisationFinding, "arose_on" | "found_on" | "due_on" | "closed_on">;

/** The four facts of a finding in a tenure, and whether it was there before. */
export interface FourFacts {
  readonly arose: DayFact;
  readonly found: DayFact;
  readonly due: DayFact;
  readonly closed: DayFact;
  readonly inherited: Inherited;
}

/** States in which somebody held the post that day, as far as a day can say. */
const HELD: readonly DayState[] = ["在任", "到任当日", "离任当日"];

/** Whether a state says that the post was held that day. */
export function isHeld(state: DayState): boolean {
  return HELD.includes(state);
}

/**
 * The four facts of a finding in a tenure.
 * Shape: the finding's days, the tenure, since and until when its unit answers, 统计截止日, and the same person's other tenures in
 * units that answer for the finding. Units: calendar days.
 * A due date after as_of has not come; a day of arising later than the day of finding is no record of anything.
 * Source: 4-scheme, The organisation department.
 * @example fourFacts(days, tenure, {unit_code: "990101", since: null, until: null}, "2025-12-31", []).found.state // "在任"
 */
export function fourFacts(
  {arose_on, found_on, due_on, closed_on}: FindingDays,
  tenure: Pick<Tenure, "from_on" | "to_on" | "posts">,
  unit: Answering,
  as_of: string,
  others: readonly {readonly tenure: Pick<Tenure, "from_on" | "to_on">; readonly unit: Answering}[]
): FourFacts {
  const arose = knownArising(arose_on, found_on);
  const fact = (on: string | null, none: DayState): DayFact => dayFact(on, none, tenure, unit);
  return {
    arose: fact(arose, "不详"),
    found: fact(found_on, "不详"),
    due: due_on !== null && due_on > as_of ? {on: due_on, state: "未到期", days: null, acting: null} : fact(due_on, "无期限"),
    closed: fact(closed_on, "未销号"),
    inherited: inherited(arose, found_on, tenure, unit, others)
  };
}

/** The day a finding arose; one after the day it was found cannot be right and counts as not known. */
export function knownArising(arose_on: string | null, found_on: string | null): string | null {
  return arose_on !== null && (found_on === null || arose_on <= found_on) ? arose_on : null;
}

function dayFact(on: string | null, none: DayState, tenure: Pick<Tenure, "from_on" | "to_on" | "posts">, unit: Answering): DayFact {
  if (on === null) return {on, state: none, days: null, acting: null};
  const state = stateOn(on, tenure, unit);
  return isHeld(state)
    ? {on, state, days: daysBetween(tenure.from_on, on), acting: actingOn(tenure, on)}
    : {on, state, days: null, acting: null};
}

/**
 * Where a day lies in a tenure and in the time in which its unit answers.
 * @example stateOn("2025-07-01", {from_on: "2021-01-01", to_on: "2025-07-01"}, {unit_code: "1", since: null, until: null}) // "离任当日"
 */
export function stateOn(day: string, {from_on, to_on}: Pick<Tenure, "from_on" | "to_on">, {since, until}: Answering): DayState {
  if (day < from_on) return "任前";
  if (to_on !== null && day > to_on) return "离任后";
  if (since !== null && day < since) return "单位尚未承继";
  if (until !== null && day >= until) return "单位已撤并";
  if (day === from_on) return "到任当日";
  return day === to_on ? "离任当日" : "在任";
}

function inherited(
  arose: string | null,
  found: string | null,
  tenure: Pick<Tenure, "from_on">,
  unit: Answering,
  others: readonly {readonly tenure: Pick<Tenure, "from_on" | "to_on">; readonly unit: Answering}[]
): Inherited {
  const start = unit.since === null ? tenure.from_on : later(unit.since, tenure.from_on);
  const first = arose ?? found;
  if (first === null) return "不详";
  if (first >= start) return arose === null ? "不详" : "否";
  // A person who held the post, or another one in the unit, before: nobody else's finding is taken over.
  const own = others.some((other) => [arose, found].some((day) => day !== null && isHeld(stateOn(day, other.tenure, other.unit))));
  return own ? "前段任职" : "是";
}

/**
 * Whether the record ties a finding to a tenure: it is on record as being there on a day on which the post was held. What was found after
 * somebody had left, of which nobody knows when it arose, is not put under the name.
 * Shape: the finding's days and when it ended (closed, or 统计截止日); both ends of a tenure belong to it.
 */
export function concerns(
  {arose_on, found_on, closed_on}: FindingDays,
  {from_on, to_on}: Pick<Tenure, "from_on" | "to_on">,
  {since, until}: Answering,
  as_of: string
): boolean {
  const arose = knownArising(arose_on, found_on);
  const first = arose ?? found_on;
  if (first === null) return false;
  const start = since === null ? from_on : later(since, from_on);
  const left = to_on ?? as_of;
  const isOver = until !== null && start >= until;
  return !isOver && first <= left && (until === null || first < until) && (closed_on ?? as_of) >= start;
}

/**
 * Whether a finding's industry is among the words of a portfolio; null: it is not. 不详 when one of them is not on record; who is in charge
 * of 安全生产 as such is in charge of all industries' safety.
 * @example portfolioFit("交通运输、建设", "交通") // "对应"
 */
export function portfolioFit(portfolio: string | null, industry: string | null): "对应" | "不详" | null {
  if (portfolio?.includes("安全生产")) return "对应";
  const [own, found] = [parts(portfolio), parts(industry)];
  if (own.length === 0 || found.length === 0) return "不详";
  return own.some((a) => found.some((b) => a.includes(b) || b.includes(a))) ? "对应" : null;
}

function parts(text: string | null): string[] {
  return (text ?? "").split(/[、，,；;／/和及与\s]+/u).filter((part) => part.length > 0);
}

/**
 * What in the records of posts cannot all be right, a sentence each: it is for the department's own files to settle.
 * Shape: a tenure, all tenures of its unit, when the unit ended, 统计截止日.
 */
export function tenureDoubts(tenure: Tenure, all: readonly Tenure[], unit_end: string | null, as_of: string): string[] {
  const {person_id, person_name, unit_code, duty, from_on, to_on} = tenure;
  const names = new Set(all.filter((t) => t.person_id === person_id && t.person_name !== person_name).map((t) => t.person_name));
  const sharing = SINGLE.has(duty)
    ? all.filter((t) => t.unit_code === unit_code && t.duty === duty && t.person_id !== person_id)
    : [];
  const overlaps = sharing.flatMap((other) => {
    const from = later(from_on, other.from_on);
    const to = earlier(to_on ?? as_of, other.to_on ?? as_of);
    // One day in common is a handover.
    return from < to ? [`${from}至${to}另有${other.person_name}（${other.person_id}）同任${duty}的记录，两份任职记录重叠`] : [];
  });
  return [
    ...overlaps,
    ...[...names].sort(order).map((name) => `人员编号${person_id}另有姓名${name}的记录`),
    ...(unit_end !== null && (to_on === null || to_on > unit_end)
      ? [`所在单位自${unit_end}起已撤并，而任职记录${to_on === null ? "没有离任日期" : `止于${to_on}`}`]
      : [])
  ];
}

/** Duties that one person at a time holds in a unit. */
export const SINGLE: ReadonlySet<string> = new Set(["党委主要负责人", "政府主要负责人", "部门主要负责人"]);
