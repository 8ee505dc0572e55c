// The period a score is about, and whether a row lies in it.
//
// Readings taken:
// - a row of a grain with inspection_id that names an inspection belongs to that inspection's round and to no other, whatever
//   its date; so does an inspection itself, ended or not;
// - an appraisal lies in the period when its year does; units are not dated and always count;
// - `window: {months: n}` holds the days after the same day n months before as_of, up to as_of itself;
// - a year earlier, the window moves by a year at both ends (the cycle too); rows of a round are then taken by their dates, for no
//   round has an earlier one (decided after comparing).

import {factOf} from "../../../src/contract/fact.ts";
import {Fraction} from "../fraction.ts";
import type {ReferenceInput, RuleSpec} from "../input.ts";
import {Day, day, type Row, text, within} from "../value.ts";

/** Days from `from` to `to`, both included; with a round, its inspections and for the rest the calendar year. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
  readonly round: string | null;
}

/** Where a row's round stands: its inspection's round_no. Not a documented column. */
export const ROUND = "@round";

/** The period of a scheme. Errors: RangeError when as_of is before the year, or the round or cycle is not said. */
export function periodOf({scheme, regime, year, as_of, round}: ReferenceInput): Period {
  const today = Day.of(as_of);
  const last = Day.at(year, 12, 31);
  if (today.number < Day.at(year, 1, 1).number) throw new RangeError("as_of is before the year");
  const calendar = {from: Day.at(year, 1, 1), to: earlier(last, today), round: null};
  if (scheme.period === "year") return calendar;
  if (scheme.period === "round") {
    if (round === null) throw new RangeError("a scheme by round needs a round");
    return {...calendar, round};
  }
  if (regime.cycle === null) throw new RangeError("a scheme by cycle needs a regime with one");
  const [start, months] = [Day.of(regime.cycle.start), regime.cycle.years * 12];
  let n = 0;
  while (start.plusMonths((n + 1) * months).number <= last.number) n++;
  while (start.plusMonths(n * months).number > last.number) n--;
  return {from: start.plusMonths(n * months), to: earlier(start.plusMonths((n + 1) * months).plusDays(-1), today), round: null};
}

/** The same window a year earlier. */
export function yearEarlier(period: Period): Period {
  return {round: null, from: period.from.plusMonths(-12), to: period.to.plusMonths(-12)};
}

/** Whether a fact lies in the period by a date column; `column` null: facts that are not dated. */
export function inPeriod(row: Row, column: string | null, period: Period): boolean {
  if (period.round !== null && text(row, "inspection_id") !== null) return text(row, ROUND) === period.round;
  if (column !== null) return within(day(row, column), period);
  const year = row.year;
  if (!(year instanceof Fraction)) return true;
  return year.compare(Fraction.ratio(period.from.year)) >= 0 && year.compare(Fraction.ratio(period.to.year)) <= 0;
}

/** Whether an inspection ended in the period. */
export function endedIn(inspection: Row, period: Period): boolean {
  const ended = day(inspection, "ended_on");
  if (period.round !== null) return ended !== null && text(inspection, "round_no") === period.round;
  return within(ended, period);
}

/** Whether a row lies in a rule's window. */
export function inWindow(rule: RuleSpec, row: Row, period: Period, as_of: Day): boolean {
  if (rule.window === "all") return true;
  const column = rule.year_by ?? factOf(rule.over ?? "unit").year_by;
  if (rule.window === undefined) return inPeriod(row, column, period);
  const from = as_of.plusMonths(-rule.window.months).plusDays(1);
  return column === null || within(day(row, column), {from, to: as_of});
}

function earlier(a: Day, b: Day): Day {
  return a.number <= b.number ? a : b;
}
