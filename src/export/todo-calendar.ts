import {createHash} from "node:crypto";
import ical, {ICalEventBusyStatus, ICalEventTransparency} from "ical-generator";
import type {TodoItem} from "../warehouse/todo.ts";

/** What a calendar of things owed is made for. */
export interface TodoCalendarAbout {
  /** The workspace's id: two offices' events never share a number. */
  readonly space: string;
  readonly authority: string;
  readonly as_of: string;
  readonly demo: boolean;
}

/**
 * A calendar file with an all-day event for each thing owed that has a day.
 * Shape: items in, the text of an .ics file out (CRLF, lines folded at 75 bytes). The same items give the same bytes: the stamp is
 * 统计截止日, and an event keeps its number as long as its workspace, kind and subject stay, whenever it falls due.
 * Source: RFC 5545, written by ical-generator.
 * @example todoCalendar(items, {space: "demo", authority: "演示安委办", as_of: "2025-12-31", demo: true})
 */
export function todoCalendar(items: readonly TodoItem[], about: TodoCalendarAbout): string {
  const mark = about.demo ? "演示数据 " : "";
  const calendar = ical({
    name: `${mark}${about.authority}待办`,
    prodId: {company: "xunheng", product: "todo", language: "ZH"}
  });
  const seen = new Map<string, number>();
  for (const item of items) {
    if (item.due_on === null) continue;
    const key = [about.space, item.kind, item.parameter, item.subject ?? item.unit_code ?? ""].join("\n");
    const no = (seen.get(key) ?? 0) + 1;
    seen.set(key, no);
    calendar.createEvent({
      id: `${createHash("sha256").update(`${key}\n${no}`).digest("hex").slice(0, 32)}@xunheng`,
      stamp: midnight(about.as_of),
      start: midnight(item.due_on),
      allDay: true,
      summary: `${mark}${todoTitle(item)}`,
      description: description(item, about),
      transparency: ICalEventTransparency.TRANSPARENT,
      busystatus: ICalEventBusyStatus.FREE
    });
  }
  return `${calendar.toString()}\r\n`;
}

/**
 * What is to be done, about what, in a line.
 * @example todoTitle(item) // "整改情况报告：河西镇（X25-12）"
 */
export function todoTitle({kind, subject, subject_kind, unit_name}: TodoItem): string {
  const number = subject === null || subject_kind === "单位" || subject_kind === "制度" ? null : subject;
  const about = unit_name === null ? number : number === null ? unit_name : `${unit_name}（${number}）`;
  return about === null ? kind : `${kind}：${about}`;
}

function description(item: TodoItem, {authority, as_of, demo}: TodoCalendarAbout): string {
  return [
    ...(demo ? ["演示数据：单位、人员和事件均为虚构"] : []),
    `由${item.by}办理`,
    ...(item.clause === null ? [] : [`依据：${item.clause}${item.modality === null ? "" : `（${item.modality}）`}`]),
    ...(item.because === null ? [] : [`期限：${item.because}`]),
    ...(item.due_source === "解释" ? ["文件没有写明具体时限，日期出自本单位的解释"] : []),
    `${authority}，统计截止日${as_of}`
  ].join("\n");
}

/** A day as the library takes it: it reads days by UTC. */
function midnight(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}
