import {dayNumber, isWeekend, weekdayOf} from "./day.ts";
import type {CalendarDay, ClockLength} from "./types.ts";

/** Stretches of days listed before the rest is only counted. */
const LISTED = 12;

/** 2025年5月8日. */
function dateText(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  return `${year}年${month}月${date}日`;
}

/** 2025年5月. */
function monthText(day: string): string {
  return `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月`;
}

/** 2025年5月8日（星期四）. */
function datedWeekday(day: string): string {
  return `${dateText(day)}（星期${"日一二三四五六"[weekdayOf(dayNumber(day))]}）`;
}

/** How the counting starts, and by which law. */
export function started(start: string, basis: string, {unit, rest_day}: ClockLength): string[] {
  const needsSchedule = unit === "workdays" || rest_day === "顺延";
  return [
    `参照${basis}计算${needsSchedule ? "，工作日以国务院公布的放假调休安排为准" : ""}`,
    `${datedWeekday(start)}起算，当日不计入`
  ];
}

/** The last day. */
export function lastDay(day: string): string {
  return `最后一日是${datedWeekday(day)}`;
}

/** Days passed while counting `length` workdays: which counted and which did not. */
export function counted(seen: readonly CalendarDay[], length: number): string[] {
  const work = seen.filter((d) => d.is_workday);
  const rest = seen.filter((d) => !d.is_workday);
  const count = work.length < length ? `要数${length}个工作日，已数${work.length}个` : `数${length}个工作日`;
  return [
    `${count}${work.length > 0 ? `：${stretchesText(work)}` : ""}`,
    ...part("其中调休上班、计入的有", work.filter(isWorkedWeekend), named),
    ...part(
      "跳过的节假日有",
      rest.filter((d) => d.name !== undefined),
      named
    ),
    ...part(
      "跳过的周末有",
      rest.filter((d) => d.name === undefined),
      stretchesText
    )
  ];
}

function part(words: string, days: readonly CalendarDay[], text: (days: readonly CalendarDay[]) => string): string[] {
  return days.length === 0 ? [] : [`${words}${text(days)}`];
}

function isWorkedWeekend({day, is_workday}: CalendarDay): boolean {
  return is_workday && isWeekend(dayNumber(day));
}

/** Where a period of days or months ends. */
export function afterMonths(start: string, {length, unit}: ClockLength, end: string): string {
  if (unit === "days") return `${length}日之后是${datedWeekday(end)}`;
  const date = Number(start.slice(8));
  if (date === Number(end.slice(8))) return `${length}个月之后的对应日是${datedWeekday(end)}`;
  return `${length}个月之后的${monthText(end)}没有${date}日，取该月最后一日${datedWeekday(end)}`;
}

/** Days looked at from the last day on, under 顺延: all rest days but the last. */
export function atRestDay(seen: readonly CalendarDay[]): string[] {
  const end = seen.at(-1) as CalendarDay;
  const rest = seen.slice(0, -1);
  if (rest.length === 0) {
    return [isWorkedWeekend(end) ? `该日是${weekdayText(end)}，但${paidFor(end)}调休上班，不顺延` : "该日是工作日，不顺延"];
  }
  const first = rest[0] as CalendarDay;
  return [`该日是${first.name === undefined ? weekdayText(first) : `${first.name}放假`}，顺延到下一个工作日，跳过${named(rest)}`];
}

function weekdayText({day}: CalendarDay): string {
  return `星期${"日一二三四五六"[weekdayOf(dayNumber(day))]}`;
}

function paidFor({name}: CalendarDay): string {
  return name === undefined ? "" : `因${name}`;
}

/** Why there is no answer, and what would give one. */
export function beyondSchedule(at: string, seen: readonly CalendarDay[]): string[] {
  const year = Number(at.slice(0, 4));
  const until = seen.at(-1);
  return [
    `${until ? `数到${dateText(until.day)}为止；` : ""}${year}年的放假安排尚未公布或尚未录入，${dateText(at)}是不是工作日不能确定，因此不给出日期`,
    `通知公布后，请把它写成 calendars/${year}.yaml（写法见 data/calendars/README.md）再计算`
  ];
}

/** A fixed day of a month. */
export function atFixedDay(day: number, due: string): string[] {
  const clamped = Number(due.slice(8)) < day;
  return [
    `每月${day}日：${clamped ? `${monthText(due)}没有${day}日，取该月最后一日` : `取${monthText(due)}的该日`}`,
    "固定的日子，不因休息日顺延"
  ];
}

/** 劳动节2025年5月1日至5日、端午5月31日: consecutive days of one holiday together. */
function named(days: readonly CalendarDay[]): string {
  return listed(
    stretches(days, (a, b) => a.name === b.name),
    days.length,
    (first) => first.name ?? "周末"
  );
}

function stretchesText(days: readonly CalendarDay[]): string {
  return listed(
    stretches(days, () => true),
    days.length,
    () => ""
  );
}

/** Stretches of days, the year said only where it changes. */
function listed(runs: readonly (readonly CalendarDay[])[], days: number, title: (first: CalendarDay) => string): string {
  let said = "";
  const texts = runs.slice(0, LISTED).map((run) => {
    const [first, last] = [run[0] as CalendarDay, run.at(-1) as CalendarDay];
    const from = since(said, first.day);
    const to = first === last ? "" : `至${since(first.day, last.day)}`;
    said = last.day;
    return `${title(first)}${from}${to}`;
  });
  return runs.length <= LISTED ? texts.join("、") : `${texts.join("、")}……共${days}天`;
}

/** A date, without the year when the one said before has the same. */
function since(before: string, day: string): string {
  return before.slice(0, 4) === day.slice(0, 4) ? dateText(day).slice("2025年".length) : dateText(day);
}

/** Runs of days that follow each other and belong together. */
function stretches(days: readonly CalendarDay[], together: (a: CalendarDay, b: CalendarDay) => boolean): CalendarDay[][] {
  const runs: CalendarDay[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before && dayNumber(before.day) + 1 === dayNumber(day.day) && together(before, day)) run.push(day);
    else runs.push([day]);
  }
  return runs;
}
