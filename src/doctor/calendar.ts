import {publishedYears} from "../regime/calendar.ts";
import {readCalendar} from "../workspace/calendar.ts";
import {doubtful, type Health, well} from "./health.ts";

/**
 * Up to which year the holiday schedules are known, held against the year a workspace is judged in. Schedules of a year are
 * published at the end of the year before.
 * @param day the day of judgement, ISO
 */
export function calendarHealth(directory: string | null, day: string): Health {
  const name = "节假日安排";
  const years = publishedYears(readCalendar(directory));
  const last = years.at(-1) ?? 0;
  const said = `已知到${last}年`;
  const judged = Number(day.slice(0, 4));
  if (judged > last)
    return doubtful(
      name,
      `${said}，统计截止日在${judged}年`,
      "按工作日算的期限显示“未公布”；通知印发后，请写进工作区的 calendars/"
    );
  if (judged === last && day.slice(5) >= "11-01")
    return doubtful(name, said, `${last + 1}年的通知印发后，请写进工作区的 calendars/；在此之前跨年的工作日期限显示“未公布”`);
  return well(name, said);
}
