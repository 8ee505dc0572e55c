import {dayNumber} from "../regime/day.ts";
import type {CalendarDay, ClockLength} from "../regime/types.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import {modelSql} from "./model.ts";

/** What can run SQL. */
interface Runner {
  run(sql: string): Promise<unknown>;
}

/** The marks of a calendar's days, and those that a session's table was built from: a session asks for the same days often. */
const marksOf = new WeakMap<readonly CalendarDay[], string>();
const builtFrom = new WeakMap<Runner, readonly CalendarDay[]>();

/**
 * Builds the temporary table `calendar` (src/models/clock/calendar.sql); does nothing where the session has it of the same days.
 * Shape: one row a day; the days must be in order and without gaps, as calendarFrom gives them.
 * Errors: RangeError for a gap.
 */
export async function buildCalendar(db: Runner, days: readonly CalendarDay[]): Promise<void> {
  const first = days[0];
  if (!first) throw new RangeError("日历是空的");
  if (builtFrom.get(db) === days) return;
  const marks = marksOf.get(days) ?? marksText(days);
  marksOf.set(days, marks);
  await db.run(`set variable calendar_first = cast(${quotedString(first.day)} as date)`);
  await db.run(`set variable calendar_marks = ${quotedString(marks)}`);
  await db.run(modelSql("clock/calendar"));
  builtFrom.set(db, days);
}

function marksText(days: readonly CalendarDay[]): string {
  const start = dayNumber(days[0]?.day ?? "");
  const gap = days.findIndex(({day}, i) => dayNumber(day) !== start + i);
  if (gap >= 0) throw new RangeError(`日历在${days[gap]?.day}之前缺少日期`);
  return days.map(({is_workday, published}) => (is_workday ? (published ? "W" : "w") : published ? "R" : "r")).join("");
}

/** Parts of a query that give a due date: joins for after `from`, two expressions for the select list. */
export interface DueSql {
  /** Empty when the clock needs no schedule. */
  readonly joins: string;
  /** DATE; null without a start day, and when 未公布. */
  readonly due_on: string;
  /** VARCHAR 确定 or 未公布; null without a start day. */
  readonly state: string;
}

/**
 * A clock as a join with `calendar`: for every row what dueDate of src/regime/clock.ts gives for its start day.
 * @param start an SQL expression of type DATE, such as `i."ended_on"`, trusted: built from contract names only
 * @param alias begins the names of the joined tables; unique within the query
 * Errors: RangeError for a length below 1 or not whole.
 * @example
 * const {joins, due_on, state} = dueSql("i.ended_on", {length: 10, unit: "workdays"}, "report");
 * `select inspection_id, ${due_on} as due_on, ${state} as state from inspection i ${joins}`
 */
export function dueSql(start: string, {length, unit, rest_day}: ClockLength, alias: string): DueSql {
  if (!Number.isSafeInteger(length) || length < 1) throw new RangeError(`时限长度${length}不对，应为不小于1的整数`);
  const [from, end] = [quotedIdentifier(`${alias}_from`), quotedIdentifier(`${alias}_end`)];
  if (unit === "workdays") {
    // Days counted are those after the start up to the end: none of them unpublished when the running counts are equal.
    const known = `${end}.unpublished_no = ${from}.unpublished_no`;
    return {
      joins: `left join calendar ${from} on ${from}.day = ${start}
left join calendar ${end} on ${end}.is_workday and ${end}.workday_no = ${from}.workday_no + ${length}`,
      due_on: `case when ${known} then ${end}.day end`,
      state: stateSql(start, known)
    };
  }
  const last = unit === "days" ? `(${start} + ${length})` : `cast(${start} + to_months(${length}) as date)`;
  if (rest_day !== "顺延") return {joins: "", due_on: last, state: stateSql(start, "true")};
  return {
    joins: `left join calendar ${end} on ${end}.day = ${last}`,
    due_on: `case when ${end}.next_published then ${end}.next_workday end`,
    state: stateSql(start, `${end}.next_published`)
  };
}

/**
 * A fixed day of the month that a day lies in, as fixedDay of src/regime/clock.ts: DATE, null for null.
 * @example fixedDaySql("m.month_first", 30)
 */
export function fixedDaySql(within: string, day: number): string {
  if (!Number.isInteger(day) || day < 1 || day > 31) throw new RangeError(`每月${day}日不存在`);
  return `least(cast(date_trunc('month', ${within}) as date) + ${day - 1}, last_day(${within}))`;
}

function stateSql(start: string, known: string): string {
  return `case when ${start} is null then null when ${known} then '确定' else '未公布' end`;
}
