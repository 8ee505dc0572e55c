import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {type Complaint, Fault} from "../fault.ts";
import {calendarFrom} from "../regime/calendar.ts";
import {type Notice, parseNotice} from "../regime/notice.ts";
import type {CalendarDay} from "../regime/types.ts";
import {DATA, shownPath} from "./workspace.ts";

/** Calendars by their notices: every day since 2000 takes a while to work out, and a command asks several times. */
const known = new Map<string, readonly CalendarDay[]>();

/**
 * The calendar of a workspace: schedules the library knows, then the notices of data/calendars/, then those of the
 * workspace's own calendars/, which win.
 * Errors: Fault 2 for notices that cannot be read, and for two of one year in one directory; all of them at once.
 * @param directory the workspace's, or null without one
 * @example dueDate(readCalendar(null), "2025-04-28", {length: 5, unit: "workdays"})
 */
export function readCalendar(directory: string | null): readonly CalendarDay[] {
  const complaints: Complaint[] = [];
  const notices = [DATA, ...(directory ? [directory] : [])].flatMap((place) => noticesIn(join(place, "calendars"), complaints));
  if (complaints.length > 0) throw new Fault(2, complaints);
  const key = JSON.stringify(notices);
  const days = known.get(key) ?? calendarFrom(notices);
  known.set(key, days);
  return days;
}

function noticesIn(directory: string, complaints: Complaint[]): Notice[] {
  if (!existsSync(directory)) return [];
  const notices: Notice[] = [];
  for (const name of readdirSync(directory).sort()) {
    if (!/\.ya?ml$/.test(name)) continue;
    const file = shownPath(join(directory, name));
    try {
      const notice = parseNotice(readFileSync(join(directory, name), "utf8"), file);
      const other = notices.find(({year}) => year === notice.year);
      if (other) complaints.push(twice(notice, other));
      notices.push(notice);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      complaints.push(...error.complaints);
    }
  }
  return notices;
}

function twice({file, year}: Notice, other: Notice): Complaint {
  return {
    place: {file},
    what: `${year}年的放假安排已在 ${other.file} 写过`,
    advice: "一年只能有一个文件；通知有调整的，请改原文件，写成调整后的完整安排"
  };
}
